/**
 * Looks for one caller whom one document lets in and the other does not. A found caller is confirmed by the evaluator on both documents;
 * "nobody" is said only when every way was closed. Knows single kinds of callers (cells), never the whole comparison.
 */

import { lastName } from './arn.ts'
import { type Budget, spend } from './budget.ts'
import { callOf } from './call.ts'
import { holds, type Values } from './condition.ts'
import { decide } from './evaluate.ts'
import { linkOf, solveLink } from './link.ts'
import type { Condition } from './policy.ts'
import type { Request } from './request.ts'
import type { Clause, Riddle, Side } from './side.ts'
import { type Literal, type Solution, solveKey } from './solve-key.ts'
import { domainOf, type Situation } from './stage.ts'

export type Found =
  | { readonly kind: 'witness'; readonly request: Request }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown'; readonly says: string; readonly path: string }

export interface Quest {
  readonly holder: Side
  readonly other: Side
  readonly situation: Situation
  readonly budget: Budget
}

/** What is demanded of a key, and what it can be. */
interface Solved {
  readonly name: string
  readonly literals: readonly Literal[]
  readonly solution: Solution
}

/** Lists, not maps: a state is copied at every step, and holds little. */
interface State {
  readonly solved: readonly Solved[]
  readonly guesses: readonly { readonly value: boolean; readonly riddle: Riddle }[]
}

const START: State = { solved: [], guesses: [] }

/** A caller of the situation who gets in through this Allow, and whom the other document refuses. */
export function seek(clause: Clause, quest: Quest): Found {
  const begin = assume(clause, START, quest)
  return begin === null ? NOBODY : walk(begin, quest)
}

const NOBODY: Found = { kind: 'nobody' }
const TOO_MUCH: Found = {
  kind: 'unknown',
  says: 'the documents are too involved to compare within the bound on work',
  path: '',
}

/** Makes every part of a clause true. */
function assume(clause: Clause, state: State, quest: Quest): State | null {
  let next: State | null = state
  for (const condition of clause.conditions) next = next && add(next, { condition, want: true }, quest)
  for (const riddle of clause.riddles) next = next && guess(next, riddle, true)
  return next
}

function add(state: State, asked: Literal, quest: Quest): State | null {
  const { name, literal } = keyOf(asked, quest)
  const known = solvedFor(name, state)?.literals ?? NO_LITERALS
  if (known.some((one) => one.want === literal.want && one.condition === literal.condition)) return state
  const literals = [...known, literal]
  const link = linkOf(name)
  if (link === null) {
    const solution = solveKey(literals, domainOf(name, quest.situation), quest.budget)
    return solution.kind === 'none' ? null : { ...state, solved: replaced(state, [{ name, literals, solution }]) }
  }
  const literalsOf = (one: string) => (one === name ? literals : (solvedFor(one, state)?.literals ?? NO_LITERALS))
  const solutions = solveLink(link, literalsOf, quest)
  if (solutions === null) return null
  const fresh = solutions.map((solution, i) => {
    const one = link.keys[i]?.toLowerCase() ?? ''
    return { name: one, literals: literalsOf(one), solution }
  })
  return { ...state, solved: replaced(state, fresh) }
}

const NO_LITERALS: readonly Literal[] = []

/** The name of a user nobody names is the end of the ARN that is looked for. */
function keyOf(literal: Literal, { situation }: Quest): { readonly name: string; readonly literal: Literal } {
  const { name } = literal.condition
  if (!isOpenName(name, situation)) return { name, literal }
  return { name: 'aws:principalarn', literal: { ...literal, ofName: true } }
}

function isOpenName(name: string, { cell }: Situation): boolean {
  return name === 'aws:username' && cell.open !== null && cell.form.kind === 'user'
}

function replaced({ solved }: State, fresh: readonly Solved[]): readonly Solved[] {
  return [...solved.filter(({ name }) => !fresh.some((one) => one.name === name)), ...fresh]
}

function solvedFor(name: string, { solved }: State): Solved | undefined {
  return solved.find((one) => one.name === name)
}

function guess(state: State, riddle: Riddle, value: boolean): State | null {
  const known = guessed(riddle, state)
  if (known !== undefined) return known === value ? state : null
  return { solved: state.solved, guesses: [...state.guesses, { value, riddle }] }
}

function guessed({ canonical }: Riddle, { guesses }: State): boolean | undefined {
  return guesses.find(({ riddle }) => riddle.canonical === canonical)?.value
}

/** Depth first: takes a clause that still stands in the way, and tries every way of removing it. */
function walk(state: State, quest: Quest): Found {
  if (!spend(quest.budget, 1)) return TOO_MUCH
  const denial = quest.holder.denies.find((clause) => !isFalse(clause, state, quest))
  if (denial !== undefined) return first(falsify(denial, state, quest), quest)
  if (quest.other.denies.some((clause) => isTrue(clause, state, quest))) return confirm(state, quest)
  const admission = quest.other.allows.find((clause) => !isFalse(clause, state, quest))
  if (admission === undefined) return confirm(state, quest)
  return first([...falsify(admission, state, quest), ...denied(state, quest)], quest)
}

