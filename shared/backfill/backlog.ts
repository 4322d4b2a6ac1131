/** What a backfill remembers beside versions, so that the next run goes on where this one stopped. */

import { type AccountId, accountId, type Role } from '../identity.ts'
import type { ServiceCallFailed } from '../service-signal.ts'
import type { Signal } from '../signal.ts'
import type { FailedCall } from '../trust-event.ts'
import type { Entry, UnreadEntry } from './entry.ts'
import type { Span } from './windows.ts'

/** An event that changed no role's trust and still belongs to the past: a call that failed, or an event that could not be read. */
export type Aside =
  | Extract<Signal, { readonly kind: 'trust-update-refused' | 'unreadable' }>
  | ServiceCallFailed
  | FailedCall
  | UnreadEntry

export interface Backlog {
  /** What is read already of one source: an event name of one region, a file. */
  spansRead(of: string): readonly Span[]
  /** Everything in the span is kept. */
  markRead(of: string, span: Span): void
  keepAside(aside: Aside): void
  /** Each once, in the order in which they were kept. */
  asides(): Iterable<Aside>
  keepEntry(entry: Entry): void
  entries(): Iterable<Entry>
  /** Of every account. */
  everyRole(): Iterable<Role>
}

/** What tells an event from all others. */
export function idOfAside(aside: Aside): string {
  switch (aside.kind) {
    case 'unreadable':
      return aside.eventId ?? aside.hash
    case 'entry-unreadable':
      return aside.id
    default:
      return aside.origin.eventId ?? `${aside.origin.at}#${aside.errorMessage}`
  }
}

/** Null: nobody knows when. */
export function timeOfAside(aside: Aside): string | null {
  return aside.kind === 'unreadable' || aside.kind === 'entry-unreadable' ? aside.at : aside.origin.at
}

/** Null: nobody knows whose. */
export function accountOfAside(aside: Aside): AccountId | null {
  switch (aside.kind) {
    case 'unreadable':
      return aside.account
    case 'entry-unreadable':
      return accountId(aside.role?.split(':')[4])
    case 'service-call-failed':
      return aside.service.account
    default:
      return aside.origin.account
  }
}
