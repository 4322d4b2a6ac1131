/** One record of the past into memory, by the very reading the live path uses. Publishes nothing. */

import type { Memory } from '../ports.ts'
import { type TrustSignal, trustSignalFrom } from '../trust-signal.ts'
import { versionOf } from '../version.ts'
import type { Backlog } from './backlog.ts'

/** The calls that a backfill asks for, by their names in CloudTrail. */
export const TRUST_CALLS = ['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole'] as const

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
  const signal = trustSignalFrom(record)
  if (!concerns(signal, only)) return
  switch (signal.kind) {
    case 'trust-written':
    case 'role-deleted':
      return memory.keep(versionOf(signal, 'seen'))
    case 'trust-update-refused':
    case 'unreadable':
      return memory.keepAside(signal)
    case 'heartbeat':
    case 'test':
    case 'irrelevant':
      return
    default:
      return signal satisfies never
  }
}

/** An event that does not say which role it is about may be about this one. */
function concerns(signal: TrustSignal, only: RoleFilter): boolean {
  if (only === null || !('role' in signal) || signal.role === null) return true
  return signal.role.name === only
}
