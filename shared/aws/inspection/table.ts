/** The table of memory, as doctor asks for it: its own state, and the marks that others leave in it. */

import { DescribeContinuousBackupsCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { ChannelName } from '../../channel/channel.ts'
import type { Answer } from '../../doctor/answer.ts'
import type { MemoryTable, TableFacts } from '../../doctor/table.ts'
import type { AccountId } from '../../identity.ts'
import { deliveriesIn } from '../deliveries.ts'
import { marksIn } from '../memory-marks.ts'
import type { Table } from '../table.ts'
import { answered } from './answered.ts'

export async function tableNamed(
  name: string,
  account: AccountId,
  { dynamodb, documents }: { readonly dynamodb: DynamoDBClient; readonly documents: DynamoDBDocumentClient },
): Promise<MemoryTable> {
  const table = { documents, name }
  const [facts, recovery, sweep] = await Promise.all([
    factsOf(name, dynamodb),
    recoveryOf(name, dynamodb),
    answered('DynamoDB GetItem', marksIn(table, Date.now).sweepState(account), (state) => state),
  ])
  return { name, facts, recovery, sweep }
}

function factsOf(name: string, client: DynamoDBClient): Promise<Answer<TableFacts>> {
  const asked = client.send(new DescribeTableCommand({ TableName: name }))
  return answered('DynamoDB DescribeTable', asked, ({ Table }) => ({
    status: Table?.TableStatus ?? 'unknown',
    protected: Table?.DeletionProtectionEnabled === true,
  }))
}

function recoveryOf(name: string, client: DynamoDBClient): Promise<Answer<boolean>> {
  const asked = client.send(new DescribeContinuousBackupsCommand({ TableName: name }))
  return answered(
    'DynamoDB DescribeContinuousBackups',
    asked,
    ({ ContinuousBackupsDescription: backups }) =>
      backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus === 'ENABLED',
  )
}

/** Has the alert been published? */
export function wasTold(table: Table, alertId: string): Promise<Answer<boolean>> {
  return answered('DynamoDB GetItem', marksIn(table, Date.now).wasTold(alertId), (told) => told)
}

/** Has the channel delivered the alert? */
export function wasDelivered(table: Table, channel: ChannelName, alertId: string): Promise<Answer<boolean>> {
  return answered(
    'DynamoDB GetItem',
    deliveriesIn(table, Date.now).wasDelivered(channel, alertId),
    (delivered) => delivered,
  )
}
