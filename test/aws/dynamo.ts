/** DynamoDB on the wire, by dynalite, in memory. It has no transactions, no TTL and no point-in-time recovery. */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import dynalite from 'dynalite'

export interface Dynamo {
  readonly endpoint: string
  /** With memory's keys: `pk` and `sk`, both text. */
  createTable(name: string): Promise<void>
  /** Everything in a table, as text. */
  dump(name: string): Promise<string>
  close(): Promise<void>
}

export const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' }

export async function startDynamo(): Promise<Dynamo> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0 })
  const endpoint = await listening(server)
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS })
  return {
    endpoint,
    createTable: async (name) => {
      await client.send(new CreateTableCommand(tableOf(name)))
      await untilActive(client, name)
    },
    dump: async (name) => {
      let text = ''
      for await (const page of paginateScan({ client }, { TableName: name })) text += JSON.stringify(page.Items)
      return text
    },
    close: () => {
      client.destroy()
      return closed(server)
    },
  }
}

/** The SDK's own waiter waits a second at least; a table here is there after a few milliseconds. */
async function untilActive(client: DynamoDBClient, name: string): Promise<void> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }))
    if (Table?.TableStatus === 'ACTIVE') return
    await pause(2)
  }
  throw new Error(`table ${name} did not become active`)
}

/** Listens on a free port of the loopback address; returns its URL. */
export function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${portOf(server.address())}`))
  })
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('the server does not listen on a port')
}

function tableOf(name: string) {
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST' as const,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' as const },
      { AttributeName: 'sk', AttributeType: 'S' as const },
    ],
  }
}
