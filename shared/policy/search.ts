/**
 * Looks for one caller whom one document lets in and the other does not. A found caller is confirmed by the evaluator on both documents;
 * "nobody" is said only when every way was closed. Knows single kinds of callers (cells), never the whole comparison.
 */

import { spend } from './budget.ts'
import { confirm, type Found, NOBODY, TOO_MUCH } from './certify.ts'
import type { Clause } from './side.ts'
import { add, assume, guess, isFalse, isTrue, type Quest, START, type State } from './state.ts'

/** A caller of the situation who gets in through this Allow, and whom the other document refuses. */
export function seek(clause: Clause, quest: Quest): Found {
  const begin = assume(clause, START, quest)
  return begin === null ? NOBODY : walk(begin, quest)
}

/** Depth first: takes a clause that still stands in the way, and tries every way of removing it. */
function walk(state: State, quest: Quest): Found {
  if (!spend(quest.budget, 1)) return TOO_MUCH
  const denial = quest.holder.denies.find((clause) => !isFalse(clause, state, quest))
  if (denial !== undefined) return first(falsify(denial, state, quest), quest)
  if (quest.other.denies.some((clause) => isTrue(clause, state, quest))) return confirm(state, quest, walk)
  const admission = quest.other.allows.find((clause) => !isFalse(clause, state, quest))
  if (admission === undefined) return confirm(state, quest, walk)
  return first(refuse(admission, state, quest), quest)
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

/** One way after the other: mostly the first will do. */
function* falsify({ conditions, riddles }: Clause, state: State, quest: Quest): Generator<State> {
  for (const condition of conditions) yield* some(add(state, { condition, want: false }, quest))
  for (const riddle of riddles) yield* some(guess(state, riddle, false))
}

function* refuse(admission: Clause, state: State, quest: Quest): Generator<State> {
  yield* falsify(admission, state, quest)
  for (const clause of quest.other.denies) yield* some(assume(clause, state, quest))
}

function some(state: State | null): readonly State[] {
  return state === null ? [] : [state]
}
