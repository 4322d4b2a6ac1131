/**
 * The order, for live and for history alike: gather → judge → publish → keep, then look again. Publish comes before keep, so
 * that a crash between the two repeats an alert and never loses one. Knows no AWS client.
 */

import type { Alert } from './alert.ts'
import { exceptedFor, roleContextFor } from './config.ts'
import { withDependents, withWorkloads } from './dependents.ts'
import { fitted } from './fit.ts'
import { gather, gatherFromMemory, inForceNow, type Situation } from './gather.ts'
import { type Instant, instantOf } from './identity.ts'
import { type Facts, judge, judgeAnew } from './judge.ts'
import { judgeRefusal } from './judge-refusal.ts'
import { judgedOrUnreadable, judgeUnreadable } from './judge-unreadable.ts'
import { predecessors, siblings, sortKey, successors } from './lineage.ts'
import type { RoleContext } from './policy/context.ts'
import type { Version } from './ports.ts'
import type { TrustChange, Unreadable } from './signal.ts'
import { testAlert } from './test-alert.ts'
import type { TrustSignal } from './trust-signal.ts'
import { changeOf, versionOf } from './version.ts'
import type { World } from './world.ts'

/**
 * Takes a signal to its end and says what was published for it.
 * @throws where memory or the topic failed: the signal is to be observed again
 */
export async function observe(signal: TrustSignal, world: World): Promise<readonly Alert[]> {
  switch (signal.kind) {
    case 'heartbeat':
    case 'irrelevant':
      return []
    case 'test':
      return tellOnce(testAlert(signal, new Date(world.now()).toISOString()), world, async () => {})
    case 'unreadable':
      return tellOnce(judgeUnreadable(signal, new Date(world.now()).toISOString()), world, () =>
        readInstead(signal, world),
      )
    case 'trust-update-refused':
      return tellOnce(judgedOrUnreadable(signal, () => judgeRefusal(signal)).alert, world, async () => {})
    case 'trust-written':
    case 'role-deleted':
      return observeChange(signal, world)
    default:
      return unknownSignal(signal)
  }
}

/** Keeps a version that is not to be announced, and looks whether a later one was judged without it. */
export async function remember(version: Version, world: World): Promise<readonly Alert[]> {
  await world.ports.memory.keep(version)
  return judgeNeighbours(version, world)
}

/** Takes a change to its end, as `observe` does. */
export async function observeChange(change: TrustChange, world: World): Promise<readonly Alert[]> {
  const version = versionOf(change, 'announced')
  const known = await world.ports.memory.find(version)
  if (known?.standing !== 'announced') return announce(change, world)
  return known.settled ? [] : lookAgain(known, world)
}

async function announce(change: TrustChange, world: World): Promise<readonly Alert[]> {
  const { learnt, ...situation } = await gather(change, world)
  const missed = await announceMissed(learnt, world)
  const told = await tellSituation(situation, world)
  const known = await rememberAll(learnt, world)
  return [...missed, ...told, ...known, ...(await keepAnnounced(situation, world))]
}

/** What history teaches of the time since the first sweep should have come as an event, and did not: it is told first. */
async function announceMissed(learnt: readonly TrustChange[], world: World): Promise<readonly Alert[]> {
  const published: Alert[] = []
  for (const earlier of learnt) {
    const state = await world.ports.memory.sweepState(earlier.role.account)
    if (!state?.watchingSince || earlier.origin.at <= state.watchingSince) continue
    const situation = await gatherFromMemory(earlier, world)
    published.push(...(await tellSituation(situation, world)), ...(await keepAnnounced(situation, world)))
  }
  return published
}

async function rememberAll(learnt: readonly TrustChange[], world: World): Promise<readonly Alert[]> {
  const published: Alert[] = []
  for (const earlier of learnt) published.push(...(await remember(versionOf(earlier, 'seen'), world)))
  return published
}

async function tellSituation(situation: Situation, world: World): Promise<readonly Alert[]> {
  return tellWith(situation, world, (configured) => judge(factsOf(situation, configured)))
}

/** Judges with what is known of the role: what is configured, and which services use it. */
async function tellWith(
  situation: Situation,
  world: World,
  judging: (configured: ReturnType<typeof configuredFor>) => Alert | null,
): Promise<readonly Alert[]> {
  const { change } = situation
  const users = await world.ports.memory.usersOf(change.role)
  return tell(change, world, () => {
    const configured = configuredFor(change, world)
    const about = withWorkloads(configured.about, change, users)
    const alert = judging({ ...configured, about })
    return alert && withDependents(alert, situation, { users, about })
  })
}

