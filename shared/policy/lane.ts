/** Which calls a statement may let a kind of caller make, and what both documents say of each. Looks for nobody. */

import { actionsOf } from './accompanying.ts'
import { actionMatches, assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import type { Cell, Cells } from './cell.ts'
import { ACCOMPANYING_ACTIONS, type Statement, type TrustPolicy } from './policy.ts'
import { principalMatches } from './principal.ts'
import { type Clause, type Side, sideOf } from './side.ts'
import type { Quest } from './state.ts'

export interface Documents {
  readonly holder: TrustPolicy
  readonly other: TrustPolicy
  readonly cells: Cells
  readonly budget: Budget
}

export interface Asking {
  readonly look: Documents
  /** Denials of the other document that were told already: whom they keep out is no news. */
  readonly spared: ReadonlySet<Statement>
  /** What goes with a call and was told already. */
  readonly passed: ReadonlySet<string>
}

/** The same statements of both documents speak of both calls: where nobody makes the one, nobody makes the other. */
export function isAlike(one: Lane, other: Lane): boolean {
  if (one.cell !== other.cell) return false
  return (
    isSameClauses(one.holder.allows, other.holder.allows) &&
    isSameClauses(one.holder.denies, other.holder.denies) &&
    isSameClauses(one.other.allows, other.other.allows) &&
    isSameClauses(one.other.denies, other.other.denies)
  )
}

function isSameClauses(some: readonly Clause[], others: readonly Clause[]): boolean {
  return some.length === others.length && some.every(({ statement }, i) => statement === others[i]?.statement)
}

/** One kind of caller making one kind of call, and what both documents say of it. */
export interface Lane extends Pick<Quest, 'holder' | 'other'> {
  readonly cell: Cell
  readonly action: string
  readonly clause: Clause
  /** What the call passes along, as far as conditions look at it; null: what the document lets such callers pass. */
  readonly passing: ReadonlySet<string> | null
}

export function assumingLanes(statement: Statement, cells: readonly Cell[], task: Asking): readonly Lane[] {
  const lanes: Lane[] = []
  for (const cell of cells) {
    const lane = laneOf(statement, cell, assumeActionOf(cell.form), task)
    if (lane !== null) lanes.push(lane)
  }
  return lanes
}

const NOTHING: ReadonlySet<string> = new Set()
/** More are not told apart. */
const MOST_LANES = 12

/** Where conditions look at what a call passes along: it passes nothing, or some of it, which another statement must allow it to. */
export function passingLanes(lane: Lane, look: Documents): readonly Lane[] {
  const { passable } = look.cells.words
  if (passable.length === 0) return [lane]
  const { cell, action } = lane
  const always = actionsOf({ principal: { type: cell.type, id: cell.id }, action, context: {} })
  const asked = passable.filter((one) => allowsAny(look.holder, cell, one))
  if (asked.length === 0 || always.length > 1) return [lane]
  const lanes: Lane[] = [{ ...lane, passing: NOTHING }]
  for (const one of asked) {
    const side = sideOf(look.holder, { cell, action: one }, look.budget)
    for (const base of [...lanes]) for (const way of side.allows) lanes.push(passingToo(base, { one, way, side }))
  }
  return lanes.length > MOST_LANES ? [lane] : lanes
}

function passingToo(
  lane: Lane,
  { one, way, side }: { readonly one: string; readonly way: Clause; readonly side: Side },
): Lane {
  const { clause, holder, passing } = lane
  const both = {
    statement: clause.statement,
    conditions: [...clause.conditions, ...way.conditions],
    riddles: [...clause.riddles, ...way.riddles],
  }
  const denies = [...holder.denies, ...side.denies]
  return { ...lane, clause: both, holder: { ...holder, denies }, passing: new Set([...(passing ?? NOTHING), one]) }
}

/** A caller who passes tags assumes the role by the same call: both must be allowed. */
export function accompanyingLanes(statement: Statement, cells: readonly Cell[], task: Asking): readonly Lane[] {
  const lanes: Lane[] = []
  for (const action of ACCOMPANYING_ACTIONS) {
    if (task.passed.has(action) || !actionMatches(statement.action, action)) continue
    for (const cell of cells) {
      // Whom the other document never lets assume the role is told for that.
      if (!allowsAny(task.look.other, cell, assumeActionOf(cell.form))) continue
      const lane = laneOf(statement, cell, action, task)
      if (lane !== null) lanes.push(lane)
    }
  }
  return lanes
}

export function assumingToo(lane: Lane, look: Documents): readonly Lane[] {
  const { cell, clause, holder } = lane
  const assuming = sideOf(look.holder, { cell, action: assumeActionOf(cell.form) }, look.budget)
  const denies = [...holder.denies, ...assuming.denies.filter(({ riddles }) => riddles.length === 0)]
  if (assuming.allows.some(({ statement }) => statement === clause.statement))
    return [{ ...lane, holder: { ...holder, denies } }]
  return assuming.allows.map((way) => {
    const both = { ...clause, conditions: [...clause.conditions, ...way.conditions] }
    return { ...lane, clause: both, holder: { ...holder, denies } }
  })
}

function laneOf(statement: Statement, cell: Cell, action: string, { look, spared }: Asking): Lane | null {
  if (!actionMatches(statement.action, action)) return null
  const of = { cell, action }
  const holder = sideOf(look.holder, of, look.budget)
  const clause = clauseIn(holder, statement)
  if (clause === undefined) return null
  const always = actionsOf({ principal: { type: cell.type, id: cell.id }, action, context: {} })
  if (!always.every((one) => one === action || allowsAny(look.holder, cell, one))) return null
  const other = sideOf(look.other, of, look.budget)
  return { cell, action, clause, holder: sparing(holder, other, spared), other, passing: null }
}

function clauseIn({ allows }: Side, statement: Statement): Clause | undefined {
  return allows.find((one) => one.statement === statement)
}

function sparing(holder: Side, other: Side, spared: ReadonlySet<Statement>): Side {
  if (spared.size === 0) return holder
  return { ...holder, denies: [...holder.denies, ...other.denies.filter(({ statement }) => spared.has(statement))] }
}

/** Under some condition, to these callers. */
export function allowsAny({ statements }: TrustPolicy, cell: Cell, action: string): boolean {
  return statements.some(
    (one) =>
      one.effect === 'Allow' && actionMatches(one.action, action) && principalMatches(one.principal, cell) !== 'no',
  )
}
