/** Makes a request of what was found, and has the evaluator confirm it on both documents: nothing else is shown to anybody. */

import { actionsOf } from './accompanying.ts'
import { type Call, callOf } from './call.ts'
import { decide } from './evaluate.ts'
import type { TrustPolicy } from './policy.ts'
import type { Evaluation, Request } from './request.ts'
import { add, type Guess, type Quest, type State, solvedFor, valuesIn } from './state.ts'
import { settled } from './variable.ts'

export type Found =
  | { readonly kind: 'witness'; readonly request: Request }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'unknown'; readonly says: string; readonly path: string }

export const NOBODY: Found = { kind: 'nobody' }

export const TOO_MUCH = {
  kind: 'unknown',
  says: 'the documents are too involved to compare within the bound on work',
  path: '',
} as const satisfies Found

/** @param search goes on from a state in which a guess was settled */
export function confirm(state: State, quest: Quest, search: (state: State, quest: Quest) => Found): Found {
  const open = state.guesses.find(({ settled }) => !settled)
  if (open !== undefined) {
    for (const next of settlings(open, state, quest)) {
      const found = search(next, quest)
      if (found.kind === 'witness') return found
    }
    return { kind: 'unknown', says: open.riddle.says, path: open.riddle.path }
  }
  const hard = tooHard(state)
  if (hard !== null) return hard
  const request = requestOf(state, quest)
  const calls = actionsOf(request).map((action) => callIn({ ...request, action }, quest))
  const certain = decisionOn(calls, quest.holder.policy) === 'allow' && isRefused(calls, quest.other.policy)
  if (certain) return { kind: 'witness', request }
  return { kind: 'unknown', says: 'a caller may be let in, but could not be confirmed', path: '' }
}

/** A key that is unknown only for what is asked of another one is not to blame. */
function tooHard({ solved }: State): Found | null {
  const unknown = solved.filter(({ solution }) => solution.kind === 'unknown')
  const [first] = unknown
  if (first === undefined) return null
  const { name, literals } = unknown.find((one) => one.literals.length > 0) ?? first
  const condition = literals[0]?.condition
  return {
    kind: 'unknown',
    says: `which values ${condition?.key ?? name} can have is too hard to tell`,
    path: condition?.path ?? '',
  }
}

function isRefused(calls: readonly Call[], policy: TrustPolicy): boolean {
  const refused = decisionOn(calls, policy)
  return refused === 'implicit-deny' || refused === 'explicit-deny'
}

/** All that the call needs must be allowed; a single refusal refuses it. */
function decisionOn(calls: readonly Call[], policy: TrustPolicy): Evaluation['decision'] {
  let open = false
  for (const call of calls) {
    const decision = decide(policy, call)
    if (decision.endsWith('deny')) return decision
    open ||= decision === 'undecided'
  }
  return open ? 'undecided' : 'allow'
}

function callIn(request: Request, { situation: { cell } }: Quest): Call {
  return request.principal.id === cell.id ? callOf(request, cell) : callOf(request)
}

/** A guess about a policy variable comes true once the variable has a value: the one it has as things stand, or a usual one. */
function settlings(open: Guess, state: State, quest: Quest): readonly State[] {
  const { lookup } = callIn(requestOf(state, quest), quest)
  const guesses = state.guesses.map((guess) => (guess === open ? { ...guess, settled: true } : guess))
  return settled(open.riddle, lookup, quest.situation).flatMap(({ pins, condition }) => {
    const literals = [...pins.map((pin) => ({ condition: pin, want: true })), { condition, want: open.value }]
    return literals.reduce<State | null>((so, literal) => so && add(so, literal, quest), { ...state, guesses }) ?? []
  })
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
