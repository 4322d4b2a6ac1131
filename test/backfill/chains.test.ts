/** Reading a long history at the rate that is allowed: everything once, nothing asked for in vain, and a killed reading goes on. */

import pThrottle from 'p-throttle'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Answer, readAll, type Search, type Unread } from '../../shared/backfill/chains.ts'
import { joined, remaining, type Span } from '../../shared/backfill/windows.ts'

const DAY = 86_400_000
const WHOLE: Span = { from: 0, to: 90 * DAY - 1_000 }
const SEARCHES = ['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole'].map(
  (value): Search => ({ key: 'EventName', value }),
)

interface Event {
  readonly at: number
  readonly name: string
  readonly id: number
}

/** So many events, denser towards the end, several in many a second. */
function history(count: number): readonly Event[] {
  return Array.from({ length: count }, (_, id) => ({
    at: Math.floor((WHOLE.to * Math.sqrt((id % (count * 0.7)) / count)) / 1_000) * 1_000,
    name: SEARCHES[id % 3]?.value ?? '',
    id,
  })).sort((one, other) => other.at - one.at || one.id - other.id)
}

interface Told {
  requests: number
  throttles: number
  readonly ids: number[]
  readonly done: Map<string, readonly Span[]>
}

const nothing = (): Told => ({ requests: 0, throttles: 0, ids: [], done: new Map() })

interface Weather {
  readonly latency: number
  readonly told: Told
  readonly stopAfter?: number
  readonly answer?: (request: number) => Answer<Event> | null
}

const RATE = 2

/** CloudTrail as it is: 50 a page, newest first, a token for each question, so many requests a second. */
async function read(events: readonly Event[], { latency, told, stopAfter = Infinity, answer }: Weather) {
  const pace = pThrottle({ limit: 1, interval: 1_000 / RATE })((work: () => Promise<Answer<Event>>) => work())
  let requests = 0
  const parts = SEARCHES.flatMap((search) =>
    remaining(WHOLE, told.done.get(search.value) ?? []).map((span) => ({ search, span })),
  )
  return readAll<Event>(parts, {
    chains: 12,
    mostPieces: 12,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    stopped: () => requests >= stopAfter,
    ask: (search, span, token) =>
      pace(async () => {
        requests += 1
        told.requests += 1
        await new Promise((resolve) => setTimeout(resolve, latency))
        return answer?.(requests) ?? { kind: 'page', page: pageOf(events, { search, span, token }) }
      }),
    keep: async (search, records, span) => {
      told.ids.push(...records.map(({ id }) => id))
      if (span) told.done.set(search.value, joined([...(told.done.get(search.value) ?? []), span]))
    },
  })
}

interface Question {
  readonly search: Search
  readonly span: Span
  readonly token: string | null
}

function pageOf(events: readonly Event[], { search, span, token }: Question) {
  const found = events.filter(({ name, at }) => name === search.value && at >= span.from && at <= span.to)
  const bound = `${search.value} ${span.from} ${span.to}`
  if (token !== null && !token.startsWith(`${bound} `)) throw new Error('a token of another question')
  const start = Number(token?.split(' ').at(-1) ?? 0)
  const next = start + 50 < found.length ? `${bound} ${start + 50}` : null
  return { records: found.slice(start, start + 50).map((record) => ({ at: record.at, record })), next }
}

const idsOf = (told: Told) => [...new Set(told.ids)].sort((one, other) => one - other)

/** Runs to its end on a clock that only moves when everybody waits. */
async function elapsed<T>(work: Promise<T>): Promise<{ readonly result: T; readonly ms: number }> {
  const start = Date.now()
  let over = false
  const guarded = work.finally(() => {
    over = true
  })
  while (!over) await vi.advanceTimersByTimeAsync(50)
  return { result: await guarded, ms: Date.now() - start }
}

