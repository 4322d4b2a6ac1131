/**
 * A CloudTrail record of IAM → what happened to a role's trust. Refuses to know what a policy says: a document is text here,
 * and whatever it holds is passed on.
 */

import { actorOf } from './actor.ts'
import {
  type CloudTrailRecord,
  createdRole,
  eventTime,
  identityAccount,
  isOmitted,
  type Parameters,
  parametersOf,
  recordId,
  resourceArns,
} from './cloudtrail-record.ts'
import { type Envelope, shortName } from './delivery.ts'
import { accountId, type Role, roleArn } from './identity.ts'
import type { NamedRole, ToldCode } from './refusal.ts'
import { roleByArn, roleInMessage, toldCode } from './refusal.ts'
import type { Irrelevant, Origin, Reading, Unread } from './signal.ts'

const CALLS = ['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole'] as const

type Call = (typeof CALLS)[number]

/** IAM takes at most this many characters (IAM API reference, CreateRole); the memory's items end at 400 KB. */
const LONGEST_DOCUMENT = 131_072

/** IAM takes 64. A name four times as long is no role's; a key of the memory holds 1,024 bytes, of up to three a character. */
const LONGEST_NAME = 256

/** What could be read of one record. The role is filled in by whoever finds it. */
interface Case {
  readonly record: CloudTrailRecord
  readonly parameters: Parameters | null
  readonly known: Omit<Unread, 'kind' | 'why'>
}

export function readTrustEvent(record: CloudTrailRecord, envelope: Envelope): Reading {
  const why = whyIrrelevant(record, envelope)
  if (why !== null) return irrelevant(why)
  const call = CALLS.find((name) => name === record.eventName)
  const subject = caseOf(record, envelope)
  if (call === undefined) return unreadable(subject, 'the record has no eventName')
  if (isGiven(record.errorCode)) return readFailure(subject, call, record.errorCode)
  if (record.errorMessage) {
    return unreadable(
      subject,
      'the record has an errorMessage but no errorCode: whether the call succeeded is not known',
    )
  }
  return readSuccess(subject, call)
}

/** Null for a call this program watches, and for a record that does not say what it is: that one is not for ignoring. */
function whyIrrelevant(record: CloudTrailRecord, envelope: Envelope): string | null {
  if (envelope.source !== null && envelope.source !== 'aws.iam') {
    return `an event of another source: ${shortName(envelope.source) ?? 'unnamed'}`
  }
  if (record.eventSource !== null && record.eventSource !== 'iam.amazonaws.com') {
    return `a call to another service: ${shortName(record.eventSource) ?? 'unnamed'}`
  }
  if (record.eventName !== null && !CALLS.some((name) => name === record.eventName)) {
    return `another call: ${shortName(record.eventName) ?? 'unnamed'}`
  }
  // CloudTrail Insights records keep the name of the call elsewhere.
  return record.eventName === null && record.eventCategory === 'Insight' ? 'a CloudTrail Insights record' : null
}

function caseOf(record: CloudTrailRecord, envelope: Envelope): Case {
  const account =
    accountId(record.recipientAccountId) ??
    envelope.account ??
    accountId(roleArn(createdRole(record)?.arn)?.split(':')[4]) ??
    identityAccount(record)
  const known = {
    at: eventTime(record.eventTime) ?? envelope.at,
    account,
    role: null,
    eventId: recordId(record),
    eventName: shortName(record.eventName),
    region: shortName(record.awsRegion) ?? shortName(envelope.region),
    actor: actorOf(record),
  }
  const subject = { record, parameters: parametersOf(record), known }
  return withRole(subject, roleOfCall(subject) ?? roleElsewhere(subject))
}

function readSuccess(subject: Case, call: Call): Reading {
  const { role } = subject.known
  const origin = originOf(subject)
  if (typeof origin === 'string') return unreadable(subject, origin)
  if (subject.parameters === null) return unreadable(subject, 'the record has no requestParameters')
  const fault = faultOfName(subject.parameters)
  if (fault !== null) return unreadable(subject, fault)
  if (role === null) return unreadable(subject, whyMissing(subject.parameters, 'the record does not name the role'))
  if (call === 'DeleteRole') return { kind: 'role-deleted', origin, role }
  const document = documentOf(subject, call)
  if (document.text === null) return unreadable(subject, whyMissing(subject.parameters, document.why))
  const write = call === 'CreateRole' ? 'created' : 'updated'
  return { kind: 'trust-written', write, origin, role, document: document.text }
}

function whyMissing(parameters: Parameters, why: string): string {
  return isOmitted(parameters)
    ? 'CloudTrail left the requestParameters out as too large; a document padded with blanks causes that, and hides what it says'
    : why
}

function readFailure(subject: Case, call: Call, errorCode: unknown): Reading {
  if (typeof errorCode !== 'string') return unreadable(subject, 'errorCode is not a string')
  const told = toldCode(errorCode)
  if (told === null || call === 'DeleteRole') {
    return irrelevant(`${call} failed with ${shortName(errorCode) ?? 'an unnamed code'}; nothing changed`)
  }
  return refused(subject, call, told)
}

