/** The promise of a channel: every alert reaches it, and at most once unless a process died, an answer or a record was lost, or two had it at once. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nth } from './alerts.ts'
import { mostWithin, type RecordFault, type SimulatedSlack, secretWith, simulatedSlack } from './simulated-channel.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.parse('2026-11-21T12:00:00Z')
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

/** How often each of the first `count` alerts was told, where that is not once. */
function notOnce(slack: SimulatedSlack, count: number): Readonly<Record<string, number>> {
  const all = numbers(count).map((n) => [`alert-${n}`, slack.times(`alert-${n}`)] as const)
  return Object.fromEntries(all.filter(([, times]) => times !== 1))
}

/** Two instances, each a message in two seconds: over any stretch, one a second and one of each at its edge. */
function expectPace(slack: SimulatedSlack): void {
  for (const seconds of [1, 2, 10, 60]) expect(mostWithin(slack.told, seconds)).toBeLessThanOrEqual(seconds + 2)
}

test('in fair weather each alert is a message of its own, soon', async () => {
  const slack = simulatedSlack()
  for (const n of numbers(8)) slack.publishAt(n * 2 * MINUTE, nth(n))
  await slack.clock.runUntil(START + HOUR)
  expect(notOnce(slack, 8)).toEqual({})
  expect(slack.told.map(({ ids }) => ids.length)).toEqual(Array(8).fill(1))
  for (const [n, { at }] of slack.told.entries()) expect(at - START - n * 2 * MINUTE).toBeLessThan(10_000)
})

test('Slack is down for an hour and comes back: all are told once, the last within a quarter of an hour', async () => {
  const [from, to] = [START + 10 * MINUTE, START + 70 * MINUTE]
  const slack = simulatedSlack({
    slack: (now) => (now >= from && now < to ? { kind: 'no-answer', why: 'down' } : { kind: 'ok' }),
  })
  for (const n of numbers(120)) slack.publishAt(n * 40_000, nth(n))
  await slack.clock.runUntil(START + 3 * HOUR)
  expect(notOnce(slack, 120)).toEqual({})
  expect(slack.queue.dead).toEqual([])
  expect(slack.queue.waiting()).toBe(0)
  expect(Math.max(...slack.told.map(({ at }) => at))).toBeLessThan(START + 85 * MINUTE)
  expectPace(slack)
})

test('Slack that stays down keeps every alert for a person: the dead letters hold all of them after six hours', async () => {
  const slack = simulatedSlack({ slack: () => ({ kind: 'no-answer', why: 'down' }) })
  for (const n of numbers(20)) slack.publish(nth(n))
  await slack.clock.runUntil(START + 6 * HOUR - MINUTE)
  expect(slack.queue.dead).toEqual([])
  await slack.clock.runUntil(START + 8 * HOUR)
  expect(slack.queue.dead).toHaveLength(20)
})

test('five hundred alerts in a minute become digests, at no more than a message a second, and none is missing', async () => {
  const slack = simulatedSlack()
  for (const n of numbers(500)) slack.publishAt(n * 120, nth(n))
  await slack.clock.runUntil(START + 10 * MINUTE)
  expect(notOnce(slack, 500)).toEqual({})
  expect(slack.told.length).toBeLessThan(60)
  expect(Math.max(...slack.told.map(({ ids }) => ids.length))).toBe(30)
  expect(Math.max(...slack.told.map(({ at }) => at))).toBeLessThan(START + 3 * MINUTE)
  expectPace(slack)
})

test('Slack asks to wait for longer than the queue would: it is left alone for as long, and nothing is lost', async () => {
  const [from, to] = [START + MINUTE, START + 41 * MINUTE]
  let asked = 0
  const slack = simulatedSlack({
    slack: (now) => {
      if (now < from || now >= to) return { kind: 'ok' }
      asked += 1
      return { kind: 'limited', seconds: Math.ceil((to - now) / 1_000) }
    },
  })
  for (const n of numbers(25)) slack.publishAt(n * 4_000, nth(n))
  await slack.clock.runUntil(START + 2 * HOUR)
  expect(notOnce(slack, 25)).toEqual({})
  expect(asked).toBeLessThanOrEqual(12)
  expectPace(slack)
})

describe('the secret', () => {
  const rotatedAt = START + 10 * MINUTE
  const validFrom = (now: number, token: string) =>
    (token === 'xoxb-first') === now < rotatedAt
      ? ({ kind: 'ok' } as const)
      : ({ kind: 'error', code: 'token_revoked' } as const)

  test('is rotated while the functions are warm, and nobody notices', async () => {
    const slack = simulatedSlack({
      slack: validFrom,
      secret: (now) => secretWith(now < rotatedAt ? 'xoxb-first' : 'xoxb-second'),
    })
    for (const n of numbers(60)) slack.publishAt(n * 20_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 60)).toEqual({})
    expect(slack.queue.dead).toEqual([])
  })

  test('is revoked and put right an hour later: what came between waits among the dead letters, says why, and is told once when redriven', async () => {
    const repairedAt = rotatedAt + HOUR
    const slack = simulatedSlack({
      slack: validFrom,
      secret: (now) => secretWith(now < repairedAt ? 'xoxb-first' : 'xoxb-second'),
    })
    for (const n of numbers(40)) slack.publishAt(n * MINUTE, nth(n))
    await slack.clock.runUntil(repairedAt)
    expect(slack.queue.dead).toHaveLength(30)
    expect(new Set(slack.queue.dead.map(({ why }) => why))).toEqual(new Set(['token_revoked']))
    expect(slack.queue.waiting()).toBe(0)
    slack.queue.redrive()
    await slack.clock.runUntil(repairedAt + HOUR)
    expect(notOnce(slack, 40)).toEqual({})
    expectPace(slack)
  })
})

