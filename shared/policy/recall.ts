/** What is known of who gets in through one policy, for another that says the same in most places. Asks nobody. */

import { actionMatches } from './action.ts'
import type { Admission, Undecided } from './comparison.ts'
import {
  ACCOMPANYING_ACTIONS,
  type PrincipalForm,
  type PrincipalValue,
  type Statement,
  type TrustPolicy,
} from './policy.ts'

/** Whom one principal of one statement lets in. */
export interface Part {
  readonly statement: Statement
  readonly value: PrincipalValue
  readonly found: readonly Admission[]
}

/** Who gets in through a policy, by its parts. */
export interface Entrances {
  readonly policy: TrustPolicy
  readonly parts: readonly Part[]
  readonly undecided: readonly Undecided[]
}

/** What is known already of whom this principal of this statement lets in; undefined: nothing is. */
export type Recall = (statement: Statement, value: PrincipalValue) => readonly Admission[] | undefined

export const NOTHING_KNOWN: Recall = () => undefined

/**
 * Whom an Allow lets in hangs on the Allow, on every Deny, and on the statements that let callers pass something along: where those are the
 * same, so are they.
 */
export function recallFrom(known: Entrances, policy: TrustPolicy): Recall {
  const isAlike = known.undecided.length === 0 && isWhole(known.policy) && isWhole(policy)
  if (!isAlike || surroundings(known.policy) !== surroundings(policy)) return NOTHING_KNOWN
  const parts = new Map(known.parts.map((part) => [nameOf(part.statement, part.value), part.found]))
  const unheard = unheardOf(policy, known.policy)
  return (statement, value) => {
    if (statement.principal.kind === 'NotPrincipal' || unheard.some((one) => mayCover(value.form, one)))
      return undefined
    const found = parts.get(nameOf(statement, value))
    return found?.map((one) => (one.statement === statement.index ? one : { ...one, statement: statement.index }))
  }
}

/**
 * Whom a policy that only takes principals away may no longer let in: all that those principals stood for. Null: it does more than
 * that, or what the known one says is not all certain. It lets in nobody whom the known one does not.
 */
export function takenAway(known: Entrances, policy: TrustPolicy): readonly Admission[] | null {
  const isCertain = known.undecided.length === 0 && isWhole(known.policy) && isWhole(policy)
  if (!isCertain || !hasOnlyPrincipals(known.policy) || denials(known.policy) !== denials(policy)) return null
  const names = new Set(known.parts.map(({ statement, value }) => nameOf(statement, value)))
  const left = new Set(allowances(policy))
  const isPart = hasOnlyPrincipals(policy) && [...left].every((name) => names.has(name))
  if (!isPart) return null
  return known.parts.flatMap(({ statement, value, found }) => (left.has(nameOf(statement, value)) ? [] : found))
}

function hasOnlyPrincipals({ statements }: TrustPolicy): boolean {
  return statements.every(({ principal }) => principal.kind === 'Principal')
}

function denials({ statements }: TrustPolicy): string {
  return JSON.stringify(statements.flatMap(({ effect, canonical }) => (effect === 'Deny' ? canonical : [])).sort())
}

function allowances({ statements }: TrustPolicy): readonly string[] {
  return statements.flatMap((statement) =>
    statement.effect === 'Allow' ? statement.principal.values.map((value) => nameOf(statement, value)) : [],
  )
}

/** Principals that the known policy does not name: it did not tell them apart from others. */
function unheardOf(policy: TrustPolicy, known: TrustPolicy): readonly PrincipalForm[] {
  const heard = new Set(valuesIn(known).map(({ key, value }) => `${key} ${value}`))
  return valuesIn(policy).flatMap(({ key, value, form }) => (heard.has(`${key} ${value}`) ? [] : form))
}

function valuesIn({ statements }: TrustPolicy): readonly PrincipalValue[] {
  return statements.flatMap(({ principal }) => principal.values)
}

function mayCover(form: PrincipalForm, other: PrincipalForm): boolean {
  if (form.kind === 'everyone' || form.kind === 'not-understood') return true
  return 'account' in form && 'account' in other && form.account === other.account
}

function isWhole({ readable, notUnderstood }: TrustPolicy): boolean {
  return readable && notUnderstood.length === 0
}

function surroundings({ statements }: TrustPolicy): string {
  const counting = statements.filter(({ effect, action }) => effect === 'Deny' || letsPass(action))
  return JSON.stringify(counting.map(({ canonical }) => canonical).sort())
}

function letsPass(action: Statement['action']): boolean {
  return ACCOMPANYING_ACTIONS.some((one) => actionMatches(action, one))
}

function nameOf({ terms }: Statement, { key, value }: PrincipalValue): string {
  return `${key} ${value} ${terms}`
}
