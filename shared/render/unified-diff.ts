/** What differs between two texts, line by line, as `diff -u` and `patch` write it. Knows nothing of policies. */

/** Lines around a difference that stay as they are. */
const CONTEXT = 3
/** The table that is filled grows with the square: nobody reads a difference of more lines. */
const MOST_LINES = 1_500

interface Step {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** Without lines where nothing differs; null where the texts are too long to be set side by side. */
export function unifiedDiff(
  before: string,
  after: string,
  names: { readonly before: string; readonly after: string },
): readonly string[] | null {
  const [old, now] = [before.split('\n'), after.split('\n')]
  if (old.length > MOST_LINES || now.length > MOST_LINES) return null
  const hunks = hunksOf(stepsBetween(old, now))
  return hunks.length === 0 ? [] : [`--- ${names.before}`, `+++ ${names.after}`, ...hunks]
}

function stepsBetween(old: readonly string[], now: readonly string[]): readonly Step[] {
  const common = commonAfter(old, now)
  const steps: Step[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < now.length) {
    const [one, other] = [old[i], now[j]]
    if (one !== undefined && one === other) {
      steps.push({ sign: ' ', text: one })
      i++
      j++
    } else if (one !== undefined && (other === undefined || (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0))) {
      steps.push({ sign: '-', text: one })
      i++
    } else {
      steps.push({ sign: '+', text: other ?? '' })
      j++
    }
  }
  return steps
}

/** How many lines the rests of both have in common, in order, from each line on. */
function commonAfter(old: readonly string[], now: readonly string[]): readonly (readonly number[])[] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = table[i] ?? []
      row[j] = old[i] === now[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0)
    }
  return table
}

function hunksOf(steps: readonly Step[]): readonly string[] {
  const near = new Set(
    steps.flatMap(({ sign }, at) =>
      sign === ' ' ? [] : Array.from({ length: 2 * CONTEXT + 1 }, (_, k) => at - CONTEXT + k),
    ),
  )
  const lines: string[] = []
  let [from, to] = [1, 1]
  let hunk: Step[] = []
  const close = () => {
    if (hunk.length === 0) return
    const [old, now] = [hunk.filter(({ sign }) => sign !== '+').length, hunk.filter(({ sign }) => sign !== '-').length]
    lines.push(`@@ -${from},${old} +${to},${now} @@`, ...hunk.map(({ sign, text }) => `${sign}${text}`))
    from += old
    to += now
    hunk = []
  }
  steps.forEach((step, at) => {
    if (near.has(at)) hunk.push(step)
    else {
      close()
      from++
      to++
    }
  })
  close()
  return lines
}
