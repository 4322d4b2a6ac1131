/** The world as a file describes it, or nothing of it: what `replay` has instead of AWS. Reads no files itself. */

import * as v from 'valibot'
import { accountId, instant, roleArn } from '../identity.ts'
import type { History, ListedRole, Rereads, Roles } from '../ports.ts'
import { InputError } from './input-error.ts'
import { documentText } from './role-document.ts'

/** What the reader answers null for is a fault. */
const readBy = <T>(reader: (value: unknown) => T | null, message: string) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const value = reader(dataset.value)
      if (value !== null) return value
      addIssue({ message })
      return NEVER
    }),
  )

const roleWire = v.object({
  RoleName: v.string(),
  Arn: readBy(roleArn, "must be a role's ARN"),
  CreateDate: readBy(instant, 'must be an ISO 8601 time'),
  AssumeRolePolicyDocument: v.union([v.string(), v.looseObject({})]),
})

const worldWire = v.object({ roles: v.array(roleWire), services: v.optional(v.array(v.unknown())) })

/**
 * @param text `{ "roles": [GetRole's Role], "services": [DescribeService's Service] }`
 * @throws InputError naming every fault
 */
export function parseWorld(text: string): Roles {
  const result = v.safeParse(worldWire, jsonOf(text))
  if (result.success) return worldRoles(result.output.roles.map(listed))
  const faults = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'the whole file'}: ${issue.message}`)
  throw new InputError(
    `The world file is not { "roles": [...], "services": [...] } as GetRole prints them: ${faults.join('; ')}`,
  )
}

/** Nobody was asked. */
export function unknownRoles(why: string): Roles {
  return {
    read: async () => ({ kind: 'unknown', why }),
    list: async () => {
      throw new Error(`The roles cannot be listed: ${why}`)
    },
  }
}

/** Nobody was asked. */
/** Nothing reads again by itself: whoever runs the command sees the alert. */
export const noRereads: Rereads = { ask: async () => {} }

export function unknownHistory(why: string): History {
  return { trustBefore: async () => ({ kind: 'not-known', why }) }
}

function worldRoles(roles: readonly ListedRole[]): Roles {
  const byKey = new Map(roles.map((listed) => [keyOf(listed.role), listed]))
  return {
    read: async (role) => {
      const found = byKey.get(keyOf(role))
      if (!found) return { kind: 'no-such-role' }
      return { kind: 'role', arn: found.role.arn, createdAt: found.createdAt, document: found.document }
    },
    list: async () => ({ roles, next: null }),
  }
}

function keyOf(role: { readonly account: string; readonly name: string }): string {
  return `${role.account}#${role.name}`
}

function listed(role: v.InferOutput<typeof roleWire>): ListedRole {
  const account = accountId(role.Arn.split(':')[4])
  if (account === null) throw new InputError(`The world file's role ${role.RoleName} has no account in its ARN`)
  return {
    role: { account, name: role.RoleName, arn: role.Arn },
    createdAt: role.CreateDate,
    document: documentText(role.AssumeRolePolicyDocument),
    serviceLinked: role.Arn.includes(':role/aws-service-role/'),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError('The world file is not JSON', { cause: error })
  }
}
