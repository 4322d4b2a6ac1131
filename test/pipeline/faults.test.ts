/** Whatever fails, arrives late, twice or at once: whoever is admitted in the end was announced. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { predecessors } from '../../shared/lineage.ts'
import { openMemory } from '../../shared/local/memory.ts'
import { noRereads } from '../../shared/local/world.ts'
import { observe, remember } from '../../shared/observe.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import type { Memory, Version } from '../../shared/ports.ts'
import type { TrustChange } from '../../shared/signal.ts'
import { versionOf } from '../../shared/version.ts'
import type { World } from '../../shared/world.ts'
import { changeAt, FOREIGN, OWN, roleOf, second } from '../builders.ts'
import { startDynamoMemory } from './dynamo.ts'
import type { Fault, Plan, Turn } from './unreliable.ts'
import { listening, PlannedFault, unreliable } from './unreliable.ts'

const about = { account: OWN }
const RUNS = Number(process.env.FUZZ_RUNS ?? 300)

interface Delivery {
  readonly change: TrustChange
  /** One plan for each try; after the last, nothing fails. */
  readonly plans: readonly Plan[]
}

interface Story {
  readonly changes: readonly TrustChange[]
  /** What the sweep saw before the story began; null: nothing. */
  readonly seed: TrustChange | null
  /** What arrives together is handled at once. */
  readonly rounds: readonly (readonly Delivery[])[]
}

type Write = 'created' | 'updated' | 'deleted'

const admits = fc.subarray([...FOREIGN])

const timeline: fc.Arbitrary<readonly TrustChange[]> = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, 1, 2),
      admits,
      write: fc.constantFrom<Write>('updated', 'updated', 'updated', 'deleted', 'created'),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((steps) => {
    let at = 10
    return steps.map((step, index) => {
      at += step.gap
      return changeAt({ id: `event-${index}`, at, admits: step.admits, write: step.write })
    })
  })

const plan: fc.Arbitrary<Plan> = fc
  .array(fc.tuple(fc.nat(14), fc.constantFrom<Fault>('before', 'after')), { maxLength: 2 })
  .map((faults) => new Map(faults))

function stories(options: { readonly faults: boolean; readonly atOnce: boolean }): fc.Arbitrary<Story> {
  const plans: fc.Arbitrary<readonly Plan[]> = options.faults ? fc.array(plan, { maxLength: 3 }) : fc.constant([])
  return timeline.chain((changes) =>
    fc.record({
      changes: fc.constant(changes),
      seed: fc.option(admits.map((accounts) => changeAt({ id: 'seed', at: 0, admits: accounts }))),
      rounds: fc
        .tuple(
          fc.shuffledSubarray([...changes], { minLength: changes.length, maxLength: changes.length }),
          fc.array(fc.constantFrom(...changes), { maxLength: 3 }),
          fc.array(plans, { minLength: changes.length + 3, maxLength: changes.length + 3 }),
          fc.array(fc.integer({ min: 1, max: options.atOnce ? 3 : 1 }), { minLength: 8, maxLength: 8 }),
        )
        .map(([order, again, planned, sizes]) => {
          const deliveries = [...order, ...again].map((change, index) => ({ change, plans: planned[index] ?? [] }))
          return inRounds(deliveries, sizes)
        }),
    }),
  )
}

function inRounds(deliveries: readonly Delivery[], sizes: readonly number[]): readonly (readonly Delivery[])[] {
  const rest = [...deliveries]
  return sizes
    .map((size) => rest.splice(0, size))
    .concat([rest])
    .filter((round) => round.length > 0)
}

function worldOf(memory: Memory, outbox: World['ports']['outbox']): World {
  return {
    ports: {
      memory,
      outbox,
      roles: {
        read: async () => ({ kind: 'unknown', why: 'not asked' }),
        list: async () => ({ roles: [], next: null }),
      },
      history: { trustBefore: async () => ({ kind: 'not-known', why: 'not asked' }) },
      rereads: noRereads,
    },
    config: {},
    now: () => Date.parse(second(3600)),
  }
}

async function play(story: Story, memory: Memory, turn: Turn): Promise<readonly Alert[]> {
  const { alerts, outbox } = listening()
  const world = worldOf(memory, outbox)
  if (story.seed) await remember({ ...versionOf(story.seed, 'seen'), settled: true }, world)
  for (const round of story.rounds) await Promise.all(round.map((delivery) => deliver(delivery, world, turn)))
  return alerts
}

/** The queue: delivers again until it is taken. */
async function deliver({ change, plans }: Delivery, world: World, turn: Turn): Promise<void> {
  for (const plan of [...plans, new Map()]) {
    try {
      await observe(change, unreliable(world, plan, turn))
      return
    } catch (error) {
      if (!(error instanceof PlannedFault)) throw error
    }
  }
}

