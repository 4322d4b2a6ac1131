/** Where a backfill reads: CloudTrail's event history of an account, or the files of a trail. What each does is theirs. */

import type { Backfill, Missing } from '../../shared/backfill/report.ts'
import type { Instant } from '../../shared/identity.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import type { Roles } from '../../shared/ports.ts'
import type { Services } from '../../shared/service-ports.ts'
import type { Window } from './event-history.ts'
import { fromHistory } from './history-source.ts'
import { fromLogs } from './log-source.ts'
import type { Settings } from './settings.ts'
import type { Output } from './streams.ts'

export interface Wanted {
  /** Named by hand; empty: all that are enabled. */
  readonly regions: readonly string[]
  readonly logs?: string
  readonly role?: string
  /** Who came in is asked too: the source is read twice. */
  readonly used?: true
  /** The end as it was given by hand; without one it is now. */
  readonly to?: Instant
  readonly rate: number
}

export interface Reading {
  readonly settings: Settings
  readonly streams: Output
  readonly memory: LocalMemory
  readonly window: Window
}

export interface Source {
  readonly account: string
  readonly region: string
  readonly missing: readonly Missing[]
  /** Null: of every account that memory knows. */
  readonly ofAccount: string | null
  /** Null: IAM is not asked. */
  readonly roles: Roles | null
  readonly services: Services
  /** Reads who came in while roles were open, and says what could not be read. */
  readonly entries: (told: Backfill) => Promise<readonly Missing[]>
}

/** Says first what is read, and as whom. @throws InputError, PortError where there is nothing to read from */
export async function openSource(wanted: Wanted, reading: Reading): Promise<Source> {
  return wanted.logs === undefined ? fromHistory(wanted, reading) : fromLogs(wanted.logs, wanted, reading)
}
