/** Small policies for tests. */

export interface Parts {
  readonly Sid?: string
  readonly Effect: string
  readonly Principal?: unknown
  readonly NotPrincipal?: unknown
  readonly Action?: unknown
  readonly NotAction?: unknown
  readonly Condition?: unknown
}

export function allow(principal: unknown, condition?: unknown, action: unknown = 'sts:AssumeRole'): Parts {
  return statement('Allow', principal, { condition, action })
}

export function deny(principal: unknown, condition?: unknown, action: unknown = 'sts:AssumeRole'): Parts {
  return statement('Deny', principal, { condition, action })
}

function statement(Effect: string, Principal: unknown, of: { condition: unknown; action: unknown }): Parts {
  return { Effect, Principal, Action: of.action, ...(of.condition === undefined ? {} : { Condition: of.condition }) }
}

export function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

export const OWN = '111122223333'
export const FOREIGN = '444455556666'
export const MEMBER = '222233334444'
export const VENDOR = '333344445555'

export const ABOUT = {
  account: OWN,
  organization: { id: 'o-ownorg', accounts: [OWN, MEMBER] },
  trustedAccounts: [{ id: VENDOR, label: 'Backup vendor', reason: 'backs up our buckets' }],
}

export const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` })
export const role = (account: string, name: string) => ({ AWS: `arn:aws:iam::${account}:role/${name}` })
export const externalId = (value: unknown) => ({ StringEquals: { 'sts:ExternalId': value } })
export const WEB = 'sts:AssumeRoleWithWebIdentity'
export const GITHUB = { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` }
const ISSUER = 'token.actions.githubusercontent.com'
const AUDIENCE = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' }

export function subject(value: unknown, operator = 'StringLike'): Record<string, unknown> {
  const sub = { [`${ISSUER}:sub`]: value }
  return operator === 'StringEquals'
    ? { StringEquals: { ...AUDIENCE, ...sub } }
    : { StringEquals: AUDIENCE, [operator]: sub }
}

export const foreign = root(FOREIGN)
export const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
export const ownOrg = { StringEquals: { 'aws:PrincipalOrgID': 'o-ownorg' } }
export const everyone = { AWS: '*' }
export const lambda = { Service: 'lambda.amazonaws.com' }
/** Says for which resource it calls, which Lambda does not. */
export const tasks = { Service: 'ecs-tasks.amazonaws.com' }

/** A policy of one statement, and of one whose principal or condition is all that matters. */
export const one = (statement: object) => policy(statement)
export const own = root(OWN)
export const withPrincipal = (principal: unknown) => one(allow(principal))
export const withCondition = (condition: unknown) => one(allow(own, condition))
