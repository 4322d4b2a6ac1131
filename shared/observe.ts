/**
 * The order, for live and for history alike: gather → judge → publish → keep, then look again. Publish comes before keep, so
 * that a crash between the two repeats an alert and never loses one. Knows no AWS client.
 */

import type { Alert } from './alert.ts'
import { roleContextFor } from './config.ts'
import { fitted } from './fit.ts'
import { gather, inForceNow } from './gather.ts'
import { judge, judgeAnew } from './judge.ts'
import { judgeRefusal, judgeUnreadable } from './judge-failure.ts'
import { predecessors, sortKey, successors } from './lineage.ts'
import type { Version } from './ports.ts'
import type { Signal, TrustChange, Unreadable } from './signal.ts'
import { changeOf, versionOf } from './version.ts'
import type { World } from './world.ts'

/**
 * Takes a signal to its end and says what was published for it.
 * @throws where memory or the topic failed: the signal is to be observed again
 */
export async function observe(signal: Signal, world: World): Promise<readonly Alert[]> {
  switch (signal.kind) {
    case 'heartbeat':
    case 'irrelevant':
      return []
    case 'unreadable':
      return tellOnce(judgeUnreadable(signal, new Date(world.now()).toISOString()), world, () =>
        readInstead(signal, world),
      )
    case 'trust-update-refused':
      return tellOnce(judgeRefusal(signal), world, async () => {})
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
  return judgeSuccessors(version, world)
}

/** Takes a change to its end, as `observe` does. */
export async function observeChange(change: TrustChange, world: World): Promise<readonly Alert[]> {
  const version = versionOf(change, 'announced')
  const known = await world.ports.memory.find(version)
  if (known?.standing !== 'announced') return announce(change, world)
  return known.settled ? [] : lookAgain(known, world)
}

async function announce(change: TrustChange, world: World): Promise<readonly Alert[]> {
  const about = roleContextFor(world.config, change.role, world.now())
  const situation = await gather(change, world)
  const published = await publish(judge({ ...situation, about }), world)
  const version = { ...versionOf(change, 'announced'), judgedAgainst: situation.before.map(sortKey) }
  await world.ports.memory.keep(version)
  return [...published, ...(await lookAgain(version, world))]
}

/** The second look: did a version turn up in between, or was a successor judged without this one? */
async function lookAgain(version: Version, world: World): Promise<readonly Alert[]> {
  const own = await judgeAgainstNewcomers(version, world)
  const others = await judgeSuccessors(version, world)
  await world.ports.memory.settle(version)
  return [...own, ...others]
}

async function judgeSuccessors(version: Version, world: World): Promise<readonly Alert[]> {
  const published: Alert[] = []
  for (const successor of await successors(world.ports.memory, version)) {
    if (successor.standing !== 'announced') continue
    published.push(...(await judgeAgainstNewcomers(successor, world)))
  }
  return published
}

/** Judges a version against those predecessors it was not yet judged against, and announces only what is newly gained. */
async function judgeAgainstNewcomers(version: Version, world: World): Promise<readonly Alert[]> {
  if (version.change === 'created') return []
  const { memory } = world.ports
  const judged = new Set(version.judgedAgainst)
  const newcomers = (await predecessors(memory, version)).filter((before) => !judged.has(sortKey(before)))
  if (newcomers.length === 0) return []
  const change = changeOf(version)
  const about = roleContextFor(world.config, version.role, world.now())
  const facts = { change, before: newcomers, inForce: await inForceNow(change, world), about }
  const published = await publish(judgeAnew(facts, await versionsAt(version, world)), world)
  await memory.addJudged(version, newcomers.map(sortKey))
  return published
}

/** The versions this one has been judged against, as far as memory still holds them. */
async function versionsAt(version: Version, world: World): Promise<readonly Version[]> {
  const wanted = new Set(version.judgedAgainst)
  const found: Version[] = []
  if (wanted.size === 0) return found
  for await (const earlier of world.ports.memory.earlier(version.role, version.at)) {
    if (wanted.delete(sortKey(earlier))) found.push(earlier)
    if (wanted.size === 0) break
  }
  return found
}

async function publish(alert: Alert | null, world: World): Promise<readonly Alert[]> {
  if (alert === null) return []
  const fitting = fitted(alert)
  await world.ports.outbox.publish(fitting)
  return [fitting]
}

/** For alerts that belong to no version: a redelivered event is not told again. */
async function tellOnce(alert: Alert, world: World, then: () => Promise<void>): Promise<readonly Alert[]> {
  const { memory } = world.ports
  if (await memory.wasTold(alert.id)) return []
  const published = await publish(alert, world)
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
