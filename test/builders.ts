/** Minimal signals and policies for tests; full-size events live in events/ only. */

import type { Instant, Role } from '../shared/identity.ts'
import { accountId, eventId, instantOf } from '../shared/identity.ts'
import type { TrustChange } from '../shared/signal.ts'

export const OWN = accountIdOf('111122223333')
export const FOREIGN = ['444455556666', '777788889999', '999988887777'] as const

export function accountIdOf(text: string) {
  const id = accountId(text)
  if (!id) throw new Error(`${text} is no account id`)
  return id
}

export function eventIdOf(text: string) {
  const id = eventId(text)
  if (!id) throw new Error(`${text} is no event id`)
  return id
}

export function roleOf(name: string): Role {
  return { account: OWN, name, arn: null }
}

/** Second `n` of a day in November. */
export function second(n: number): Instant {
  return instantOf(Date.parse('2026-11-21T12:00:00Z') + n * 1000)
}

/** A trust policy that admits these accounts; an empty list admits only the account itself. */
export function trustOf(accounts: readonly string[], condition?: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: [OWN, ...accounts].map((id) => `arn:aws:iam::${id}:root`) },
        Action: 'sts:AssumeRole',
        ...(condition && { Condition: condition }),
      },
    ],
  })
}

export interface ChangeParts {
  readonly id: string
  readonly at: number
  readonly role?: string
  readonly write?: 'created' | 'updated' | 'deleted'
  readonly admits?: readonly string[]
  readonly document?: string
}

export function changeAt(parts: ChangeParts): TrustChange {
  const write = parts.write ?? 'updated'
  const origin = {
    account: OWN,
    at: second(parts.at),
    eventId: eventIdOf(parts.id),
    eventName: { created: 'CreateRole', updated: 'UpdateAssumeRolePolicy', deleted: 'DeleteRole' }[write],
    region: 'us-east-1',
    source: 'cloudtrail',
    actor: null,
  } as const
  const role = roleOf(parts.role ?? 'Deploy')
  if (write === 'deleted') return { kind: 'role-deleted', origin, role }
  return { kind: 'trust-written', write, origin, role, document: parts.document ?? trustOf(parts.admits ?? []) }
}
