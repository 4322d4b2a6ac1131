/** What was demanded of each condition key so far, and what that leaves it to be. Searches nothing. */

import { lastName } from './arn.ts'
import { type Budget, spend } from './budget.ts'
import { holds, type Values } from './condition.ts'
import type { Link } from './demand.ts'
import { linkOf, solveLink } from './link.ts'
import type { Condition } from './policy.ts'
import type { Clause, Riddle, Side } from './side.ts'
import { type Literal, type Solution, solveKey } from './solve-key.ts'
import { domainOf, type Situation } from './stage.ts'

/** Whom one document lets in and the other does not: where to look for him. */
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

export interface Guess {
  readonly value: boolean
  readonly riddle: Riddle
  /** The other keys are such that it comes true. */
  readonly settled: boolean
}

/** Lists, not maps: a state is copied at every step, and holds little. */
export interface State {
  readonly solved: readonly Solved[]
  readonly guesses: readonly Guess[]
}

export const START: State = { solved: [], guesses: [] }

/** Makes every part of a clause true. */
export function assume(clause: Clause, state: State, quest: Quest): State | null {
  let next: State | null = state
  for (const condition of clause.conditions) next = next && add(next, { condition, want: true }, quest)
  for (const riddle of clause.riddles) next = next && guess(next, { riddle, value: true }, quest)
  return next
}

/** Null: then no value is left for the key. */
export function add(state: State, asked: Literal, quest: Quest): State | null {
  const { name, literal } = keyOf(asked, quest)
  const known = solvedFor(name, state)?.literals ?? NO_LITERALS
  if (known.some((one) => one.want === literal.want && isSame(one, literal))) return state
  const literals = [...known, literal]
  const link = linkOf(name, quest.situation)
  if (link === null) {
    const solution = solved(name, literals, quest)
    return solution.kind === 'none'
      ? null
      : { solved: replaced(state, { name, literals, solution }), guesses: state.guesses }
  }
  if (link.widens?.(name, quest.situation.stage) !== true && alone(name, literals, quest).kind === 'none') return null
  const literalsOf = (one: string) => (one === name ? literals : (solvedFor(one, state)?.literals ?? NO_LITERALS))
  const solutions = linked(link, literalsOf, quest)
  if (solutions === null) return null
  let next = state
  for (const [i, key] of link.keys.entries()) {
    const solution = solutions[i]
    if (solution === undefined) continue
    next = { solved: replaced(next, { name: key, literals: literalsOf(key), solution }), guesses: next.guesses }
  }
  return next
}

/** The same is asked of a key on many ways. */
function solved(name: string, literals: readonly Literal[], { situation, budget }: Quest): Solution {
  const asked = spellingOf(literals)
  const known = situation.solved.get(asked)
  if (known !== undefined) return known
  const solution = alone(name, literals, { situation, budget })
  // What was given up for want of work is not known.
  if (budget.left >= 0) situation.solved.set(asked, solution)
  return solution
}

/** Few demands are made of keys that are tied to each other, and the same ones on many ways. */
function linked(
  link: Link,
  literalsOf: (name: string) => readonly Literal[],
  { situation, budget }: Quest,
): readonly Solution[] | null {
  if (link.isPersonal) return solveLink(link, literalsOf, { situation, budget })
  const asked = link.keys.map((key) => spellingOf(literalsOf(key))).join('\n\n')
  const known = situation.linked.get(asked)
  if (known !== undefined) return known
  const solutions = solveLink(link, literalsOf, { situation, budget })
  if (budget.left >= 0) situation.linked.set(asked, solutions)
  return solutions
}

/** Of a link, too: what one key cannot be by itself, it cannot be beside the other. Not remembered: organizations differ in these. */
function alone(
  name: string,
  literals: readonly Literal[],
  { situation, budget }: Pick<Quest, 'situation' | 'budget'>,
): Solution {
  return solveKey(literals, domainOf(name, situation), budget)
}

