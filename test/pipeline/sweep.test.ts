import { describe, expect, test } from 'vitest'
import type { Config } from '../../shared/config.ts'
import { observe } from '../../shared/observe.ts'
import type { FollowUps, RolePage, Sighting } from '../../shared/ports.ts'
import { type SweepWorld, sweep } from '../../shared/sweep.ts'
import { observedId } from '../../shared/version.ts'
import { changeAt, FOREIGN, OWN, second, trustOf } from '../builders.ts'
import { localWorld, reading } from './local-world.ts'

const [STRANGER] = FOREIGN
const HOUR = 3600

/** A world whose IAM shows these documents, one role a page, on a clock that the test moves. */
function sweeping(documents: Record<string, string>, config: Config = {}) {
  const { world, alerts, memory } = localWorld({ config })
  const sent: { readonly sightings: readonly Sighting[]; readonly seconds: number }[] = []
  const asked: (string | null)[] = []
  const clock = { seconds: HOUR, timeLeft: 900_000 }
  const followUps: FollowUps = {
    lookAgain: async (sightings, seconds) => void (sightings.length > 0 && sent.push({ sightings, seconds })),
    goOn: async () => {},
  }
  const list = async (from: string | null): Promise<RolePage> => {
    asked.push(from)
    return pageOf(documents, Number(from ?? 0))
  }
  const read = async ({ name }: { readonly name: string }) => reading(documents[name] ?? '')
  const swept: SweepWorld = {
    ...world,
    ports: { ...world.ports, memory, roles: { list, read } },
    now: () => Date.parse(second(clock.seconds)),
    account: OWN,
    followUps,
    timeLeft: () => clock.timeLeft,
  }
  return { world: swept, alerts, memory, sent, asked, clock }
}

function pageOf(documents: Record<string, string>, place: number): RolePage {
  const names = Object.keys(documents).sort()
  const name = names[place] ?? ''
  const known = reading(documents[name] ?? '')
  if (known.kind !== 'role') throw new Error('the reading is of a role')
  const role = { account: OWN, name, arn: known.arn }
  const listed = { role, createdAt: known.createdAt, document: known.document, serviceLinked: false }
  return { roles: [listed], next: place + 1 < names.length ? String(place + 1) : null }
}

describe('an interrupted sweep', () => {
  test('goes on where it stopped, if that was lately', async () => {
    const { world, asked, clock } = sweeping({ A: trustOf([]), B: trustOf([]) })
    clock.timeLeft = 1000
    await sweep({ kind: 'sweep' }, world)
    clock.timeLeft = 900_000
    await sweep({ kind: 'sweep' }, world)
    expect(asked).toEqual([null, '1'])
  })

  test('is begun anew the day after, so that no role goes unread', async () => {
    const { world, asked, clock } = sweeping({ A: trustOf([]), B: trustOf([]) })
    clock.timeLeft = 1000
    await sweep({ kind: 'sweep' }, world)
    Object.assign(clock, { timeLeft: 900_000, seconds: 25 * HOUR })
    await sweep({ kind: 'sweep' }, world)
    expect(asked).toEqual([null, null, '1'])
  })
})

describe('an exception that no role needs', () => {
  const exceptions = ['A', 'B'].map((role) => ({
    role,
    rule: 'foreign-account',
    reason: 'until the move',
    expires: '2099-01-01',
  }))
  const documents = { A: trustOf([STRANGER]), B: trustOf([]) }

  test('is told when every role has been listed, and not before', async () => {
    const { world, clock } = sweeping(documents, { exceptions })
    clock.timeLeft = 1000
    expect(await sweep({ kind: 'sweep' }, world)).toMatchObject({ done: false, idle: null })
    clock.timeLeft = 900_000
    const ended = await sweep({ kind: 'sweep' }, world)
    expect(ended.idle?.map(({ path }) => path)).toEqual(['/exceptions/1'])
  })

  test('is not told by a sweep that was begun with other exceptions; the next one tells it', async () => {
    const { world, clock } = sweeping(documents, { exceptions })
    clock.timeLeft = 1000
    await sweep({ kind: 'sweep' }, { ...world, config: {} })
    clock.timeLeft = 900_000
    expect(await sweep({ kind: 'sweep' }, world)).toMatchObject({ done: true, idle: null })
    expect((await sweep({ kind: 'sweep' }, world)).idle).toHaveLength(1)
  })
})

