/** What a reading of IAM means beside memory: the versions that may be in force, and whether one of them explains it. */

import { meanTheSame } from './gather.ts'
import { type Instant, instantOf, type Role } from './identity.ts'
import { predecessors } from './lineage.ts'
import type { Version } from './ports.ts'
import type { Origin } from './signal.ts'
import { observedId } from './version.ts'
import type { World } from './world.ts'

/** The origin of what only the sweep saw, but for account and time. */
export const observation = {
  eventId: null,
  eventName: null,
  region: null,
  source: 'sweep',
  actor: null,
} as const satisfies Partial<Origin>

/**
 * The versions that may be in force at a moment, that second's included. A read is dated one second late: an event of the
 * second in which IAM answered may or may not be in the answer, and must never be taken for explained by it.
 */
export async function latestOf(role: Role, at: Instant, world: World): Promise<readonly Version[]> {
  const after = instantOf(Date.parse(at) + 1000)
  return predecessors(world.ports.memory, { role, at: after, eventId: observedId(null) })
}

/** The second after now. */
export function nextSecond(world: World): Instant {
  return instantOf(world.now() + 1000)
}

/** Does the version say what the document says? */
export function holds(version: Version, document: string): boolean {
  if (version.document === null) return false
  if (version.document === document) return true
  return meanTheSame(version.document, document) === true
}
