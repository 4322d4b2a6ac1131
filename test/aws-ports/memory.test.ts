import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { documentClient, type Limits } from '../../shared/aws/clients.ts'
import { serviceMemoryIn } from '../../shared/aws/memory-services.ts'
import { sweepMemoryOf } from '../../shared/aws/sweep-memory.ts'
import type { Role } from '../../shared/identity.ts'
import type { SweepMemory } from '../../shared/ports.ts'
import { type Dynamo, startDynamo } from '../aws/dynamo.ts'
import type { Fault } from '../aws/faults.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { describeMemory } from '../memory-contract.ts'
import { OWN, versionOf } from '../versions.ts'
import { placeAt } from './places.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const LIMITS: Limits = { connectionMs: 500, requestMs: 300, attempts: 3 }

function clientAt(endpoint: string, limits: Limits = LIMITS) {
  return documentClient(limits, placeAt(endpoint))
}

describeMemory('memory in DynamoDB', async () => {
  const dynamo = await startDynamo()
  await dynamo.createTable('memory')
  const documents = clientAt(dynamo.endpoint, { connectionMs: 1_000, requestMs: 10_000, attempts: 3 })
  const services = serviceMemoryIn({ documents, name: 'memory' }, () => NOW)
  const memory = { ...sweepMemoryOf(documents, 'memory', () => NOW), ...services }
  return {
    memory,
    close: async () => {
      documents.destroy()
      await dynamo.close()
    },
  }
})

