/** The two small things memory holds beside versions: which loose alerts were told, and how far the sweep is. Knows no versions. */

import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as v from 'valibot'
import { type AccountId, instant } from '../identity.ts'
import type { Memory, SweepState } from '../ports.ts'
import { branded } from './branded.ts'
import { ask, PortError } from './failure.ts'
import type { ItemKey, Table } from './table.ts'

/** A dead letter lives 14 days; a mark outlives it, so that redriving old letters tells nothing twice. */
const MARK_SECONDS = 30 * 24 * 60 * 60

export function marksIn(table: Table, clock: () => number): Pick<Memory, 'wasTold' | 'markTold' | 'sweepState'> {
  return {
    wasTold: async (alertId) => (await got(table, toldKey(alertId))) !== undefined,
    markTold: (alertId) =>
      put(table, toldKey(alertId), { schema: 1, expires: Math.floor(clock() / 1_000) + MARK_SECONDS }),
    sweepState: async (account) => {
      const item = await got(table, sweepKey(account))
      return item === undefined ? null : readState(item)
    },
  }
}

export function saveSweepState(table: Table, account: AccountId, state: SweepState): Promise<void> {
  return put(table, sweepKey(account), { schema: 1, ...state })
}

function toldKey(alertId: string): ItemKey {
  return { pk: `told#${alertId}`, sk: 'told' }
}

function sweepKey(account: AccountId): ItemKey {
  return { pk: `sweep#${account}`, sk: 'state' }
}

async function got(table: Table, key: ItemKey): Promise<unknown> {
  const command = new GetCommand({ TableName: table.name, Key: key, ConsistentRead: true })
  const { Item } = await ask('DynamoDB GetItem', table.documents.send(command))
  return Item
}

async function put(table: Table, key: ItemKey, fields: object): Promise<void> {
  await ask(
    'DynamoDB PutItem',
    table.documents.send(new PutCommand({ TableName: table.name, Item: { ...key, ...fields } })),
  )
}

const State1 = v.object({
  schema: v.literal(1),
  sweepId: v.string(),
  first: v.boolean(),
  next: v.nullable(v.string()),
  done: v.boolean(),
  startedAt: branded(instant),
  watchingSince: v.nullable(branded(instant)),
  // Not in what earlier releases wrote.
  exceptions: v.optional(
    v.nullable(v.object({ of: v.string(), named: v.array(v.number()), used: v.array(v.number()) })),
    null,
  ),
})

function readState(item: unknown): SweepState {
  const parsed = v.safeParse(State1, item)
  if (!parsed.success) throw new PortError('broken', 'Memory holds a state of the sweep that this release cannot read')
  const { schema, ...state } = parsed.output
  return state
}
