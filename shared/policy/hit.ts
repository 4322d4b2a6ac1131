/** One kind of caller after the other, in one situation after the other: the most exposed way in that one document has and the other lacks. */

import { assumeActionOf } from './action.ts'
import { callOf, statementMatches } from './call.ts'
import type { Cell } from './cell.ts'
import { type Found as Sought, TOO_MUCH } from './certify.ts'
import type { Undecided } from './comparison.ts'
import { decide } from './evaluate.ts'
import {
  type Asking,
  accompanyingLanes,
  allowsAny,
  assumingLanes,
  assumingToo,
  type Documents,
  isAlike,
  type Lane,
  passingLanes,
} from './lane.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import type { Request } from './request.ts'
import { seek } from './search.ts'
import type { Clause, Side } from './side.ts'
import { mayBeGuessed, type Situation, type Stage } from './stage.ts'
import type { Quest } from './state.ts'

export interface Look extends Documents {
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

interface Task extends Asking {
  readonly look: Look
  /** Where what stays open is put. */
  readonly open: Undecided[]
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
