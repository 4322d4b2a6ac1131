/** DynamoDB as the port `memory`: the versions of each role's trust, by time. Refuses to know what a version means or when it is done. */

import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import type { Instant, Role } from '../identity.ts'
import type { Memory, Version, VersionKey } from '../ports.ts'
import { ask, PortError } from './failure.ts'
import { readVersion, roleKey, versionFields, versionKey } from './memory-item.ts'
import { marksIn } from './memory-marks.ts'
import { usersIn } from './memory-users.ts'
import { know } from './roster-entry.ts'
import { isUnmet, type Table } from './table.ts'

/** @param clock milliseconds since the epoch; only for when a mark may be forgotten */
export function memoryOf(documents: DynamoDBDocumentClient, name: string, clock: () => number): Memory {
  const table = { documents, name }
  return {
    ...marksIn(table, clock),
    usersOf: (role) => usersIn(table, role),
    find: (key) => find(table, key),
    earlier: (role, at) => earlier(table, role, at),
    later: (role, at) => later(table, role, at),
    keep: async (version) => {
      // The role first: a version whose role no sweep knows of would be missed when the role vanishes.
      await know(table, version.role)
      await keep(table, version)
    },
    addJudged: (key, against) => addJudged(table, key, against),
    settle: (key) => settle(table, key),
  }
}

async function find(table: Table, key: VersionKey): Promise<Version | null> {
  const command = new GetCommand({ TableName: table.name, Key: versionKey(key), ConsistentRead: true })
  const { Item } = await ask('DynamoDB GetItem', table.documents.send(command))
  return Item === undefined ? null : readVersion(Item)
}

// Sort keys are `<at>#<eventId>` and compare as text: those of an earlier second are less than `<at>`, which is less than every
// key of its own second; `<at>$` is greater than all of them, `$` being the character behind `#`.
function earlier(table: Table, role: Role, at: Instant): AsyncIterable<Version> {
  return versions(table, {
    KeyConditionExpression: 'pk = :pk AND sk < :at',
    ExpressionAttributeValues: { ':pk': roleKey(role), ':at': at },
    ScanIndexForward: false,
  })
}

function later(table: Table, role: Role, at: Instant): AsyncIterable<Version> {
  return versions(table, {
    KeyConditionExpression: 'pk = :pk AND sk > :end',
    ExpressionAttributeValues: { ':pk': roleKey(role), ':end': `${at}$` },
    ScanIndexForward: true,
  })
}

// The first few almost always suffice; the rest is fetched only for a reader that goes on.
async function* versions(table: Table, which: Omit<QueryCommandInput, 'TableName'>): AsyncIterable<Version> {
  let from: QueryCommandInput['ExclusiveStartKey']
  let limit = 8
  do {
    const command = new QueryCommand({
      ...which,
      TableName: table.name,
      ConsistentRead: true,
      Limit: limit,
      ExclusiveStartKey: from,
    })
    const page = await ask('DynamoDB Query', table.documents.send(command))
    for (const item of page.Items ?? []) yield readVersion(item)
    from = page.LastEvaluatedKey
    limit = 100
  } while (from !== undefined)
}

async function keep(table: Table, version: Version): Promise<void> {
  const kept = await written(table, version, {
    fields: versionFields(version),
    judged: version.judgedAgainst,
    condition:
      version.standing === 'seen' ? 'attribute_not_exists(pk)' : 'attribute_not_exists(pk) OR #standing = :seen',
  })
  if (!kept && version.standing !== 'seen') await addJudged(table, version, version.judgedAgainst)
}

async function addJudged(table: Table, key: VersionKey, against: readonly string[]): Promise<void> {
  if (against.length > 0) await grown(table, key, { fields: {}, judged: against, condition: 'attribute_exists(pk)' })
}

async function settle(table: Table, key: VersionKey): Promise<void> {
  await grown(table, key, { fields: { settled: true }, judged: [], condition: 'attribute_exists(pk)' })
}

async function grown(table: Table, key: VersionKey, change: Change): Promise<void> {
  if (await written(table, key, change)) return
  throw new PortError('missing', 'Memory was to add to a version that it does not hold')
}

interface Change {
  readonly fields: Readonly<Record<string, unknown>>
  readonly judged: readonly string[]
  readonly condition:
    | 'attribute_exists(pk)'
    | 'attribute_not_exists(pk)'
    | 'attribute_not_exists(pk) OR #standing = :seen'
}

/** False where the condition does not hold. An update, not a put, so that `judgedAgainst` can only grow. */
async function written(table: Table, key: VersionKey, change: Change): Promise<boolean> {
  const command = new UpdateCommand({
    TableName: table.name,
    Key: versionKey(key),
    ConditionExpression: change.condition,
    ...updateOf(change),
  })
  try {
    await ask('DynamoDB UpdateItem', table.documents.send(command))
    return true
  } catch (error) {
    if (isUnmet(error)) return false
    throw error
  }
}

// DynamoDB refuses names and values that no expression mentions, and empty sets.
function updateOf({ fields, judged, condition }: Change) {
  const names = Object.keys(fields)
  const set = names.length > 0 ? [`SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`] : []
  const add = judged.length > 0 ? ['ADD #judgedAgainst :judgedAgainst'] : []
  const mentioned = judged.length > 0 ? [...names, 'judgedAgainst'] : names
  return {
    UpdateExpression: [...set, ...add].join(' '),
    ExpressionAttributeNames: Object.fromEntries(mentioned.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
      ...(judged.length > 0 ? { ':judgedAgainst': new Set(judged) } : {}),
      ...(condition.includes(':seen') ? { ':seen': 'seen' } : {}),
    },
  }
}