describe('the record of what was told', () => {
  test('is lost: what was told counts as told', async () => {
    const slack = simulatedSlack({ record: () => 'fails' })
    for (const n of numbers(20)) slack.publishAt(n * 15_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 20)).toEqual({})
    expect(slack.batches.flatMap(({ unrecorded }) => unrecorded)).toHaveLength(20)
  })

  test('is never made because the process dies first: that alert comes again, under the same id, and no other', async () => {
    const slack = simulatedSlack({ record: (place) => (place === 5 ? 'dies' : null) })
    for (const n of numbers(12)) slack.publishAt(n * 30_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(Object.values(notOnce(slack, 12))).toEqual([2])
    expect(slack.excused.size).toBe(1)
  })
})

describe('the same alert', () => {
  test('published twice, minutes apart, is told once', async () => {
    const slack = simulatedSlack()
    for (const n of numbers(10)) {
      slack.publishAt(n * MINUTE, nth(n), `first-${n}`)
      slack.publishAt(n * MINUTE + 3 * MINUTE, nth(n), `second-${n}`)
    }
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 10)).toEqual({})
    expect(slack.batches.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(10)
  })

  test('twice in one batch is told once', async () => {
    const slack = simulatedSlack()
    slack.publish(nth(0), 'one')
    slack.publish(nth(0), 'other')
    await slack.clock.runUntil(START + MINUTE)
    expect(slack.times('alert-0')).toBe(1)
  })

  test('in the hands of both instances at once is told at most twice', async () => {
    const slack = simulatedSlack()
    for (const n of numbers(30)) slack.publish(nth(0), `copy-${n}`)
    for (const n of numbers(30)) slack.publish(nth(0), `more-${n}`)
    await slack.clock.runUntil(START + HOUR)
    expect(slack.times('alert-0')).toBeGreaterThanOrEqual(1)
    expect(slack.times('alert-0')).toBeLessThanOrEqual(2)
    expect(slack.excused).toEqual(new Set(['alert-0']))
  })
})

interface Story {
  readonly arrivals: readonly number[]
  readonly copies: readonly { readonly of: number; readonly after: number }[]
  readonly outages: readonly {
    readonly from: number
    readonly for: number
    readonly kind: 'down' | 'limited' | 'lost'
  }[]
  readonly records: ReadonlyMap<number, RecordFault>
}

const story: fc.Arbitrary<Story> = fc.record({
  arrivals: fc.array(fc.integer({ min: 0, max: 3_600 }), { minLength: 1, maxLength: 60 }),
  copies: fc.array(fc.record({ of: fc.nat(59), after: fc.integer({ min: 0, max: 2_000 }) }), { maxLength: 20 }),
  outages: fc.array(
    fc.record({
      from: fc.integer({ min: 0, max: 3_600 }),
      for: fc.integer({ min: 1, max: 1_800 }),
      kind: fc.constantFrom('down', 'limited', 'lost'),
    }),
    { maxLength: 4 },
  ),
  records: fc
    .array(fc.tuple(fc.nat(60), fc.constantFrom<RecordFault>('fails', 'dies')), { maxLength: 4 })
    .map((pairs) => new Map(pairs)),
})

async function play({ arrivals, copies, outages, records }: Story): Promise<SimulatedSlack> {
  const slack = simulatedSlack({
    slack: (now) => {
      const second = (now - START) / 1_000
      const outage = outages.find((each) => second >= each.from && second < each.from + each.for)
      if (!outage) return { kind: 'ok' }
      if (outage.kind === 'lost') return 'lost'
      const seconds = Math.ceil(outage.from + outage.for - second)
      return outage.kind === 'limited' ? { kind: 'limited', seconds } : { kind: 'no-answer', why: 'down' }
    },
    record: (place) => records.get(place) ?? null,
  })
  for (const [n, second] of arrivals.entries()) slack.publishAt(second * 1_000, nth(n))
  for (const [n, { of, after }] of copies.entries()) {
    const second = arrivals[of % arrivals.length] ?? 0
    slack.publishAt((second + after) * 1_000, nth(of % arrivals.length), `copy-${n}`)
  }
  await slack.clock.runUntil(START + 6 * HOUR)
  return slack
}

test('whatever comes when, and whatever fails: every alert is told, none twice without an excuse, none is left, the pace is kept', async () => {
  const runs = Number(process.env.FUZZ_RUNS ?? 60)
  await fc.assert(
    fc.asyncProperty(story, async (each) => {
      const slack = await play(each)
      const off = notOnce(slack, each.arrivals.length)
      for (const [id, times] of Object.entries(off)) {
        expect([id, times > 1 && slack.excused.has(id)]).toEqual([id, true])
      }
      expect([slack.queue.dead, slack.queue.waiting()]).toEqual([[], 0])
      expectPace(slack)
    }),
    { numRuns: runs },
  )
}, 120_000)
