/** One record of the past into memory, by the very reading the live path uses. Publishes nothing. */

import { cloudTrailRecord } from '../cloudtrail-record.ts'
import { type RoleArn, roleNameOf } from '../identity.ts'
import type { Memory } from '../ports.ts'
import { REFUSED_CALLS } from '../service-call.ts'
import { type Signal, signalFrom } from '../signal.ts'
import { failedCallIn } from '../trust-event.ts'
import { versionOf } from '../version.ts'
import type { Aside, Backlog } from './backlog.ts'
import { entryIn } from './entry.ts'

/** The calls about roles that a backfill asks for, by their names in CloudTrail. */
export const TRUST_CALLS = ['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole'] as const

/** The same with App Runner's: what is looked for in log files. */
export const PAST_CALLS = [...TRUST_CALLS, ...REFUSED_CALLS] as const

/** Null: of every role. */
export type RoleFilter = string | null

/**
 * What changed a role's trust is kept as `seen`, so that what is delivered live afterwards is still announced; what changed none is
 * kept aside.
 * @param record a CloudTrail record, as text or parsed
 */
export async function collect(
  record: unknown,
  memory: Pick<Memory, 'keep'> & Backlog,
  only: RoleFilter,
): Promise<void> {
  const signal = signalFrom(record)
  if (!mayConcern(signal, only)) return
  switch (signal.kind) {
    case 'trust-written':
    case 'role-deleted':
      return memory.keep(versionOf(signal, 'seen'))
    case 'trust-update-refused':
    case 'service-call-failed':
    case 'unreadable':
      return memory.keepAside(signal)
    case 'irrelevant':
      return keepFailed(record, memory, only)
    // Not of CloudTrail: App Runner's own events tell how an operation ended, which is for the live path.
    case 'service-operation':
    case 'service-status':
    case 'heartbeat':
    case 'test':
      return
    default:
      return signal satisfies never
  }
}

/** Nobody is told of it as it happens, and it is part of a role's past all the same. */
function keepFailed(record: unknown, memory: Backlog, only: RoleFilter): void {
  const parsed = cloudTrailRecord(record)
  const failed = parsed && failedCallIn(parsed)
  if (failed !== null && mayConcern(failed, only)) memory.keepAside(failed)
}

/** An event that does not say which role it is about may be about this one. */
export function mayConcern(signal: Signal | Aside, only: RoleFilter): boolean {
  if (only === null) return true
  if (signal.kind === 'service-call-failed')
    return signal.uses.length === 0 || signal.uses.some(({ role }) => role.name === only)
  if (signal.kind === 'entry-unreadable') return signal.role === null || roleNameOf(signal.role) === only
  return !('role' in signal) || signal.role === null || signal.role.name === only
}

/** One record of who came in. @param known the role whose callers were asked for, where it was a single one */
export function collectEntry(record: unknown, memory: Backlog, known: RoleArn | null): void {
  const reading = entryIn(record, known)
  if (reading.kind === 'entry') memory.keepEntry(reading.entry)
  if (reading.kind === 'entry-unreadable') memory.keepAside(reading)
}
