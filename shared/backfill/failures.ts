/** The calls of the past that failed → what is told of them, role by role. App Runner's are judged as the live path judges them. Writes nothing. */

import { roleContextFor } from '../config.ts'
import { gatherFailure, type ServiceWorld, type UsedRole } from '../gather-service.ts'
import type { Role } from '../identity.ts'
import { guiltyOf, judgeFailure } from '../judge-service.ts'
import type { ServiceCallFailed } from '../service-signal.ts'
import { failedWords } from '../service-words.ts'
import { type Aside, idOfAside, timeOfAside } from './backlog.ts'
import { nameOfActor, type TimelineEntry } from './report.ts'

type RefusedByIam = Extract<Aside, { readonly kind: 'trust-update-refused' | 'call-failed' }>

/** A call that failed, and the roles it was about; none: nobody can say. */
export interface Failure {
  readonly roles: readonly Role[]
  readonly entry: TimelineEntry
  readonly region: string | null
}

/** In order of time, whatever order they were read in. */
export async function failuresIn(asides: readonly Aside[], world: ServiceWorld): Promise<readonly Failure[]> {
  const failures: Failure[] = []
  for (const aside of [...asides].sort(inTime)) {
    if (aside.kind === 'service-call-failed') failures.push(await ofService(aside, world))
    if (aside.kind === 'trust-update-refused' || aside.kind === 'call-failed') failures.push(ofIam(aside))
  }
  return failures
}

function inTime(one: Aside, other: Aside): number {
  return keyOf(one) < keyOf(other) ? -1 : 1
}

function keyOf(aside: Aside): string {
  return `${timeOfAside(aside)}#${idOfAside(aside)}`
}

function ofIam({ role, origin, errorCode }: RefusedByIam): Failure {
  const says = `${origin.eventName} was refused: ${errorCode}`
  return { roles: role === null ? [] : [role], entry: entryOf(origin, says), region: origin.region }
}

/** Each call by itself: episodes spare whoever is told as it happens, and the past is asked what happened. */
async function ofService(signal: ServiceCallFailed, world: ServiceWorld): Promise<Failure> {
  const failure = await gatherFailure(signal, world)
  const aboutOf = ({ role }: UsedRole) => roleContextFor(world.config, role, Date.parse(signal.origin.at))
  const { headline } = judgeFailure({ ...failure, episode: '', aboutOf })
  const guilty = guiltyOf(failure)
  const roles = guilty === null ? failure.roles.map(({ role }) => role) : [guilty.role]
  const says = roles.length === 0 ? failedWords(signal) : headline
  return { roles, entry: entryOf(signal.origin, says), region: signal.service.region }
}

function entryOf(
  { eventId, at, actor }: Pick<RefusedByIam['origin'], 'eventId' | 'at' | 'actor'>,
  says: string,
): TimelineEntry {
  return { eventId, at, kind: 'failed', actor: nameOfActor(actor), verdict: null, gained: [], lost: [], says }
}
