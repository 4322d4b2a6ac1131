/** The world as a file describes it, or nothing of it: what `replay` has instead of AWS. Reads no files itself. */

import * as v from 'valibot'
import { accountId, instant, roleArn, serviceArn } from '../identity.ts'
import type { History, ListedRole, Rereads, Roles } from '../ports.ts'
import { under, useOf } from '../service-call.ts'
import { nameOf, regionOf } from '../service-event.ts'
import type { SeenService, Services } from '../service-ports.ts'
import { WORKLOADS } from '../workloads/table.ts'
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

/** Of DescribeService's answer only who uses which role: its environment variables are not taken in. */
const serviceWire = v.object({
  ServiceArn: readBy(serviceArn, "must be an App Runner service's ARN"),
  Status: v.optional(v.string(), 'RUNNING'),
  SourceConfiguration: v.optional(
    v.object({ AuthenticationConfiguration: v.optional(v.object({ AccessRoleArn: v.optional(v.string()) })) }),
  ),
  InstanceConfiguration: v.optional(v.object({ InstanceRoleArn: v.optional(v.string()) })),
})

const worldWire = v.object({
  roles: v.array(roleWire),
  services: v.optional(v.array(serviceWire), []),
  /** True: what is not in the file is not known; otherwise it does not exist. */
  partial: v.optional(v.boolean(), false),
})

export interface LocalWorld {
  readonly roles: Roles
  readonly services: Services
}

/**
 * @param text `{ "roles": [GetRole's Role], "services": [DescribeService's Service] }`; with `"partial": true`, what it does not name is unknown
 * @throws InputError naming every fault
 */
export function parseWorld(text: string): LocalWorld {
  const result = v.safeParse(worldWire, jsonOf(text))
  if (result.success) {
    const { roles, services, partial } = result.output
    const unnamed = partial ? UNNAMED : null
    return { roles: worldRoles(roles.map(listed), unnamed), services: worldServices(services.map(seen), unnamed) }
  }
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
export function unknownServices(why: string): Services {
  return {
    read: async () => ({ kind: 'unknown', why }),
    list: async () => {
      throw new Error(`The services cannot be listed: ${why}`)
    },
  }
}

/** Nothing reads again by itself: whoever runs the command sees the alert. */
export const noRereads: Rereads = { ask: async () => {} }

export function unknownHistory(why: string): History {
  return { trustBefore: async () => ({ kind: 'not-known', why }) }
}

const UNNAMED = { kind: 'unknown', why: 'the world file does not name it' } as const

/** @param unnamed the answer for what is not in the file; null: it does not exist */
function worldRoles(roles: readonly ListedRole[], unnamed: typeof UNNAMED | null): Roles {
  const byKey = new Map(roles.map((listed) => [keyOf(listed.role), listed]))
  return {
    read: async (role) => {
      const found = byKey.get(keyOf(role))
      if (!found) return unnamed ?? { kind: 'no-such-role' }
      return { kind: 'role', arn: found.role.arn, createdAt: found.createdAt, document: found.document }
    },
    list: async () => ({ roles, next: null }),
  }
}

function worldServices(services: readonly SeenService[], unnamed: typeof UNNAMED | null): Services {
  const byArn = new Map(services.map((service) => [service.arn, service]))
  return {
    read: async ({ arn, account }) => {
      const service = arn === null ? undefined : byArn.get(arn)
      return service ? { kind: 'service', service: { ...service, account } } : (unnamed ?? { kind: 'no-such-service' })
    },
    list: async (region) => ({ services: services.filter((service) => service.region === region), next: null }),
  }
}

function seen(service: v.InferOutput<typeof serviceWire>): SeenService {
  const { ServiceArn: arn, Status: status } = service
  const account = accountId(arn.split(':')[4])
  if (account === null) throw new InputError(`The world file's service ${arn} has no account in its ARN`)
  const uses = WORKLOADS.flatMap(({ id, field }) => useOf(id, under(service, field)))
  return { account, region: regionOf(arn), name: nameOf(arn), arn, status, uses }
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
