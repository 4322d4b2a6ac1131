/**
 * Looks for one caller whom one document lets in and the other does not. A found caller is confirmed by the evaluator on both documents;
 * "nobody" is said only when every way was closed. Knows single kinds of callers (cells), never the whole comparison.
 */

import { spend } from './budget.ts'
import { confirm, type Found, NOBODY } from './certify.ts'
import type { Clause } from './side.ts'
import { add, assume, guess, isFalse, isTrue, type Quest, START, type State } from './state.ts'

/** A caller of the situation who gets in through this Allow, and whom the other document refuses. */
export function seek(clause: Clause, quest: Quest): Found {
  const begin = assume(clause, START, quest)
  return begin === null ? NOBODY : walk(begin, quest)
}

const TOO_MUCH: Found = {
  kind: 'unknown',
  says: 'the documents are too involved to compare within the bound on work',
  path: '',
}

/** Depth first: takes a clause that still stands in the way, and tries every way of removing it. */
function walk(state: State, quest: Quest): Found {
  if (!spend(quest.budget, 1)) return TOO_MUCH
  const denial = quest.holder.denies.find((clause) => !isFalse(clause, state, quest))
  if (denial !== undefined) return first(falsify(denial, state, quest), quest)
  if (quest.other.denies.some((clause) => isTrue(clause, state, quest))) return confirm(state, quest, walk)
  const admission = quest.other.allows.find((clause) => !isFalse(clause, state, quest))
  if (admission === undefined) return confirm(state, quest, walk)
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
