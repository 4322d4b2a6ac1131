/** One spelling for all documents that differ only in how they are written. Equal text means equal meaning; the reverse is not promised. */

import type { PrincipalValue, Statement, TrustPolicy } from './policy.ts'

/** The statements as sets: order and repetition say nothing, nor do Sids. */
export function isSpeltAlike(a: TrustPolicy, b: TrustPolicy): boolean {
  const [mine, theirs] = [spellings(a), spellings(b)]
  return mine.size === theirs.size && [...mine].every((text) => theirs.has(text))
}

function spellings({ statements, notUnderstood }: TrustPolicy): ReadonlySet<string> {
  const texts = new Set(statements.map(spell))
  for (const { canonical } of notUnderstood) texts.add(`? ${canonical}`)
  return texts
}

/** Statements never change, and several comparisons ask for the same one's spelling: it lives as long as the statement. */
const known = new WeakMap<Statement, string>()

function spell(statement: Statement): string {
  const text = known.get(statement) ?? canonicalStatement(statement)
  known.set(statement, text)
  return text
}

function canonicalStatement(statement: Statement): string {
  const { effect, principal, action } = statement
  return JSON.stringify([
    effect,
    principal.kind,
    unique(principal.values.map(canonicalPrincipal)),
    action.kind,
    unique(action.patterns.map((pattern) => pattern.toLowerCase())),
    fingerprint(statement),
    unique(statement.notUnderstood.map(({ canonical }) => canonical)),
  ])
}

/** The conditions; '' for none. */
export function fingerprint({ conditions }: Statement): string {
  return unique(conditions.map(({ canonical }) => canonical)).join(' ')
}

/** An account id and the root ARN of that account are the same. */
export function canonicalPrincipal({ key, value, form }: PrincipalValue): string {
  if (form.kind === 'everyone') return '*'
  return form.kind === 'account' ? `account ${form.account}` : `${key} ${value}`
}

function unique(items: readonly string[]): readonly string[] {
  return items.length < 2 ? items : [...new Set(items)].sort()
}

/**
 * The Allow statements that open nothing the other document does not open: it has the same one, and denies nothing that this one
 * does not deny too.
 */
export function sharedAllows(holder: TrustPolicy, other: TrustPolicy): ReadonlySet<Statement> {
  if (holder.statements.length === 0 || other.statements.length === 0) return new Set()
  const denied = spelt(holder, 'Deny')
  if (other.notUnderstood.length > 0 || ![...spelt(other, 'Deny')].every((text) => denied.has(text))) return new Set()
  const allowed = spelt(other, 'Allow')
  return new Set(holder.statements.filter((one) => one.effect === 'Allow' && allowed.has(spell(one))))
}

function spelt(policy: TrustPolicy, effect: Statement['effect']): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const one of policy.statements) if (one.effect === effect) texts.add(spell(one))
  return texts
}
