/**
 * Which versions of a role's trust come directly before or after one: decision by time alone. Knows nothing of policies.
 *
 * CloudTrail's time has whole seconds, so versions of one second have no order among themselves: none is another's
 * predecessor, and whoever comes later is compared with each. What the sweep read may be up to a minute stale (IAM reads
 * are eventually consistent), so an event just before it may not be in it: both count as predecessors.
 */

import type { Instant } from './identity.ts'
import { instantOf } from './identity.ts'
import type { Memory, Version, VersionKey } from './ports.ts'

/** How long an IAM read may lag behind a write, in milliseconds. */
export const IAM_LAG_MS = 60_000

/** The sort key of a version: unique within its role, and in order of time. */
export function sortKey(key: Pick<VersionKey, 'at' | 'eventId'>): string {
  return `${key.at}#${key.eventId}`
}

/** The versions in force just before: those of the latest strictly earlier second, and what a sweep may have overlooked. */
export async function predecessors(memory: Memory, key: VersionKey): Promise<readonly Version[]> {
  return firstGroups(memory.earlier(key.role, key.at), (group, next) => next >= overlookedSince(group))
}

/** Other versions of the same second: which of them is in force after it, nobody can tell. */
export async function siblings(memory: Memory, key: VersionKey): Promise<readonly Version[]> {
  const found: Version[] = []
  for await (const version of memory.earlier(key.role, instantOf(Date.parse(key.at) + 1000))) {
    if (version.at !== key.at) break
    if (version.eventId !== key.eventId) found.push(version)
  }
  return found
}

/** The versions that have this one among their predecessors, or may have. */
export async function successors(memory: Memory, key: VersionKey): Promise<readonly Version[]> {
  return firstGroups(memory.later(key.role, key.at), () => true)
}

/** Takes versions second by second; goes past a second that holds only what the sweep saw, as long as `further` allows it. */
async function firstGroups(
  versions: AsyncIterable<Version>,
  further: (group: Instant, next: Instant) => boolean,
): Promise<readonly Version[]> {
  const taken: Version[] = []
  for await (const version of versions) {
    const last = taken.at(-1)
    if (last && version.at !== last.at && !(onlySweeps(taken) && further(last.at, version.at))) break
    taken.push(version)
  }
  return taken
}

function onlySweeps(versions: readonly Version[]): boolean {
  return versions.every((version) => version.evidence.source === 'sweep')
}

function overlookedSince(observed: Instant): Instant {
  return instantOf(Date.parse(observed) - IAM_LAG_MS)
}
