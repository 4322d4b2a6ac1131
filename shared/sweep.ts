/**
 * The sweep: ListRoles into memory, and what no event explains. A difference is looked at again a quarter of an hour later
 * (CloudTrail delivers late); only what is unexplained even then goes through `observeChange`. Knows no AWS client.
 */

import pLimit from 'p-limit'
import type { Alert } from './alert.ts'
import { digest } from './finding.ts'
import type { AccountId, Instant, Role } from './identity.ts'
import { instantOf } from './identity.ts'
import { predecessors } from './lineage.ts'
import { observeChange, remember } from './observe.ts'
import { readTrust } from './policy/read.ts'
import { sameTrust } from './policy/same-trust.ts'
import type { FollowUps, ListedRole, SweepState, Version } from './ports.ts'
import type { Origin, TrustChange } from './signal.ts'
import { observedId, versionOf } from './version.ts'
import type { World } from './world.ts'

/** How long an event may take before its absence means something, in seconds. Also the most that a queue can delay. */
export const LOOK_AGAIN_SECONDS = 900

/** Memory is asked about this many roles at once. */
const AT_ONCE = 16

export type SweepTask =
  | { readonly kind: 'sweep' }
  | { readonly kind: 'go-on'; readonly sweepId: string }
  | { readonly kind: 'look-again'; readonly roles: readonly Role[] }

export interface SweepWorld extends World {
  readonly account: AccountId
  readonly followUps: FollowUps
  /** Milliseconds left before the process is stopped. */
  readonly timeLeft: () => number
}

export interface SweepReport {
  /** False: the sweep goes on in a later call. */
  readonly done: boolean
  readonly listed: number
  readonly different: number
  readonly alerts: readonly Alert[]
}

/** Stops listing when less than this is left. */
const ENOUGH_MS = 60_000

/** @throws where IAM, memory, the queue or the topic failed: the same task is to be run again */
export async function sweep(task: SweepTask, world: SweepWorld): Promise<SweepReport> {
  switch (task.kind) {
    case 'sweep':
      return listAll(await begin(world), world)
    case 'go-on': {
      const state = await world.ports.memory.sweepState(world.account)
      return state?.sweepId === task.sweepId && !state.done ? listAll(state, world) : nothingToDo
    }
    case 'look-again':
      return lookAgain(task.roles, world)
    default:
      return unknownTask(task)
  }
}

const nothingToDo: SweepReport = { done: true, listed: 0, different: 0, alerts: [] }

/** Goes on with a sweep that did not come to its end, else begins one. */
async function begin(world: SweepWorld): Promise<SweepState> {
  const state = await world.ports.memory.sweepState(world.account)
  if (state && !state.done) return state
  const sweepId = digest('sweep', world.account, String(world.now()))
  const begun: SweepState = { sweepId, first: state === null, next: null, done: false }
  await world.ports.memory.saveSweepState(world.account, begun)
  return begun
}

async function listAll(begun: SweepState, world: SweepWorld): Promise<SweepReport> {
  let state = begun
  let report = nothingToDo
  do {
    const page = await world.ports.roles.list(state.next)
    const swept = await sweepPage(page.roles, state, world)
    report = added(report, swept)
    state = { ...state, next: page.next }
    if (page.next !== null) await world.ports.memory.saveSweepState(world.account, state)
    if (page.next !== null && world.timeLeft() < ENOUGH_MS) {
      await world.followUps.goOn(state.sweepId)
      return { ...report, done: false }
    }
  } while (state.next !== null)
  const vanished = state.first ? 0 : await sendVanished(state, world)
  await world.ports.memory.saveSweepState(world.account, { ...state, first: false, done: true })
  return { ...report, different: report.different + vanished, done: true }
}

