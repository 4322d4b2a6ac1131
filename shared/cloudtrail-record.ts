/**
 * A CloudTrail record as it stands on the wire, field by field: what is missing or of the wrong type is null. Refuses to
 * know what a record means for a role.
 */

import * as v from 'valibot'
import { digest } from './finding.ts'
import { type AccountId, accountId, type EventId, eventId, type Instant, instant } from './identity.ts'
import { anything, fieldsOf, text } from './wire.ts'

const recordWire = v.object({
  eventName: text,
  eventSource: text,
  eventTime: text,
  eventCategory: text,
  awsRegion: text,
  eventID: text,
  requestID: text,
  recipientAccountId: text,
  sourceIPAddress: text,
  userAgent: text,
  errorCode: anything,
  errorMessage: text,
  sessionCredentialFromConsole: anything,
  userIdentity: anything,
  requestParameters: anything,
  responseElements: anything,
  resources: anything,
  addendum: anything,
})

const parametersWire = v.object({
  roleName: anything,
  policyDocument: anything,
  assumeRolePolicyDocument: anything,
  omitted: anything,
  reason: text,
})

const responseWire = v.object({
  role: v.object({ arn: text, roleName: text, assumeRolePolicyDocument: anything }),
})

const resourceWire = v.object({ ARN: text })

const addendumWire = v.object({ reason: text, updatedFields: text, originalEventID: text })

export type CloudTrailRecord = v.InferOutput<typeof recordWire>
export type Parameters = v.InferOutput<typeof parametersWire>
type CreatedRole = v.InferOutput<typeof responseWire>['role']

/** `eventSource` of App Runner's calls. */
export const APP_RUNNER = 'apprunner.amazonaws.com'

/** Null for what is no JSON object. */
export function cloudTrailRecord(value: unknown): CloudTrailRecord | null {
  return fieldsOf(recordWire, value)
}

/** Null where CloudTrail left the parameters out, as it does for denied calls. */
export function parametersOf(record: CloudTrailRecord): Parameters | null {
  return fieldsOf(parametersWire, record.requestParameters)
}

/**
 * Above 100 KB CloudTrail writes `{ "omitted": true, "reason": "requestParameters too large", … }` in their place. IAM's quota
 * does not count blanks, so whoever pads a document with them hides it from CloudTrail (described by Permiso, January 2025).
 */
export function isOmitted({ omitted, reason }: Parameters): boolean {
  return omitted === true || omitted === 'true' || reason === 'requestParameters too large'
}

/** What CreateRole answered. CloudTrail files write "None" and null for "no answer". */
export function createdRole(record: CloudTrailRecord): CreatedRole | null {
  return fieldsOf(responseWire, record.responseElements)?.role ?? null
}

/** ARNs in the record's `resources`; EventBridge delivers them only for some events. */
export function resourceArns(record: CloudTrailRecord): readonly string[] {
  if (!Array.isArray(record.resources)) return []
  return record.resources.map((entry) => fieldsOf(resourceWire, entry)?.ARN).filter((arn) => typeof arn === 'string')
}

/** CloudTrail writes `2026-11-21T12:00:00Z`. Anything else, even if a Date could be made of it, is not taken for a time. */
export function eventTime(written: string | null): Instant | null {
  if (written === null || !/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?Z$/.test(written)) return null
  return instant(written)
}

/**
 * The id by which one happening is recognised again, always from the record itself: the envelope's id differs from delivery
 * to delivery. Records of eventVersion 1.0 have none; there it is a digest of what the record says, the same whether the
 * record came bare or in an envelope.
 */
export function recordId(record: CloudTrailRecord): EventId | null {
  return reissued(record) ?? eventId(record.eventID) ?? eventId(`event-${recordDigest(record)}`)
}

/** What changes the judgement when CloudTrail corrects it afterwards. */
const JUDGED =
  /event(Name|Source|Time)|error|requestParameters|responseElements|recipientAccountId|resources|userIdentity/i

/**
 * CloudTrail re-issues a record under a new eventID when it learns more (`addendum`, reason UPDATED_DATA; CloudTrail User
 * Guide, record contents). Where the correction touches nothing that is judged, it is the original happening once more.
 * Where it does touch it, or does not say, the record counts as its own event: a repeated alert, never a swallowed one.
 */
function reissued(record: CloudTrailRecord): EventId | null {
  const addendum = fieldsOf(addendumWire, record.addendum)
  if (addendum === null || addendum.reason !== 'UPDATED_DATA' || addendum.updatedFields === null) return null
  return JUDGED.test(addendum.updatedFields) ? null : eventId(addendum.originalEventID)
}

function recordDigest(record: CloudTrailRecord): string {
  const parameters = parametersOf(record)
  const identity = fieldsOf(v.object({ accountId: text, principalId: text, arn: text }), record.userIdentity)
  const said: readonly unknown[] = [
    record.eventID,
    record.requestID,
    record.eventName,
    record.eventTime,
    record.recipientAccountId,
    identity?.accountId,
    identity?.principalId,
    identity?.arn,
    record.sourceIPAddress,
    record.userAgent,
    record.errorCode,
    record.errorMessage,
    parameters?.roleName,
    parameters?.policyDocument,
    parameters?.assumeRolePolicyDocument,
    createdRole(record)?.assumeRolePolicyDocument,
  ]
  return digest('event', ...said.map((field) => (typeof field === 'string' ? field : '')))
}

/** The account the actor belongs to. It is the role's own only where nothing better says whose role it is. */
export function identityAccount(record: CloudTrailRecord): AccountId | null {
  return accountId(fieldsOf(v.object({ accountId: text }), record.userIdentity)?.accountId)
}
