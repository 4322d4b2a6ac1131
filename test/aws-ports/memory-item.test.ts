import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentClient } from '../../shared/aws/clients.ts'
import { readVersion } from '../../shared/aws/memory-item.ts'
import { sweepMemoryOf } from '../../shared/aws/sweep-memory.ts'
import { type Dynamo, startDynamo } from '../aws/dynamo.ts'
import { roleOf, versionOf } from '../versions.ts'
import { placeAt, QUICK } from './places.ts'

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

let dynamo: Dynamo
let documents: ReturnType<typeof documentClient>

beforeAll(async () => {
  dynamo = await startDynamo()
  await dynamo.createTable('memory')
  documents = documentClient(QUICK, placeAt(dynamo.endpoint))
})
afterAll(async () => {
  documents.destroy()
  await dynamo.close()
})

function memory() {
  return sweepMemoryOf(documents, 'memory', () => 0)
}

test('a version stored by the first release is readable', async () => {
  const { pk, sk, schema, arn, ...fields } = STORED_1
  await documents.send(new PutCommand({ TableName: 'memory', Item: STORED_1 }))
  const key = versionOf({
    role: roleOf('stored'),
    at: '2026-11-20T08:00:00Z',
    id: '0c0ffee0-0000-4000-8000-000000000001',
  })
  expect(await memory().find(key)).toEqual({
    ...fields,
    role: { account: '111122223333', name: 'stored', arn: 'arn:aws:iam::111122223333:role/stored' },
    at: '2026-11-20T08:00:00Z',
    eventId: '0c0ffee0-0000-4000-8000-000000000001',
    judgedAgainst: ['2026-11-19T08:00:00Z#sweep-abc'],
  })
})

test('a version of a schema from the future is an error, not a version left out', async () => {
  await documents.send(
    new PutCommand({ TableName: 'memory', Item: { ...STORED_1, pk: '111122223333#future', schema: 2 } }),
  )
  const { role, at } = versionOf({ role: roleOf('future') })
  await expect(memory().earlier(role, at)[Symbol.asyncIterator]().next()).rejects.toThrow('schema 2')
})

test('an item that is not what its schema says is an error that names the field', () => {
  expect(() => readVersion({ ...STORED_1, standing: 'maybe' })).toThrow('standing')
  expect(() => readVersion({ ...STORED_1, sk: 'yesterday#e' })).toThrow('sk')
  expect(() => readVersion({ pk: 'x' })).toThrow('schema')
})
