/** Which alerts a channel has told, in memory's table. Knows no versions and no channel's ways. */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { ChannelName, Deliveries } from '../channel/channel.ts'
import { instantOf } from '../identity.ts'
import { ask } from './failure.ts'
import type { ItemKey, Table } from './table.ts'

/** A dead letter lives 14 days, and may have waited 4 in its queue: a record outlives both, so that redriving tells nothing twice. */
const RECORD_SECONDS = 30 * 24 * 60 * 60

export function deliveriesIn(table: Table, clock: () => number): Deliveries {
  return {
    wasDelivered: async (channel, alertId) => {
      const command = new GetCommand({ TableName: table.name, Key: keyOf(channel, alertId), ConsistentRead: true })
      const { Item } = await ask('DynamoDB GetItem', table.documents.send(command))
      return Item !== undefined
    },
    markDelivered: async (channel, alertId) => {
      const now = clock()
      const fields = { schema: 1, at: instantOf(now), expires: Math.floor(now / 1_000) + RECORD_SECONDS }
      const command = new PutCommand({ TableName: table.name, Item: { ...keyOf(channel, alertId), ...fields } })
      await ask('DynamoDB PutItem', table.documents.send(command))
    },
  }
}

function keyOf(channel: ChannelName, alertId: string): ItemKey {
  return { pk: `delivered#${channel}#${alertId}`, sk: 'delivered' }
}
