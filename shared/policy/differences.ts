/** Principal by principal: whom the Allow statements of one document let in and the other document does not. One direction only. */

import { actionMatches, assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import { callOf } from './call.ts'
import { canonicalPrincipal, fingerprint, sharedAllows } from './canonical.ts'
import { type Cell, cellsOf, everybody, type Vocabulary } from './cell.ts'
import type { Admission, Undecided } from './comparison.ts'
import type { Narrowed } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { decide } from './evaluate.ts'
import { whoIs } from './exposure.ts'
import {
  ACCOMPANYING_ACTIONS,
  type Condition,
  type PrincipalValue,
  type Statement,
  type TrustPolicy,
} from './policy.ts'
import type { Request } from './request.ts'
import { type Found, type Quest, seek } from './search.ts'
import { admittedSeverity, lostSeverity } from './severity-table.ts'
import { type Clause, sideOf } from './side.ts'
import { type Situation, STAGES, type Stage } from './stage.ts'
import { saysWho } from './words.ts'

export interface Differences {
  readonly found: readonly Admission[]
  readonly undecided: readonly Undecided[]
}

export interface Direction {
  /** Who lets in. */
  readonly holder: TrustPolicy
  /** Who does not. */
  readonly other: TrustPolicy
  readonly about: RoleContext
  readonly words: Vocabulary
  readonly tense: 'gained' | 'lost'
  readonly budget: Budget
}

/** A caller found, and the situation in which. */
interface Hit {
  readonly kind: 'hit'
  readonly cell: Cell
  readonly stage: Stage
  readonly request: Request
  readonly quest: Quest
  readonly clause: Clause
}

interface Look extends Direction {
  readonly conditionsOn: (name: string) => readonly Condition[]
  readonly undecided: Undecided[]
}

export function differences(direction: Direction): Differences {
  const { holder, other, about, words, tense, budget } = direction
  const conditionsOn = indexOf(direction)
  const look: Look = { holder, other, about, words, tense, budget, conditionsOn, undecided: [] }
  const found = new Map<string, Admission>()
  const shared = sharedAllows(holder, other)
  for (const statement of holder.statements) {
    if (statement.effect !== 'Allow' || shared.has(statement)) continue
    for (const value of valuesOf(statement))
      for (const hit of hitsOf(statement, value, look)) {
        const admission = admit(hit, value, look)
        const key = `${canonicalPrincipal(value)} ${admission.says}`
        if (!found.has(key)) found.set(key, admission)
      }
  }
  return { found: [...found.values()], undecided: look.undecided }
}

/** Few keys are ever asked for, in many documents none. */
function indexOf(direction: Direction): Look['conditionsOn'] {
  let index: ReadonlyMap<string, readonly Condition[]> | null = null
  return (name) => {
    index ??= conditionsByName(direction)
    return index.get(name) ?? []
  }
}

function conditionsByName({ holder, other }: Direction): ReadonlyMap<string, readonly Condition[]> {
  const index = new Map<string, Condition[]>()
  for (const { statements } of [holder, other])
    for (const { conditions } of statements)
      for (const condition of conditions) {
        const known = index.get(condition.name)
        if (known === undefined) index.set(condition.name, [condition])
        else known.push(condition)
      }
  return index
}

function valuesOf({ principal, path }: Statement): readonly PrincipalValue[] {
  if (principal.kind === 'Principal') return principal.values
  return [{ key: 'NotPrincipal', value: 'NotPrincipal', form: { kind: 'everyone' }, path: `${path}/NotPrincipal` }]
}

/** At most one hit for each account, service or provider that the value covers; one for all when a stranger gets in. */
function hitsOf(statement: Statement, value: PrincipalValue, look: Look): readonly Hit[] {
  const hits: Hit[] = []
  for (const cells of groups(value, look.words)) {
    const hit = firstHit(statement, cells, look)
    if (hit === null) continue
    const [best] = hits
    if (best?.cell.fresh !== true || STAGES.indexOf(hit.stage) < STAGES.indexOf(best.stage)) hits.push(hit)
    if (hit.cell.fresh && hit.stage === 'stranger') break
  }
  return hits
}

function groups(value: PrincipalValue, words: Vocabulary): Iterable<readonly Cell[]> {
  const wide = value.form.kind === 'everyone' || value.form.kind === 'not-understood'
  if (!wide) return [cellsOf(value, words)]
  const byAccount = new Map<string, Cell[]>()
  for (const cell of everybody(words)) {
    const key = cell.account ?? cell.id
    const known = byAccount.get(key)
    if (known === undefined) byAccount.set(key, [cell])
    else known.push(cell)
  }
  return byAccount.values()
}

/** Tags and source identities matter between two documents; nobody gets in by them alone. */
function firstHit(statement: Statement, cells: readonly Cell[], look: Look): Hit | null {
  const assuming = lanesOf(statement, { look, cells, actionsOf: (cell) => [assumeActionOf(cell.form)] })
  const hit = firstHitOn(assuming, statement, look)
  if (hit !== null || look.other.statements.length === 0) return hit
  const accompanying = lanesOf(statement, { look, cells, actionsOf: () => ACCOMPANYING_ACTIONS })
  return firstHitOn(accompanying, statement, look)
}

/** One kind of caller making one kind of call, and what both documents say of it. */
interface Lane extends Pick<Quest, 'holder' | 'other'> {
  readonly cell: Cell
  readonly action: string
  readonly clause: Clause
}

function lanesOf(
  statement: Statement,
  of: { readonly look: Look; readonly cells: readonly Cell[]; readonly actionsOf: (cell: Cell) => readonly string[] },
): readonly Lane[] {
  const { look } = of
  const lanes: Lane[] = []
  for (const cell of of.cells)
    for (const action of of.actionsOf(cell)) {
      if (!actionMatches(statement.action, action)) continue
      const holder = sideOf(look.holder, { cell, action }, look.budget)
      const clause = clauseIn(holder, statement)
      if (clause === undefined) continue
      lanes.push({ cell, action, clause, holder, other: sideOf(look.other, { cell, action }, look.budget) })
    }
  return lanes
}

function clauseIn({ allows }: Lane['holder'], statement: Statement): Clause | undefined {
  return allows.find((one) => one.statement === statement)
}

/** The most exposed situation counts, whichever of the cells it is. */
function firstHitOn(lanes: readonly Lane[], statement: Statement, look: Look): Hit | null {
  const open: Undecided[] = []
  for (const stage of STAGES)
    for (const lane of lanes) {
      const found = tryOne(lane, stage, look)
      if (found.kind === 'hit') return found
      if (stage === 'anybody' && found.kind === 'unknown') open.push(placed(found, statement))
    }
  look.undecided.push(...open)
  return null
}

function placed({ says, path }: Undecided, statement: Statement): Undecided {
  return { says, path: path === '' ? statement.path : path }
}

function tryOne(lane: Lane, stage: Stage, look: Look): Hit | Exclude<Found, { kind: 'witness' }> {
  const { cell, action, clause, holder, other } = lane
  const situation: Situation = { cell, action, stage, conditionsOn: look.conditionsOn }
  const quest: Quest = { holder, other, situation, budget: look.budget }
  const found = seek(clause, quest)
  if (found.kind !== 'witness') return found
  const { request } = found
  return canAssume(request, cell, look.holder)
    ? { kind: 'hit', cell, stage, request, quest, clause }
    : { kind: 'nobody' }
}

function canAssume(request: Request, cell: Cell, policy: TrustPolicy): boolean {
  const assume = assumeActionOf(cell.form)
  if (request.action === assume) return true
  return ['allow', 'undecided'].includes(decide(policy, callOf({ ...request, action: assume })))
}

function admit(hit: Hit, value: PrincipalValue, look: Look): Admission {
  const { cell, request, stage, clause } = hit
  const who = whoIs(cell, { stage, request }, look.about)
  const narrowed = clause.conditions.map((condition) => narrow(condition, hit))
  const says = saysWho({
    cell,
    who,
    request,
    value,
    tense: look.tense,
    narrowed,
    other: hit.quest.other,
    about: look.about,
  })
  return {
    says,
    severity: look.tense === 'gained' ? admittedSeverity(who) : lostSeverity(who),
    witness: request,
    who,
    principal: value.value,
    named: cell.open === null && cell.form.kind !== 'account' && value.form.kind === cell.form.kind,
    statement: clause.statement.index,
    fingerprint: fingerprint(clause.statement),
  }
}

const MOST_VALUES = 20

/** Of several values only those that make a difference are worth saying. */
function narrow(condition: Condition, { clause, quest }: Hit): Narrowed {
  const { values, operator } = condition
  const { allows } = quest.other
  if (operator.base?.negated !== false || values.length < 2 || allows.length === 0) return { condition, values }
  const told = new Set(allows.flatMap(({ conditions }) => valuesUnder(condition.name, conditions)))
  const news = values.filter((value) => !told.has(value))
  const tried = news.length > 0 ? news : values
  if (tried.length > MOST_VALUES) return { condition, values: tried }
  const full = { ...quest, situation: { ...quest.situation, stage: 'anybody' as const } }
  const counting = tried.filter((value) => {
    const pinned: Condition = { ...condition, values: [value], canonical: `${condition.canonical} ${value}` }
    return seek({ ...clause, conditions: [...clause.conditions, pinned] }, full).kind === 'witness'
  })
  return { condition, values: counting.length === 0 ? tried : counting }
}

function valuesUnder(name: string, conditions: readonly Condition[]): readonly string[] {
  return conditions.filter((one) => one.name === name).flatMap(({ values }) => values)
}
