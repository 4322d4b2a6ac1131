/** How far the reading of a backfill is: how much of the window, how many events, how fast, how long still. Knows no source. */

import type { Search } from '../../shared/backfill/chains.ts'
import { remaining, type Span } from '../../shared/backfill/windows.ts'
import { instantOf } from '../../shared/identity.ts'
import { count } from '../../shared/render/words.ts'
import type { Window } from './event-history.ts'
import { type Clock, joined, leftWords, lineOn, ofThisProcess, rateWords } from './progress.ts'
import type { Output } from './streams.ts'

type Shown = Pick<Output, 'progress'>

/** Of the event history of several regions, which are read at once. */
export interface HistoryProgress {
  /** These spans are to be read. */
  readonly begin: (region: string, parts: readonly Part[]) => void
  /** A page has come. @param read the span that is read by now; null: none yet */
  readonly page: (
    region: string,
    search: Search,
    page: { readonly records: number; readonly read: Span | null },
  ) => void
  /** Nothing more is read in this region, whatever is left. */
  readonly done: (region: string) => void
  readonly end: () => void
}

interface Part {
  readonly search: Search
  readonly span: Span
}

export function historyProgress(streams: Shown, clock: Clock = ofThisProcess): HistoryProgress {
  const line = lineOn(streams, clock)
  const begun = clock()
  const left = new Map<string, readonly Part[]>()
  let seen: Seen = { whole: null, all: 0, requests: 0, events: 0 }
  const show = () => line.show(() => historyWords(seen, left, clock() - begun))
  return {
    begin: (region, parts) => {
      left.set(region, parts)
      seen = { ...seen, all: seen.all + lengthOf(parts), whole: parts.reduce(around, seen.whole) }
      if (parts.length > 0) show()
    },
    page: (region, search, { records, read }) => {
      left.set(region, without(left.get(region) ?? [], search, read))
      seen = { ...seen, requests: seen.requests + 1, events: seen.events + records }
      show()
    },
    done: (region) => void left.set(region, []),
    end: line.end,
  }
}

interface Seen {
  /** From the first second to the last; null: there is nothing to read. */
  readonly whole: Span | null
  /** Milliseconds that were to be read, those of each question by themselves. */
  readonly all: number
  readonly requests: number
  readonly events: number
}

function historyWords(
  { whole, all, requests, events }: Seen,
  left: ReadonlyMap<string, readonly Part[]>,
  ms: number,
): string {
  const share = all === 0 ? 0 : (all - lengthOf([...left.values()].flat())) / all
  const where = left.size === 1 ? [...left.keys()][0] : count(left.size, 'region')
  const days = whole === null ? '' : ` ${daysWords(whole)}`
  const done = `${count(events, 'event')}${rateWords(requests, ms, ' requests/s')}`
  return `${where}${days}: ${joined([`${Math.floor(100 * share)} %`, leftWords(share, ms), done])}`
}

/** Chains that take over from each other read the same seconds at times: what is left is what nobody has read. */
function without(left: readonly Part[], search: Search, read: Span | null): readonly Part[] {
  if (read === null) return left
  return left.flatMap((part) =>
    part.search.key === search.key && part.search.value === search.value
      ? remaining(part.span, [read]).map((span) => ({ search, span }))
      : [part],
  )
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { span }) => sum + span.to - span.from + 1_000, 0)
}

function around(whole: Span | null, { span: { from, to } }: Part): Span {
  return whole === null ? { from, to } : { from: Math.min(whole.from, from), to: Math.max(whole.to, to) }
}

/** `2026-08-23 to 11-21`; the year is said once. */
function daysWords({ from, to }: Span): string {
  const [first, last] = [instantOf(from).slice(0, 10), instantOf(to).slice(0, 10)]
  if (from === 0) return `up to ${last}`
  return `${first} to ${first.slice(0, 5) === last.slice(0, 5) ? last.slice(5) : last}`
}

/** Of log files. */
export interface FileProgress {
  /** There are so many, where that is known. */
  readonly found: (files: number) => void
  /** One of them need not be read. */
  readonly skip: () => void
  readonly read: (events: number) => void
  readonly end: () => void
}

export function fileProgress(streams: Shown, window: Window, clock: Clock = ofThisProcess): FileProgress {
  const line = lineOn(streams, clock)
  const begun = clock()
  const days = daysWords({ from: Date.parse(window.from), to: Date.parse(window.to) })
  let [total, files, events]: [number | null, number, number] = [null, 0, 0]
  const words = () => {
    const ms = clock() - begun
    const share = total === null ? 0 : files / total
    const percent = total === null ? null : `${Math.floor(100 * share)} %`
    const read = total === null ? count(files, 'file') : `${files} of ${total} files`
    const done = `${count(events, 'event')} in ${read}${rateWords(files, ms, '/s')}`
    return `${days}: ${joined([percent, leftWords(share, ms), done])}`
  }
  return {
    found: (number) => {
      total = number
    },
    skip: () => {
      if (total !== null) total -= 1
    },
    read: (number) => {
      files += 1
      events += number
      line.show(words)
    },
    end: line.end,
  }
}