/** Written out, as whatever is made of every event: what `{ ...one, more }` makes outlives the collector's young generation. */
function factsOf(
  { change, before, inForce }: Situation,
  { about, isExcepted }: ReturnType<typeof configuredFor>,
): Facts {
  return { change, before, inForce, about, isExcepted }
}

/** Who gets in is asked of the moment of the change; what the configuration says, of today. */
function configuredFor({ role, origin }: TrustChange, { config, now }: World) {
  const about: RoleContext = { ...roleContextFor(config, role, now()), now: origin.at }
  return { about, isExcepted: exceptedFor(config, role, now()) }
}

async function keepAnnounced({ change, before }: Situation, world: World): Promise<readonly Alert[]> {
  const version = { ...versionOf(change, 'announced'), judgedAgainst: before.map(sortKey) }
  await world.ports.memory.keep(version)
  return lookAgain(version, world)
}

/** The second look: did a version turn up beside or before this one, or was a neighbour judged without it? */
async function lookAgain(version: Version, world: World): Promise<readonly Alert[]> {
  const own = await judgeAgainstNewcomers(version, world)
  const others = await judgeNeighbours(version, world)
  await world.ports.memory.settle(version)
  return [...own, ...others]
}

async function judgeNeighbours(version: Version, world: World): Promise<readonly Alert[]> {
  const { memory } = world.ports
  const published: Alert[] = []
  for (const neighbour of [...(await siblings(memory, version)), ...(await successors(memory, version))]) {
    if (neighbour.standing !== 'announced') continue
    published.push(...(await judgeAgainstNewcomers(neighbour, world)))
  }
  return published
}

/**
 * Judges a version against those predecessors and announced siblings it was not yet judged against, and announces only what
 * is newly gained. A sibling that shut somebody out may have come first: whoever this version lets in may be in again.
 */
async function judgeAgainstNewcomers(version: Version, world: World): Promise<readonly Alert[]> {
  const { memory } = world.ports
  const judged = new Set(version.judgedAgainst)
  const before = version.change === 'created' ? [] : await predecessors(memory, version)
  const beside = (await siblings(memory, version)).filter((sibling) => sibling.standing === 'announced')
  const newcomers = [...before, ...beside].filter((other) => !judged.has(sortKey(other)))
  if (newcomers.length === 0) return []
  const change = changeOf(version)
  const situation = { change, before: newcomers, inForce: await inForceNow(change, world) }
  const told = await versionsAt(version, world)
  const published = await tellWith(situation, world, (configured) => judgeAnew(factsOf(situation, configured), told))
  await memory.addJudged(version, newcomers.map(sortKey))
  return published
}

/** The versions this one has been judged against, as far as memory still holds them. */
async function versionsAt(version: Version, world: World): Promise<readonly Version[]> {
  const wanted = new Set(version.judgedAgainst)
  const found: Version[] = []
  if (wanted.size === 0) return found
  for await (const earlier of world.ports.memory.earlier(version.role, nextSecond(version.at))) {
    if (wanted.delete(sortKey(earlier))) found.push(earlier)
    if (wanted.size === 0) break
  }
  return found
}

/** Siblings count among what a version was judged against. */
function nextSecond(at: Instant): Instant {
  return instantOf(Date.parse(at) + 1000)
}

/** What cannot be judged is told once, and its version kept like any other: the next delivery finds it done. */
async function tell(change: TrustChange, world: World, judging: () => Alert | null): Promise<readonly Alert[]> {
  const judgement = judgedOrUnreadable(change, () => fittedOrNull(judging()))
  if (judgement.kind === 'not-judged') return tellOnce(judgement.alert, world, async () => {})
  return publish(judgement.alert, world)
}

async function publish(alert: Alert | null, world: World): Promise<readonly Alert[]> {
  if (alert === null) return []
  await world.ports.outbox.publish(alert)
  return [alert]
}

function fittedOrNull(alert: Alert | null): Alert | null {
  return alert && fitted(alert)
}

/** For alerts that belong to no version: a redelivered event is not told again. */
export async function tellOnce(
  alert: Alert | null,
  world: World,
  then: () => Promise<void>,
): Promise<readonly Alert[]> {
  const { memory } = world.ports
  if (alert === null || (await memory.wasTold(alert.id))) return []
  const published = await publish(fitted(alert), world)
  await then()
  await memory.markTold(alert.id)
  return published
}

/** What the event hides, IAM can still show: CloudTrail leaves out parameters that somebody has made too large. */
async function readInstead(signal: Unreadable, world: World): Promise<void> {
  if (signal.account !== null) await world.ports.rereads.ask(signal.account, signal.role)
}

function unknownSignal(signal: never): never {
  throw new Error(`a signal is of a kind this code does not know: ${JSON.stringify(signal).slice(0, 80)}`)
}
