/** One spelling for all documents that differ only in how they are written. Equal text means equal meaning; the reverse is not promised. */

import type { PrincipalValue, Statement, TrustPolicy } from './policy.ts'

/** The statements as sets: order and repetition say nothing, nor do Sids. */
export function isSpeltAlike(a: TrustPolicy, b: TrustPolicy): boolean {
  const [mine, theirs] = [spellings(a), spellings(b)]
  return mine.size === theirs.size && [...mine].every((text) => theirs.has(text))
}

function spellings({ statements, notUnderstood }: TrustPolicy): ReadonlySet<string> {
  const texts = new Set(statements.map(({ canonical }) => canonical))
  for (const { canonical } of notUnderstood) texts.add(`? ${canonical}`)
  return texts
}

/** The statement with its spelling. Whoever makes one out of another has to spell it anew. */
export function spelt(statement: Unspelt): Statement {
  const { index, sid, effect, principal, action, conditions, notUnderstood, path } = statement
  const terms = termsOf(statement)
  const canonical = `${effect} ${principal.kind} ${listed(principal.values.map(canonicalPrincipal))} ${terms}`
  return { index, sid, effect, principal, action, conditions, notUnderstood, path, terms, canonical }
}

export type Unspelt = Omit<Statement, 'canonical' | 'terms'>

function termsOf({ action, conditions, notUnderstood }: Unspelt): string {
  const what = listed(action.patterns.map((pattern) => pattern.toLowerCase()))
  const when = listed(conditions.map(({ canonical }) => canonical))
  const open = listed(notUnderstood.map(({ canonical }) => canonical))
  return `${action.kind} ${what} ${when} ${open}`
}

/** As a set; each with its length, so that it can only be read one way. */
function listed(items: readonly string[]): string {
  let text = ''
  for (const item of unique(items)) text += `${item.length}:${item},`
  return `[${text}]`
}

/** The conditions; '' for none. */
export function fingerprint({ conditions }: Pick<Statement, 'conditions'>): string {
  return unique(conditions.map(({ canonical }) => canonical)).join(' ')
}

/** An account id and the root ARN of that account are the same. */
export function canonicalPrincipal({ key, value, form }: PrincipalValue): string {
  if (form.kind === 'everyone') return '*'
  return form.kind === 'account' ? `account ${form.account}` : `${key} ${value}`
}

function unique(items: readonly string[]): readonly string[] {
  const [first = '', second = ''] = items
  if (items.length < 2 || (items.length === 2 && first < second)) return items
  return [...items].sort().filter((item, place, sorted) => item !== sorted[place - 1])
}

/**
 * The principals of Allow statements that open nothing the other document does not open: it lets the same one in under the same
 * conditions, and denies nothing that this one does not deny too.
 */
export function sharedWith(
  holder: TrustPolicy,
  other: TrustPolicy,
): (statement: Statement, value: PrincipalValue) => boolean {
  if (holder.statements.length === 0 || other.statements.length === 0) return () => false
  const denied = denials(holder)
  if (other.notUnderstood.length > 0 || ![...denials(other)].every((text) => denied.has(text))) return () => false
  const allowed = new Set(other.statements.flatMap(allowances))
  return (statement, value) => allowed.has(allowance(statement, value))
}

function denials({ statements }: TrustPolicy): ReadonlySet<string> {
  return new Set(statements.flatMap(({ effect, canonical }) => (effect === 'Deny' ? canonical : [])))
}

function allowances(statement: Statement): readonly string[] {
  const { effect, principal } = statement
  return effect === 'Allow' ? principal.values.map((value) => allowance(statement, value)) : []
}

/** All but one is not the sum of its principals. */
function allowance(statement: Statement, value: PrincipalValue): string {
  const { principal, canonical, terms } = statement
  return principal.kind === 'NotPrincipal' ? canonical : `${canonicalPrincipal(value)} ${terms}`
}
