/** Which services use a role: one partition of the table holds all services of an account. Knows no episodes. */

import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { AccountId, Role } from '../identity.ts'
import type { KnownService } from '../service-ports.ts'
import { ask } from './failure.ts'
import { readService, servicesKey } from './service-item.ts'
import type { Table } from './table.ts'

/** An account has tens of services, not thousands (App Runner: 30 a region): asking for all costs one read, and no index can lag. */
export async function usersIn(table: Table, role: Role): Promise<readonly KnownService[]> {
  const users: KnownService[] = []
  for await (const service of knownServicesIn(table, role.account)) {
    if (service.uses.some((use) => use.role.account === role.account && use.role.name === role.name))
      users.push(service)
  }
  return users
}

export async function* knownServicesIn(table: Table, account: AccountId): AsyncIterable<KnownService> {
  let from: QueryCommandInput['ExclusiveStartKey']
  do {
    const command = new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': servicesKey(account) },
      ConsistentRead: true,
      ExclusiveStartKey: from,
    })
    const page = await ask('DynamoDB Query', table.documents.send(command))
    for (const item of page.Items ?? []) yield readService(item)
    from = page.LastEvaluatedKey
  } while (from !== undefined)
}
