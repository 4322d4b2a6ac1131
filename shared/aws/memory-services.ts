/** Services and the ends of their operations in the table, beside the versions. Refuses to know what an episode is. */

import { DeleteCommand, GetCommand, PutCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { Instant } from '../identity.ts'
import type { End, EndKey, KnownService, ServiceMemory } from '../service-ports.ts'
import type { ServiceKey } from '../service-signal.ts'
import { ask } from './failure.ts'
import { knownServicesIn } from './memory-users.ts'
import { endFields, readEnd, readService, serviceFields, serviceKey } from './service-item.ts'
import { type ItemKey, isUnmet, type Table } from './table.ts'

/** An end is of use as long as its episode is told of; a service fails seldom for three months. */
const END_SECONDS = 90 * 24 * 60 * 60

/** @param clock milliseconds since the epoch; only for when an end may be forgotten */
export function serviceMemoryIn(table: Table, clock: () => number): ServiceMemory {
  return {
    service: async (key) => {
      const item = await got(table, serviceKey(key))
      return item === undefined ? null : readService(item)
    },
    keepService: (service) => keepService(table, service),
    forgetService: (key, at) => forgetService(table, key, at),
    services: (account) => knownServicesIn(table, account),
    end: async (key) => {
      const item = await got(table, endKey(key))
      return item === undefined ? null : readEnd(item)
    },
    keepEnd: (end) => keepEnd(table, end, Math.floor(clock() / 1_000) + END_SECONDS),
    endsBefore: (service, key) => ends(table, service, { condition: 'sk < :key', key, forward: false }),
    endsAfter: (service, key) => ends(table, service, { condition: 'sk > :key', key, forward: true }),
  }
}

async function keepService(table: Table, service: KnownService): Promise<void> {
  const item = { ...serviceKey(service), ...serviceFields(service) }
  await unlessUnmet(
    ask(
      'DynamoDB PutItem',
      table.documents.send(
        new PutCommand({
          TableName: table.name,
          Item: item,
          ConditionExpression: 'attribute_not_exists(pk) OR seenAt <= :seenAt',
          ExpressionAttributeValues: { ':seenAt': service.seenAt },
        }),
      ),
    ),
  )
}

async function forgetService(table: Table, key: ServiceKey, at: Instant): Promise<void> {
  const command = new DeleteCommand({
    TableName: table.name,
    Key: serviceKey(key),
    ConditionExpression: 'attribute_not_exists(pk) OR seenAt <= :at',
    ExpressionAttributeValues: { ':at': at },
  })
  await unlessUnmet(ask('DynamoDB DeleteItem', table.documents.send(command)))
}

async function keepEnd(table: Table, end: End, expires: number): Promise<void> {
  const item = { ...endKey(end), ...endFields(end), expires }
  const command = new PutCommand({
    TableName: table.name,
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  })
  await unlessUnmet(ask('DynamoDB PutItem', table.documents.send(command)))
}

async function unlessUnmet(answer: Promise<unknown>): Promise<void> {
  try {
    await answer
  } catch (error) {
    if (!isUnmet(error)) throw error
  }
}

function endKey({ service, at, eventId }: EndKey): ItemKey {
  return { pk: endsKey(service), sk: `${at}#${eventId}` }
}

function endsKey({ account, region, name }: ServiceKey): string {
  return `ends#${account}#${region}#${name}`
}

interface Span {
  readonly condition: 'sk < :key' | 'sk > :key'
  readonly key: string
  readonly forward: boolean
}

async function* ends(table: Table, service: ServiceKey, { condition, key, forward }: Span): AsyncIterable<End> {
  let from: QueryCommandInput['ExclusiveStartKey']
  let limit = 4
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: `pk = :pk AND ${condition}`,
      // DynamoDB takes no empty text for a key, and none is less than the least.
      ExpressionAttributeValues: { ':pk': endsKey(service), ':key': key === '' ? ' ' : key },
      ScanIndexForward: forward,
      ConsistentRead: true,
      Limit: limit,
      ExclusiveStartKey: from,
    })
    const page = await ask('DynamoDB Query', table.documents.send(command))
    for (const item of page.Items ?? []) yield readEnd(item)
    from = page.LastEvaluatedKey
    limit = 200
  } while (from !== undefined)
}

async function got(table: Table, key: ItemKey): Promise<unknown> {
  const command = new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true })
  const { Item } = await ask('DynamoDB GetItem', table.documents.send(command))
  return Item
}
