/**
 * Somebody came in: a successful AssumeRole call as CloudTrail recorded it. Takes what tells who and from where, and leaves the
 * session's credentials, which stand in the same record, where they are.
 */

import * as v from 'valibot'
import { actorOf } from '../actor.ts'
import { type CloudTrailRecord, cloudTrailRecord, eventTime, recordId } from '../cloudtrail-record.ts'
import { type AccountId, accountId, type EventId, eventId, type Instant, type RoleArn, roleArn } from '../identity.ts'
import type { Request } from '../policy/request.ts'
import { valueDigest } from '../value-digest.ts'
import { fieldsOf, text } from '../wire.ts'

/** The calls by which anybody but an AWS service becomes a role. */
export const ENTRY_CALLS = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] as const

export interface Entry {
  readonly role: RoleArn
  readonly at: Instant
  /** One call, one id: of a call across accounts each of the two has a record of its own, with one `sharedEventID` in both. */
  readonly eventId: EventId
  /** Null where the record does not say. */
  readonly region: string | null
  /** Who, as the record names it: an ARN, a subject, an account. */
  readonly caller: string
  /** The caller's account; null for who came through an identity provider. */
  readonly account: AccountId | null
  /** An address, or the name of what stands in its place. */
  readonly source: string
  /** The call as the trust policy was asked. */
  readonly request: Request
}

/** A call that let somebody in, of which the record does not tell whom, when, or as what. */
export interface UnreadEntry {
  readonly kind: 'entry-unreadable'
  readonly why: string
  /** What tells it from all others: its id in CloudTrail, where it has one. */
  readonly id: string
  readonly eventName: string
  readonly at: Instant | null
  readonly role: RoleArn | null
  readonly region: string | null
}

export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | UnreadEntry
  /** A call that failed, that a service made for itself, or that is none of these. */
  | { readonly kind: 'no-entry' }

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

/** @param known the role whose callers were asked for, where it was a single one */
export function entryIn(value: unknown, known: RoleArn | null = null): EntryReading {
  const record = cloudTrailRecord(value)
  if (record === null) return unread(value, { known, why: 'it is not a JSON object' })
  const call = ENTRY_CALLS.find((name) => name === record.eventName)
  if (call === undefined || record.eventSource !== 'sts.amazonaws.com' || hasFailed(record)) return NO_ENTRY
  const identity = fieldsOf(identityWire, record.userIdentity)
  if (identity?.type === 'AWSService' && identity.identityProvider === null) return NO_ENTRY
  const parameters = fieldsOf(parametersWire, record.requestParameters)
  const [role, at, id] = [roleArn(parameters?.roleArn) ?? known, eventTime(record.eventTime), sharedId(value, record)]
  const principal = identity && principalOf(identity)
  if (role === null) return unread(value, { known, why: 'it does not name the role' })
  if (at === null || id === null) return unread(value, { known: role, why: 'it has no time or no id' })
  if (identity === null || principal === null) return unread(value, { known: role, why: 'it does not name the caller' })
  const context = { ...(parameters && sent(parameters)), ...claims(identity) }
  const entry = {
    role,
    at,
    eventId: id,
    region: record.awsRegion,
    caller: callerOf(record, identity),
    account: principal.type === 'AWS' ? accountOf(identity) : null,
    source: sourceOf(record),
    request: { principal, action: `sts:${call}`, context },
  }
  return { kind: 'entry', entry }
}

const NO_ENTRY = { kind: 'no-entry' } as const

function hasFailed({ errorCode }: CloudTrailRecord): boolean {
  return errorCode !== undefined && errorCode !== null && errorCode !== ''
}

interface Gap {
  readonly known: RoleArn | null
  readonly why: string
}

function unread(value: unknown, { known, why }: Gap): UnreadEntry {
  const record = cloudTrailRecord(value)
  return {
    kind: 'entry-unreadable',
    why,
    id: (record && sharedId(value, record)) ?? valueDigest(value),
    eventName: record?.eventName ?? 'an event',
    at: record && eventTime(record.eventTime),
    role: known,
    region: record?.awsRegion ?? null,
  }
}

function sharedId(value: unknown, record: CloudTrailRecord): EventId | null {
  return eventId(fieldsOf(v.object({ sharedEventID: text }), value)?.sharedEventID) ?? recordId(record)
}

/** Of two records of one call the caller's own account has the one with his ARN, and the role's has his account alone. */
export function tellsMore(one: Entry, other: Entry): boolean {
  return one.request.principal.id.startsWith('arn:') && !other.request.principal.id.startsWith('arn:')
}

function principalOf(identity: Identity): Request['principal'] | null {
  if (identity.identityProvider !== null) return { type: 'Federated', id: identity.identityProvider }
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
