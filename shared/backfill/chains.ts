/**
 * Reads spans of CloudTrail's history by several chains of pages at once. Each page names the next, so one chain alone waits for
 * every answer; with enough of them the allowed rate is the only limit. A chain that comes to its end takes over half of what lies
 * before the longest one left. Knows no SDK, no clock and no events.
 */

import { cut, type Span } from './windows.ts'

/** One question to LookupEvents, which takes a single attribute. */
export interface Search {
  readonly key: 'EventName' | 'EventSource' | 'ResourceName'
  readonly value: string
}

/** Newest first. */
export interface Page<Record> {
  readonly records: readonly { readonly at: number; readonly record: Record }[]
  /** Null: the last one. Bound to the very question it answers. */
  readonly next: string | null
}

export type Answer<Record> =
  | { readonly kind: 'page'; readonly page: Page<Record> }
  /** Too fast, or no answer at all: to be asked again after a while. */
  | { readonly kind: 'throttled'; readonly why: string }
  /** The token is not taken any more: the rest is asked for anew, by time. */
  | { readonly kind: 'token-lost' }
  | { readonly kind: 'failed'; readonly why: string }

export interface Reading<Record> {
  /** Keeps to the rate. Never throws. */
  readonly ask: (search: Search, span: Span, token: string | null) => Promise<Answer<Record>>
  /** Gets each page's records and, after them, the span that is read to its last second. Throws: the reading ends. */
  readonly keep: (search: Search, records: readonly Record[], read: Span | null) => Promise<void>
  readonly pause: (ms: number) => Promise<void>
  /** True: no further page is asked for; what is left is unread, not missing. */
  readonly stopped: () => boolean
  readonly chains: number
  /** Into so many pieces the time is cut at most before anybody knows how dense it is. Each costs a request, and most hold nothing. */
  readonly mostPieces: number
}

/** What was to be read and could not be. */
export interface Unread {
  readonly search: Search
  readonly span: Span
  readonly why: string
}

const SECOND = 1_000
const DAY = 86_400_000
const PAGE = 50
const MOST_THROTTLES = 8
const LONGEST_PAUSE = 20_000

interface Part {
  readonly search: Search
  readonly span: Span
}

/** A chain under way. */
interface Chain extends Part {
  /** Read down to here; others have taken over what lies before. */
  floor: number
  /** The oldest second seen. */
  cursor: number
  seen: number
}

interface Work<Record> {
  readonly reading: Reading<Record>
  readonly waiting: Part[]
  readonly running: Set<Chain>
  readonly unread: Unread[]
  readonly changed: Signal
  /** What was read could not be kept: nothing more is asked for. */
  broken: boolean
}

/** @returns what could not be read; empty where all was, or where the reading was stopped */
export async function readAll<Record>(parts: readonly Part[], reading: Reading<Record>): Promise<readonly Unread[]> {
  const each = Math.min(Math.ceil(reading.chains / Math.max(1, parts.length)), reading.mostPieces)
  const waiting = parts.flatMap(({ search, span }) => {
    const days = Math.ceil((span.to - span.from + SECOND) / DAY)
    return cut(span, Math.min(each, days)).map((piece) => ({ search, span: piece }))
  })
  const work = { reading, waiting, running: new Set<Chain>(), unread: [], changed: signal(), broken: false }
  await Promise.all(Array.from({ length: reading.chains }, () => runChains(work)))
  return work.unread
}

async function runChains<Record>(work: Work<Record>): Promise<void> {
  while (!isOver(work)) {
    const part = work.waiting.shift() ?? takenOver(work.running)
    if (part !== null) await runChain(part, work)
    else if (work.running.size === 0) return
    else await work.changed.next()
  }
}

async function runChain<Record>(part: Part, work: Work<Record>): Promise<void> {
  const chain: Chain = { ...part, floor: part.span.from, cursor: part.span.to + SECOND, seen: 0 }
  work.running.add(chain)
  try {
    await follow(chain, work)
  } catch (error) {
    work.broken = true
    throw error
  } finally {
    work.running.delete(chain)
    work.changed.tell()
  }
}

function isOver<Record>({ reading, broken }: Work<Record>): boolean {
  return broken || reading.stopped()
}

async function follow<Record>(chain: Chain, work: Work<Record>): Promise<void> {
  let [span, token]: [Span, string | null] = [chain.span, null]
  while (!isOver(work)) {
    const answer = await patiently(work.reading, () => work.reading.ask(chain.search, span, token))
    if (answer.kind === 'failed') {
      work.unread.push({
        search: chain.search,
        span: { from: chain.floor, to: Math.min(chain.cursor, chain.span.to) },
        why: answer.why,
      })
      return
    }
    if (answer.kind === 'token-lost') {
      // The oldest second seen may have more: it is read again, and known events are kept once.
      span = { from: chain.floor, to: Math.min(chain.cursor, chain.span.to) }
      token = null
      continue
    }
    token = answer.page.next
    await take(chain, answer.page, work)
    if (token === null || chain.cursor <= chain.floor) return
  }
}

async function take<Record>(chain: Chain, page: Page<Record>, work: Work<Record>): Promise<void> {
  const oldest = Math.min(chain.cursor, ...page.records.map(({ at }) => at))
  chain.cursor = page.next === null ? chain.span.from : oldest
  chain.seen += page.records.length
  const from = page.next === null ? chain.span.from : chain.cursor + SECOND
  const read = from <= chain.span.to ? { from, to: chain.span.to } : null
  await work.reading.keep(
    chain.search,
    page.records.map(({ record }) => record),
    read,
  )
  work.changed.tell()
}

/** Being told to slow down is no failure, as long as it ends. */
async function patiently<Record>(
  reading: Reading<Record>,
  ask: () => Promise<Answer<Record>>,
): Promise<Exclude<Answer<Record>, { kind: 'throttled' }>> {
  let why = 'nobody was asked'
  for (let throttles = 0; throttles < MOST_THROTTLES; throttles += 1) {
    const answer = await ask()
    if (answer.kind !== 'throttled') return answer
    why = answer.why
    if (reading.stopped()) break
    await reading.pause(Math.min(SECOND * 2 ** throttles, LONGEST_PAUSE))
  }
  return { kind: 'failed', why: `${why}, ${MOST_THROTTLES} times in a row` }
}

/** The earlier half of what the longest chain has before it, where that is worth a question of its own. */
function takenOver(running: ReadonlySet<Chain>): Part | null {
  const [longest] = [...running].sort((one, other) => pagesLeft(other) - pagesLeft(one))
  if (longest === undefined || pagesLeft(longest) < 2) return null
  const seconds = Math.floor((longest.cursor - longest.floor) / SECOND / 2)
  if (seconds < 1) return null
  const span = { from: longest.floor, to: longest.floor + (seconds - 1) * SECOND }
  longest.floor = span.to + SECOND
  return { search: longest.search, span }
}

/** As far as can be told from how dense the events were so far. */
function pagesLeft({ span, floor, cursor, seen }: Chain): number {
  const done = span.to + SECOND - cursor
  return done <= 0 ? 0 : (seen / PAGE) * ((cursor - floor) / done)
}

interface Signal {
  next(): Promise<void>
  tell(): void
}

function signal(): Signal {
  let waiting: (() => void)[] = []
  return {
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
      }),
    tell: () => {
      const told = waiting
      waiting = []
      for (const resolve of told) resolve()
    },
  }
}
