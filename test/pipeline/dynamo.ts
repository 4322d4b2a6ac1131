/** Memory on DynamoDB's wire for the pipeline's tests: a fresh table for every story. */

import { documentClient } from '../../shared/aws/clients.ts'
import { sweepMemoryOf } from '../../shared/aws/sweep-memory.ts'
import type { SweepMemory } from '../../shared/ports.ts'
import { CREDENTIALS, startDynamo } from '../aws/dynamo.ts'

export interface DynamoMemory {
  fresh(): Promise<SweepMemory>
  close(): Promise<void>
}

export async function startDynamoMemory(): Promise<DynamoMemory> {
  const dynamo = await startDynamo()
  const limits = { connectionMs: 2_000, requestMs: 10_000, attempts: 3 }
  const documents = documentClient(limits, { endpoint: dynamo.endpoint, region: 'us-east-1', credentials: CREDENTIALS })
  let tables = 0
  return {
    fresh: async () => {
      tables += 1
      const name = `memory-${tables}`
      await dynamo.createTable(name)
      return sweepMemoryOf(documents, name, Date.now)
    },
    close: async () => {
      documents.destroy()
      await dynamo.close()
    },
  }
}
