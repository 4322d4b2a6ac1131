import { GetCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { documentClient } from '../../shared/aws/clients.ts'
import { deliveriesIn } from '../../shared/aws/deliveries.ts'
import { type Dynamo, startDynamo } from '../aws/dynamo.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { PASSING, placeAt, QUICK } from './places.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

let dynamo: Dynamo
let aws: FakeAws
const documents = () => documentClient(QUICK, placeAt(aws.endpoint))
const deliveries = () => deliveriesIn({ documents: documents(), name: 'memory' }, () => NOW)

beforeAll(async () => {
  dynamo = await startDynamo()
  await dynamo.createTable('memory')
  aws = await startFakeAws({ dynamo: dynamo.endpoint })
})
afterAll(async () => {
  await aws.close()
  await dynamo.close()
})
beforeEach(() => aws.reset())

test('what was told to a channel is known of that channel and no other', async () => {
  expect(await deliveries().wasDelivered('slack', 'one')).toBe(false)
  await deliveries().markDelivered('slack', 'one')
  await deliveries().markDelivered('slack', 'one')
  expect(await deliveries().wasDelivered('slack', 'one')).toBe(true)
  expect(await deliveries().wasDelivered('mail', 'one')).toBe(false)
})

test('a record lies under the name doctor waits for, says when, and expires after thirty days', async () => {
  await deliveries().markDelivered('mail', 'two')
  const Key = { pk: 'delivered#mail#two', sk: 'delivered' }
  const { Item } = await documents().send(new GetCommand({ TableName: 'memory', Key }))
  expect(Item).toEqual({ ...Key, schema: 1, at: '2026-11-21T12:00:00Z', expires: NOW / 1_000 + 2_592_000 })
})

test.each(PASSING)('a record stands though DynamoDB %s', async (name, fault, times) => {
  for (const action of ['PutItem', 'GetItem']) aws.faults.next(action, fault, times)
  await deliveries().markDelivered('slack', name)
  expect(await deliveries().wasDelivered('slack', name)).toBe(true)
})

test('a table that does not answer is an error, and not "never told"', async () => {
  aws.faults.always('GetItem', { kind: 'denied' })
  await expect(deliveries().wasDelivered('slack', 'one')).rejects.toMatchObject({ failure: 'denied' })
})
