/** What is demanded of keys that say something about each other, and how one way after the other is tried in which they can be at once. */

import type { Domain, Literal, Solution } from './solve-key.ts'
import { only, type Situation, type Stage } from './stage.ts'

/** What is demanded of one key, and what it may be. */
export interface Demand {
  readonly literals: readonly Literal[]
  readonly domain: Domain
}

/** @param further what the other keys demand of this one */
export type Ask = (demand: Demand, domain: Domain, further?: readonly Literal[]) => Solution

/** What the keys are at once, in their order; null: nothing, that way. */
export type Way = readonly Solution[] | null

/** What the documents ask for. */
export type Asked = Pick<Situation, 'conditionsOn' | 'keysUnder'>

/** Keys that say something about each other. */
export interface Link {
  /** In lower case. */
  readonly keys: readonly string[]
  /** All ways there are, in the order of preference: the first one that leads to values is taken. Made as they are asked for. */
  readonly ways: (demandOn: (key: string) => Demand, ask: Ask) => Iterable<Way>
  /** Callers of one cell differ in it: no answer stands for another. */
  readonly isPersonal?: true
  /** Can a key be more beside the others than it can be by itself? Absent: none can. */
  readonly widens?: (name: string, stage: Stage) => boolean
}

export const ABSENT = only([], true)
export const NONE: Solution = { kind: 'none' }
export const UNKNOWN: Solution = { kind: 'unknown' }

/** The later ones are asked only where the earlier ones can be that. */
export function inTurn(...asks: readonly (() => Solution)[]): Way {
  const found: Solution[] = []
  for (const ask of asks) {
    const solution = ask()
    if (solution.kind === 'none') return null
    found.push(solution)
  }
  return found
}

/** For what was not tried: open, unless some key cannot even by itself be what is demanded of it. */
export function openUnless(demands: readonly Demand[], ask: Ask): Way {
  const alone = demands.every((demand) => ask(demand, { ...demand.domain, absent: false }).kind !== 'none')
  return alone ? demands.map(() => UNKNOWN) : null
}
