/** Principal by principal: whom the Allow statements of one document let in and the other document does not. One direction only. */

import { actionMatches, assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import { callOf } from './call.ts'
import { canonicalPrincipal, fingerprint } from './canonical.ts'
import { actionsOf, type Cell, cellsOf, everybody, type Vocabulary } from './cell.ts'
import type { Admission, Undecided } from './comparison.ts'
import type { Narrowed } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { decide } from './evaluate.ts'
import { whoIs } from './exposure.ts'
import type { Condition, PrincipalValue, Statement, TrustPolicy } from './policy.ts'
import type { Request } from './request.ts'
import { type Clause, type Found, type Quest, type Side, seek, sideOf } from './search.ts'
import { admittedSeverity, lostSeverity } from './severity-table.ts'
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
  readonly cell: Cell
  readonly stage: Stage
  readonly request: Request
  readonly quest: Quest
  readonly clause: Clause
}

interface Look extends Direction {
  readonly conditionsOn: (name: string) => readonly Condition[]
  readonly sides: Map<string, { readonly holder: Side; readonly other: Side }>
  readonly undecided: Undecided[]
}

export function differences(direction: Direction): Differences {
  const look: Look = { ...direction, conditionsOn: indexOf(direction), sides: new Map(), undecided: [] }
  const found = new Map<string, Admission>()
  for (const statement of direction.holder.statements) {
    if (statement.effect !== 'Allow') continue
    for (const value of valuesOf(statement))
      for (const hit of hitsOf(statement, value, look)) {
        const admission = admit(hit, value, look)
        const key = `${canonicalPrincipal(value)} ${admission.says}`
        if (!found.has(key)) found.set(key, admission)
      }
  }
  return { found: [...found.values()], undecided: look.undecided }
}

function indexOf({ holder, other }: Direction): Look['conditionsOn'] {
  const index = new Map<string, Condition[]>()
  for (const { statements } of [holder, other])
    for (const { conditions } of statements)
      for (const condition of conditions) {
        const known = index.get(condition.name)
        if (known === undefined) index.set(condition.name, [condition])
        else known.push(condition)
      }
  return (name) => index.get(name) ?? []
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

/** The most exposed situation counts, whichever of the cells it is. */
function firstHit(statement: Statement, cells: readonly Cell[], look: Look): Hit | null {
  let open: Found | null = null
  for (const accompanying of [false, true]) {
    for (const stage of STAGES)
      for (const cell of cells)
        for (const action of actionsOf(cell)) {
          if ((action !== assumeActionOf(cell.form)) !== accompanying) continue
          const found = tryOne(statement, { cell, action, stage, conditionsOn: look.conditionsOn }, look)
          if (found === null) continue
          if ('clause' in found) return found
          if (stage === 'anybody') open = found
        }
    // Tags and source identities matter between two documents; nobody gets in by them alone.
    if (look.other.statements.length === 0) break
  }
  if (open?.kind === 'unknown')
    look.undecided.push({ says: open.says, path: open.path === '' ? statement.path : open.path })
  return null
}

function tryOne(statement: Statement, situation: Situation, look: Look): Hit | Found | null {
  if (!actionMatches(statement.action, situation.action)) return null
  const quest: Quest = { ...sidesFor(situation, look), situation, budget: look.budget }
  const clause = quest.holder.allows.find((one) => one.statement === statement)
  if (clause === undefined) return null
  const found = seek(clause, quest)
  if (found.kind === 'nobody') return null
  if (found.kind === 'unknown') return found
  const { cell, stage } = situation
  return canAssume(found.request, cell, look.holder) ? { cell, stage, request: found.request, quest, clause } : null
}

function canAssume(request: Request, cell: Cell, policy: TrustPolicy): boolean {
  const assume = assumeActionOf(cell.form)
  if (request.action === assume) return true
  return ['allow', 'undecided'].includes(decide(policy, callOf({ ...request, action: assume })))
}

function sidesFor(situation: Situation, look: Look): { readonly holder: Side; readonly other: Side } {
  const key = `${situation.cell.type} ${situation.cell.id} ${situation.cell.open !== null} ${situation.action}`
  const known = look.sides.get(key)
  if (known !== undefined) return known
  const sides = { holder: sideOf(look.holder, situation), other: sideOf(look.other, situation) }
  look.sides.set(key, sides)
  return sides
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
  const isChoice = operator.base?.negated === false && values.length > 1 && values.length <= MOST_VALUES
  if (!isChoice || quest.other.allows.length === 0) return { condition, values }
  const full = { ...quest, situation: { ...quest.situation, stage: 'anybody' as const } }
  const counting = values.filter((value) => {
    const pinned: Condition = { ...condition, values: [value], canonical: `${condition.canonical} ${value}` }
    return seek({ ...clause, conditions: [...clause.conditions, pinned] }, full).kind === 'witness'
  })
  return { condition, values: counting.length === 0 ? values : counting }
}
