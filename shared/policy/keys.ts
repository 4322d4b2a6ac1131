/**
 * What is known about condition keys on calls that assume a role: which are never or always there, which hold several values.
 * Sources: IAM User Guide, reference_policies_condition-keys and reference_policies_iam-condition-keys.
 */

import type { PrincipalType } from './request.ts'

export type Presence = 'never' | 'always' | 'optional'

interface Call {
  readonly type: PrincipalType
  readonly action: string
}

const ALWAYS = new Set([
  'aws:securetransport',
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:useragent',
  'aws:viaawsservice',
])

/** Keys that speak of a signed AWS caller. */
const CALLER_KEYS = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:username',
])

const MULTIVALUED = new Set([
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:tagkeys',
  'aws:calledvia',
  'aws:sourceorgpaths',
  'sts:transitivetagkeys',
  'cognito-identity.amazonaws.com:amr',
  'saml:edupersonaffiliation',
  'saml:edupersonentitlement',
])

/** @param name the key in lower case */
export function presence(name: string, call: Call): Presence {
  // Bearer tokens only: a statement that asks for it can never match an AssumeRole* call.
  if (name === 'sts:durationseconds') return 'never'
  if (name === 'sts:externalid') return externalId(call)
  if (ALWAYS.has(name)) return 'always'
  // Services and federated users make unsigned or service-signed calls without an identity of an account behind them.
  if (CALLER_KEYS.has(name) && call.type !== 'AWS') return 'never'
  if (call.type === 'Service' && isClaim(name)) return 'never'
  if (name.startsWith('saml:') && call.type === 'AWS' && !CHAINED_SAML.has(name)) return 'never'
  return 'optional'
}

/** What sessions of SAML users carry on into further calls. */
const CHAINED_SAML = new Set(['saml:namequalifier', 'saml:sub', 'saml:sub_type'])

/** Claims of an identity provider's token: `saml:aud`, `<issuer>:sub`. Services have none. */
function isClaim(name: string): boolean {
  const colon = name.lastIndexOf(':')
  return name.startsWith('saml:') || (name.slice(0, colon).includes('.') && CLAIMS.has(name.slice(colon + 1)))
}

const CLAIMS = new Set(['sub', 'aud', 'amr', 'oaud', 'azp'])

// Services do not send one (Access Analyzer: unsupported condition key for service principal).
function externalId(call: Call): Presence {
  return call.type === 'AWS' && !call.action.toLowerCase().startsWith('sts:assumerolewith') ? 'optional' : 'never'
}

export function isMultivalued(name: string): boolean {
  return MULTIVALUED.has(name)
}

/** What STS calls carry when the request does not say; null: not known. */
export function assumed(name: string): string | null {
  // STS answers over HTTPS only.
  if (name === 'aws:securetransport') return 'true'
  if (name === 'aws:viaawsservice') return 'false'
  return null
}