function first(ways: Iterable<State>, quest: Quest): Found {
  let best = NOBODY
  for (const way of ways) {
    const found = walk(way, quest)
    if (found.kind === 'witness' || found === TOO_MUCH) return found
    if (found.kind === 'unknown') best = found
  }
  return quest.budget.left < 0 ? TOO_MUCH : best
}

function falsify(clause: Clause, state: State, quest: Quest): readonly State[] {
  return [
    ...clause.conditions.map((condition) => add(state, { condition, want: false }, quest)),
    ...clause.riddles.map((riddle) => guess(state, riddle, false)),
  ].filter((next) => next !== null)
}

function denied(state: State, quest: Quest): readonly State[] {
  return quest.other.denies.map((clause) => assume(clause, state, quest)).filter((next) => next !== null)
}

function isFalse(clause: Clause, state: State, quest: Quest): boolean {
  return (
    clause.conditions.some((condition) => truthIn(condition, state, quest) === false) ||
    clause.riddles.some((riddle) => guessed(riddle, state) === false)
  )
}

function isTrue(clause: Clause, state: State, quest: Quest): boolean {
  return (
    clause.conditions.every((condition) => truthIn(condition, state, quest) === true) &&
    clause.riddles.every((riddle) => guessed(riddle, state) === true)
  )
}

/** Null: not settled. */
function truthIn(condition: Condition, state: State, quest: Quest): boolean | null {
  const { name } = keyOf({ condition, want: true }, quest)
  const solved = solvedFor(name, state)
  if (solved?.solution.kind === 'unknown')
    return solved.literals.find((one) => one.condition === condition)?.want ?? null
  const truth = holds(condition, valuesIn(condition.name, state, quest))
  return truth === 'undecided' ? null : truth === 'yes'
}

/** What the key is as things stand: as solved, else as it is when nobody cares. */
function valuesIn(name: string, state: State, quest: Quest): Values {
  if (isOpenName(name, quest.situation)) return valuesIn('aws:principalarn', state, quest)?.map(lastName) ?? null
  const solution = solvedFor(name, state)?.solution
  if (solution?.kind === 'value') return solution.values
  const domain = domainOf(name, quest.situation)
  if (domain.absent) return null
  const usual = domain.only?.[0] ?? domain.samples[0]
  return usual === undefined ? null : [usual]
}

function confirm(state: State, quest: Quest): Found {
  for (const { riddle } of state.guesses) return { kind: 'unknown', says: riddle.says, path: riddle.path }
  for (const { name, literals, solution } of state.solved)
    if (solution.kind === 'unknown') {
      const condition = literals[0]?.condition
      return {
        kind: 'unknown',
        says: `which values ${condition?.key ?? name} can have is too hard to tell`,
        path: condition?.path ?? '',
      }
    }
  const request = requestOf(state, quest)
  const { cell } = quest.situation
  const call = request.principal.id === cell.id ? callOf(request, cell) : callOf(request)
  const refused = decide(quest.other.policy, call)
  const certain =
    decide(quest.holder.policy, call) === 'allow' && (refused === 'implicit-deny' || refused === 'explicit-deny')
  if (certain) return { kind: 'witness', request }
  return { kind: 'unknown', says: 'a caller may be let in, but could not be confirmed', path: '' }
}

function requestOf(state: State, quest: Quest): Request {
  const { cell, action } = quest.situation
  const context = new Map<string, string | readonly string[]>()
  for (const [name, key] of namesIn(state, quest)) {
    const values = valuesIn(name, state, quest)
    const [only] = values ?? []
    if (values === null || cell.derived(name) !== undefined) continue
    context.set(key, values.length === 1 && only !== undefined ? only : values)
  }
  // Takes any key, `__proto__` too.
  return { principal: { type: cell.type, id: identityOf(state, quest) }, action, context: Object.fromEntries(context) }
}

function identityOf(state: State, { situation: { cell } }: Quest): string {
  if (cell.open === null) return cell.id
  const arn = solvedFor('aws:principalarn', state)?.solution
  return (arn?.kind === 'value' ? arn.values?.[0] : undefined) ?? cell.id
}

/** Every key that something was demanded of or that a clause of either side looks at, with its spelling. */
function namesIn({ solved }: State, { holder, other }: Quest): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const side of [holder, other])
    for (const { conditions } of [...side.allows, ...side.denies])
      for (const { name, key } of conditions) if (!names.has(name)) names.set(name, key)
  for (const { name, literals } of solved) {
    const [first] = literals
    if (first !== undefined && !names.has(name)) names.set(name, first.condition.key)
    // An age says that there was MFA: a caller who shows the one shows the other.
    if (name === MFA_PRESENT.toLowerCase() && !names.has(name)) names.set(name, MFA_PRESENT)
  }
  return names
}

const MFA_PRESENT = 'aws:MultiFactorAuthPresent'
