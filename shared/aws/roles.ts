/** IAM as the port `roles`. Knows what IAM answers; refuses to know what a trust policy means. */

import { GetRoleCommand, type IAMClient, type Role as IamRole, ListRolesCommand } from '@aws-sdk/client-iam'
import { type AccountId, type Instant, instantOf, type Role, type RoleArn, roleArn } from '../identity.ts'
import type { ListedRole, RolePage, RoleReading, Roles } from '../ports.ts'
import { ask, explain, failureOf, PortError } from './failure.ts'

/** Milliseconds `read` may take, all attempts together. */
export const READ_MS = 10_000

/** IAM's own rule for role names; a name outside it is not worth asking for, and some would not survive the wire. */
export const ROLE_NAME = /^[\w+=,.@-]{1,64}$/

/** @param ownAccount the account the client's credentials belong to: IAM reads no other */
export function rolesOf(iam: IAMClient, ownAccount: AccountId, readMs = READ_MS): Roles {
  return {
    read: (role) => read(iam, ownAccount, role, readMs),
    list: (from) => list(iam, ownAccount, from),
  }
}

async function read(iam: IAMClient, ownAccount: AccountId, role: Role, readMs: number): Promise<RoleReading> {
  if (role.account !== ownAccount) return unknown(`IAM was not asked: the role belongs to another account`)
  if (!ROLE_NAME.test(role.name)) return unknown('IAM was not asked: no role can have this name')
  try {
    const command = new GetRoleCommand({ RoleName: role.name })
    const answer = await iam.send(command, { abortSignal: AbortSignal.timeout(readMs) })
    return readingOf(answer.Role, ownAccount)
  } catch (error) {
    return failureOf(error) === 'missing' ? { kind: 'no-such-role' } : unknown(explain('IAM GetRole', error))
  }
}

function readingOf(role: IamRole | undefined, ownAccount: AccountId): RoleReading {
  const { role: named, createdAt, document } = listed(role, ownAccount)
  const seconds = role?.MaxSessionDuration
  return { kind: 'role', arn: named.arn, createdAt, document, ...(seconds && { maxSessionSeconds: seconds }) }
}

async function list(iam: IAMClient, ownAccount: AccountId, from: string | null): Promise<RolePage> {
  const command = new ListRolesCommand({ MaxItems: 1_000, ...(from === null ? {} : { Marker: from }) })
  const answer = await ask('IAM ListRoles', iam.send(command))
  // Both are always there; an answer without them came from somewhere else, and would read as "this account has no roles".
  if (answer.Roles === undefined || answer.IsTruncated === undefined)
    throw new PortError('broken', 'IAM ListRoles answered no list')
  return {
    roles: answer.Roles.map((role) => listed(role, ownAccount)),
    next: answer.IsTruncated ? markerOf(answer.Marker) : null,
  }
}

function markerOf(marker: string | undefined): string {
  if (marker) return marker
  throw new PortError('broken', 'IAM ListRoles says there are more roles but not where they begin')
}

function listed(role: IamRole | undefined, ownAccount: AccountId): ListedRole {
  const arn = ownArn(role?.Arn, ownAccount)
  if (role?.RoleName === undefined) throw incomplete('name')
  return {
    role: { account: ownAccount, name: role.RoleName, arn },
    createdAt: createdAt(role.CreateDate),
    document: decoded(role.AssumeRolePolicyDocument),
    serviceLinked: role.Path?.startsWith('/aws-service-role/') ?? false,
  }
}

// With the wrong profile, IAM would answer for namesakes in somebody else's account.
function ownArn(text: string | undefined, ownAccount: AccountId): RoleArn {
  const arn = roleArn(text)
  if (arn === null) throw incomplete('ARN')
  if (arn.split(':')[4] === ownAccount) return arn
  throw new PortError(
    'denied',
    'IAM answered for another account than the one watched: the credentials are not its own',
  )
}

function createdAt(date: Date | undefined): Instant {
  if (date === undefined) throw incomplete('creation date')
  return instantOf(date.getTime())
}

// IAM URL-encodes policies by RFC 3986 (GetRole, API reference): there `+` is a plus, not a space.
function decoded(document: string | undefined): string {
  if (document === undefined) throw incomplete('trust policy')
  try {
    return decodeURIComponent(document)
  } catch (error) {
    throw new PortError('broken', 'IAM answered with a trust policy that cannot be URL-decoded', error)
  }
}

function incomplete(what: string): PortError {
  return new PortError('broken', `IAM answered with a role that has no ${what}`)
}

function unknown(why: string): RoleReading {
  return { kind: 'unknown', why }
}
