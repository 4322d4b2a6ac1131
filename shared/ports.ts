/** The interfaces to the world. Implemented by aws/ and local/; only functions/ choose which. */

import type { Actor, Alert, Evidence } from './alert.ts'
import type { AccountId, EventId, Instant, Role, RoleArn } from './identity.ts'
import type { KnownService } from './service-ports.ts'
import type { TrustChange } from './signal.ts'

/** What IAM says a role is now. Reads are eventually consistent. */
export type RoleReading =
  | {
      readonly kind: 'role'
      readonly arn: RoleArn
      readonly createdAt: Instant
      /** Decoded JSON text. */
      readonly document: string
      /** The longest session, in seconds; absent: not known. */
      readonly maxSessionSeconds?: number
    }
  | { readonly kind: 'no-such-role' }
  /** Denied, throttled out, another account, or not asked: said, never guessed. */
  | { readonly kind: 'unknown'; readonly why: string }

/** One page of ListRoles. */
export interface RolePage {
  readonly roles: readonly ListedRole[]
  /** Where the next page begins; null at the end. */
  readonly next: string | null
}

export interface ListedRole {
  readonly role: Role & { readonly arn: RoleArn }
  readonly createdAt: Instant
  readonly document: string
  /** Path `/aws-service-role/`. */
  readonly serviceLinked: boolean
}

export interface Roles {
  /** Never throws for what IAM answers; `unknown` says why. */
  read(role: Role): Promise<RoleReading>
  /** Throws when the page cannot be had: a sweep that skipped roles would be an all-clear for what was not read. */
  list(from: string | null): Promise<RolePage>
}

/** What is known of a role's trust before a moment: the changes of the latest earlier second that holds any. */
export type HistoryAnswer =
  /** Empty: ninety days hold none. */
  | { readonly kind: 'changes'; readonly changes: readonly TrustChange[] }
  | { readonly kind: 'not-known'; readonly why: string }

export interface History {
  /** At most 5 pages and 20 seconds; never throws. */
  trustBefore(role: Role, at: Instant): Promise<HistoryAnswer>
}

/** The same as CloudTrail has it: raw records, newest first. `shared/recorded-history.ts` reads them. */
export type RecordedAnswer =
  | { readonly kind: 'records'; readonly records: readonly unknown[] }
  | { readonly kind: 'not-known'; readonly why: string }

export interface RecordedHistory {
  trustBefore(role: Role, at: Instant): Promise<RecordedAnswer>
}

/** `seen`: learnt from the sweep, from history or a quiet backfill. `announced`: the live path judged it. `accepted` is reserved. */
export type Standing = 'seen' | 'announced' | 'accepted'

/** Where a version stands in time: `<at>#<eventId>`. */
export interface VersionKey {
  readonly role: Role
  readonly at: Instant
  readonly eventId: EventId
}

/** A role's trust from one moment on. */
export interface Version extends VersionKey {
  readonly change: 'created' | 'updated' | 'deleted' | 'observed'
  /** JSON text; null: the role does not exist from here on. */
  readonly document: string | null
  readonly standing: Standing
  /** True once the second look is finished. */
  readonly settled: boolean
  /** Sort keys (`<at>#<eventId>`) of every version this one has been judged against. Only grows. */
  readonly judgedAgainst: readonly string[]
  readonly actor: Actor | null
  readonly evidence: Evidence
}

export interface Memory {
  find(key: VersionKey): Promise<Version | null>
  /** Versions of strictly earlier seconds, newest first. Consistent. */
  earlier(role: Role, at: Instant): AsyncIterable<Version>
  /** Versions of strictly later seconds, oldest first. Consistent. */
  later(role: Role, at: Instant): AsyncIterable<Version>
  /**
   * Adds a version. Where one of this key stands already: `seen` becomes `announced` (with all its fields), an
   * `announced` one only gains what `judgedAgainst` adds, a `seen` one never replaces anything.
   */
  keep(version: Version): Promise<void>
  /** Adds to `judgedAgainst`. */
  addJudged(key: VersionKey, against: readonly string[]): Promise<void>
  /** The second look is finished. */
  settle(key: VersionKey): Promise<void>

