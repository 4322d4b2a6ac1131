/** Something that happened, parsed. EventBridge and CloudTrail JSON → Signal. Knows nothing of policies, memory or AWS clients. */

import type { Actor } from './alert.ts'
import type { AccountId, EventId, Instant, Role } from './identity.ts'
import { type Readers, readMessage, readText, readValue } from './message.ts'
import { readServiceCall } from './service-call.ts'
import { readServiceEvent } from './service-event.ts'
import type { ServiceSignal } from './service-signal.ts'

/** Where a signal came from: enough to name the event again, and to say who did it. */
export interface Origin {
  readonly account: AccountId
  readonly at: Instant
  /** Null only for what the sweep saw. */
  readonly eventId: EventId | null
  readonly eventName: string | null
  readonly region: string | null
  readonly source: 'cloudtrail' | 'sweep'
  readonly actor: Actor | null
}

/** A role's trust policy was written; `document` is the JSON text as submitted, whatever it holds. */
export interface TrustWritten {
  readonly kind: 'trust-written'
  readonly write: 'created' | 'updated'
  readonly origin: Origin
  readonly role: Role
  readonly document: string
  /** Only where the sweep found a new role: when IAM says it was made. */
  readonly roleCreatedAt?: Instant
}

export interface RoleDeleted {
  readonly kind: 'role-deleted'
  readonly origin: Origin
  readonly role: Role
}

/** IAM refused a CreateRole or UpdateAssumeRolePolicy call for a reason worth telling. Nothing changed. */
export interface TrustUpdateRefused {
  readonly kind: 'trust-update-refused'
  readonly attempted: 'create' | 'update'
  readonly origin: Origin
  /** Null where neither the parameters nor the message name it. */
  readonly role: Role | null
  /** The document that was refused, where the event carries it. */
  readonly document: string | null
  /** Without a trailing `Exception`: `MalformedPolicyDocument`, `LimitExceeded`, `AccessDenied`. */
  readonly errorCode: string
  readonly errorMessage: string
}

/** An event that should have been understood and was not. Always alerted, never retried. */
export interface Unreadable {
  readonly kind: 'unreadable'
  /** What could not be read, in words that quote nothing of the event but short names. */
  readonly why: string
  /** Hash of the raw message. */
  readonly hash: string
  readonly at: Instant | null
  readonly account: AccountId | null
  readonly role: Role | null
  readonly eventId: EventId | null
  readonly eventName: string | null
  readonly region: string | null
  readonly actor: Actor | null
}

/** The hourly synthetic message. */
export interface Heartbeat {
  readonly kind: 'heartbeat'
}

/** `trustdrift doctor` asks for an alert that goes the whole way and means nothing. */
export interface Test {
  readonly kind: 'test'
  /** A UUID; what makes two tests the same test. */
  readonly id: string
  /** As the message says; null where it does not. */
  readonly account: AccountId | null
  /** When it was asked for, where the message says. */
  readonly at: Instant | null
}

/** Understood, and nothing to tell: another event, or a failure that changes nothing and explains nothing. */
export interface Irrelevant {
  readonly kind: 'irrelevant'
  readonly why: string
}

export type Signal =
  | TrustWritten
  | RoleDeleted
  | TrustUpdateRefused
  | ServiceSignal
  | Unreadable
  | Heartbeat
  | Test
  | Irrelevant

/** A signal that changes what a role's trust is. */
export type TrustChange = TrustWritten | RoleDeleted

/** A Signal before the message it came from has been hashed: only what cannot be read needs the hash. */
export type Reading = Exclude<Signal, Unreadable> | Unread
export type Unread = Omit<Unreadable, 'hash'>

/** Reads one message: an EventBridge event, a bare CloudTrail record, the heartbeat or a test. Never throws, whatever the text. */
export function parseSignal(text: string): Signal {
  return readText(text, ALL)
}

/** The same for JSON that is parsed already. @param hash of the raw message, for what cannot be read */
export function signalOf(value: unknown, hash: string): Signal {
  return readValue(value, ALL, () => hash)
}

/** The same for what `eventsIn` yields: raw text or parsed JSON. */
export function signalFrom(message: unknown): Signal {
  return readMessage(message, ALL)
}

const ALL: Readers = { call: readServiceCall, event: readServiceEvent }
