/** Memory → Backfill: what the past of a window was. What is open to this day is held against IAM. Writes nothing. */

import { type Config, roleContextFor } from '../config.ts'
import { meanTheSame } from '../gather.ts'
import type { ServiceWorld } from '../gather-service.ts'
import { type Instant, instantOf, type Role, type RoleArn, roleNameOf } from '../identity.ts'
import type { Memory, RoleReading, Roles, Version } from '../ports.ts'
import { reader } from '../reading.ts'
import { isAtLeast } from '../severity.ts'
import { type Aside, accountOfAside, type Backlog, timeOfAside } from './backlog.ts'
import { chronicleOf } from './chronicle.ts'
import { mayConcern, type RoleFilter } from './collect.ts'
import { type Failure, failuresIn } from './failures.ts'
import { inOrder } from './order.ts'
import type { Backfill, Exposure, Missing, RoleHistory, Use } from './report.ts'
import { type Opening, usesOf } from './uses.ts'

export interface Telling {
  readonly memory: Pick<Memory, 'later'> & Backlog
  readonly config: Config
  readonly only: RoleFilter
  readonly account: string
  /** Null: of every account that memory knows, as the files of an organisation hold them. */
  readonly ofAccount: string | null
  readonly region: string
  /** Where calls are told that are made in every region; empty: everywhere. */
  readonly regions: readonly string[]
  readonly from: Instant
  readonly to: Instant
  /** What could not be read. */
  readonly missing: readonly Missing[]
  /** Whether the calls by which strangers came in have been read. */
  readonly used: boolean
  /** Null: IAM is not asked what is open now. */
  readonly roles: Roles | null
  /** What is asked of around a call to App Runner that failed; nothing is published there. */
  readonly world: ServiceWorld
}

export async function tellPast(telling: Telling): Promise<Backfill> {
  const { account, region, from, to } = telling
  const asides = asidesIn(telling)
  const failures = await failuresIn(asides, telling.world)
  const told: ToldRole[] = []
  // One after the other: nothing of a role but what is told of it outlives its turn.
  for (const role of rolesOf(telling, failures)) told.push(await tellRole(role, failures, telling))
  const missing = [
    ...telling.missing,
    ...unreadIn(asides, telling),
    ...told.flatMap((one) => one.missing),
    ...roleless(failures, telling),
  ]
  return {
    version: 1,
    account,
    region,
    from,
    to,
    complete: missing.length === 0,
    missing,
    events: told.reduce((sum, one) => sum + one.events, asides.filter(isAsked).length),
    roles: told.flatMap(({ history }) => (history === null || history.timeline.length === 0 ? [] : [history])),
    exposures: told.flatMap(({ exposures }) => exposures),
  }
}

interface ToldRole {
  readonly history: RoleHistory | null
  readonly exposures: readonly Exposure[]
  readonly missing: readonly Missing[]
  readonly events: number
}

type Past = Parameters<typeof chronicleOf>[0]

async function tellRole(role: Role, failures: readonly Failure[], telling: Telling): Promise<ToldRole> {
  const past = await pastOf(role, failures, telling)
  if (past.versions.length + past.failed.length === 0) return { history: null, exposures: [], missing: [], events: 0 }
  const { from, to } = telling
  const { history, exposures: exposed } = chronicleOf(past, from)
  const exposures = exposed.map(({ exposure, opening }) => ({ ...exposure, uses: usesNow(past, opening, telling) }))
  const events = past.versions.filter(({ evidence, at }) => evidence.eventId !== null && at >= from && at <= to).length
  return { history, events, ...(await checkedNow(past, exposures, telling)) }
}

/** Null: not asked. */
function usesNow({ role }: Past, opening: Opening, { memory, used, regions }: Telling): readonly Use[] | null {
  if (!used) return null
  return usesOf(
    [...memory.entries()].filter((entry) => isRoleOf(entry.role, role) && isWithin(regions, entry.region)),
    opening,
  )
}

function isWithin(regions: readonly string[], region: string | null): boolean {
  return regions.length === 0 || !region || regions.includes(region)
}

/** A role's name is unique in its account, whatever its path. */
function isRoleOf(arn: RoleArn, { account, name }: Role): boolean {
  return arn.split(':')[4] === account && roleNameOf(arn) === name
}