describe('the first sweep', () => {
  test('is not silent over a role that was announced otherwise', async () => {
    const { world, sent } = sweeping({ Deploy: trustOf([STRANGER]) })
    await observe(changeAt({ id: 'a', at: 10, admits: [] }), world)
    await sweep({ kind: 'sweep' }, world)
    expect(sent.map(({ seconds }) => seconds)).toEqual([900])
  })
})

describe('the second look', () => {
  const role = changeAt({ id: 'a', at: 10 }).role
  const openSighting = { role, seen: observedId(trustOf([STRANGER])) }

  test('waits another quarter of an hour when the role shows something else again', async () => {
    const { world, sent, alerts } = sweeping({ Deploy: trustOf(FOREIGN) })
    await observe(changeAt({ id: 'a', at: 10, admits: [] }), world)
    const before = alerts.length
    await sweep({ kind: 'look-again', sightings: [openSighting] }, world)
    expect(sent).toEqual([{ sightings: [{ role, seen: observedId(trustOf(FOREIGN)) }], seconds: 900 }])
    expect(alerts).toHaveLength(before)
  })

  test('waits a minute when an event has just come that IAM may not show yet', async () => {
    const { world, sent, alerts } = sweeping({ Deploy: trustOf([STRANGER]) })
    await observe(changeAt({ id: 'a', at: HOUR - 30, admits: [] }), world)
    const before = alerts.length
    await sweep({ kind: 'look-again', sightings: [openSighting] }, world)
    expect(sent).toEqual([{ sightings: [openSighting], seconds: 60 }])
    expect(alerts).toHaveLength(before)
  })

  test('tells each of several openings without an event under an id of its own', async () => {
    const documents = { Deploy: trustOf([]) }
    const { world, alerts, clock } = sweeping(documents)
    await observe(changeAt({ id: 'a', at: 10, admits: [] }), world)
    const before = alerts.length
    for (const admits of [[STRANGER], [], [STRANGER], []]) {
      clock.seconds += HOUR
      documents.Deploy = trustOf(admits)
      await sweep({ kind: 'look-again', sightings: [{ role, seen: null }] }, world)
    }
    const ids = alerts.slice(before).map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect(new Set(ids).size).toBe(4)
  })

  test('does not call in force, when judged anew, what was closed since', async () => {
    const documents = { Deploy: trustOf([STRANGER]) }
    const { world, alerts, clock } = sweeping(documents)
    await observe(changeAt({ id: 'a', at: 10, admits: [STRANGER] }), world)
    await observe(changeAt({ id: 'b', at: 20, admits: [...FOREIGN] }), world)
    await sweep({ kind: 'look-again', sightings: [{ role, seen: null }] }, world)
    clock.seconds += HOUR
    documents.Deploy = trustOf([])
    await observe(changeAt({ id: 'c', at: HOUR + 60, admits: [] }), world)
    await observe(changeAt({ id: 'late', at: HOUR - 60, admits: [] }), world)
    const anew = alerts.filter(({ headline }) => headline.includes('arrived late'))
    expect(anew.map(({ inForce, restore }) => [inForce, restore])).toEqual([['superseded', null]])
  })

  test('tells a role made anew without an event under another id than the first time', async () => {
    const documents: Record<string, string> = { Deploy: trustOf([STRANGER]) }
    const { world, alerts, clock } = sweeping(documents)
    for (const createdAt of ['2026-11-21T12:30:00Z', '2026-11-21T14:30:00Z']) {
      const made: SweepWorld['ports']['roles'] = {
        ...world.ports.roles,
        read: async () => reading(trustOf([STRANGER]), createdAt),
      }
      clock.seconds += HOUR
      await sweep(
        { kind: 'look-again', sightings: [{ role, seen: null }] },
        { ...world, ports: { ...world.ports, roles: made } },
      )
      clock.seconds += HOUR
      const gone: SweepWorld['ports']['roles'] = { ...world.ports.roles, read: async () => ({ kind: 'no-such-role' }) }
      await sweep(
        { kind: 'look-again', sightings: [{ role, seen: null }] },
        { ...world, ports: { ...world.ports, roles: gone } },
      )
    }
    expect(alerts.map(({ kind }) => kind)).toEqual(['role-created', 'role-deleted', 'role-created', 'role-deleted'])
    expect(new Set(alerts.map(({ id }) => id)).size).toBe(4)
  })
})
