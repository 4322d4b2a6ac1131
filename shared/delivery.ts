/**
 * How an event was delivered: in an EventBridge envelope, bare, or as a message of Trustdrift's own (heartbeat, test). Opens the
 * envelope and refuses to know what is in it.
 */

import * as v from 'valibot'
import { type CloudTrailRecord, cloudTrailRecord, eventTime } from './cloudtrail-record.ts'
import { type AccountId, accountId, type Instant } from './identity.ts'
import type { ServiceEvent } from './service-event.ts'
import { anything, fieldsOf, text } from './wire.ts'

/** What the envelope says of the event; all null for a bare record. */
export interface Envelope {
  readonly source: string | null
  readonly account: AccountId | null
  readonly at: Instant | null
  readonly region: string | null
}

export type Delivery =
  | { readonly kind: 'record'; readonly record: CloudTrailRecord; readonly envelope: Envelope }
  | { readonly kind: 'service-event'; readonly event: ServiceEvent }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'test'; readonly id: string; readonly account: AccountId | null; readonly at: Instant | null }
  | { readonly kind: 'other-event'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string; readonly envelope: Envelope }

const messageWire = v.object({
  trustdrift: anything,
  resources: anything,
  'detail-type': text,
  detail: anything,
  source: text,
  id: text,
  account: text,
  time: text,
  region: text,
  eventName: anything,
  eventSource: anything,
  eventVersion: anything,
  userIdentity: anything,
})

type Message = v.InferOutput<typeof messageWire>

const NO_ENVELOPE: Envelope = { source: null, account: null, at: null, region: null }

// In the China partition AWS's own pages print both spellings.
const CLOUDTRAIL_CALL = /^(AWS|Amazon) API Call via CloudTrail$/

const SERVICE_EVENTS = [
  ['AppRunner Service Operation Status Change', 'operation'],
  ['AppRunner Service Status Change', 'status'],
] as const

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

export function openDelivery(value: unknown): Delivery {
  const message = Array.isArray(value) ? null : fieldsOf(messageWire, value)
  if (message === null) return unknown('the message is JSON, but not a JSON object', NO_ENVELOPE)
  if (message.trustdrift === 'heartbeat') return { kind: 'heartbeat' }
  if (message.trustdrift === 'test') return openTest(message)
  if (isEnveloped(message)) return openEnvelope(message)
  const bare = looksLikeRecord(message) ? cloudTrailRecord(value) : null
  if (bare !== null) return { kind: 'record', record: bare, envelope: NO_ENVELOPE }
  return unknown('the message is neither an EventBridge event nor a CloudTrail record', NO_ENVELOPE)
}

/** A short name from the event, safe to put into a sentence; null for anything longer or stranger than AWS's names are. */
export function shortName(name: string | null): string | null {
  return name !== null && /^[\w.:/ -]{1,64}$/.test(name) ? name : null
}

// A malformed id is not taken for another test: whoever waits for it would wait for ever, and is told instead.
function openTest({ id, account, time }: Message): Delivery {
  if (id === null || !UUID.test(id)) return unknown('the test message has no id that is a UUID', NO_ENVELOPE)
  return { kind: 'test', id, account: accountId(account), at: eventTime(time) }
}

function isEnveloped(message: Message): boolean {
  return message['detail-type'] !== null || message.detail !== undefined
}

function looksLikeRecord(message: Message): boolean {
  const signs = [message.eventName, message.eventSource, message.eventVersion, message.userIdentity]
  return signs.some((sign) => sign !== undefined)
}

function openEnvelope(message: Message): Delivery {
  const envelope = envelopeOf(message)
  const type = message['detail-type']
  const about = SERVICE_EVENTS.find(([name]) => name === type)?.[1]
  if (about !== undefined) {
    const { id, resources, detail } = message
    return { kind: 'service-event', event: { type: about, id, resources, detail, envelope } }
  }
  if (type !== null && !CLOUDTRAIL_CALL.test(type)) {
    return { kind: 'other-event', why: `an event of another type: ${shortName(type) ?? 'unnamed'}` }
  }
  if (message.detail === undefined || message.detail === null) {
    return unknown('the EventBridge event has no detail', envelope)
  }
  const record = Array.isArray(message.detail) ? null : cloudTrailRecord(message.detail)
  if (record === null) return unknown("the EventBridge event's detail is not a JSON object", envelope)
  return { kind: 'record', record, envelope }
}

function envelopeOf(message: Message): Envelope {
  return {
    source: message.source,
    account: accountId(message.account),
    at: eventTime(message.time),
    region: message.region,
  }
}

function unknown(why: string, envelope: Envelope): Delivery {
  return { kind: 'unknown', why, envelope }
}