describe('DynamoDB in bad weather', () => {
  let dynamo: Dynamo
  let aws: FakeAws
  let memory: SweepMemory
  let names = 0
  const documentsOf = (limits?: Limits) => clientAt(aws.endpoint, limits)
  const role = (): Role => ({ account: OWN, name: `role-${names++}`, arn: null })

  beforeAll(async () => {
    dynamo = await startDynamo()
    await dynamo.createTable('memory')
    aws = await startFakeAws({ dynamo: dynamo.endpoint })
    memory = sweepMemoryOf(documentsOf(), 'memory', () => NOW)
  })
  afterAll(async () => {
    await aws.close()
    await dynamo.close()
  })
  beforeEach(() => aws.reset())

  const passing: readonly (readonly [string, Fault, number])[] = [
    ['fails once', { kind: 'error', status: 500, code: 'InternalServerError' }, 1],
    ['fails twice', { kind: 'error', status: 503, code: 'ServiceUnavailable' }, 2],
    ['breaks the connection', { kind: 'drop' }, 1],
    ['acts and loses the answer', { kind: 'lose-answer' }, 1],
    ['acts and loses the answer twice', { kind: 'lose-answer' }, 2],
    ['does not answer in time', { kind: 'hang' }, 1],
    ['acts and answers too late', { kind: 'slow', ms: 600 }, 1],
    ['throttles', { kind: 'throttle' }, 1],
  ]

  test.each(passing)('a version is kept though DynamoDB %s', async (_, fault, times) => {
    const version = versionOf({ role: role(), judgedAgainst: ['x#1'] })
    // The first UpdateItem writes the roster, the second the version.
    aws.faults.next('UpdateItem', null)
    aws.faults.next('UpdateItem', fault, times)
    await memory.keep(version)
    expect(await memory.find(version)).toEqual(version)
  })

  test.each(passing)('a seen version becomes announced though DynamoDB %s', async (_, fault, times) => {
    const version = versionOf({ role: role(), judgedAgainst: ['x#1'] })
    await memory.keep({ ...version, standing: 'seen', judgedAgainst: [] })
    aws.faults.next('UpdateItem', null)
    aws.faults.next('UpdateItem', fault, times)
    await memory.keep(version)
    expect(await memory.find(version)).toEqual(version)
  })

  test.each(passing)(
    'a second look is settled and what was judged is added though DynamoDB %s',
    async (_, fault, times) => {
      const version = versionOf({ role: role() })
      await memory.keep(version)
      aws.faults.next('UpdateItem', fault, times)
      await memory.addJudged(version, ['x#1'])
      aws.faults.next('UpdateItem', fault, times)
      await memory.settle(version)
      expect(await memory.find(version)).toEqual({ ...version, judgedAgainst: ['x#1'], settled: true })
    },
  )

  test.each(passing)('marks, progress, roster and reads stand though DynamoDB %s', async (_, fault, times) => {
    const one = role()
    await memory.keep(versionOf({ role: one }))
    for (const action of ['PutItem', 'GetItem', 'Query', 'BatchWriteItem', 'DeleteItem'])
      aws.faults.next(action, fault, times)
    await memory.markTold(one.name)
    expect(await memory.wasTold(one.name)).toBe(true)
    expect(await idsOf(memory.earlier(one, versionOf({ role: one, at: '2027-01-01T00:00:00Z' }).at))).toEqual(['e-1'])
    await memory.enrol([one], 'sweep-1')
    await memory.strike(one)
  })

  test('a denied call is an error that says so and is not tried again', async () => {
    aws.faults.always('UpdateItem', { kind: 'denied' })
    await expect(memory.keep(versionOf({ role: role() }))).rejects.toMatchObject({
      name: 'PortError',
      failure: 'denied',
    })
    expect(aws.calls('UpdateItem')).toBe(1)
  })

  test('a table that stays throttled or silent is an error after the attempts, never an empty answer', async () => {
    const impatient = sweepMemoryOf(documentsOf({ ...LIMITS, attempts: 1 }), 'memory', () => NOW)
    aws.faults.next('Query', { kind: 'throttle' })
    aws.faults.next('Query', { kind: 'hang' })
    await expect(idsOf(impatient.earlier(role(), versionOf({ role: role() }).at))).rejects.toMatchObject({
      failure: 'throttled',
    })
    await expect(idsOf(impatient.later(role(), versionOf({ role: role() }).at))).rejects.toMatchObject({
      failure: 'broken',
    })
  })

  test('a missing table is an error that says so', async () => {
    const nowhere = sweepMemoryOf(documentsOf(), 'no-such-table', () => NOW)
    await expect(nowhere.wasTold('x')).rejects.toMatchObject({ failure: 'missing' })
  })

  test('the first page is small and the next is fetched only for a reader that goes on', async () => {
    const one = role()
    for (let second = 10; second < 30; second += 1) {
      await memory.keep(versionOf({ role: one, at: `2026-11-21T12:00:${second}Z` }))
    }
    const end = versionOf({ role: one, at: '2027-01-01T00:00:00Z' }).at
    for await (const version of memory.earlier(one, end)) {
      expect(version.at).toBe('2026-11-21T12:00:29Z')
      break
    }
    expect(aws.calls('Query')).toBe(1)
    expect(await idsOf(memory.earlier(one, end))).toHaveLength(20)
    expect(aws.calls('Query')).toBe(3)
  })

  test('a mark may be forgotten thirty days on, which is longer than a dead letter lives', async () => {
    await memory.markTold('marked')
    const { Item } = await documentsOf().send(
      new GetCommand({ TableName: 'memory', Key: { pk: 'told#marked', sk: 'told' } }),
    )
    expect(Item).toEqual({ pk: 'told#marked', sk: 'told', schema: 1, expires: NOW / 1_000 + 2_592_000 })
  })

  test('five thousand roles are enrolled in two hundred calls', async () => {
    const roles = Array.from({ length: 5_000 }, (_, index) => ({
      account: OWN,
      name: `bulk-${index}`,
      arn: null,
    }))
    await memory.enrol(roles, 'sweep-9')
    expect(aws.calls('BatchWriteItem')).toBe(200)
    let listed = 0
    for await (const { listedBy } of memory.roster(OWN)) if (listedBy === 'sweep-9') listed += 1
    expect(listed).toBe(5_000)
  })

  test('what a busy table leaves unwritten is written in the next round', async () => {
    const one = role()
    const Item = {
      pk: { S: `roster#${one.account}` },
      sk: { S: one.name },
      schema: { N: '1' },
      listedBy: { S: 'sweep-7' },
    }
    const body = JSON.stringify({ UnprocessedItems: { memory: [{ PutRequest: { Item } }] } })
    aws.faults.next('BatchWriteItem', { kind: 'answer', body }, 2)
    await memory.enrol([one], 'sweep-7')
    expect(aws.calls('BatchWriteItem')).toBe(3)
    const names: string[] = []
    for await (const entry of memory.roster(OWN)) if (entry.listedBy === 'sweep-7') names.push(entry.role.name)
    expect(names).toEqual([one.name])
  })

  test('a roster that cannot be written is an error, and the rest is not begun', async () => {
    aws.faults.always('BatchWriteItem', { kind: 'denied' })
    const roles = Array.from({ length: 1_000 }, (_, index) => ({
      account: OWN,
      name: `denied-${index}`,
      arn: null,
    }))
    await expect(memory.enrol(roles, 'sweep-8')).rejects.toMatchObject({ failure: 'denied' })
    expect(aws.calls('BatchWriteItem')).toBeLessThanOrEqual(8)
  })

  test('the longest document a trust policy event can carry fits, even where every character takes three bytes', async () => {
    const patient = sweepMemoryOf(documentsOf({ ...LIMITS, requestMs: 10_000 }), 'memory', () => NOW)
    const version = versionOf({ role: role(), document: '\u20ac'.repeat(131_072) })
    await patient.keep(version)
    expect((await patient.find(version))?.document).toBe(version.document)
  })
})

async function idsOf(versions: AsyncIterable<{ readonly eventId: string }>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { eventId } of versions) ids.push(eventId)
  return ids
}
