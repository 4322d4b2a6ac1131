/** Trust policies for the examples of rules: short to write, complete to read. No bundle of a function carries it. */

import type { Json } from './rules/rule.ts'

/** @param provider a domain every account knows, or the issuer of a provider in the example's own account */
export function webIdentity(provider: string, condition: Json | null = null): Json {
  const id =
    provider.includes('/') || !KNOWN.has(provider) ? `arn:aws:iam::111122223333:oidc-provider/${provider}` : provider
  return trusting(id, 'sts:AssumeRoleWithWebIdentity', condition)
}

const KNOWN = new Set(['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com'])

export function trusting(federated: string, action: string, condition: Json | null = null): Json {
  const statement = { Effect: 'Allow', Principal: { Federated: federated }, Action: action }
  return {
    Version: '2012-10-17',
    Statement: [condition === null ? statement : { ...statement, Condition: condition }],
  }
}

const GITHUB = 'token.actions.githubusercontent.com'

/** As GitHub's own instructions have it: the audience of the official action, and a subject. */
export function github(sub: Json, operator = 'StringLike'): Json {
  const aud = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' }
  const subject = { [`${GITHUB}:sub`]: sub }
  return webIdentity(
    GITHUB,
    operator === 'StringEquals' ? { StringEquals: { ...aud, ...subject } } : { StringEquals: aud, [operator]: subject },
  )
}
