/** The sweep's second look at single roles: only what no event explains even now is observed. Knows no AWS client. */

import type { Alert } from './alert.ts'
import { type EventId, instantOf, type Role } from './identity.ts'
import { IAM_LAG_MS } from './lineage.ts'
import { observeChange, remember } from './observe.ts'
import type { FollowUps, Sighting } from './ports.ts'
import { holds, latestOf, nextSecond, observation } from './sighting.ts'
import type { TrustChange } from './signal.ts'
import { observedId, versionOf } from './version.ts'
import type { World } from './world.ts'

/** How long an event may take before its absence means something, in seconds. Also the most that a queue can delay. */
export const LOOK_AGAIN_SECONDS = 900

export interface LookingWorld extends World {
  readonly followUps: FollowUps
}

export interface Looked {
  readonly different: readonly Sighting[]
  readonly alerts: readonly Alert[]
}

const same: Looked = { different: [], alerts: [] }

/** @throws when all are done, where some could not be looked at: one role must not keep the others waiting */
export async function lookAgain(sightings: readonly Sighting[], world: LookingWorld): Promise<Looked> {
  const alerts: Alert[] = []
  const failures: unknown[] = []
  const different: Sighting[] = []
  for (const sighting of sightings) {
    try {
      const looked = await lookAt(sighting, world)
      different.push(...looked.different)
      alerts.push(...looked.alerts)
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${sightings.length} roles failed`)
  return { different, alerts }
}

async function lookAt(sighting: Sighting, world: LookingWorld): Promise<Looked> {
  const change = await unexplained(sighting.role, world)
  if (change === null) return same
  const again = await waitFor(sighting, change, world)
  if (again !== null) {
    await world.followUps.lookAgain([{ role: sighting.role, seen: seenIn(change) }], again)
    return same
  }
  const role = sighting.role
  const alerts = isServiceLinked(role) ? await keepSilently(change, world) : await observeChange(change, world)
  return { different: [{ role, seen: seenIn(change) }], alerts }
}

/**
 * Seconds to wait before what IAM says may be judged, or null. An event of the last minute may not show in the reading yet; a
 * document other than the one seen a quarter of an hour ago is a new difference, whose event may still be on its way.
 */
async function waitFor({ role, seen }: Sighting, change: TrustChange, world: LookingWorld): Promise<number | null> {
  const latest = await latestOf(role, change.origin.at, world)
  const since = instantOf(world.now() - IAM_LAG_MS)
  if (latest.some((version) => version.evidence.source !== 'sweep' && version.at >= since)) return IAM_LAG_MS / 1000
  return seen !== null && seen !== seenIn(change) ? LOOK_AGAIN_SECONDS : null
}

function seenIn(change: TrustChange): EventId {
  return observedId(change.kind === 'role-deleted' ? null : change.document)
}

/** What IAM says now, where no version in memory says the same. @throws where IAM does not answer */
async function unexplained(role: Role, world: LookingWorld): Promise<TrustChange | null> {
  const reading = await world.ports.roles.read(role)
  if (reading.kind === 'unknown') throw new Error(`role could not be read again: ${reading.why}`)
  const at = nextSecond(world)
  const latest = await latestOf(role, at, world)
  const origin = { ...observation, account: role.account, at }
  if (reading.kind === 'no-such-role') {
    const explained = latest.length === 0 || latest.some((version) => version.document === null)
    return explained ? null : { kind: 'role-deleted', origin, role }
  }
  if (latest.some((version) => holds(version, reading.document))) return null
  const found = {
    kind: 'trust-written',
    origin,
    role: { ...role, arn: reading.arn },
    document: reading.document,
  } as const
  const isNew = latest.every((version) => version.document === null)
  return isNew ? { ...found, write: 'created', roleCreatedAt: reading.createdAt } : { ...found, write: 'updated' }
}

async function keepSilently(change: TrustChange, world: LookingWorld): Promise<readonly Alert[]> {
  return remember({ ...versionOf(change, 'seen'), change: 'observed' }, world)
}

function isServiceLinked(role: Role): boolean {
  return role.arn?.split(':').slice(5).join(':').startsWith('role/aws-service-role/') ?? false
}
