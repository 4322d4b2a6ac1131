/** One kind of caller after the other, in one situation after the other: the most exposed way in that one document has and the other lacks. */

import { actionsOf } from './accompanying.ts'
import { actionMatches, assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import { callOf, statementMatches } from './call.ts'
import type { Cell, Cells } from './cell.ts'
import { type Found as Sought, TOO_MUCH } from './certify.ts'
import type { Undecided } from './comparison.ts'
import { decide } from './evaluate.ts'
import { ACCOMPANYING_ACTIONS, type Statement, type TrustPolicy } from './policy.ts'
import { principalMatches } from './principal.ts'
import type { Request } from './request.ts'
import { seek } from './search.ts'
import { type Clause, type Side, sideOf } from './side.ts'
import { mayBeGuessed, type Situation, type Stage } from './stage.ts'
import type { Quest } from './state.ts'

export interface Look {
  readonly holder: TrustPolicy
  readonly other: TrustPolicy
  readonly cells: Cells
  readonly budget: Budget
  readonly conditionsOn: Situation['conditionsOn']
  readonly keysUnder: Situation['keysUnder']
  readonly now: Situation['now']
  readonly role: Situation['role']
  /** What was found out about a caller in a situation, whichever statement asked. */
  readonly found: Found
}

/** By action and caller. */
type Found = Map<string, Map<string, Partial<Record<Stage, FoundAt>>>>

type FoundAt = Pick<Situation, 'known' | 'solved' | 'linked'>

export function nothingFound(): Found {
  return new Map()
}

/** A caller found, and the situation in which. */
export interface Hit {
  readonly kind: 'hit'
  readonly cell: Cell
  readonly stage: Stage
  readonly request: Request
  readonly quest: Quest
  readonly clause: Clause
  /** The Deny that keeps the caller out of the other document, where that one allows him too. */
  readonly denial: Clause | null
  /** More are like him than are told. */
  readonly andOthers: boolean
}

interface Task {
  readonly look: Look
  /** Where what stays open is put. */
  readonly open: Undecided[]
  /** Denials of the other document that were told already: whom they keep out is no news. */
  readonly spared: ReadonlySet<Statement>
  /** What goes with a call and was told already. */
  readonly passed: ReadonlySet<string>
}

/** Tags and source identities matter between two documents; nobody gets in by them alone. */
export function firstHit(statement: Statement, cells: readonly Cell[], task: Task): Hit | null {
  if (task.look.budget.left < 0) {
    task.open.push(placed(TOO_MUCH, statement))
    return null
  }
  const assuming = assumingLanes(statement, cells, task)
  let looked = lookOn(assuming, statement, task.look)
  // What a call passes along, another statement must allow it to: only where somebody could not be told for sure, each of its ways is tried.
  if (looked.isOpen) {
    const ways = assuming.flatMap((lane) => passingLanes(lane, task.look))
    if (ways.some(({ passing }) => passing !== null)) looked = lookOn(ways, statement, task.look)
  }
  if (looked.hit !== null) return looked.hit
  task.open.push(...looked.unknown)
  const accompanying = accompanyingLanes(statement, cells, task)
  if (accompanying.length === 0) return null
  const closed = looked.unknown.length === 0 ? assuming : []
  const further = accompanying.filter((one) => !closed.some((lane) => isAlike(one, lane)))
  const lanes = further.flatMap((lane) => assumingToo(lane, task.look))
  const { hit, unknown } = lookOn(lanes, statement, task.look)
  if (hit === null) task.open.push(...unknown)
  return hit
}

/** The same statements of both documents speak of both calls: where nobody makes the one, nobody makes the other. */
function isAlike(one: Lane, other: Lane): boolean {
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
interface Lane extends Pick<Quest, 'holder' | 'other'> {
  readonly cell: Cell
  readonly action: string
  readonly clause: Clause
  /** What the call passes along, as far as conditions look at it; null: what the document lets such callers pass. */
  readonly passing: ReadonlySet<string> | null
}

function assumingLanes(statement: Statement, cells: readonly Cell[], task: Task): readonly Lane[] {
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
function passingLanes(lane: Lane, look: Look): readonly Lane[] {
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
function accompanyingLanes(statement: Statement, cells: readonly Cell[], task: Task): readonly Lane[] {
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

function assumingToo(lane: Lane, look: Look): readonly Lane[] {
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

function laneOf(statement: Statement, cell: Cell, action: string, { look, spared }: Task): Lane | null {
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

interface Looked {
  readonly hit: Hit | null
  readonly unknown: readonly Undecided[]
  /** Somebody could not be told for sure, in whichever situation. */
  readonly isOpen: boolean
}

/** The most exposed situation counts, whichever of the cells it is. Whom nobody at all can be, nobody can be by a guess. */
function lookOn(lanes: readonly Lane[], statement: Statement, look: Look): Looked {
  const [unknown, guessing]: [Undecided[], Lane[]] = [[], []]
  let isOpen = false
  for (const lane of lanes) {
    if (lane.cell.organization !== null) continue
    const found = tryOne(lane, 'stranger', look)
    if (found.kind === 'hit') return { hit: found, unknown, isOpen }
    isOpen ||= found.kind === 'unknown'
  }
  let first: Hit | null = null
  for (const lane of lanes) {
    const canGuess = lane.cell.organization === null && guessesHelp(lane)
    // A way in is known, and only a guess could be worse.
    if (first !== null && !canGuess) continue
    const found = tryOne(lane, 'anybody', look)
    if (canGuess && found.kind !== 'nobody') guessing.push(lane)
    if (found.kind === 'unknown') unknown.push(placed(found, statement))
    if (found.kind === 'hit') first ??= found
  }
  isOpen ||= unknown.length > 0
  for (const lane of guessing) {
    const found = tryOne(lane, 'guesser', look)
    if (found.kind === 'hit') return { hit: found, unknown, isOpen }
    isOpen ||= found.kind === 'unknown'
  }
  return { hit: first, unknown, isOpen }
}

/** Otherwise who can guess is no better off than a stranger, of whom that was asked already. */
function guessesHelp({ cell, holder, other }: Lane): boolean {
  return [holder, other].some(({ allows, denies }) => isGuessedIn(allows, cell) || isGuessedIn(denies, cell))
}

function isGuessedIn(clauses: readonly Clause[], cell: Cell): boolean {
  return clauses.some(
    ({ conditions, riddles }) => riddles.length > 0 || conditions.some(({ name }) => mayBeGuessed(name, cell)),
  )
}

function placed({ says, path }: Undecided, statement: Statement): Undecided {
  return { says, path: path === '' ? statement.path : path }
}

function tryOne(lane: Lane, stage: Stage, look: Look): Hit | Exclude<Sought, { kind: 'witness' }> {
  const { cell, action, clause, holder, other } = lane
  const { passing } = lane
  const mayPass = (one: string) => action === one || (passing?.has(one) ?? allowsAny(holder.policy, cell, one))
  const { known, solved, linked } = foundOf(lane, stage, look)
  const { conditionsOn, keysUnder, now, role } = look
  const situation: Situation = {
    cell,
    action,
    stage,
    conditionsOn,
    keysUnder,
    now,
    role,
    known,
    solved,
    linked,
    mayPass,
  }
  const quest: Quest = { holder, other, situation, budget: look.budget }
  const found = seek(clause, quest)
  if (found.kind !== 'witness') return found
  const { request } = found
  if (!canAssume(request, cell, look.holder)) return UNCONFIRMED
  return { kind: 'hit', cell, stage, request, quest, clause, denial: denialOf(request, other), andOthers: false }
}

function foundOf({ cell, action, passing }: Lane, stage: Stage, { found }: Look): FoundAt {
  const callers = remembered(found, passing === null ? action : `${action} with ${[...passing].join()}`, newMap)
  const ofCaller = remembered(callers, cell.id, newRecord)
  ofCaller[stage] ??= { solved: new Map(), known: new Map(), linked: new Map() }
  return ofCaller[stage]
}

const newMap = () => new Map()
const newRecord = () => ({ stranger: undefined, guesser: undefined, anybody: undefined })

function remembered<T>(all: Map<string, T>, name: string, make: () => T): T {
  const known = all.get(name)
  if (known !== undefined) return known
  const one = make()
  all.set(name, one)
  return one
}

/** Under some condition, to these callers. */
function allowsAny({ statements }: TrustPolicy, cell: Cell, action: string): boolean {
  return statements.some(
    (one) =>
      one.effect === 'Allow' && actionMatches(one.action, action) && principalMatches(one.principal, cell) !== 'no',
  )
}

const UNCONFIRMED = {
  kind: 'unknown',
  says: 'whether a caller who may pass more can assume the role at all could not be confirmed',
  path: '',
} as const

function canAssume(request: Request, cell: Cell, policy: TrustPolicy): boolean {
  const assume = assumeActionOf(cell.form)
  if (request.action === assume) return true
  return ['allow', 'undecided'].includes(decide(policy, callOf({ ...request, action: assume })))
}

function denialOf(request: Request, { allows, denies }: Side): Clause | null {
  if (denies.length === 0) return null
  const call = callOf(request)
  const matches = ({ statement }: Clause) => statementMatches(statement, call) === 'yes'
  return allows.some(matches) ? (denies.find(matches) ?? null) : null
}