/** A call about a role's existence or trust that failed, whatever for. Nothing changed; only the past is told of it. */
export interface FailedCall {
  readonly kind: 'call-failed'
  readonly origin: Origin
  /** Null where neither the parameters nor the message name it. */
  readonly role: Role | null
  readonly errorCode: string
  readonly errorMessage: string
}

/** Null for a call that succeeded, that is another, or of which nobody can say when and where it was. */
export function failedCallIn(record: CloudTrailRecord): FailedCall | null {
  const { eventName, eventSource, errorCode, errorMessage } = record
  if (eventSource !== 'iam.amazonaws.com' || !CALLS.some((name) => name === eventName)) return null
  if (typeof errorCode !== 'string' || errorCode === '') return null
  const subject = caseOf(record, { source: null, account: null, at: null, region: null })
  const origin = originOf(subject)
  if (typeof origin === 'string') return null
  return {
    kind: 'call-failed',
    origin,
    role: subject.known.role,
    errorCode,
    errorMessage: errorMessage?.slice(0, 1_024) ?? '',
  }
}

function refused(subject: Case, call: 'UpdateAssumeRolePolicy' | 'CreateRole', errorCode: ToldCode): Reading {
  const origin = originOf(subject)
  if (typeof origin === 'string') return unreadable(subject, origin)
  const fault = subject.parameters === null ? null : faultOfName(subject.parameters)
  if (fault !== null) return unreadable(subject, fault)
  return {
    kind: 'trust-update-refused',
    attempted: call === 'CreateRole' ? 'create' : 'update',
    origin,
    role: subject.known.role,
    document: documentOf(subject, call).text,
    errorCode,
    // CloudTrail cuts it at 1 KB (User Guide, record contents); a message made by hand need not be short.
    errorMessage: subject.record.errorMessage?.slice(0, 1_024) ?? '',
  }
}

/** The Origin, or why there can be none. */
function originOf({ record, known }: Case): Origin | string {
  if (eventTime(record.eventTime) === null || known.at === null) return 'eventTime is missing or no time'
  if (known.account === null) return 'the account is missing'
  const { account, at, eventId, eventName, region, actor } = known
  return { account, at, eventId, eventName, region, source: 'cloudtrail', actor }
}

function faultOfName({ roleName }: Parameters): string | null {
  if (!isGiven(roleName)) return null
  if (typeof roleName !== 'string') return 'roleName is not a string'
  return roleName.length > LONGEST_NAME ? 'roleName is longer than any role name can be' : null
}

/** The role as the request names it; its ARN is known only to CreateRole's answer. */
function roleOfCall({ record, parameters, known }: Case): NamedRole | null {
  const created = roleByArn(createdRole(record)?.arn, known.account)
  const name = parameters?.roleName
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) return created
  return { name, arn: created?.name === name ? created.arn : null }
}

/** Where the request says nothing: the message of a denial, then the record's resources. */
function roleElsewhere({ record, known }: Case): NamedRole | null {
  const listed = resourceArns(record).map((arn) => roleByArn(arn, known.account))
  return roleInMessage(record.errorMessage, known.account) ?? listed.find((role) => role !== null) ?? null
}

function withRole(subject: Case, named: NamedRole | null): Case {
  const { account } = subject.known
  if (named === null || account === null) return subject
  return { ...subject, known: { ...subject.known, role: { account, name: named.name, arn: named.arn } } }
}

type DocumentText = { readonly text: string; readonly why: '' } | { readonly text: null; readonly why: string }

/** Requests carry the document as plain JSON text; CreateRole's answer carries it URL-encoded (RFC 3986). */
function documentOf({ record, parameters }: Case, call: 'UpdateAssumeRolePolicy' | 'CreateRole'): DocumentText {
  const key = call === 'CreateRole' ? 'assumeRolePolicyDocument' : 'policyDocument'
  const submitted = parameters?.[key]
  if (isGiven(submitted)) return fitting(submitted, key)
  const answered = call === 'CreateRole' ? createdRole(record)?.assumeRolePolicyDocument : undefined
  return isGiven(answered) ? fitting(decoded(answered), key) : { text: null, why: `${key} is missing` }
}

function fitting(document: unknown, key: string): DocumentText {
  if (typeof document !== 'string') return { text: null, why: `${key} is not a string` }
  if (document.length > LONGEST_DOCUMENT) return { text: null, why: `${key} is longer than IAM takes` }
  return { text: document, why: '' }
}

/** Null for what is not URL-encoded text. */
function decoded(document: unknown): string | null {
  if (typeof document !== 'string') return null
  try {
    return decodeURIComponent(document)
  } catch {
    return null
  }
}

function isGiven(field: unknown): boolean {
  return field !== undefined && field !== null && field !== ''
}

function unreadable({ known }: Case, why: string): Unread {
  return { kind: 'unreadable', why, ...known }
}

function irrelevant(why: string): Irrelevant {
  return { kind: 'irrelevant', why }
}
