/**
 * The sweep: ListRoles into memory, and what no event explains. A difference is looked at again a quarter of an hour later
 * (CloudTrail delivers late); only what is unexplained even then goes through `observe`. Knows no AWS client.
 */

import pLimit from 'p-limit'
import type { Alert } from './alert.ts'
import { type Idle, idleIn, newTally, tallied } from './exceptions.ts'
import { digest } from './finding.ts'
import { type AccountId, type Instant, instantOf } from './identity.ts'
import { LOOK_AGAIN_SECONDS, type Looked, type LookingWorld, lookAgain } from './look-again.ts'
import { remember } from './observe.ts'
import type { ListedRole, Sighting, SweepMemory, SweepState, Version } from './ports.ts'
import { holds, latestOf, nextSecond, observation } from './sighting.ts'
import { observedId, versionOf } from './version.ts'

/** Memory is asked about this many roles at once. */
const AT_ONCE = 16

export type SweepTask =
  | { readonly kind: 'sweep' }
  | { readonly kind: 'go-on'; readonly sweepId: string }
  | { readonly kind: 'look-again'; readonly sightings: readonly Sighting[] }

export interface SweepWorld extends LookingWorld {
  readonly ports: LookingWorld['ports'] & { readonly memory: SweepMemory }
  readonly account: AccountId
  /** Milliseconds left before the process is stopped. */
  readonly timeLeft: () => number
}

export interface SweepReport {
  /** False: the sweep goes on in a later call. */
  readonly done: boolean
  readonly listed: number
  readonly different: number
  readonly alerts: readonly Alert[]
  /** The exceptions that no role needs; null: not all roles have been seen. */
  readonly idle: readonly Idle[] | null
}

/** An unfinished sweep older than this is begun anew. */
const RESUME_MS = 6 * 60 * 60 * 1000

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
      return lookedReport(task.sightings.length, await lookAgain(task.sightings, world))
    default:
      return unknownTask(task)
  }
}

const nothingToDo: SweepReport = { done: true, listed: 0, different: 0, alerts: [], idle: null }

/** Goes on with a sweep that was interrupted lately, else begins one: roles listed yesterday are to be read today. */
async function begin(world: SweepWorld): Promise<SweepState> {
  const state = await world.ports.memory.sweepState(world.account)
  if (state && !state.done && state.startedAt > instantOf(world.now() - RESUME_MS)) return state
  const begun: SweepState = {
    sweepId: digest('sweep', world.account, String(world.now())),
    first: state?.first ?? true,
    next: null,
    done: false,
    startedAt: instantOf(world.now()),
    watchingSince: state?.watchingSince ?? null,
    exceptions: newTally(world.config),
  }
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
    state = { ...state, next: page.next, exceptions: counted(state, page.roles, world) }
    if (page.next !== null) await world.ports.memory.saveSweepState(world.account, state)
    if (page.next !== null && world.timeLeft() < ENOUGH_MS) {
      await world.followUps.goOn(state.sweepId)
      return { ...report, done: false }
    }
  } while (state.next !== null)
  const vanished = state.first ? 0 : await sendVanished(state, world)
  const watchingSince = state.watchingSince ?? instantOf(world.now())
  await world.ports.memory.saveSweepState(world.account, { ...state, first: false, done: true, watchingSince })
  const idle = idleIn(world.config, state.exceptions, world.now())
  return { ...report, different: report.different + vanished, done: true, idle }
}

function counted({ exceptions }: SweepState, roles: readonly ListedRole[], { config, now }: SweepWorld) {
  return exceptions ? tallied(exceptions, roles, { config, now: now() }) : null
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
    idle: null,
  }
}

const same: Looked = { different: [], alerts: [] }

/** The first sweep keeps silently what memory knows nothing of, or only from hearsay; what was announced is held against IAM at once. */
async function sweepRole(listed: ListedRole, readAt: Instant, state: SweepState, world: SweepWorld): Promise<Looked> {
  const latest = await latestOf(listed.role, readAt, world)
  if (latest.some((version) => holds(version, listed.document))) return same
  const silent = state.first && !latest.some((version) => version.standing === 'announced')
  if (silent || listed.serviceLinked) {
    return { ...same, alerts: await remember(seenNow(listed, readAt, world), world) }
  }
  return { ...same, different: [{ role: listed.role, seen: observedId(listed.document) }] }
}

/** Roles that memory knows and this sweep did not list. */
async function sendVanished(state: SweepState, world: SweepWorld): Promise<number> {
  const vanished: Sighting[] = []
  for await (const { role, listedBy } of world.ports.memory.roster(world.account)) {
    if (listedBy === state.sweepId) continue
    const latest = await latestOf(role, nextSecond(world), world)
    if (latest.length > 0 && latest.every((version) => version.document === null)) await world.ports.memory.strike(role)
    else vanished.push({ role, seen: observedId(null) })
  }
  if (vanished.length > 0) await world.followUps.lookAgain(vanished, LOOK_AGAIN_SECONDS)
  return vanished.length
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

function lookedReport(listed: number, { different, alerts }: Looked): SweepReport {
  return { done: true, listed, different: different.length, alerts, idle: null }
}

function added(report: SweepReport, page: SweepReport): SweepReport {
  return {
    done: page.done,
    listed: report.listed + page.listed,
    different: report.different + page.different,
    alerts: [...report.alerts, ...page.alerts],
    idle: null,
  }
}

function unknownTask(task: never): never {
  throw new Error(`a sweep task is of a kind this code does not know: ${JSON.stringify(task).slice(0, 80)}`)
}
