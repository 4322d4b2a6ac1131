/** The roster in the table: every role name of an account that a version or a sweep has named. Knows no versions and no IAM. */

import { setTimeout as pause } from 'node:timers/promises'
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb'
import * as v from 'valibot'
import { type AccountId, accountId, type Role, roleArn } from '../identity.ts'
import { branded } from './branded.ts'
import { ask, PortError } from './failure.ts'
import { rosterKey } from './roster-entry.ts'
import type { Table } from './table.ts'

interface Entry {
  readonly role: Role
  readonly listedBy: string | null
}

type Writes = NonNullable<BatchWriteCommandInput['RequestItems']>

/** DynamoDB's limit for one BatchWriteItem. */
const BATCH = 25
/** Batches under way at once. */
const CONCURRENCY = 8
/** Times a batch is sent again for what DynamoDB left unprocessed. */
const ROUNDS = 8

export function rosterIn(table: Table) {
  return {
    all: (account: AccountId) => all(table, account),
    enrol: (roles: readonly Role[], sweepId: string) => enrol(table, roles, sweepId),
    strike: async (role: Role): Promise<void> => {
      const command = new DeleteCommand({ TableName: table.name, Key: rosterKey(role) })
      await ask('DynamoDB DeleteItem', table.documents.send(command))
    },
  }
}

async function* all(table: Table, account: AccountId): AsyncIterable<Entry> {
  let from: QueryCommandInput['ExclusiveStartKey']
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `roster#${account}` },
      ConsistentRead: true,
      ExclusiveStartKey: from,
    })
    const page = await ask('DynamoDB Query', table.documents.send(command))
    for (const item of page.Items ?? []) yield readEntry(item)
    from = page.LastEvaluatedKey
  } while (from !== undefined)
}

async function enrol(table: Table, roles: readonly Role[], sweepId: string): Promise<void> {
  // One batch may not name one item twice.
  const items = new Map(
    roles.map((role) => [
      `${role.account}#${role.name}`,
      { ...rosterKey(role), schema: 1, ...(role.arn === null ? {} : { arn: role.arn }), listedBy: sweepId },
    ]),
  )
  const puts = [...items.values()].map((Item) => ({ PutRequest: { Item } }))
  const batches: Writes[] = []
  for (let start = 0; start < puts.length; start += BATCH)
    batches.push({ [table.name]: puts.slice(start, start + BATCH) })
  const stop = (error: unknown): never => {
    batches.length = 0
    throw error
  }
  const worker = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift())
      await writeAll(table, batch).catch(stop)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

// A throttled table answers 200 and hands back what it did not write (BatchWriteItem, API reference): the SDK's retries see nothing.
async function writeAll(table: Table, writes: Writes): Promise<void> {
  let left: Writes | undefined = writes
  for (let round = 0; round < ROUNDS; round += 1) {
    const command: BatchWriteCommand = new BatchWriteCommand({ RequestItems: left })
    const answer = await ask('DynamoDB BatchWriteItem', table.documents.send(command))
    left = answer.UnprocessedItems
    if (left === undefined || Object.keys(left).length === 0) return
    await pause(25 * 2 ** round)
  }
  throw new PortError('throttled', `DynamoDB BatchWriteItem left items unwritten ${ROUNDS} times in a row`)
}

const Entry1 = v.object({
  pk: v.string(),
  sk: v.string(),
  schema: v.literal(1),
  arn: v.optional(v.nullable(branded(roleArn)), null),
  listedBy: v.optional(v.nullable(v.string()), null),
})

function readEntry(item: unknown): Entry {
  const parsed = v.safeParse(Entry1, item)
  const account = parsed.success ? accountId(parsed.output.pk.slice('roster#'.length)) : null
  if (!parsed.success || account === null) {
    throw new PortError('broken', 'Memory holds an entry of the roster that this release cannot read')
  }
  return { role: { account, name: parsed.output.sk, arn: parsed.output.arn }, listedBy: parsed.output.listedBy }
}
