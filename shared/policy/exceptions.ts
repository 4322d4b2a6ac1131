/** Whom an entry does not stand for, though its words would cover him: those whom a Deny keeps out, and those let in by both documents. */

import { actionMatches } from './action.ts'
import type { Budget } from './budget.ts'
import type { Cell } from './cell.ts'
import { complement } from './complement.ts'
import { holds } from './condition.ts'
import type { RoleContext } from './context.ts'
import { isMetBy } from './covering.ts'
import { organizationOf } from './exposure.ts'
import { matchesPattern } from './glob.ts'
import type { Hit } from './hit.ts'
import { seekAll, withConditions } from './narrow.ts'
import { ACCOMPANYING_ACTIONS, type Condition, type PrincipalForm, type Statement, type TrustPolicy } from './policy.ts'
import { callerAs, matchesForm } from './principal.ts'
import type { Clause } from './side.ts'
import { wholeOf } from './whole.ts'

export interface Exceptions {
  /** Conditions that say whom the Denies leave. */
  readonly rests: readonly Condition[]
  readonly those: readonly Exception[]
  /** Let in by both documents. */
  readonly anyway: readonly PrincipalForm[]
  /** All whom the other document names are let in by it anyway: the rest is "any other". */
  readonly othersOnly: boolean
}

export interface Exception {
  /** Null: whoever it is. */
  readonly who: PrincipalForm | null
  readonly conditions: readonly Condition[]
}

const NOBODY: Exceptions = { rests: [], those: [], anyway: [], othersOnly: false }

export function exceptionsOf(hit: Hit, of: { readonly about: RoleContext; readonly wording: Budget }): Exceptions {
  const { holder, other } = hit.quest
  if (other.policy.statements.length === 0 && holder.policy.statements.every(({ effect }) => effect === 'Allow'))
    return NOBODY
  const left = denialsAmong(hit, of.wording).map(({ conditions }) => ({ conditions, rest: complementOf(conditions) }))
  const named = within(hit.quest.other.policy, 'Allow', { hit, about: of.about })
  const anyway = named.filter((one) => isLetIn(one, hit))
  const othersOnly = !isWide(hit.cell) && named.length > 0 && anyway.length === named.length
  const denied = within(hit.quest.holder.policy, 'Deny', { hit, about: of.about })
  const apart = denied.map(({ form, statement }) => ({ who: form, conditions: statement.conditions }))
  const conditional = left.flatMap(({ conditions, rest }) => (rest === null ? [{ who: null, conditions }] : []))
  return {
    rests: left.flatMap(({ rest }) => rest ?? []),
    those: [...apart, ...conditional],
    anyway: othersOnly ? [] : anyway.map(({ form }) => form),
    othersOnly,
  }
}

/** The Denies beside the Allow that keep out some of those whom it lets in; those too of which that could not be told. */
function denialsAmong({ clause, quest }: Hit, wording: Budget): readonly Clause[] {
  const { holder } = quest
  const own = holder.denies.filter(
    ({ statement, conditions, riddles }) =>
      conditions.length > 0 && riddles.length === 0 && holder.policy.statements.includes(statement),
  )
  if (own.length === 0) return []
  const anyone = wholeOf(quest).map((one) => ({
    ...one,
    holder: { ...holder, denies: [] },
    other: { ...quest.other, allows: [], denies: [] },
  }))
  return own.filter(({ conditions }) => seekAll(withConditions(clause, conditions), anyone, wording).kind !== 'nobody')
}

/** Whom a Deny of one condition leaves. */
function complementOf([only, ...others]: readonly Condition[]): Condition | null {
  return only === undefined || others.length > 0 ? null : complement(only)
}

interface NamedIn {
  readonly form: PrincipalForm
  readonly statement: Statement
}

/** Whom statements name of those whom the entry speaks of: there are others than the caller where it speaks of an account or a role. */
function within(
  { statements }: TrustPolicy,
  effect: Statement['effect'],
  { hit, about }: { readonly hit: Hit; readonly about: RoleContext },
): readonly NamedIn[] {
  const { cell, request } = hit
  const found: NamedIn[] = []
  if (cell.open === null && cell.form.kind !== 'role') return found
  for (const statement of statements) {
    if (statement.effect !== effect || statement.notUnderstood.length > 0) continue
    if (statement.principal.kind !== 'Principal' || !actionMatches(statement.action, request.action)) continue
    for (const { form } of statement.principal.values) if (isWithin(form, hit, about)) found.push({ form, statement })
  }
  return found
}

/** Callers of more accounts than one. */
function isWide({ fresh, like }: Cell): boolean {
  return fresh || like.length > 0
}

/** Is he one of those whom the entry speaks of? */
function isWithin(form: PrincipalForm, hit: Hit, about: RoleContext): boolean {
  const { cell, clause } = hit
  if (!('account' in form)) return false
  if (cell.open === null)
    return cell.form.kind === 'role' && form.kind === 'session' && matchesForm(cell.form, callerAs(form)) === 'yes'
  if (!isWide(cell)) return form.account === cell.account && form.kind !== 'account'
  const isMember =
    cell.like.every((pattern) => matchesPattern(pattern, form.account)) && mayBelong(form.account, hit, about)
  const { derived } = callerAs(form)
  return isMember && clause.conditions.every((one) => !isAgainst(one, derived('aws:principalaccount')))
}

/** The organization that the entry speaks of, if any. */
function mayBelong(account: string, { cell, request }: Hit, about: RoleContext): boolean {
  const id = cell.organization ?? organizationOf(request)
  if (id === null || about.organization === undefined) return true
  return about.organization.accounts.includes(account) === (id === about.organization.id)
}

function isAgainst(condition: Condition, account: string | undefined): boolean {
  return condition.name === 'aws:principalaccount' && account !== undefined && holds(condition, [account]) === 'no'
}

/** Whatever the entry asks for suffices for the other document, which denies him nothing besides. */
function isLetIn({ form, statement }: NamedIn, { clause, quest, request }: Hit): boolean {
  if (!statement.conditions.every((condition) => isMetBy(condition, clause.conditions))) return false
  const passing = ACCOMPANYING_ACTIONS.filter((action) => actionMatches(clause.statement.action, action))
  if (!passing.every((action) => actionMatches(statement.action, action))) return false
  const shared = new Set(quest.holder.policy.statements.map(({ canonical }) => canonical))
  return !quest.other.policy.statements.some(
    (one) =>
      one.effect === 'Deny' &&
      !shared.has(one.canonical) &&
      actionMatches(one.action, request.action) &&
      (one.principal.kind === 'NotPrincipal' || one.principal.values.some((value) => mayMeet(value.form, form))),
  )
}

function mayMeet(denied: PrincipalForm, form: PrincipalForm): boolean {
  if ('account' in denied) return 'account' in form && denied.account === form.account
  return denied.kind === 'everyone' || denied.kind === 'not-understood'
}
