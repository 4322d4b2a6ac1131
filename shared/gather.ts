/** Reads the world around one change: the version before, and what is in force now. Judges nothing, writes nothing. */

import type { InForce } from './alert.ts'
import { instantOf } from './identity.ts'
import { IAM_LAG_MS, predecessors } from './lineage.ts'
import { readTrust } from './policy/read.ts'
import { sameTrust } from './policy/same-trust.ts'
import type { RoleReading, Version } from './ports.ts'
import type { TrustChange } from './signal.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

/** How many earlier versions a read of IAM is compared with, to tell a stale read from a later change. */
const STALE_READ_DEPTH = 10

/** What the judge needs to know of one change. */
export interface Situation {
  readonly change: TrustChange
  /** The versions in force just before; empty: none is known. */
  readonly before: readonly Version[]
  readonly inForce: InForce
}

/** A situation, and what CloudTrail's history taught on the way: not in memory yet. */
export interface Gathered extends Situation {
  readonly learnt: readonly TrustChange[]
}

export async function gather(change: TrustChange, world: World): Promise<Gathered> {
  const remembered = isCreation(change) ? [] : await predecessors(world.ports.memory, versionOf(change, 'announced'))
  const learnt = isCreation(change) || remembered.length > 0 ? [] : await learntFromHistory(change, world)
  const before = remembered.length > 0 ? remembered : learnt.map((earlier) => versionOf(earlier, 'seen'))
  return { change, before, learnt, inForce: await inForceAtFirst(change, world) }
}

/** The same without CloudTrail's history: for a change that history itself has taught. */
export async function gatherFromMemory(change: TrustChange, world: World): Promise<Situation> {
  const version = versionOf(change, 'announced')
  const before = isCreation(change) ? [] : await predecessors(world.ports.memory, version)
  return { change, before, inForce: await inForceNow(change, world) }
}

/** A creation has nothing before it: the role did not exist. */
function isCreation(change: TrustChange): boolean {
  return change.kind === 'trust-written' && change.write === 'created'
}

async function learntFromHistory(change: TrustChange, world: World): Promise<readonly TrustChange[]> {
  const answer = await world.ports.history.trustBefore(change.role, change.origin.at)
  return answer.kind === 'changes' ? answer.changes : []
}

/** What the sweep tells has just been read. */
async function inForceAtFirst(change: TrustChange, world: World): Promise<InForce> {
  return change.origin.source === 'sweep' ? 'in-force' : inForceNow(change, world)
}

/** Is what the event did still what IAM enforces? */
export async function inForceNow(change: TrustChange, world: World): Promise<InForce> {
  const reading = await world.ports.roles.read(change.role)
  switch (reading.kind) {
    case 'unknown':
      return 'unknown'
    case 'no-such-role':
      if (change.kind === 'role-deleted') return 'in-force'
      return (await justCreated(change, world)) ? 'unknown' : 'gone'
    case 'role':
      return change.kind === 'role-deleted' ? afterDeletion(change, reading) : ofRole(change, reading, world)
    default:
      return unknownReading(reading)
  }
}

type Found = Extract<RoleReading, { kind: 'role' }>
type Written = Extract<TrustChange, { kind: 'trust-written' }>

/** The role is there again (made anew in the same second at the earliest), or IAM has not caught up with its deletion. */
function afterDeletion(change: TrustChange, reading: Found): InForce {
  return reading.createdAt >= change.origin.at ? 'superseded' : 'unknown'
}

async function ofRole(change: Written, reading: Found, world: World): Promise<InForce> {
  if (change.write === 'updated' && reading.createdAt > change.origin.at) return 'gone'
  if (change.write === 'created' && Date.parse(reading.createdAt) > Date.parse(change.origin.at) + IAM_LAG_MS)
    return 'gone'
  if (reading.document === change.document) return 'in-force'
  const same = meanTheSame(reading.document, change.document)
  if (same === null) return 'unknown'
  if (same) return 'in-force'
  if (await hasLaterVersion(change, world)) return 'superseded'
  const earlier = await recentDocuments(change, world)
  const stale = earlier.some((document) => meanTheSame(reading.document, document) !== false)
  return stale ? 'unknown' : 'superseded'
}

/** Null: it cannot be told. A document that trips this up must not hold up its event: judging says aloud what it cannot judge. */
export function meanTheSame(one: string, other: string): boolean | null {
  try {
    return sameTrust(readTrust(one).policy, readTrust(other).policy)
  } catch {
    return null
  }
}

async function hasLaterVersion(change: TrustChange, world: World): Promise<boolean> {
  for await (const _ of world.ports.memory.later(change.role, change.origin.at)) return true
  return false
}

async function recentDocuments(change: TrustChange, world: World): Promise<readonly string[]> {
  const documents: string[] = []
  let depth = 0
  for await (const version of world.ports.memory.earlier(change.role, change.origin.at)) {
    if (version.document !== null) documents.push(version.document)
    depth += 1
    if (depth >= STALE_READ_DEPTH) break
  }
  return documents
}

/** A role created within the last minute may not be readable everywhere yet. */
async function justCreated(change: TrustChange, world: World): Promise<boolean> {
  const since = instantOf(world.now() - IAM_LAG_MS)
  if (change.origin.at < since) return false
  if (change.kind === 'trust-written' && change.write === 'created') return true
  for await (const version of world.ports.memory.earlier(change.role, instantOf(Date.parse(change.origin.at) + 1000))) {
    if (version.at < since) return false
    if (version.change === 'created') return true
  }
  return false
}

function unknownReading(reading: never): never {
  throw new Error(`a role reading is of a kind this code does not know: ${JSON.stringify(reading).slice(0, 80)}`)
}