  /** Has an alert that belongs to no version (refused call, unreadable event) been told? */
  wasTold(alertId: string): Promise<boolean>
  markTold(alertId: string): Promise<void>

  /** The services that use a role, as far as they were seen. */
  usersOf(role: Role): Promise<readonly KnownService[]>

  /** What the sweep remembers of itself; null before the first one. */
  sweepState(account: AccountId): Promise<SweepState | null>
}

/** What only the sweep asks of memory. */
export interface SweepMemory extends Memory {
  saveSweepState(account: AccountId, state: SweepState): Promise<void>
  /** Every role name of the account that a version or a sweep has named, with the id of the last sweep that listed it. */
  roster(account: AccountId): AsyncIterable<{ readonly role: Role; readonly listedBy: string | null }>
  /** A sweep listed these roles. */
  enrol(roles: readonly Role[], sweepId: string): Promise<void>
  strike(role: Role): Promise<void>
}

/** Progress of the sweep, so that an interrupted one goes on where it stopped. */
export interface SweepState {
  readonly sweepId: string
  /** The first sweep keeps everything silently; true until one sweep has come to its end. */
  readonly first: boolean
  /** ListRoles' marker of the next page; null: not begun, or done. */
  readonly next: string | null
  readonly done: boolean
  readonly startedAt: Instant
  /** When the first sweep came to its end: events of roles made after it should all have been delivered. Null until then. */
  readonly watchingSince: Instant | null
  /** Which exceptions the roles listed so far need; null: a sweep of an earlier release, which did not count. */
  readonly exceptions: ExceptionTally | null
}

/** Places of exceptions in the configuration, from 0. */
export interface ExceptionTally {
  /** Tells one list of exceptions from another: places mean something in that one only. */
  readonly of: string
  /** Those for a role that was listed. */
  readonly named: readonly number[]
  /** Those that leave something out. */
  readonly used: readonly number[]
}

/** A role to look at again, and what was seen of it. */
export interface Sighting {
  readonly role: Role
  /** `observedId` of the document that memory does not explain, or of no document where the role was gone; null: nothing was seen. */
  readonly seen: EventId | null
}

/** Things to do later: survives the process. */
export interface FollowUps {
  /** Looks at these roles again after the delay. @param seconds at most 900 (the queue's limit) */
  lookAgain(sightings: readonly Sighting[], seconds: number): Promise<void>
  /** Goes on with an unfinished sweep. */
  goOn(sweepId: string): Promise<void>
}

/** Reads soon, and without being told by an event, what an unreadable event may have changed. */
export interface Rereads {
  /** @param role null: the event does not say which role, so all of them. Roles of another account are left alone. */
  ask(account: AccountId, role: Role | null): Promise<void>
}

export interface Outbox {
  /** Resolves only when the topic has taken the alert. Throws: try again. */
  publish(alert: Alert): Promise<void>
}

/** What a caller's own policies say of assuming a role. */
export type OwnSide =
  | { readonly kind: 'allowed' }
  /** @param by what refuses: his policies, his permissions boundary, or policies of his organisation */
  | {
      readonly kind: 'refused'
      readonly action: string
      readonly explicit: boolean
      readonly by: 'policies' | 'boundary' | 'organization'
    }
  /** Denied, throttled out, or not asked: said, never guessed. */
  | { readonly kind: 'unknown'; readonly why: string }

export interface OwnSideQuestion {
  /** A user or a role. */
  readonly caller: string
  readonly role: RoleArn
  readonly actions: readonly string[]
  readonly context: Readonly<Record<string, string | readonly string[]>>
}
