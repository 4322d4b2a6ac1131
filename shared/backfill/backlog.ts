/** What a backfill remembers beside versions, so that the next run goes on where this one stopped. */

import type { Role } from '../identity.ts'
import type { Signal } from '../signal.ts'
import type { Entry } from './entry.ts'
import type { Span } from './windows.ts'

/** An event that changed no role's trust and still belongs to the past: a refused call, or one that could not be read. */
export type Aside = Extract<Signal, { readonly kind: 'trust-update-refused' | 'unreadable' }>

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
  const id = aside.kind === 'unreadable' ? aside.eventId : aside.origin.eventId
  return (
    id ??
    (aside.kind === 'unreadable' ? aside.hash : `${aside.origin.account}#${aside.origin.at}#${aside.errorMessage}`)
  )
}
