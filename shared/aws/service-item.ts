/** How services and the ends of their operations lie in the table, and back. Knows no table and no client. */

import * as v from 'valibot'
import { type AccountId, accountId, eventId, instant, roleArn, roleNameOf, serviceArn } from '../identity.ts'
import type { End, KnownService } from '../service-ports.ts'
import type { ServiceKey } from '../service-signal.ts'
import { SEVERITIES } from '../severity.ts'
import { WORKLOADS } from '../workloads/table.ts'
import { branded } from './branded.ts'
import { PortError } from './failure.ts'
import type { ItemKey } from './table.ts'

export function servicesKey(account: AccountId): string {
  return `services#${account}`
}

export function serviceKey({ account, region, name }: ServiceKey): ItemKey {
  return { pk: servicesKey(account), sk: `${region}#${name}` }
}

export function serviceFields({ arn, status, uses, seenAt }: KnownService) {
  return { schema: 1, arn, status, seenAt, uses: uses.map(({ as, role }) => ({ as, role: role.arn })) }
}

export function endFields({ result, by, episode, severity }: End) {
  return { schema: 1, result, by, episode, severity }
}

const Service1 = v.object({
  schema: v.literal(1),
  pk: v.string(),
  sk: v.string(),
  arn: branded(serviceArn),
  status: v.string(),
  seenAt: branded(instant),
  uses: v.array(v.object({ as: v.picklist(WORKLOADS.map(({ id }) => id)), role: branded(roleArn) })),
})

/** @throws PortError for an item that this release cannot read */
export function readService(item: unknown): KnownService {
  const parsed = v.safeParse(Service1, item)
  if (!parsed.success) throw unreadable('a service')
  const { pk, sk, arn, status, seenAt, uses } = parsed.output
  const account = accountOf(pk)
  return {
    account,
    region: sk.slice(0, sk.indexOf('#')),
    name: sk.slice(sk.indexOf('#') + 1),
    arn,
    status,
    seenAt,
    uses: uses.map(({ as, role }) => ({
      as,
      role: { account: accountOf(`:${role.split(':')[4]}`), name: roleNameOf(role), arn: role },
    })),
  }
}

const End1 = v.object({
  schema: v.literal(1),
  pk: v.string(),
  sk: v.string(),
  result: v.picklist(['failed', 'succeeded', 'gone']),
  by: v.picklist(['operation', 'status', 'call']),
  episode: v.string(),
  severity: v.nullable(v.picklist(SEVERITIES)),
})

/** @throws PortError for an item that this release cannot read */
export function readEnd(item: unknown): End {
  const parsed = v.safeParse(End1, item)
  if (!parsed.success) throw unreadable('the end of an operation')
  const { pk, sk, result, by, episode, severity } = parsed.output
  const [, account = '', region = '', name = ''] = pk.split('#')
  const [at, id] = [instant(sk.slice(0, sk.indexOf('#'))), eventId(sk.slice(sk.indexOf('#') + 1))]
  if (at === null || id === null) throw unreadable('the end of an operation')
  return {
    service: { account: accountOf(`#${account}`), region, name },
    at,
    eventId: id,
    result,
    by,
    episode,
    severity,
  }
}

/** What stands behind the last `#` or `:`. */
function accountOf(text: string): AccountId {
  const account = accountId(text.slice(-12))
  if (account === null) throw unreadable('an account')
  return account
}

function unreadable(what: string): PortError {
  return new PortError('broken', `Memory holds ${what} that this release cannot read`)
}
