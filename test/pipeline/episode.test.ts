/** Episodes of failure: the same alerts in whatever order, however often, and whatever fails on the way. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { observeAll } from '../../shared/observe-all.ts'
import type { Outbox } from '../../shared/ports.ts'
import { parseSignal } from '../../shared/signal.ts'
import { operationEvent, statusEvent } from '../functions/service-event.ts'
import { type LocalWorld, localWorld } from './local-world.ts'

type Kind = 'F' | 'S' | 's' | 'R' | 'P' | 'D'

const EVENTS: Readonly<Record<Kind, (time: string) => string>> = {
  F: (time) => operationEvent('DeploymentFailed', { time }),
  S: (time) => operationEvent('DeploymentCompletedSuccessfully', { time }),
  s: (time) => operationEvent('DeploymentStarted', { time }),
  R: (time) => statusEvent('RUNNING', { time }),
  P: (time) => operationEvent('PauseServiceCompletedSuccessfully', { time }),
  D: (time) => operationEvent('DeleteServiceCompletedSuccessfully', { time }),
}

/** One event a minute. */
function storyOf(kinds: readonly Kind[]): readonly string[] {
  return kinds.map((kind, minute) => EVENTS[kind](`12:${String(minute).padStart(2, '0')}:00`))
}

async function toldFor(events: readonly string[], world: LocalWorld = localWorld()): Promise<readonly Alert[]> {
  for (const event of events) await observeAll(parseSignal(event), world.world)
  return world.alerts
}

const spelled = (alerts: readonly Alert[]) => alerts.map(({ kind }) => (kind === 'service-failed' ? 'F' : 'S')).join('')

const letters = (text: string) => [...text].filter((letter): letter is Kind => letter in EVENTS)

describe('in order', () => {
  test.each([
    ['F', 'F'],
    ['FFFF', 'F'],
    ['FS', 'FS'],
    ['S', ''],
    ['SFFSFS', 'FSFS'],
    ['FsRFPRS', 'FS'],
    ['FDF', 'FF'],
    ['FDS', 'F'],
    ['sRPs', ''],
  ])('%s tells %s', async (story, expected) => {
    expect(spelled(await toldFor(storyOf(letters(story))))).toBe(expected)
  })

  test('the count is that of the episode, not of the service', async () => {
    const alerts = await toldFor(storyOf(letters('FFSFFFS')))
    const counts = alerts
      .filter(({ kind }) => kind === 'service-recovered')
      .map(({ headline }) => /(\d+) failure/.exec(headline)?.[1])
    expect(counts).toEqual(['2', '3'])
  })

  test('a status change that echoes a failed operation is not counted', async () => {
    const failed = [
      operationEvent('CreateServiceFailed', { time: '12:00:00' }),
      statusEvent('CREATE_FAILED', { time: '12:00:01' }),
    ]
    const alerts = await toldFor([
      ...failed,
      operationEvent('CreateServiceCompletedSuccessfully', { time: '12:30:00' }),
    ])
    expect(alerts.map(({ headline }) => headline).at(-1)).toContain('after 1 failure since')
  })
})

const stories = fc.array(fc.constantFrom<Kind>('F', 'F', 'S', 's', 'R'), { minLength: 1, maxLength: 9 })

describe('in any order, any number of times', () => {
  test('no alert is told twice, a failure never passes in silence, and the last word is true', async () => {
    const mixed = stories.chain((kinds) => {
      const events = storyOf(kinds)
      return fc.tuple(fc.constant(kinds), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }))
    })
    await fc.assert(
      fc.asyncProperty(mixed, async ([kinds, events]) => {
        const alerts = await toldFor(events)
        expect(new Set(alerts.map(({ id }) => id)).size).toBe(alerts.length)
        expect(alerts.length > 0).toBe(kinds.includes('F'))
        const ends = kinds.filter((kind) => kind === 'F' || kind === 'S')
        const truth = ends.at(-1) === 'F' ? 'service-failed' : 'service-recovered'
        if (kinds.includes('F')) expect(alerts.at(-1)?.kind).toBe(truth)
      }),
      { numRuns: 300 },
    )
  })

  test('in order, whatever is delivered twice, it is what it would be once', async () => {
    const repeated = fc.tuple(stories, fc.array(fc.nat(), { maxLength: 6 }))
    await fc.assert(
      fc.asyncProperty(repeated, async ([kinds, again]) => {
        const events = storyOf(kinds)
        const more = events.flatMap((event, n) => [
          event,
          ...again.flatMap((m) => (m % events.length <= n ? [events[m % events.length] ?? event] : [])),
        ])
        expect(spelled(await toldFor(more))).toBe(spelled(await toldFor(events)))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a step that fails', () => {
  test.each(['publish', 'markTold', 'keepEnd'] as const)(
    'at %s, and the event comes again: the same alerts, under the same ids',
    async (step) => {
      const events = storyOf(letters('FFSF'))
      const expected = await toldFor(events)
      for (let nth = 0; nth < 8; nth += 1) {
        for (const when of ['before', 'after'] as const) {
          const local = failing(step, { nth, when })
          for (const event of events) await untilTaken(event, local)
          expect([...new Map(local.alerts.map((alert) => [alert.id, alert.kind]))]).toEqual(
            expected.map(({ id, kind }) => [id, kind]),
          )
        }
      }
    },
  )
})

async function untilTaken(event: string, { world }: LocalWorld): Promise<void> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      await observeAll(parseSignal(event), world)
      return
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'planned') throw error
    }
  }
  throw new Error('the event is delivered for ever')
}

function failing(
  step: 'publish' | 'markTold' | 'keepEnd',
  plan: { readonly nth: number; readonly when: 'before' | 'after' },
): LocalWorld {
  const local = localWorld()
  let calls = 0
  const once = async (act: () => Promise<void>): Promise<void> => {
    const due = calls === plan.nth
    calls += 1
    if (due && plan.when === 'before') throw new Error('planned')
    await act()
    if (due) throw new Error('planned')
  }
  const { memory, outbox } = local.world.ports
  const published: Outbox = {
    publish: (alert) => (step === 'publish' ? once(() => outbox.publish(alert)) : outbox.publish(alert)),
  }
  const kept = {
    ...memory,
    markTold: (id: string) => (step === 'markTold' ? once(() => memory.markTold(id)) : memory.markTold(id)),
    keepEnd: (end: Parameters<typeof memory.keepEnd>[0]) =>
      step === 'keepEnd' ? once(() => memory.keepEnd(end)) : memory.keepEnd(end),
  }
  return { ...local, world: { ...local.world, ports: { ...local.world.ports, outbox: published, memory: kept } } }
}
