/** The table that memory lies in, and how its items are named. Knows nothing of what they hold. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { PortError } from './failure.ts'

export interface Table {
  readonly documents: DynamoDBDocumentClient
  readonly name: string
}

/** Partition and sort key of the table, both text. */
export interface ItemKey {
  readonly pk: string
  readonly sk: string
}

/** A write whose condition did not hold. */
export function isUnmet(error: unknown): boolean {
  return (
    error instanceof PortError && error.cause instanceof Error && error.cause.name === 'ConditionalCheckFailedException'
  )
}
