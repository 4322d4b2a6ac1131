/** The table that memory lies in, and how its items are named. Knows nothing of what they hold. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

export interface Table {
  readonly documents: DynamoDBDocumentClient
  readonly name: string
}

/** Partition and sort key of the table, both text. */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}
