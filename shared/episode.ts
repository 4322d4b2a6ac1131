/**
 * Episodes of failure: from a service's first failure after a success to the next success. They follow from the ends of its
 * operations in order of time, so that it does not matter in which order, or how often, the ends arrive. Reads memory, tells nobody.
 */

import { digest } from './finding.ts'
import { sortKey } from './lineage.ts'
import type { End, EndKey, ServiceMemory } from './service-ports.ts'
import type { ServiceKey } from './service-signal.ts'
import { mostSevere, type Severity } from './severity.ts'

/** A run of failures that a success has closed. */
export interface Closed {
  readonly episode: string
  /** How many operations and calls failed. */
  readonly failures: number
  readonly severity: Severity
  readonly since: string
}

/** Counting stops here: nobody needs to know a larger number exactly. */
export const MOST_COUNTED = 1_000

/**
 * The episode a failure belongs to: that of the failure beside it, else a new one after the success before it. One that turns up
 * late joins what was told of the failure after it: a new alert would be the last word on a service that has long recovered.
 */
export async function episodeOf(failure: EndKey, memory: ServiceMemory): Promise<string> {
  const after = await firstOf(memory.endsAfter(failure.service, sortKey(failure)))
  if (after?.result === 'failed') return after.episode
  const before = await firstOf(memory.endsBefore(failure.service, sortKey(failure)))
  if (before === null) return ''
  return before.result === 'failed' ? before.episode : sortKey(before)
}

/** The success that comes next after a failure, if nothing else failed between. */
export async function successAfter(failure: EndKey, memory: ServiceMemory): Promise<End | null> {
  const after = await firstOf(memory.endsAfter(failure.service, sortKey(failure)))
  return after?.result === 'succeeded' ? after : null
}

/**
 * What a success closes; null where nothing was open. A success that turns up late, when a later failure is known, closes nothing:
 * whoever reads would believe that the service works again.
 */
export async function closedBy(success: EndKey, memory: ServiceMemory): Promise<Closed | null> {
  const key = sortKey(success)
  const last = await firstOf(memory.endsBefore(success.service, key))
  if (last === null || last.result !== 'failed') return null
  const latest = await firstOf(memory.endsBefore(success.service, AFTER_ALL))
  if (latest?.result === 'failed') return null
  return closed(await failuresOf(last, key, memory), last.episode)
}

/** Greater than every sort key, which begin with a year. */
const AFTER_ALL = '~'

async function failuresOf({ service, episode }: End, before: string, memory: ServiceMemory): Promise<readonly End[]> {
  const failures: End[] = []
  for await (const end of memory.endsBefore(service, before)) {
    if (sortKey(end) <= episode || failures.length >= MOST_COUNTED) break
    if (end.result === 'failed' && end.episode === episode) failures.push(end)
  }
  return failures
}

function closed(failures: readonly End[], episode: string): Closed {
  // A status change echoes an operation's end: it counts only where nothing else tells of the failure.
  const counted = failures.filter(({ by }) => by !== 'status')
  return {
    episode,
    failures: Math.max(counted.length, 1),
    severity: mostSevere(failures.flatMap(({ severity }) => (severity === null ? [] : [severity]))),
    since: failures.at(-1)?.at ?? '',
  }
}

/** One alert an episode; a worse cause found later is told under another id. */
export function failureId(service: ServiceKey, episode: string, severity: Severity): string {
  return digest('alert', service.account, service.region, service.name, 'failed', episode, severity)
}

export function recoveryId(service: ServiceKey, episode: string): string {
  return digest('alert', service.account, service.region, service.name, 'recovered', episode)
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | null> {
  for await (const item of items) return item
  return null
}
