/** What a backfill found out: the wire shape of `trustdrift backfill --format json`. Knows nothing of how it is found or shown. */

import type { Actor } from '../alert.ts'
import type { Verdict } from '../policy/comparison.ts'
import type { Request } from '../policy/request.ts'
import type { Severity } from '../severity.ts'

/** All times are ISO 8601 in UTC, whole seconds. */
export interface Backfill {
  readonly version: 1
  readonly account: string
  /** The region of IAM's events. */
  readonly region: string
  readonly from: string
  readonly to: string
  /** False: something that was asked for is `missing`, and nothing here says that it did not happen. */
  readonly complete: boolean
  readonly missing: readonly Missing[]
  /** How many events of the asked kinds the window holds, each counted once. */
  readonly events: number
  readonly roles: readonly RoleHistory[]
  readonly exposures: readonly Exposure[]
}

/** What could not be read, where, and why. */
export interface Missing {
  readonly from: string
  readonly to: string
  readonly region: string
  readonly what: string
  readonly why: string
}

export interface RoleHistory {
  readonly account: string
  readonly role: string
  readonly arn: string | null
  readonly timeline: readonly TimelineEntry[]
}

export interface TimelineEntry {
  /** Null: only a sweep saw it. */
  readonly eventId: string | null
  readonly at: string
  readonly kind: 'created' | 'updated' | 'deleted' | 'failed'
  readonly actor: string
  /** Null: nothing changed, or what was before is not known. */
  readonly verdict: Verdict | null
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Of a call that failed, and of no other: which one, for whom, and why. */
  readonly says?: string
}

/** An interval in which a role was open to somebody it should not be open to. */
export interface Exposure {
  readonly account: string
  readonly role: string
  /** The worst while it lasted. */
  readonly severity: Severity
  readonly from: string
  /** Null: still open at the end of the window. */
  readonly to: string | null
  readonly says: string
  readonly witness: Request
  readonly openedBy: { readonly eventId: string | null; readonly actor: string }
  readonly closedBy: { readonly eventId: string | null; readonly actor: string } | null
  /** Null: not asked, or it could not be read. */
  readonly uses: readonly Use[] | null
}

/** Successful calls of one stranger. */
export interface Use {
  readonly caller: string
  readonly account: string | null
  readonly sources: readonly string[]
  readonly count: number
  readonly first: string
  readonly last: string
}

export function nameOfActor(actor: Actor | null): string {
  if (actor === null) return 'unknown'
  return actor.via === null ? actor.name : `${actor.name}, through ${actor.via}`
}
