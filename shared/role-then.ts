/** What a role's trust was at a moment, and who had shut a service out of it by then. Reads memory, IAM and CloudTrail; writes nothing. */

import { type Search, searchCulprit } from './culprit.ts'
import type { Instant, Role } from './identity.ts'
import { instantOf } from './identity.ts'
import { IAM_LAG_MS } from './lineage.ts'
import type { Truth } from './policy/truth.ts'
import type { RoleReading, Version } from './ports.ts'
import { latestOf } from './sighting.ts'
import { versionOf } from './version.ts'
import type { World } from './world.ts'

/** A role's trust at a moment; several documents where one second holds several. */
export type RoleThen =
  | { readonly kind: 'trust'; readonly documents: readonly string[]; readonly from: 'iam' | 'memory' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly why: string }

/**
 * IAM says what is now. Where memory holds a later change, or one so young that IAM's answer may not show it yet, memory says
 * what was then; where IAM does not answer, memory's last word is better than none.
 */
export async function roleThen(role: Role, at: Instant, { reading, world }: Asked): Promise<RoleThen> {
  const latest = await latestOf(role, at, world)
  const changedSince = await hasLater(role, at, world)
  const young = latest.some((version) => isYoung(version, world))
  if (latest.length > 0 && (changedSince || young || reading.kind === 'unknown')) return ofVersions(latest)
  if (changedSince) return ofHistory(role, at, world)
  switch (reading.kind) {
    case 'role':
      return { kind: 'trust', documents: [reading.document], from: 'iam' }
    case 'no-such-role':
      return { kind: 'missing' }
    default:
      return reading
  }
}

interface Asked {
  /** What IAM says now. */
  readonly reading: RoleReading
  readonly world: World
}

function isYoung({ at, evidence }: Version, world: World): boolean {
  return evidence.source !== 'sweep' && Date.parse(at) >= world.now() - IAM_LAG_MS
}

function ofVersions(versions: readonly Version[]): RoleThen {
  const documents = versions.flatMap(({ document }) => (document === null ? [] : [document]))
  return documents.length === 0 ? { kind: 'missing' } : { kind: 'trust', documents, from: 'memory' }
}

async function ofHistory(role: Role, at: Instant, world: World): Promise<RoleThen> {
  const versions = await fromHistory(role, instantOf(Date.parse(at) + 1000), world)
  if (versions.length > 0) return ofVersions(versions)
  return { kind: 'unknown', why: 'its trust was changed afterwards, and what it was before is not known' }
}

async function hasLater(role: Role, at: Instant, world: World): Promise<boolean> {
  for await (const _ of world.ports.memory.later(role, at)) return true
  return false
}

/** More versions than this are not walked back through: a role that toggles all day has no one culprit to name. */
const DEPTH = 200

/** CloudTrail is asked this many times: each time for one second that holds a change. */
const ROUNDS = 3

/** @param can whether the service could assume the role with this document, or not */
export async function culpritBefore(
  role: Role,
  at: Instant,
  { can, world }: { readonly can: (document: string) => Truth; readonly world: World },
): Promise<Search> {
  const end = instantOf(Date.parse(at) + 1000)
  let versions = await remembered(role, end, world)
  let search = searchCulprit(versions, can)
  for (let round = 0; round < ROUNDS && search.kind === 'open' && versions.length < DEPTH; round += 1) {
    const older = await fromHistory(role, search.last?.at ?? end, world)
    if (older.length === 0) break
    versions = [...versions, ...older]
    search = searchCulprit(versions, can)
  }
  return search.kind === 'found' ? withActor(search, { can, world }) : search
}

/** The sweep saw that somebody was shut out; CloudTrail may know by whom. */
async function withActor(
  found: Extract<Search, { kind: 'found' }>,
  { can, world }: { readonly can: (document: string) => Truth; readonly world: World },
): Promise<Search> {
  const { culprit, before } = found
  if (culprit.evidence.source !== 'sweep') return found
  const told = await fromHistory(culprit.role, culprit.at, world)
  const by = told.find(({ at, document }) => at > before.at && (document === null || can(document) === 'no'))
  return by === undefined ? found : { ...found, culprit: by }
}

async function remembered(role: Role, before: Instant, world: World): Promise<readonly Version[]> {
  const versions: Version[] = []
  for await (const version of world.ports.memory.earlier(role, before)) {
    versions.push(version)
    if (versions.length >= DEPTH) break
  }
  return versions
}

async function fromHistory(role: Role, before: Instant, world: World): Promise<readonly Version[]> {
  const answer = await world.ports.history.trustBefore(role, before)
  return answer.kind === 'changes' ? answer.changes.map((change) => versionOf(change, 'seen')) : []
}
