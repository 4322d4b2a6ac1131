/** What every memory promises of services and of the ends of their operations. Part of the contract in memory-contract.ts. */

import { describe, expect, test } from 'vitest'
import { eventId, roleNameOf, serviceArn } from '../shared/identity.ts'
import type { Memory } from '../shared/ports.ts'
import type { End, KnownService, ServiceMemory } from '../shared/service-ports.ts'
import { instantOf, OTHER, OWN, present, roleOf, THIRD } from './versions.ts'

export function knownService(name: string, more: Partial<KnownService> = {}): KnownService {
  const pull = roleOf('pull')
  const arn = present(pull.arn)
  return {
    account: OWN,
    region: 'us-east-2',
    name,
    arn: present(
      serviceArn(`arn:aws:apprunner:us-east-2:111122223333:service/${name}/8fe1e10304f84fd2b0df550fe98a71fa`),
    ),
    status: 'RUNNING',
    uses: [{ as: 'apprunner-access', role: { account: OWN, name: roleNameOf(arn), arn } }],
    seenAt: instantOf('2026-11-21T12:00:00Z'),
    ...more,
  }
}

export function endOf(name: string, at: string, more: Partial<End> = {}): End {
  return {
    service: { account: OWN, region: 'us-east-2', name },
    at: instantOf(`2026-11-21T${at}Z`),
    eventId: present(eventId(`end-${at.replaceAll(':', '')}`)),
    result: 'failed',
    by: 'operation',
    episode: '',
    severity: 'medium',
    ...more,
  }
}

export function describeServiceMemory(opened: () => Memory & ServiceMemory): void {
  describe('services', () => {
    test('are found as they were kept, with and without roles', async () => {
      const memory = opened()
      const [one, bare] = [knownService('kept'), knownService('bare', { uses: [], status: 'SOMETHING_NEW' })]
      await memory.keepService(one)
      await memory.keepService(bare)
      expect(await memory.service(one)).toEqual(one)
      expect(await memory.service(bare)).toEqual(bare)
      expect(await memory.service(knownService('never'))).toBeNull()
      expect(await memory.service({ ...one, region: 'eu-west-1' })).toBeNull()
    })

    test('what was seen later stays, whatever comes late', async () => {
      const memory = opened()
      const late = knownService('late', { seenAt: instantOf('2026-11-21T12:00:05Z') })
      await memory.keepService(late)
      await memory.keepService(knownService('late', { status: 'PAUSED' }))
      await memory.forgetService(late, instantOf('2026-11-21T12:00:04Z'))
      expect(await memory.service(late)).toEqual(late)
      const later = { ...late, status: 'PAUSED', seenAt: instantOf('2026-11-21T12:00:06Z') }
      await memory.keepService(later)
      expect(await memory.service(late)).toEqual(later)
      await memory.forgetService(late, later.seenAt)
      await memory.forgetService(late, later.seenAt)
      expect(await memory.service(late)).toBeNull()
    })

    test('are known by the role they use, whatever its path, and by no other', async () => {
      const memory = opened()
      const role = roleOf('used', OTHER)
      const arn = present(role.arn)
      const uses = (['apprunner-access', 'apprunner-instance'] as const).map((as) => ({ as, role: { ...role, arn } }))
      const of = (name: string) => knownService(name, { account: OTHER, uses })
      await memory.keepService(of('b'))
      await memory.keepService(of('a'))
      await memory.keepService(knownService('c', { account: OTHER }))
      expect((await memory.usersOf({ ...role, arn: null })).map(({ name }) => name)).toEqual(['a', 'b'])
      expect(await memory.usersOf(roleOf('use', OTHER))).toEqual([])
      expect(await memory.usersOf(roleOf('used', OWN))).toEqual([])
      await memory.keepService({ ...of('a'), uses: [] })
      expect((await memory.usersOf(role)).map(({ name }) => name)).toEqual(['b'])
    })

    test('of an account are listed, region by region', async () => {
      const memory = opened()
      for (const [name, region] of [
        ['two', 'us-east-2'],
        ['one', 'us-east-2'],
        ['far', 'eu-west-1'],
      ] as const)
        await memory.keepService(knownService(name, { account: THIRD, region }))
      const found: string[] = []
      for await (const { region, name } of memory.services(THIRD)) found.push(`${region} ${name}`)
      expect(found).toEqual(['eu-west-1 far', 'us-east-2 one', 'us-east-2 two'])
    })
  })

  describe('the ends of operations', () => {
    test('are found as they were kept, and the first one kept of a key stays', async () => {
      const memory = opened()
      const end = endOf('ends', '12:00:00', { episode: '2026-11-21T11:00:00Z#x', by: 'call' })
      await memory.keepEnd(end)
      await memory.keepEnd({ ...end, severity: 'high', episode: '' })
      expect(await memory.end(end)).toEqual(end)
      expect(await memory.end(endOf('ends', '12:00:01'))).toBeNull()
      const success = endOf('ends', '12:30:00', { result: 'succeeded', severity: null })
      await memory.keepEnd(success)
      expect(await memory.end(success)).toEqual(success)
    })

    test('come newest first before a key and oldest first after it, and only of the one service', async () => {
      const memory = opened()
      const times = ['12:00:03', '12:00:01', '12:00:02', '12:00:05']
      for (const time of times) await memory.keepEnd(endOf('order', time))
      await memory.keepEnd(endOf('order-by', '12:00:04'))
      const service = endOf('order', '12:00:00').service
      const key = '2026-11-21T12:00:03Z#end-120003'
      expect(await timesOf(memory.endsBefore(service, key))).toEqual(['12:00:02', '12:00:01'])
      expect(await timesOf(memory.endsAfter(service, key))).toEqual(['12:00:05'])
      expect(await timesOf(memory.endsBefore({ ...service, region: 'eu-west-1' }, key))).toEqual([])
    })

    test('three hundred of one service are all there, in order', async () => {
      const memory = opened()
      const times = Array.from({ length: 300 }, (_, n) =>
        new Date(Date.UTC(2026, 10, 21, 1, 0, n)).toISOString().slice(11, 19),
      )
      for (const time of times) await memory.keepEnd(endOf('many-ends', time))
      const all = await timesOf(memory.endsBefore(endOf('many-ends', '00:00:00').service, '2026-11-22'))
      expect(all).toEqual(times.toReversed())
    })
  })
}

async function timesOf(ends: AsyncIterable<End>): Promise<readonly string[]> {
  const times: string[] = []
  for await (const { at } of ends) times.push(at.slice(11, 19))
  return times
}
