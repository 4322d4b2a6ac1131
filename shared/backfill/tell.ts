/** Memory → Backfill: what the past of a window was. What is open to this day is held against IAM. Writes nothing. */

import { type Config, roleContextFor } from '../config.ts'
import { meanTheSame } from '../gather.ts'
import { type Instant, instantOf, type Role, type RoleArn, roleNameOf } from '../identity.ts'
import type { Memory, RoleReading, Roles, Version } from '../ports.ts'
import { reader } from '../reading.ts'
import { isAtLeast } from '../severity.ts'
import type { Aside, Backlog } from './backlog.ts'
import { chronicleOf } from './chronicle.ts'
import type { RoleFilter } from './collect.ts'
import { inOrder } from './order.ts'
import type { Backfill, Exposure, Missing, RoleHistory, Use } from './report.ts'
import { type Opening, usesOf } from './uses.ts'

export interface Telling {
  readonly memory: Pick<Memory, 'later'> & Backlog
  readonly config: Config
  readonly only: RoleFilter
  readonly account: string
  readonly region: string
  readonly from: Instant
  readonly to: Instant
  /** What could not be read. */
  readonly missing: readonly Missing[]
  /** Whether the calls by which strangers came in have been read. */
  readonly used: boolean
  /** Null: IAM is not asked what is open now. */
  readonly roles: Roles | null
}

export async function tellPast(telling: Telling): Promise<Backfill> {
  const { account, region, from, to } = telling
  const told: ToldRole[] = []
  // One after the other: nothing of a role but what is told of it outlives its turn.
  for (const role of rolesOf(telling)) told.push(await tellRole(role, telling))
  const missing = [...telling.missing, ...unreadable(telling), ...told.flatMap((one) => one.missing)]
  return {
    version: 1,
    account,
    region,
    from,
    to,
    complete: missing.length === 0,
    missing,
    events: told.reduce((sum, one) => sum + one.events, asidesIn(telling)),
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

type Past = Parameters<typeof chronicleOf>[0] & { readonly role: Role }

async function tellRole(role: Role, telling: Telling): Promise<ToldRole> {
  const past = await pastOf(role, telling)
  if (past.versions.length + past.refused.length === 0) return { history: null, exposures: [], missing: [], events: 0 }
  const { from, to } = telling
  const { history, exposures: exposed } = chronicleOf(past, from)
  const exposures = exposed.map(({ exposure, opening }) => ({ ...exposure, uses: usesNow(past, opening, telling) }))
  const events = past.versions.filter(({ evidence, at }) => evidence.eventId !== null && at >= from && at <= to).length
  return { history, events, ...(await checkedNow(past, exposures, telling)) }
}

/** Null: not asked. */
function usesNow({ role }: Past, opening: Opening, { memory, used }: Telling): readonly Use[] | null {
  if (!used) return null
  return usesOf(
    [...memory.entries()].filter((entry) => isRoleOf(entry.role, role)),
    opening,
  )
}

/** A role's name is unique in its account, whatever its path. */
function isRoleOf(arn: RoleArn, { account, name }: Role): boolean {
  return arn.split(':')[4] === account && roleNameOf(arn) === name
}

function rolesOf({ memory, only }: Telling): readonly Role[] {
  const named = [...memory.asides()].flatMap(({ role }) => (role === null ? [] : [role]))
  const each = new Map([...named, ...memory.everyRole()].map((role) => [keyOf(role), role]))
  return [...each.values()]
    .filter(({ name }) => only === null || name === only)
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

async function pastOf(role: Role, { memory, config, to }: Telling): Promise<Past> {
  const versions: Version[] = []
  for await (const version of memory.later(role, BEGINNING)) if (version.at <= to) versions.push(version)
  const arn = versions.find((version) => version.role.arn !== null)?.role.arn ?? role.arn
  return {
    role,
    versions,
    refused: [...memory.asides()]
      .filter(isRefusal)
      .filter((aside) => aside.role !== null && keyOf(aside.role) === keyOf(role) && aside.origin.at <= to),
    about: roleContextFor(config, { ...role, arn }, Date.parse(to)),
  }
}

const BEGINNING = instantOf(0)

function keyOf({ account, name }: Role): string {
  return `${account}#${name}`
}

function isRefusal(aside: Aside): aside is Extract<Aside, { kind: 'trust-update-refused' }> {
  return aside.kind === 'trust-update-refused'
}

function asidesIn({ memory, from, to }: Telling): number {
  const times = [...memory.asides()].map((aside) => (aside.kind === 'unreadable' ? aside.at : aside.origin.at))
  return times.filter((at) => at !== null && at >= from && at <= to).length
}

/** An event that could not be read may have changed anything. */
function unreadable({ memory, only, region, from, to }: Telling): readonly Missing[] {
  return [...memory.asides()].flatMap((aside) => {
    if (aside.kind !== 'unreadable') return []
    const at = aside.at ?? null
    if (at !== null && (at < from || at > to)) return []
    if (only !== null && aside.role !== null && aside.role.name !== only) return []
    const of = aside.role === null ? '' : ` about role ${aside.role.name}`
    const what = `what ${aside.eventName ?? 'an event'} ${aside.eventId ?? aside.hash} did${of}`
    return [
      {
        from: at ?? from,
        to: at ?? to,
        region: aside.region ?? region,
        what,
        why: `it could not be read: ${aside.why}`,
      },
    ]
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
