/** What is known of who gets in through one policy, for another that says the same in most places. Asks nobody. */

import { actionMatches } from './action.ts'
import { denials } from './canonical.ts'
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
  if (!isAlike || !isSameList(surroundings(known.policy), surroundings(policy))) return NOTHING_KNOWN
  const parts = byTerms(known.parts)
  const unheard = unheardOf(policy, known.policy)
  return (statement, value) => {
    if (statement.principal.kind === 'NotPrincipal' || unheard.some((one) => mayCover(value.form, one)))
      return undefined
    const found = partFor(statement, value, parts)?.found
    return found?.map((one) => (one.statement === statement.index ? one : { ...one, statement: statement.index }))
  }
}

/**
 * Whom a policy that only takes principals away may no longer let in: all that those principals stood for. Null: it does more than
 * that, or what the known one says is not all certain. It lets in nobody whom the known one does not.
 */
export function takenAway(known: Entrances, policy: TrustPolicy): readonly Admission[] | null {
  const isCertain = known.undecided.length === 0 && isWhole(known.policy) && isWhole(policy)
  if (!isCertain || !hasOnlyPrincipals(known.policy) || !hasOnlyPrincipals(policy)) return null
  if (!isSameList(denials(known.policy), denials(policy))) return null
  const parts = byTerms(known.parts)
  const left = new Set<Part>()
  for (const statement of policy.statements)
    for (const value of statement.effect === 'Allow' ? statement.principal.values : []) {
      const alike = partsFor(statement, value, parts)
      if (alike.length === 0) return null
      for (const part of alike) left.add(part)
    }
  return known.parts.flatMap((part) => (left.has(part) ? [] : part.found))
}

type Parts = ReadonlyMap<string, readonly Part[]>

function byTerms(parts: readonly Part[]): Parts {
  const index = new Map<string, Part[]>()
  for (const part of parts) {
    const alike = index.get(part.statement.terms)
    if (alike === undefined) index.set(part.statement.terms, [part])
    else alike.push(part)
  }
  return index
}

function partFor(statement: Statement, value: PrincipalValue, parts: Parts): Part | undefined {
  return parts.get(statement.terms)?.find((part) => isSameValue(part.value, value))
}

function partsFor(statement: Statement, value: PrincipalValue, parts: Parts): readonly Part[] {
  return parts.get(statement.terms)?.filter((part) => isSameValue(part.value, value)) ?? []
}

function isSameValue(one: PrincipalValue, other: PrincipalValue): boolean {
  return one.value === other.value && one.key === other.key
}

/** Where the order says nothing. */
function isSameList(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return false
  const sorted = [...other].sort()
  return [...one].sort().every((text, i) => text === sorted[i])
}

function hasOnlyPrincipals({ statements }: TrustPolicy): boolean {
  return statements.every(({ principal }) => principal.kind === 'Principal')
}

/** Principals that the known policy does not name: it did not tell them apart from others. */
function unheardOf(policy: TrustPolicy, known: TrustPolicy): readonly PrincipalForm[] {
  const heard = new Set<string>()
  for (const { principal } of known.statements) for (const { value } of principal.values) heard.add(value)
  return policy.statements.flatMap(({ principal }) =>
    principal.values.flatMap(({ value, form }) => (heard.has(value) ? [] : form)),
  )
}

function mayCover(form: PrincipalForm, other: PrincipalForm): boolean {
  if (form.kind === 'everyone' || form.kind === 'not-understood') return true
  return 'account' in form && 'account' in other && form.account === other.account
}

function isWhole({ readable, notUnderstood }: TrustPolicy): boolean {
  return readable && notUnderstood.length === 0
}

function surroundings({ statements }: TrustPolicy): readonly string[] {
  return statements.flatMap(({ effect, action, canonical }) => (effect === 'Deny' || letsPass(action) ? canonical : []))
}

function letsPass(action: Statement['action']): boolean {
  return ACCOMPANYING_ACTIONS.some((one) => actionMatches(action, one))
}
