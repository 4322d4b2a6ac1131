/** Reads the world around one change: the version before, and what is in force now. Judges nothing, writes only what history taught. */

import type { InForce } from './alert.ts'
import { instantOf } from './identity.ts'
import { IAM_LAG_MS, predecessors } from './lineage.ts'
import { readTrust } from './policy/read.ts'
import { sameTrust } from './policy/same-trust.ts'
import type { RoleReading, Version } from './ports.ts'
import type { Signal, TrustChange } from './signal.ts'
import { signalFrom } from './signal.ts'
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

export async function gather(change: TrustChange, world: World): Promise<Situation> {
  const before = await versionsBefore(change, world)
  return { change, before, inForce: await inForceNow(change, world) }
}

/** A creation needs none: the role did not exist. Otherwise memory's, else what CloudTrail remembers. */
async function versionsBefore(change: TrustChange, world: World): Promise<readonly Version[]> {
  if (change.kind === 'trust-written' && change.write === 'created') return []
  const version = versionOf(change, 'announced')
  const remembered = await predecessors(world.ports.memory, version)
  return remembered.length > 0 ? remembered : learnFromHistory(change, world)
}

async function learnFromHistory(change: TrustChange, world: World): Promise<readonly Version[]> {
  const { history, memory } = world.ports
  const answer = await history.trustBefore(change.role, change.origin.at)
  if (answer.kind === 'not-known') return []
  const learnt = answer.records.map((record) => signalFrom(record)).filter(isTrustChange)
  for (const earlier of learnt) await memory.keep(versionOf({ ...earlier, role: change.role }, 'seen'))
  return predecessors(memory, versionOf(change, 'announced'))
}

function isTrustChange(signal: Signal): signal is TrustChange {
  return signal.kind === 'trust-written' || signal.kind === 'role-deleted'
}

/** Is what the event did still what IAM enforces? */
export async function inForceNow(change: TrustChange, world: World): Promise<InForce> {
  if (change.origin.source === 'sweep') return 'in-force'
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

/** The role is there again, or IAM has not caught up with its deletion. */
function afterDeletion(change: TrustChange, reading: Found): InForce {
  return reading.createdAt > change.origin.at ? 'superseded' : 'unknown'
}

async function ofRole(change: Written, reading: Found, world: World): Promise<InForce> {
  if (change.write === 'updated' && reading.createdAt > change.origin.at) return 'gone'
  if (change.write === 'created' && Date.parse(reading.createdAt) > Date.parse(change.origin.at) + IAM_LAG_MS)
    return 'gone'
  if (reading.document === change.document) return 'in-force'
  const now = readTrust(reading.document).policy
  if (sameTrust(now, readTrust(change.document).policy)) return 'in-force'
  if (await hasLaterVersion(change, world)) return 'superseded'
  const earlier = await recentDocuments(change, world)
  const stale = earlier.some((document) => sameTrust(now, readTrust(document).policy))
  return stale ? 'unknown' : 'superseded'
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