function spellingOf(literals: readonly Literal[]): string {
  const [first] = literals
  if (first !== undefined && literals.length === 1) return spelling(first)
  return literals.map(spelling).sort().join('\n')
}

function spelling({ condition, want }: Literal): string {
  return want ? condition.canonical : `not ${condition.canonical}`
}

function isSame(one: Literal, other: Literal): boolean {
  return one.condition === other.condition || one.condition.canonical === other.condition.canonical
}

const NO_LITERALS: readonly Literal[] = []

/** The name of a user nobody names is the end of the ARN that is looked for. */
function keyOf(literal: Literal, { situation }: Quest): { readonly name: string; readonly literal: Literal } {
  const { name } = literal.condition
  if (!isOpenName(name, situation)) return { name, literal }
  return { name: 'aws:principalarn', literal: { ...literal, part: 'name' } }
}

function isOpenName(name: string, { cell }: Situation): boolean {
  return name === 'aws:username' && cell.open !== null && cell.form.kind === 'user'
}

/** The fresh one is the last. */
function replaced({ solved }: Pick<State, 'solved'>, fresh: Solved): readonly Solved[] {
  const next: Solved[] = []
  for (const one of solved) if (one.name !== fresh.name) next.push(one)
  next.push(fresh)
  return next
}

export function solvedFor(name: string, { solved }: State): Solved | undefined {
  return solved.find((one) => one.name === name)
}

export function guess(state: State, { riddle, value }: Omit<Guess, 'settled'>, quest: Quest): State | null {
  const known = guessed(riddle, state)
  if (known !== undefined) return known === value ? state : null
  const next = { solved: state.solved, guesses: [...state.guesses, { value, riddle, settled: false }] }
  const plain = plainPart(riddle, value)
  return plain === null ? next : add(next, { condition: plain, want: value }, quest)
}

/** Values without variables count whatever the variables are: where nothing matches, they do not either. Null: that says nothing. */
function plainPart({ variable }: Riddle, value: boolean): Condition | null {
  if (variable === undefined || variable.operator.base?.negated !== value) return null
  const values = variable.values.filter((one) => !one.includes('${'))
  return values.length === 0 ? null : { ...variable, values, canonical: `${variable.canonical} plain` }
}

function guessed({ canonical }: Riddle, { guesses }: State): boolean | undefined {
  return guesses.find(({ riddle }) => riddle.canonical === canonical)?.value
}

export function isFalse(clause: Clause, state: State, quest: Quest): boolean {
  return (
    clause.conditions.some((condition) => truthIn(condition, state, quest) === false) ||
    clause.riddles.some((riddle) => guessed(riddle, state) === false)
  )
}

export function isTrue(clause: Clause, state: State, quest: Quest): boolean {
  return (
    clause.conditions.every((condition) => truthIn(condition, state, quest) === true) &&
    clause.riddles.every((riddle) => guessed(riddle, state) === true)
  )
}

/** Null: not settled. */
function truthIn(condition: Condition, state: State, quest: Quest): boolean | null {
  const { name, literal } = keyOf({ condition, want: true }, quest)
  const solved = solvedFor(name, state)
  if (solved?.solution.kind === 'unknown') return solved.literals.find((one) => isSame(one, literal))?.want ?? null
  spend(quest.budget, 0.75 + condition.values.length / 4)
  const truth = holds(condition, valuesIn(condition.name, state, quest))
  return truth === 'undecided' ? null : truth === 'yes'
}

/** What the key is as things stand: as solved, else as it is when nobody cares. */
export function valuesIn(name: string, state: State, quest: Quest): Values {
  if (isOpenName(name, quest.situation)) return valuesIn('aws:principalarn', state, quest)?.map(lastName) ?? null
  const solution = solvedFor(name, state)?.solution
  if (solution?.kind === 'value') return solution.values
  const domain = domainOf(name, quest.situation)
  if (domain.absent) return null
  const usual = domain.only?.[0] ?? domain.samples[0]
  return usual === undefined ? null : [usual]
}
