/** What every memory promises, wherever it lies. Held against each implementation of the port; knows none of them. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AccountId } from '../shared/identity.ts'
import type { SweepMemory, Version } from '../shared/ports.ts'
import type { ServiceMemory } from '../shared/service-ports.ts'
import { describeServiceMemory } from './memory-contract-services.ts'
import { instantOf, OTHER, OWN, roleOf, THIRD, versionOf } from './versions.ts'

export type WholeMemory = SweepMemory & ServiceMemory

/** A memory without content, and how to leave it. */
export interface Opened {
  readonly memory: WholeMemory
  readonly close: () => Promise<void>
}

export function describeMemory(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let memory: WholeMemory
    let close: () => Promise<void>
    beforeAll(async () => {
      const opened = await open()
      memory = opened.memory
      close = opened.close
    })
    afterAll(() => close())

    test('a version is found as it was kept', async () => {
      const version = versionOf({ role: roleOf('found') })
      await memory.keep(version)
      expect(await memory.find(version)).toEqual(version)
    })

    test('a deleted role is a version without a document, and an unknown ARN stays unknown', async () => {
      const role = { ...roleOf('deleted'), arn: null }
      const version = versionOf({ role, change: 'deleted', document: null, actor: null })
      await memory.keep(version)
      expect(await memory.find(version)).toEqual(version)
    })

    test('a document is kept to the letter, whatever it holds', async () => {
      const role = roleOf('letters')
      const document = '{ "Statement": "\u0000\n\t\u202e<!channel> \u{1f512} é" }'.repeat(50)
      const version = versionOf({ role, document })
      await memory.keep(version)
      expect((await memory.find(version))?.document).toBe(document)
    })

    test('a version nobody kept is not found', async () => {
      expect(await memory.find(versionOf({ role: roleOf('never') }))).toBeNull()
    })

    test('earlier versions come newest first, later ones oldest first, and those of the same second in neither', async () => {
      const role = roleOf('seconds')
      for (const [at, id] of [
        ['11:59:59', 'b'],
        ['12:00:00', 'a'],
        ['12:00:00', 'zzz'],
        ['12:00:01', '0'],
        ['12:00:05', 'c'],
        ['11:00:00', 'z'],
      ] as const) {
        await memory.keep(versionOf({ role, at: `2026-11-21T${at}Z`, id }))
      }
      const noon = instantOf('2026-11-21T12:00:00Z')
      expect(await keysOf(memory.earlier(role, noon))).toEqual(['2026-11-21T11:59:59Z#b', '2026-11-21T11:00:00Z#z'])
      expect(await keysOf(memory.later(role, noon))).toEqual(['2026-11-21T12:00:01Z#0', '2026-11-21T12:00:05Z#c'])
    })

    test('a role sees only its own versions, though another has the same name in front', async () => {
      await memory.keep(versionOf({ role: roleOf('near') }))
      await memory.keep(versionOf({ role: roleOf('near-by') }))
      expect(await keysOf(memory.earlier(roleOf('near'), instantOf('2027-01-01T00:00:00Z')))).toHaveLength(1)
    })

    test('three hundred versions of one role are all there, in order', async () => {
      const role = roleOf('many')
      const ids = Array.from({ length: 300 }, (_, index) => String(index).padStart(3, '0'))
      const start = Date.parse('2026-01-01T00:00:00Z')
      for (const id of ids) {
        await memory.keep(versionOf({ role, at: new Date(start + Number(id) * 1_000).toISOString(), id }))
      }
      const keys = await keysOf(memory.earlier(role, instantOf('2027-01-01T00:00:00Z')))
      expect(keys.map((key) => key.split('#')[1])).toEqual(ids.toReversed())
    })

    test('seen becomes announced, with all its fields and without losing what it was judged against', async () => {
      const seen = versionOf({
        role: roleOf('promoted'),
        standing: 'seen',
        settled: true,
        actor: null,
        judgedAgainst: ['x#1'],
      })
      const announced = versionOf({
        role: roleOf('promoted'),
        standing: 'announced',
        document: '{"a":2}',
        judgedAgainst: ['x#2'],
      })
      await memory.keep(seen)
      await memory.keep(announced)
      expect(await memory.find(seen)).toEqual({ ...announced, judgedAgainst: ['x#1', 'x#2'] })
    })

    test('announced twice changes nothing but what it was judged against', async () => {
      const first = versionOf({ role: roleOf('twice'), document: '{"a":1}', settled: true, judgedAgainst: ['x#1'] })
      await memory.keep(first)
      await memory.keep({ ...first, document: '{"a":2}', settled: false, judgedAgainst: ['x#2', 'x#1'] })
      await memory.keep({ ...first, document: '{"a":3}', judgedAgainst: [] })
      expect(await memory.find(first)).toEqual({ ...first, judgedAgainst: ['x#1', 'x#2'] })
    })

    test('seen never replaces anything', async () => {
      const announced = versionOf({ role: roleOf('firm'), document: '{"a":1}', judgedAgainst: ['x#1'] })
      await memory.keep(announced)
      await memory.keep({ ...announced, standing: 'seen', document: '{"a":2}', judgedAgainst: ['x#2'] })
      expect(await memory.find(announced)).toEqual(announced)
      const seen = versionOf({ role: roleOf('first-seen'), standing: 'seen', document: '{"a":1}' })
      await memory.keep(seen)
      await memory.keep({ ...seen, document: '{"a":2}' })
      expect(await memory.find(seen)).toEqual(seen)
    })

    test('of an announced and a seen one kept at once, the announced one stays', async () => {
      for (let round = 0; round < 10; round += 1) {
        const announced = versionOf({ role: roleOf(`race-${round}`), document: '{"a":1}' })
        await Promise.all([
          memory.keep({ ...announced, standing: 'seen', document: '{"a":2}' }),
          memory.keep(announced),
        ])
        expect(await memory.find(announced)).toEqual(announced)
      }
    })

    test('what a version was judged against only grows, from several sides at once', async () => {
      const version = versionOf({ role: roleOf('grown') })
      await memory.keep(version)
      await Promise.all([memory.addJudged(version, ['x#1']), memory.addJudged(version, ['x#2', 'x#3'])])
      await memory.addJudged(version, ['x#1'])
      await memory.addJudged(version, [])
      expect((await memory.find(version))?.judgedAgainst).toEqual(['x#1', 'x#2', 'x#3'])
    })

    test('settling touches nothing else', async () => {
      const version = versionOf({ role: roleOf('settled'), judgedAgainst: ['x#1'] })
      await memory.keep(version)
      await memory.settle(version)
      await memory.settle(version)
      expect(await memory.find(version)).toEqual({ ...version, settled: true })
    })

    test('adding to a version that is not there is an error and leaves nothing behind', async () => {
      const version = versionOf({ role: roleOf('nowhere') })
      await expect(memory.addJudged(version, ['x#1'])).rejects.toThrow()
      await expect(memory.settle(version)).rejects.toThrow()
      expect(await memory.find(version)).toBeNull()
      expect(await keysOf(memory.earlier(version.role, instantOf('2027-01-01T00:00:00Z')))).toEqual([])
    })

    test('what was told is remembered by its id', async () => {
      expect(await memory.wasTold('aaaa')).toBe(false)
      await memory.markTold('aaaa')
      await memory.markTold('aaaa')
      expect(await memory.wasTold('aaaa')).toBe(true)
      expect(await memory.wasTold('bbbb')).toBe(false)
    })

    test("the sweep's progress is remembered account by account", async () => {
      const begun = { sweepId: 's-1', startedAt: instantOf('2026-11-21T12:00:00Z'), watchingSince: null }
      const exceptions = { of: 'list-1', named: [0, 2], used: [2] }
      const state = { ...begun, first: true, next: 'marker+/=', done: false, exceptions }
      expect(await memory.sweepState(OWN)).toBeNull()
      await memory.saveSweepState(OWN, state)
      expect(await memory.sweepState(OWN)).toEqual(state)
      await memory.saveSweepState(OWN, {
        ...state,
        next: null,
        done: true,
        first: false,
        watchingSince: begun.startedAt,
        exceptions: null,
      })
      expect(await memory.sweepState(OWN)).toEqual({
        ...begun,
        exceptions: null,
        first: false,
        next: null,
        done: true,
        watchingSince: begun.startedAt,
      })
      expect(await memory.sweepState(OTHER)).toBeNull()
    })

    test('a kept version puts its role on the roster, listed by no sweep', async () => {
      const role = { ...roleOf('enrolled-by-keep'), account: OTHER, arn: null }
      await memory.keep(versionOf({ role }))
      expect(await rosterOf(memory, OTHER)).toEqual([['enrolled-by-keep', null]])
    })

    test('a kept version never takes a sweep off the roster; a later sweep replaces an earlier one; a struck role is gone', async () => {
      const [one, two] = [roleOf('r-1', THIRD), roleOf('r-2', THIRD)]
      await memory.enrol([one, two, one], 'sweep-1')
      await memory.keep(versionOf({ role: one }))
      await memory.enrol([two], 'sweep-2')
      await memory.enrol([], 'sweep-3')
      expect(await rosterOf(memory, THIRD)).toEqual([
        ['r-1', 'sweep-1'],
        ['r-2', 'sweep-2'],
      ])
      for await (const entry of memory.roster(THIRD)) expect([one, two]).toContainEqual(entry.role)
      await memory.strike(one)
      await memory.strike(one)
      expect(await rosterOf(memory, THIRD)).toEqual([['r-2', 'sweep-2']])
    })

    describeServiceMemory(() => memory)
  })
}

async function keysOf(versions: AsyncIterable<Version>): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const version of versions) keys.push(`${version.at}#${version.eventId}`)
  return keys
}

async function rosterOf(memory: SweepMemory, of: AccountId): Promise<readonly (readonly [string, string | null])[]> {
  const entries: [string, string | null][] = []
  for await (const { role, listedBy } of memory.roster(of)) entries.push([role.name, listedBy])
  return entries.sort()
}
