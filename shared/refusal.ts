/** Which refused calls are worth telling, and the role that a refusal's message names. Refuses to know why IAM refused. */

import { type AccountId, accountId, type RoleArn, roleArn, roleNameOf } from './identity.ts'

const TOLD = ['MalformedPolicyDocument', 'LimitExceeded', 'AccessDenied'] as const

export type ToldCode = (typeof TOLD)[number]

/** IAM's codes appear in CloudTrail with and without `Exception` at the end; null for a code nobody needs to hear of. */
export function toldCode(errorCode: string): ToldCode | null {
  const bare = errorCode.replace(/Exception$/, '')
  return TOLD.find((code) => code === bare) ?? null
}

export interface NamedRole {
  readonly name: string
  readonly arn: RoleArn | null
}

/**
 * A denied call has no parameters; its role stands only in the message. IAM writes `on resource: role Name` for
 * UpdateAssumeRolePolicy and `on resource: arn:aws:iam::111122223333:role/path/Name` for CreateRole; further words may follow.
 */
export function roleInMessage(message: string | null, account: AccountId | null): NamedRole | null {
  const resource = /on resource: (?:role ([\w+=,.@-]{1,64})|(arn:\S{1,700}))(?:\s|$)/.exec(message ?? '')
  if (resource?.[1] !== undefined) return { name: resource[1], arn: null }
  return roleByArn(resource?.[2], account)
}

/** Null for no role's ARN, one with wildcards in its name, or one of another account. */
export function roleByArn(text: unknown, account: AccountId | null): NamedRole | null {
  const arn = roleArn(text)
  if (arn === null || accountId(arn.split(':')[4]) !== account) return null
  const name = roleNameOf(arn)
  return /^[\w+=,.@-]{1,64}$/.test(name) ? { name, arn } : null
}
