/** Stories nobody thought of: arrivals, copies, outages, limits, lost answers, lost records and dying processes, as they come. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nth } from './alerts.ts'
import { type RecordFault, type Simulated, simulatedSlack } from './simulated-channel.ts'
import { expectPace, notOnce } from './verdict.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-11-21T12:00:00Z')

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

async function play({ arrivals, copies, outages, records }: Story): Promise<Simulated> {
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
})