async function sweepPage(roles: readonly ListedRole[], state: SweepState, world: SweepWorld): Promise<SweepReport> {
  const readAt = nextSecond(world)
  const limit = pLimit(AT_ONCE)
  const swept = await Promise.all(roles.map((listed) => limit(() => sweepRole(listed, readAt, state, world))))
  const different = swept.flatMap((role) => role.different)
  if (different.length > 0) await world.followUps.lookAgain(different, LOOK_AGAIN_SECONDS)
  const names = roles.map((listed) => listed.role)
  await world.ports.memory.enrol(names, state.sweepId)
  return {
    done: false,
    listed: roles.length,
    different: different.length,
    alerts: swept.flatMap((role) => role.alerts),
  }
}

interface Swept {
  readonly different: readonly Role[]
  readonly alerts: readonly Alert[]
}

const same: Swept = { different: [], alerts: [] }

async function sweepRole(listed: ListedRole, readAt: Instant, state: SweepState, world: SweepWorld): Promise<Swept> {
  const latest = await latestOf(listed.role, readAt, world)
  if (latest.some((version) => holds(version, listed.document))) return same
  if (!state.first && !listed.serviceLinked) return { ...same, different: [listed.role] }
  return { ...same, alerts: await remember(seenNow(listed, readAt, world), world) }
}

/** Roles that memory knows and this sweep did not list. */
async function sendVanished(state: SweepState, world: SweepWorld): Promise<number> {
  const vanished: Role[] = []
  for await (const { role, listedBy } of world.ports.memory.roster(world.account)) {
    if (listedBy === state.sweepId) continue
    const latest = await latestOf(role, nextSecond(world), world)
    if (latest.length > 0 && latest.every((version) => version.document === null)) await world.ports.memory.strike(role)
    else vanished.push(role)
  }
  if (vanished.length > 0) await world.followUps.lookAgain(vanished, LOOK_AGAIN_SECONDS)
  return vanished.length
}

async function lookAgain(roles: readonly Role[], world: SweepWorld): Promise<SweepReport> {
  const alerts: Alert[] = []
  let different = 0
  for (const role of roles) {
    const change = await unexplained(role, world)
    if (change === null) continue
    different += 1
    alerts.push(...(isServiceLinked(role) ? await keepSilently(change, world) : await observeChange(change, world)))
  }
  return { done: true, listed: roles.length, different, alerts }
}

/** What IAM says now, where no version in memory says the same. @throws where IAM does not answer */
async function unexplained(role: Role, world: SweepWorld): Promise<TrustChange | null> {
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
  const write = latest.every((version) => version.document === null) ? 'created' : 'updated'
  return { kind: 'trust-written', write, origin, role: { ...role, arn: reading.arn }, document: reading.document }
}

async function keepSilently(change: TrustChange, world: SweepWorld): Promise<readonly Alert[]> {
  return remember({ ...versionOf(change, 'seen'), change: 'observed' }, world)
}

function seenNow(listed: ListedRole, at: Instant, world: SweepWorld): Version {
  const origin = { ...observation, account: world.account, at }
  const written = {
    kind: 'trust-written',
    write: 'updated',
    origin,
    role: listed.role,
    document: listed.document,
  } as const
  return { ...versionOf(written, 'seen'), change: 'observed', eventId: observedId(listed.document), settled: true }
}

const observation = {
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
async function latestOf(role: Role, at: Instant, world: SweepWorld): Promise<readonly Version[]> {
  const after = instantOf(Date.parse(at) + 1000)
  return predecessors(world.ports.memory, { role, at: after, eventId: observedId(null) })
}

function nextSecond(world: SweepWorld): Instant {
  return instantOf(world.now() + 1000)
}

function holds(version: Version, document: string): boolean {
  if (version.document === null) return false
  if (version.document === document) return true
  return sameTrust(readTrust(version.document).policy, readTrust(document).policy)
}

function isServiceLinked(role: Role): boolean {
  return role.arn?.split(':').slice(5).join(':').startsWith('role/aws-service-role/') ?? false
}

function added(report: SweepReport, page: SweepReport): SweepReport {
  return {
    done: page.done,
    listed: report.listed + page.listed,
    different: report.different + page.different,
    alerts: [...report.alerts, ...page.alerts],
  }
}

function unknownTask(task: never): never {
  throw new Error(`a sweep task is of a kind this code does not know: ${JSON.stringify(task).slice(0, 80)}`)
}
