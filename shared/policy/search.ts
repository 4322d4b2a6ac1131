/**
 * Looks for one caller whom one document lets in and the other does not. A found caller is confirmed by the evaluator on both documents;
 * "nobody" is said only when every way was closed. Knows single kinds of callers (cells), never the whole comparison.
 */

import { spend } from './budget.ts'
import { confirm, type Found, NOBODY, TOO_MUCH } from './certify.ts'
import type { Condition } from './policy.ts'
import type { Clause, Riddle } from './side.ts'
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
  if (denial !== undefined) return falsify(denial, state, quest).found
  if (quest.other.denies.some((clause) => isTrue(clause, state, quest))) return confirm(state, quest, walk)
  const admission = quest.other.allows.find((clause) => !isFalse(clause, state, quest))
  if (admission === undefined) return confirm(state, quest, walk)
  return refuse(admission, state, quest)
}

interface Tried {
  readonly found: Found
  /** What is left to look at; null: nothing. */
  readonly rest: State | null
}

/** One way after the other. Where nobody fails this part, whoever is left passes it: that is demanded of the next ways. */
function falsify({ conditions, riddles }: Clause, state: State, quest: Quest): Tried {
  let best: Found = NOBODY
  let rest: State | null = state
  for (const part of [...conditions, ...riddles]) {
    if (rest === null) break
    const found = within(set(part, false, rest, quest), quest)
    if (isFinal(found)) return { found, rest: null }
    if (found.kind === 'nobody') rest = set(part, true, rest, quest)
    else best = found
  }
  return { found: best, rest }
}

/** Makes one part of a clause true, or false. */
function set(part: Condition | Riddle, want: boolean, state: State, quest: Quest): State | null {
  return 'says' in part
    ? guess(state, { riddle: part, value: want }, quest)
    : add(state, { condition: part, want }, quest)
}

/** The other document's Allow does not hold, or one of its Denies does. */
function refuse(admission: Clause, state: State, quest: Quest): Found {
  const tried = falsify(admission, state, quest)
  let best = tried.found
  if (isFinal(best) || tried.rest === null) return best
  for (const clause of quest.other.denies) {
    const found = within(assume(clause, tried.rest, quest), quest)
    if (isFinal(found)) return found
    if (found.kind === 'unknown') best = found
  }
  return best
}

function within(state: State | null, quest: Quest): Found {
  if (state !== null) return walk(state, quest)
  return quest.budget.left < 0 ? TOO_MUCH : NOBODY
}

function isFinal(found: Found): boolean {
  return found.kind === 'witness' || found === TOO_MUCH
}
