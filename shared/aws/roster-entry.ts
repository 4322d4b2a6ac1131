/** One entry of the roster in the table, as keeping a version makes it. Knows no sweep. */

import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Role } from '../identity.ts'
import { ask } from './failure.ts'
import type { ItemKey, Table } from './table.ts'

export function rosterKey(role: Role): ItemKey {
  return { pk: `roster#${role.account}`, sk: role.name }
}

/** Adds the role, without ever touching what a sweep wrote. */
export async function know(table: Table, role: Role): Promise<void> {
  const known = role.arn !== null
  const command = new UpdateCommand({
    TableName: table.name,
    Key: rosterKey(role),
    UpdateExpression: ['SET #schema = :schema', ...(known ? ['#arn = if_not_exists(#arn, :arn)'] : [])].join(', '),
    ExpressionAttributeNames: { '#schema': 'schema', ...(known ? { '#arn': 'arn' } : {}) },
    ExpressionAttributeValues: { ':schema': 1, ...(known ? { ':arn': role.arn } : {}) },
  })
  await ask('DynamoDB UpdateItem', table.documents.send(command))
}