function admitted(document: string | null): ReadonlySet<string> {
  return new Set(compareTrust(null, document, about).gained.map((gain) => gain.says))
}

function gains(before: string | null, after: Version): readonly string[] {
  return compareTrust(before, after.document, about).gained.map((gain) => gain.says)
}

function toldOf(alerts: readonly Alert[], version: Version): ReadonlySet<string> {
  const own = alerts.filter((alert) => alert.evidence.eventId === version.eventId)
  return new Set(own.flatMap((alert) => alert.comparison?.gained ?? []).map((gain) => gain.says))
}

async function allVersions(memory: Memory): Promise<readonly Version[]> {
  const versions: Version[] = []
  for await (const version of memory.later(roleOf('Deploy'), second(-1))) versions.push(version)
  return versions
}

/** Every gain, judged in the true order of time, was told under the event that made it. */
async function expectEveryGainTold(alerts: readonly Alert[], memory: Memory): Promise<void> {
  for (const version of await allVersions(memory)) {
    if (version.standing !== 'announced') continue
    const created = version.change === 'created'
    const before = created ? [] : await predecessors(memory, version)
    const told = toldOf(alerts, version)
    const documents = created ? [null] : before.map((earlier) => earlier.document)
    const complete = documents.every((document) => gains(document, version).every((says) => told.has(says)))
    expect(complete, `${version.eventId} gains what nobody was told`).toBe(true)
  }
}

/** Whoever gets in at the end was announced, or was let in before memory began. */
async function expectAdmittedWereAnnounced(alerts: readonly Alert[], story: Story, memory: Memory): Promise<void> {
  const versions = await allVersions(memory)
  const last = versions.filter((version) => version.at === versions.at(-1)?.at)
  const announced = new Set(alerts.flatMap((alert) => alert.comparison?.gained ?? []).map((gain) => gain.says))
  const first = alerts.filter((alert) => alert.comparison === null).map((alert) => alert.evidence.eventId)
  const openedBlind = versions
    .filter((version) => first.includes(version.eventId))
    .flatMap((version) => [...admitted(version.document)])
  const known = new Set([
    ...announced,
    ...openedBlind,
    ...admitted(story.seed?.kind === 'trust-written' ? story.seed.document : null),
  ])
  for (const says of last.flatMap((version) => [...admitted(version.document)])) expect(known).toContain(says)
}

const now: Turn = async () => {}

describe('whoever is admitted in the end was announced', () => {
  it('in any order of arrival, delivered twice, nothing failing: and nothing is told twice', async () => {
    await fc.assert(
      fc.asyncProperty(stories({ faults: false, atOnce: false }), async (story) => {
        const memory = openMemory(null)
        const alerts = await play(story, memory, now)
        await expectEveryGainTold(alerts, memory)
        await expectAdmittedWereAnnounced(alerts, story, memory)
        const ids = alerts.map((alert) => alert.id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: RUNS },
    )
  })

  it('whichever step fails, before or after its act, and however often', async () => {
    await fc.assert(
      fc.asyncProperty(stories({ faults: true, atOnce: false }), async (story) => {
        const memory = openMemory(null)
        const alerts = await play(story, memory, now)
        await expectEveryGainTold(alerts, memory)
        await expectAdmittedWereAnnounced(alerts, story, memory)
      }),
      { numRuns: RUNS },
    )
  })

  it('handled at once, interleaved at every step, failing too', async () => {
    await fc.assert(
      fc.asyncProperty(stories({ faults: true, atOnce: true }), fc.scheduler(), async (story, scheduler) => {
        const memory = openMemory(null)
        const playing = play(story, memory, () => scheduler.schedule(Promise.resolve()))
        const alerts = await scheduler.waitFor(playing)
        await expectEveryGainTold(alerts, memory)
        await expectAdmittedWereAnnounced(alerts, story, memory)
      }),
      { numRuns: RUNS },
    )
  })

  it('with a real DynamoDB protocol under it', async () => {
    const dynamo = await startDynamoMemory()
    try {
      await fc.assert(
        fc.asyncProperty(stories({ faults: true, atOnce: true }), async (story) => {
          const memory = await dynamo.fresh()
          const alerts = await play(story, memory, now)
          await expectEveryGainTold(alerts, memory)
          await expectAdmittedWereAnnounced(alerts, story, memory)
        }),
        { numRuns: Math.ceil(RUNS / 15) },
      )
    } finally {
      await dynamo.close()
    }
  })

  it('a second delivery of everything tells nothing', async () => {
    await fc.assert(
      fc.asyncProperty(stories({ faults: true, atOnce: false }), async (story) => {
        const memory = openMemory(null)
        await play(story, memory, now)
        const again = story.changes.map((change) => ({ change, plans: [] }))
        expect(await play({ ...story, seed: null, rounds: again.map((delivery) => [delivery]) }, memory, now)).toEqual(
          [],
        )
      }),
      { numRuns: RUNS },
    )
  })
})
