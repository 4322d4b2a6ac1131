/**
 * Somebody came in: a successful AssumeRole call as CloudTrail recorded it. Takes what tells who and from where, and leaves the
 * session's credentials, which stand in the same record, where they are.
 */

import * as v from 'valibot'
import { actorOf } from '../actor.ts'
import { type CloudTrailRecord, cloudTrailRecord, eventTime, recordId } from '../cloudtrail-record.ts'
import { type AccountId, accountId, type EventId, type Instant, type RoleArn, roleArn } from '../identity.ts'
import type { Request } from '../policy/request.ts'
import { fieldsOf, text } from '../wire.ts'

/** The calls by which anybody but an AWS service becomes a role. */
export const ENTRY_CALLS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] as const

export interface Entry {
  readonly role: RoleArn
  readonly at: Instant
  readonly eventId: EventId
  /** Who, as the record names it: an ARN, a subject, an account. */
  readonly caller: string
  /** The caller's account; null for who came through an identity provider. */
  readonly account: AccountId | null
  /** An address, or the name of what stands in its place. */
  readonly source: string
  /** The call as the trust policy was asked. */
  readonly request: Request
}

const parametersWire = v.object({ roleArn: text, externalId: text, roleSessionName: text })

const identityWire = v.object({
  type: text,
  arn: text,
  accountId: text,
  principalId: text,
  userName: text,
  identityProvider: text,
})

type Identity = v.InferOutput<typeof identityWire>

/** Null for a call that failed, that a service made for itself, or that is none of these. */
export function entryIn(value: unknown): Entry | null {
  const record = cloudTrailRecord(value)
  const call = ENTRY_CALLS.find((name) => name === record?.eventName)
  if (record === null || call === undefined || record.eventSource !== 'sts.amazonaws.com') return null
  if (record.errorCode !== undefined && record.errorCode !== null && record.errorCode !== '') return null
  const parameters = fieldsOf(parametersWire, record.requestParameters)
  const identity = fieldsOf(identityWire, record.userIdentity)
  const [role, at, id] = [roleArn(parameters?.roleArn), eventTime(record.eventTime), recordId(record)]
  if (parameters === null || identity === null || role === null || at === null || id === null) return null
  const principal = principalOf(identity)
  if (principal === null) return null
  const context = { ...sent(parameters), ...claims(identity) }
  const request = { principal, action: `sts:${call}`, context }
  const account = principal.type === 'AWS' ? accountOf(identity) : null
  return { role, at, eventId: id, caller: callerOf(record, identity), account, source: sourceOf(record), request }
}

function principalOf(identity: Identity): Request['principal'] | null {
  if (identity.identityProvider !== null) return { type: 'Federated', id: identity.identityProvider }
  if (identity.type === 'AWSService') return null
  const id = identity.arn ?? accountId(identity.accountId)
  return id === null ? null : { type: 'AWS', id }
}

function sent({ externalId, roleSessionName }: v.InferOutput<typeof parametersWire>): Record<string, string> {
  return {
    ...(externalId === null ? {} : { 'sts:ExternalId': externalId }),
    ...(roleSessionName === null ? {} : { 'sts:RoleSessionName': roleSessionName }),
  }
}

/** CloudTrail writes `<provider>:<audience>:<subject>` as the principal of a web identity. */
function claims({ identityProvider, principalId, userName }: Identity): Record<string, string> {
  if (identityProvider === null || userName === null) return {}
  const issuer = identityProvider.split('oidc-provider/').at(-1) ?? identityProvider
  if (identityProvider.includes(':saml-provider/')) return { 'saml:sub': userName }
  const audience = principalId?.startsWith(`${identityProvider}:`)
    ? principalId.slice(identityProvider.length + 1, -userName.length - 1)
    : null
  return { [`${issuer}:sub`]: userName, ...(audience ? { [`${issuer}:aud`]: audience } : {}) }
}

function accountOf({ arn, accountId: account }: Identity): AccountId | null {
  return accountId(arn?.split(':')[4]) ?? accountId(account)
}

function callerOf(record: CloudTrailRecord, { arn, identityProvider, userName }: Identity): string {
  if (identityProvider !== null && userName !== null) return userName
  return arn ?? actorOf(record).name
}

function sourceOf({ sourceIPAddress }: CloudTrailRecord): string {
  return sourceIPAddress ?? 'an address that is not recorded'
}
