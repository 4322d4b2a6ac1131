/** Memory with what the sweep keeps of itself: how far it is, and which roles there are. Refuses to know what a version means. */

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { SweepMemory } from '../ports.ts'
import { memoryOf } from './memory.ts'
import { saveSweepState } from './memory-marks.ts'
import { rosterIn } from './memory-roster.ts'

/** @param clock milliseconds since the epoch; only for when a mark may be forgotten */
export function sweepMemoryOf(documents: DynamoDBDocumentClient, name: string, clock: () => number): SweepMemory {
  const table = { documents, name }
  const roster = rosterIn(table)
  return {
    ...memoryOf(documents, name, clock),
    saveSweepState: (account, state) => saveSweepState(table, account, state),
    roster: roster.all,
    enrol: roster.enrol,
    strike: roster.strike,
  }
}
