/** Days in an account: whoever can assume the role at the end was told, and the last word on them is not that they cannot. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { FOREIGN, second } from '../builders.ts'
import { FIRST_SWEEP, type Moment, momentsOf, play, type Step, type Story } from './simulated-account.ts'
import type { Fault } from './unreliable.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 400)
const STRANGERS = FOREIGN.slice(0, 2)
const GAPS = [1, 2, 20, 50, 70, 300, 850, 890, 895, 1000, 5000, 90_000]

interface Weather {
  readonly faults?: boolean
  readonly lost?: boolean
  readonly stale?: boolean
  readonly sameSecond?: boolean
}

function stories({ faults, lost, stale, sameSecond }: Weather): fc.Arbitrary<Story> {
  const plan = fc
    .array(fc.tuple(fc.nat(12), fc.constantFrom<Fault>('before', 'after')), { maxLength: faults ? 2 : 0 })
    .map((planned) => new Map(planned))
  const step: fc.Arbitrary<Step> = fc.record({
    gap: fc.constantFrom(...GAPS, ...(sameSecond ? [0, 0] : [])),
    write: fc.constantFrom<Step['write']>('updated', 'updated', 'updated', 'deleted', 'created'),
    admits: fc.subarray([...STRANGERS]),
    lost: lost ? fc.constantFrom(false, false, false, true) : fc.constant(false),
    lag: fc.constantFrom(1, 2, 30, 120, 600, 1200, 5000),
    twice: fc.boolean(),
    plan,
  })
  return fc.record({
    initial: fc.option(fc.subarray([...STRANGERS])),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    sweeps: fc.array(fc.integer({ min: 600, max: 120_000 }), { maxLength: 3 }),
    staleness: stale ? fc.constantFrom(0, 5, 50) : fc.constant(0),
    hasHistory: fc.boolean(),
  })
}

const admits = ({ document }: Moment, stranger: string) => document?.includes(stranger) ?? false

/** When the stranger was let in for the last time; null where nobody needed to be told: out, or in before the first sweep. */
function letIn(moments: readonly Moment[], stranger: string): Moment | null {
  if (!moments.at(-1) || !admits(moments.at(-1) as Moment, stranger)) return null
  const closed = moments.findLastIndex((moment) => !admits(moment, stranger))
  const opened = moments[closed + 1]
  return closed === -1 || !opened || opened.at <= FIRST_SWEEP ? null : opened
}

function isAbout(alert: Alert, stranger: string): boolean {
  const changes = [...(alert.comparison?.gained ?? []), ...(alert.comparison?.lost ?? [])]
  return changes.some(({ says }) => says.includes(stranger)) || saysIn(alert, stranger)
}

/** Tells that the stranger gets in: as gained, or as found where no earlier version is known. */
function saysIn({ comparison, findings }: Alert, stranger: string): boolean {
  if (comparison === null) return findings.some(({ says }) => says.includes(stranger))
  return comparison.gained.some(({ says }) => says.includes(stranger))
}

/** In since before the first sweep: what closed the role and opened it again may both have been lost, and nothing said is wrong. */
function wasSeeded({ initial }: Story, stranger: string): boolean {
  return initial?.includes(stranger) ?? false
}

async function expectLastWordTrue(story: Story): Promise<void> {
  const alerts = await play(story)
  for (const stranger of STRANGERS) {
    const opened = letIn(momentsOf(story), stranger)
    if (!opened) continue
    const last = [...alerts].sort((a, b) => (a.at < b.at ? -1 : 1)).filter((alert) => isAbout(alert, stranger))
    const latest = last.filter((alert) => alert.at === last.at(-1)?.at)
    const told = latest.length === 0 ? wasSeeded(story, stranger) : latest.some((alert) => saysIn(alert, stranger))
    expect(
      told,
      `${stranger} is in since ${second(opened.at)}: ${alerts.map(({ headline }) => headline).join(' | ')}`,
    ).toBe(true)
  }
}

describe('whoever can assume the role in the end was told', () => {
  const weathers: readonly (readonly [string, Weather])[] = [
    ['in good weather', {}],
    ['though IAM answers stale', { stale: true }],
    ['though events are lost', { lost: true }],
    ['though every step may fail', { faults: true, lost: true }],
    ['though changes share a second', { sameSecond: true }],
  ]
  it.each(weathers)('%s', async (_, weather) => {
    await fc.assert(fc.asyncProperty(stories(weather), expectLastWordTrue), { numRuns: RUNS })
  })
})

it('alerts of different happenings have different ids', async () => {
  const distinct = async (story: Story) => {
    const alerts = await play(story)
    const happenings = new Map(alerts.map((alert) => [alert.id, alert.at]))
    for (const alert of alerts) expect(happenings.get(alert.id)).toBe(alert.at)
  }
  await fc.assert(fc.asyncProperty(stories({ lost: true }), distinct), { numRuns: RUNS })
})
