/**
 * The order of one role's changes. CloudTrail's time has whole seconds; within one, a creation precedes updates, updates precede a
 * deletion, and a deletion precedes a re-creation. Pure; the same in every run, whatever order things were read in.
 */

import type { Version } from '../ports.ts'

/** @param versions of one role, each once */
export function inOrder(versions: readonly Version[]): readonly Version[] {
  const seconds = bySecond([...versions].sort(byTime))
  let exists: boolean | null = null
  return seconds.flatMap((second, place) => {
    const ordered = withinSecond(second, exists ?? existedBefore(second, seconds[place + 1] ?? []))
    exists = ordered.at(-1)?.document !== null
    return ordered
  })
}

function byTime(one: Version, other: Version): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1
  return one.eventId < other.eventId ? -1 : 1
}

function bySecond(sorted: readonly Version[]): readonly (readonly Version[])[] {
  const seconds: Version[][] = []
  for (const version of sorted) {
    const last = seconds.at(-1)
    if (last?.[0]?.at === version.at) last.push(version)
    else seconds.push([version])
  }
  return seconds
}

/** Where nothing earlier is known, what comes later tells: a role that is written to afterwards was re-created, not deleted. */
function existedBefore(second: readonly Version[], next: readonly Version[]): boolean {
  const count = (change: Version['change']) => second.filter((version) => version.change === change).length
  const [made, gone] = [count('created'), count('deleted')]
  if (made !== gone) return gone > made
  const existsAfter = next.length > 0 && !next.some(({ change }) => change === 'created')
  return made > 0 && existsAfter
}

function withinSecond(second: readonly Version[], existed: boolean): readonly Version[] {
  const created = second.filter(({ change }) => change === 'created')
  const deleted = second.filter(({ change }) => change === 'deleted')
  const written = second.filter(({ change }) => change !== 'created' && change !== 'deleted')
  const ordered: Version[] = existed ? written : [...created.splice(0, 1), ...written]
  let exists = existed || ordered.length > 0
  while (created.length + deleted.length > 0) {
    const [wanted, others] = exists ? [deleted, created] : [created, deleted]
    const next = wanted.length > 0 ? wanted : others
    ordered.push(...next.splice(0, 1))
    exists = next === created
  }
  return ordered
}