function rolesOf({ memory, only, ofAccount }: Telling, failures: readonly Failure[]): readonly Role[] {
  const each = new Map(
    [...failures.flatMap(({ roles }) => roles), ...memory.everyRole()].map((role) => [keyOf(role), role]),
  )
  return [...each.values()]
    .filter(({ name, account }) => (only === null || name === only) && (ofAccount === null || account === ofAccount))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

async function pastOf(role: Role, failures: readonly Failure[], { memory, config, to }: Telling): Promise<Past> {
  const versions: Version[] = []
  for await (const version of memory.later(role, BEGINNING)) if (version.at <= to) versions.push(version)
  const arn = versions.find((version) => version.role.arn !== null)?.role.arn ?? role.arn
  const failed = failures.filter(({ roles }) => roles.some((one) => keyOf(one) === keyOf(role)))
  return {
    role,
    versions,
    failed: failed.map(({ entry }) => entry),
    about: roleContextFor(config, { ...role, arn }, Date.parse(to)),
  }
}

const BEGINNING = instantOf(0)

function keyOf({ account, name }: Role): string {
  return `${account}#${name}`
}

/** What belongs to the window, the role and the regions, or may. */
function asidesIn({ memory, only, ofAccount, regions, from, to }: Telling): readonly Aside[] {
  return [...memory.asides()].filter((aside) => {
    const at = timeOfAside(aside)
    const account = accountOfAside(aside)
    if (at !== null && (at < from || at > to)) return false
    if (ofAccount !== null && account !== null && account !== ofAccount) return false
    if (aside.kind === 'service-call-failed' && !isWithin(regions, aside.service.region)) return false
    return mayConcern(aside, only)
  })
}

/** Of the kinds whose events are counted. */
function isAsked(aside: Aside): boolean {
  return aside.kind !== 'entry-unreadable' && timeOfAside(aside) !== null
}

/** An event that could not be read may have changed anything; a call that let somebody in, anybody. */
function unreadIn(asides: readonly Aside[], telling: Telling): readonly Missing[] {
  const missing = asides.flatMap((aside): readonly Missing[] => {
    if (aside.kind === 'unreadable') return [missed(aside, whatChanged(aside), telling)]
    if (aside.kind !== 'entry-unreadable' || !telling.used || !isWithin(telling.regions, aside.region)) return []
    const as = aside.role === null ? '' : ` as role ${roleNameOf(aside.role)}`
    return [missed(aside, `who came in${as} by ${aside.eventName} ${aside.id}`, telling)]
  })
  return missing.sort((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? -1 : 1))
}

function sortKeyOf({ from, what }: Missing): string {
  return `${from} ${what}`
}

function whatChanged(aside: Extract<Aside, { kind: 'unreadable' }>): string {
  const of = aside.role === null ? '' : ` about role ${aside.role.name}`
  return `what ${aside.eventName ?? 'an event'} ${aside.eventId ?? aside.hash} did${of}`
}

function missed(
  { at, region, why }: Pick<Extract<Aside, { kind: 'unreadable' }>, 'at' | 'region' | 'why'>,
  what: string,
  telling: Telling,
): Missing {
  const [from, to] = [at ?? telling.from, at ?? telling.to]
  return { from, to, region: region ?? telling.region, what, why: `it could not be read: ${why}` }
}

/** In no role's timeline: the call is told as what it leaves open. */
function roleless(failures: readonly Failure[], { region: home }: Telling): readonly Missing[] {
  return failures
    .filter(({ roles }) => roles.length === 0)
    .map(({ entry: { at, eventId, says }, region }) => {
      const what = `which role it was for that a call failed (${says}; event ${eventId})`
      return { from: at, to: at, region: region ?? home, what, why: 'neither the call nor its message names it' }
    })
}

interface Checked {
  readonly exposures: readonly Exposure[]
  readonly missing: readonly Missing[]
}

/** What history leaves open, IAM may know to be closed, by a change that history does not show. */
async function checkedNow(past: Past, exposures: readonly Exposure[], telling: Telling): Promise<Checked> {
  const open = exposures.find(({ to }) => to === null)
  const last = inOrder(past.versions).at(-1)
  if (telling.roles === null || open === undefined || last === undefined || last.document === null)
    return { exposures, missing: [] }
  if (past.role.account !== telling.account) return { exposures, missing: [] }
  const closed = closedNow(await telling.roles.read(past.role), { ...past, document: last.document })
  if (closed === null) return { exposures, missing: [] }
  const what = `what closed role ${past.role.name}`
  const missing = { from: last.at, to: telling.to, region: telling.region, what, why: closed.why }
  if (!closed.sure)
    return { exposures, missing: [{ ...missing, what: `whether role ${past.role.name} is still open` }] }
  return { exposures: exposures.map((one) => (one === open ? { ...one, to: telling.to } : one)), missing: [missing] }
}

interface Closing {
  /** False: nobody can say. */
  readonly sure: boolean
  readonly why: string
}

/** Null: it is open still. */
function closedNow(
  reading: RoleReading,
  { document, about }: Pick<Past, 'about'> & { readonly document: string },
): Closing | null {
  switch (reading.kind) {
    case 'unknown':
      return { sure: false, why: reading.why }
    case 'no-such-role':
      return { sure: true, why: 'the role does not exist any more, and the history does not show its deletion' }
    case 'role': {
      if (meanTheSame(reading.document, document) === true) return null
      const { admissions } = reader(about)(reading.document).admitted()
      if (admissions.some(({ severity }) => isAtLeast(severity, 'high'))) return null
      return {
        sure: true,
        why: 'IAM gives a trust policy by now that lets no stranger in, and the history does not show the change',
      }
    }
    default:
      return reading satisfies never
  }
}
