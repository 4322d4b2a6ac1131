/**
 * What is known about condition keys on calls that assume a role: which are never or always there, which hold several values.
 * Sources: IAM User Guide, reference_policies_condition-keys and reference_policies_iam-condition-keys.
 */

import type { PrincipalForm } from './policy.ts'
import { sharedProvider } from './providers.ts'
import type { PrincipalType } from './request.ts'

export type Presence = 'never' | 'always' | 'optional'

interface Call {
  readonly type: PrincipalType
  readonly action: string
  /** Of the caller's identity provider, in lower case; `saml` for all of SAML; null: he has none. */
  readonly issuer: string | null
  /** The service that calls, where it is known; null: none does. */
  readonly service?: string | null
  /** What kind of AWS principal calls, where that is known. */
  readonly kind?: PrincipalForm['kind']
}

const ALWAYS = new Set([
  'aws:securetransport',
  'aws:currenttime',
  'aws:epochtime',
  'aws:requestedregion',
  'aws:useragent',
  'aws:viaawsservice',
  // STS takes no call to assume a role without (API reference, AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity).
  'sts:rolesessionname',
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

/** Keys that speak of the service that calls. */
const SERVICE_KEYS = new Set(['aws:principalservicename', 'aws:principalservicenameslist'])

/**
 * For what resource a service calls: there only when the service itself does (IAM User Guide, reference_policies_condition-keys,
 * aws:SourceArn: "the call … is made directly by an AWS service principal").
 */
const SOURCE = /^aws:source(?:arn|account|orgid|orgpaths)$/

/** Services that assume roles without saying for which resource, with who found that roles asking for one were locked out. */
const SENDS_NO_SOURCE: ReadonlyMap<string, string> = new Map([
  ['ec2.amazonaws.com', 'prowler-cloud/prowler issue 2810, with an answer of AWS Support'],
  ['ec2.amazonaws.com.cn', 'the same service'],
  ['lambda.amazonaws.com', 'prowler-cloud/prowler issue 2792'],
])

const MULTIVALUED = new Set([
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:tagkeys',
  'aws:calledvia',
  'aws:sourceorgpaths',
  'sts:transitivetagkeys',
  'sts:requestcontextproviders',
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
  if (SERVICE_KEYS.has(name) && call.type !== 'Service') return 'never'
  if (SOURCE.test(name) && (call.type !== 'Service' || SENDS_NO_SOURCE.has(call.service ?? ''))) return 'never'
  // "The temporary credentials returned by AssumeRole do not include MFA information" (id_credentials_mfa_configure-api-require).
  if (name === 'aws:multifactorauthage' && (call.kind === 'role' || call.kind === 'session')) return 'never'
  if (name === 'aws:username' && call.kind !== undefined && call.kind !== 'user') return 'never'
  if (name === 'aws:userid' && call.type === 'AWS') return 'always'
  if (name.startsWith('saml:') && call.issuer !== 'saml')
    return call.type === 'AWS' && CHAINED_SAML.has(name) ? 'optional' : 'never'
  const issuer = issuerOf(name)
  return issuer === null || isIssuerOf(call, issuer) ? 'optional' : 'never'
}

/** What sessions of SAML users carry on into further calls. */
const CHAINED_SAML = new Set(['saml:namequalifier', 'saml:sub', 'saml:sub_type'])

/** Whose claim it is: `<issuer>:sub`; null: no claim of an OpenID Connect token. Issuers have no port, and no colon. */
export function issuerOf(name: string): string | null {
  if (name.startsWith('aws:') || name.startsWith('sts:')) return null
  return /^([^:/]+\.[^:/]+(?:\/[^:]*)?):/.exec(name)?.[1] ?? null
}

/** Only tokens of the issuer itself carry its claims; a shared one speaks for what has a path behind it too (GitHub's enterprises). */
function isIssuerOf({ issuer }: Call, asked: string): boolean {
  if (issuer === null) return false
  const [caller, wanted] = [issuer.replace(/\/$/, ''), asked.replace(/\/$/, '')]
  return caller === wanted || (caller.startsWith(`${wanted}/`) && sharedProvider(wanted) !== null)
}

/** Their own guides ask for an ExternalId in the role's trust policy: Data Firehose's access control, Cognito's and Pinpoint's roles. */
export const EXTERNAL_ID_SENDERS: ReadonlySet<string> = new Set([
  'firehose.amazonaws.com',
  'cognito-idp.amazonaws.com',
  'pinpoint.amazonaws.com',
])

// Other services do not send one (Access Analyzer: unsupported condition key for service principal).
function externalId(call: Call): Presence {
  if (EXTERNAL_ID_SENDERS.has(call.service ?? '')) return 'optional'
  return call.type === 'AWS' && !call.action.toLowerCase().startsWith('sts:assumerolewith') ? 'optional' : 'never'
}

export function isMultivalued(name: string): boolean {
  return MULTIVALUED.has(name)
}

const SINGLE =
  /^(?:sts:(?:externalid|rolesessionname|sourceidentity)|aws:(?:principal(?:arn|account|type|orgid|orgpaths)|user(?:name|id)|source(?:arn|account|identity|ip|vpc|vpce|orgid|orgpaths)|vpcsourceip|multifactorauth(?:present|age)|(?:principal|request)tag\/.*))$|:(?:sub|aud)$/

/**
 * No request carries several values here, whatever set operator a document puts in front. An organization's path needs one, and is one
 * all the same: "each account can be a member of exactly one OU" (Organizations User Guide, orgs_getting-started_concepts).
 */
export function isSingleValued(name: string): boolean {
  return SINGLE.test(name)
}

/** What STS calls carry when the request does not say; null: not known. */
export function assumed(name: string): string | null {
  // STS answers over HTTPS only.
  if (name === 'aws:securetransport') return 'true'
  if (name === 'aws:viaawsservice') return 'false'
  return null
}