describe('reading by several chains', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each([200, 4_000])('keeps to the rate and wastes none of it, at %i ms an answer', async (latency) => {
    const events = history(18_000)
    const told = nothing()
    const { result, ms } = await elapsed(read(events, { latency, told }))
    expect(result).toEqual([])
    expect(idsOf(told)).toEqual(events.map(({ id }) => id).sort((one, other) => one - other))
    const pages = SEARCHES.reduce(
      (sum, { value }) => sum + Math.ceil(events.filter(({ name }) => name === value).length / 50),
      0,
    )
    expect(told.requests).toBeGreaterThan(350)
    expect(told.requests).toBeLessThanOrEqual(1.25 * pages)
    expect(ms / 1_000).toBeLessThanOrEqual(1.05 * (told.requests / RATE))
  })

  test('a quiet account costs a handful of requests', async () => {
    const told = nothing()
    await elapsed(read(history(30), { latency: 200, told }))
    expect(idsOf(told)).toHaveLength(30)
    expect(told.requests).toBeLessThanOrEqual(12)
  })

  test('more events in one second than fit a page', async () => {
    const events = Array.from({ length: 400 }, (_, id) => ({ at: 5 * DAY, name: 'CreateRole', id }))
    const told = nothing()
    await elapsed(read(events, { latency: 200, told }))
    expect(idsOf(told)).toHaveLength(400)
  })

  test('a reading that is stopped after any page goes on where it was, and finds the same', async () => {
    const events = history(1_500)
    for (let stopAfter = 1; stopAfter < 45; stopAfter += 4) {
      const told = nothing()
      await elapsed(read(events, { latency: 200, told, stopAfter }))
      const before = told.requests
      expect((await elapsed(read(events, { latency: 200, told }))).result).toEqual([])
      expect(idsOf(told)).toHaveLength(1_500)
      expect(told.requests - before).toBeLessThan(60)
    }
  })

  test('a second reading has nothing left to ask', async () => {
    const told = nothing()
    await elapsed(read(history(500), { latency: 200, told }))
    const before = told.requests
    await elapsed(read(history(500), { latency: 200, told }))
    expect(told.requests).toBe(before)
  })

  test('throttling is waited out', async () => {
    const told = nothing()
    const answer = (request: number): Answer<Event> | null =>
      request % 3 === 0 ? { kind: 'throttled', why: 'was throttled' } : null
    const { result } = await elapsed(read(history(1_500), { latency: 200, told, answer }))
    expect(result).toEqual([])
    expect(idsOf(told)).toHaveLength(1_500)
  })

  test('throttling without end is named, and is not done', async () => {
    const told = nothing()
    const answer = (): Answer<Event> => ({ kind: 'throttled', why: 'CloudTrail LookupEvents was throttled' })
    const { result } = await elapsed(read(history(30), { latency: 200, told, answer }))
    expect(new Set(result.map(({ why }) => why))).toEqual(
      new Set(['CloudTrail LookupEvents was throttled, 8 times in a row']),
    )
    expect(joined(result.filter(({ search }) => search.value === 'CreateRole').map(({ span }) => span))).toEqual([
      WHOLE,
    ])
    expect(told.done.size).toBe(0)
  })

  test('a token that is taken no more is replaced by the time', async () => {
    const told = nothing()
    const answer = (request: number): Answer<Event> | null => (request === 14 ? { kind: 'token-lost' } : null)
    const { result } = await elapsed(read(history(1_500), { latency: 200, told, answer }))
    expect(result).toEqual([])
    expect(idsOf(told)).toHaveLength(1_500)
  })

  test('what is refused is named, and is not done', async () => {
    const told = nothing()
    const answer = (request: number): Answer<Event> | null =>
      request > 3 ? { kind: 'failed', why: 'CloudTrail LookupEvents was denied' } : null
    const { result } = await elapsed(read(history(1_500), { latency: 200, told, answer }))
    expect(result.every(({ why }: Unread) => why === 'CloudTrail LookupEvents was denied')).toBe(true)
    for (const { value } of SEARCHES) {
      const unread = result.filter(({ search }) => search.value === value).map(({ span }) => span)
      expect(joined([...unread, ...(told.done.get(value) ?? [])])).toEqual([WHOLE])
    }
  })

  test('what cannot be kept ends the reading', async () => {
    const requests = { count: 0 }
    const reading = readAll<Event>(
      SEARCHES.map((search) => ({ search, span: WHOLE })),
      {
        chains: 12,
        mostPieces: 12,
        pause: async () => {},
        stopped: () => false,
        ask: async () => {
          requests.count += 1
          return { kind: 'page', page: { records: [], next: 'more' } }
        },
        keep: async () => {
          throw new Error('the disk is full')
        },
      },
    )
    await expect(reading).rejects.toThrow('the disk is full')
    expect(requests.count).toBeLessThanOrEqual(12)
  })
})
