/** Spans of time: what of a window is not read yet, and how it is cut up. Pure; knows no clock and no source. */

/** Milliseconds since the epoch, both seconds included: `[from, to]`, as CloudTrail's StartTime and EndTime. Whole seconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

const SECOND = 1_000

/** What of `whole` lies in none of `done`, in order of time. */
export function remaining(whole: Span, done: readonly Span[]): readonly Span[] {
  return done.reduce<readonly Span[]>((left, span) => left.flatMap((part) => without(part, span)), [whole])
}

function without(part: Span, done: Span): readonly Span[] {
  if (done.to < part.from || done.from > part.to) return [part]
  return [
    { from: part.from, to: done.from - SECOND },
    { from: done.to + SECOND, to: part.to },
  ].filter(({ from, to }) => from <= to)
}

/** Spans that touch or overlap become one, so that the list of what is done stays short. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const joint: Span[] = []
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = joint.at(-1)
    if (last === undefined || span.from > last.to + SECOND) joint.push(span)
    else joint.splice(-1, 1, { from: last.from, to: Math.max(last.to, span.to) })
  }
  return joint
}

/** Parts of equal length, the last one shorter; fewer where there are fewer seconds. */
export function cut(span: Span, parts: number): readonly Span[] {
  const seconds = (span.to - span.from) / SECOND + 1
  const each = Math.ceil(seconds / Math.max(1, parts)) * SECOND
  const cuts: Span[] = []
  for (let from = span.from; from <= span.to; from += each)
    cuts.push({ from, to: Math.min(from + each - SECOND, span.to) })
  return cuts
}
