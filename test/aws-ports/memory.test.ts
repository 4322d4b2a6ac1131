import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { documentClient, type Limits } from '../../shared/aws/clients.ts'
import { memoryOf } from '../../shared/aws/memory.ts'
import { readVersion } from '../../shared/aws/memory-item.ts'
import { accountId, type Role } from '../../shared/identity.ts'
import type { Memory } from '../../shared/ports.ts'
import { CREDENTIALS, type Dynamo, startDynamo } from '../aws/dynamo.ts'
import type { Fault } from '../aws/faults.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { describeMemory, versionOf } from '../memory-contract.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const LIMITS: Limits = { connectionMs: 500, requestMs: 300, attempts: 3 }

function clientAt(endpoint: string, limits: Limits = LIMITS) {
  return documentClient(limits, { endpoint, region: 'us-east-1', credentials: CREDENTIALS })
}

describeMemory('memory in DynamoDB', async () => {
  const dynamo = await startDynamo()
  await dynamo.createTable('memory')
  const documents = clientAt(dynamo.endpoint, { connectionMs: 1_000, requestMs: 10_000, attempts: 3 })
  const memory = memoryOf(documents, 'memory', () => NOW)
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
  let memory: Memory
  let names = 0
  const documentsOf = (limits?: Limits) => clientAt(aws.endpoint, limits)
  const role = (): Role => ({ account: account(), name: `role-${names++}`, arn: null })

  beforeAll(async () => {
    dynamo = await startDynamo()
    await dynamo.createTable('memory')
    aws = await startFakeAws({ dynamo: dynamo.endpoint })
    memory = memoryOf(documentsOf(), 'memory', () => NOW)
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
    const impatient = memoryOf(documentsOf({ ...LIMITS, attempts: 1 }), 'memory', () => NOW)
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
    const nowhere = memoryOf(documentsOf(), 'no-such-table', () => NOW)
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
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb')
    const { Item } = await documentsOf().send(
      new GetCommand({ TableName: 'memory', Key: { pk: 'told#marked', sk: 'told' } }),
    )
    expect(Item).toEqual({ pk: 'told#marked', sk: 'told', schema: 1, expires: NOW / 1_000 + 2_592_000 })
  })

  test('five thousand roles are enrolled in two hundred calls', async () => {
    const roles = Array.from({ length: 5_000 }, (_, index) => ({
      account: account(),
      name: `bulk-${index}`,
      arn: null,
    }))
    await memory.enrol(roles, 'sweep-9')
    expect(aws.calls('BatchWriteItem')).toBe(200)
    let listed = 0
    for await (const { listedBy } of memory.roster(account())) if (listedBy === 'sweep-9') listed += 1
    expect(listed).toBe(5_000)
  })

  test('a version stored by the first release is readable', async () => {
    await documentsOf().send(new PutCommand({ TableName: 'memory', Item: STORED_1 }))
    const stored = versionOf({
      role: { account: account(), name: 'stored', arn: null },
      at: '2026-11-20T08:00:00Z',
      id: '0c0ffee0-0000-4000-8000-000000000001',
    })
    expect(await memory.find(stored)).toEqual({
      role: { account: '111122223333', name: 'stored', arn: 'arn:aws:iam::111122223333:role/stored' },
      at: '2026-11-20T08:00:00Z',
      eventId: '0c0ffee0-0000-4000-8000-000000000001',
      change: 'created',
      document: '{"Version":"2012-10-17","Statement":[]}',
      standing: 'announced',
      settled: true,
      judgedAgainst: ['2026-11-19T08:00:00Z#sweep-abc'],
      actor: {
        type: 'IAMUser',
        name: 'bo',
        arn: null,
        via: 'Terraform',
        sourceIp: '203.0.113.9',
        userAgent: null,
        mfa: false,
      },
      evidence: {
        eventId: '0c0ffee0-0000-4000-8000-000000000001',
        eventName: 'CreateRole',
        region: 'us-east-1',
        source: 'cloudtrail',
      },
    })
  })

  test('a version of a schema from the future is an error, not a version left out', async () => {
    const item = { ...STORED_1, pk: '111122223333#future', schema: 2 }
    await documentsOf().send(new PutCommand({ TableName: 'memory', Item: item }))
    const reading = idsOf(
      memory.earlier({ account: account(), name: 'future', arn: null }, versionOf({ role: role() }).at),
    )
    await expect(reading).rejects.toThrow('schema 2')
  })

  test('an item that is not what its schema says is an error that names the field', () => {
    expect(() => readVersion({ ...STORED_1, standing: 'maybe' })).toThrow('standing')
    expect(() => readVersion({ ...STORED_1, sk: 'yesterday#e' })).toThrow('sk')
    expect(() => readVersion({ pk: 'x' })).toThrow('schema')
  })
})

/** As the first release writes it. Never edited: tables hold such items. */
const STORED_1 = {
  pk: '111122223333#stored',
  sk: '2026-11-20T08:00:00Z#0c0ffee0-0000-4000-8000-000000000001',
  schema: 1,
  arn: 'arn:aws:iam::111122223333:role/stored',
  change: 'created',
  document: '{"Version":"2012-10-17","Statement":[]}',
  standing: 'announced',
  settled: true,
  judgedAgainst: new Set(['2026-11-19T08:00:00Z#sweep-abc']),
  actor: {
    type: 'IAMUser',
    name: 'bo',
    arn: null,
    via: 'Terraform',
    sourceIp: '203.0.113.9',
    userAgent: null,
    mfa: false,
  },
  evidence: {
    eventId: '0c0ffee0-0000-4000-8000-000000000001',
    eventName: 'CreateRole',
    region: 'us-east-1',
    source: 'cloudtrail',
  },
}

function account() {
  const own = accountId('111122223333')
  if (own === null) throw new Error('an account id has twelve digits')
  return own
}

async function idsOf(versions: AsyncIterable<{ readonly eventId: string }>): Promise<readonly string[]> {
  const ids: string[] = []
  for await (const { eventId } of versions) ids.push(eventId)
  return ids
}
