/** One spelling for all documents that differ only in how they are written. Equal text means equal meaning; the reverse is not promised. */

import type { PrincipalValue, Statement, TrustPolicy } from './policy.ts'

/** Spells each statement once, however often it is asked. */
export type Spelling = (statement: Statement) => string

export function spelling(): Spelling {
  const known = new Map<Statement, string>()
  return (statement) => {
    const text = known.get(statement) ?? canonicalStatement(statement)
    known.set(statement, text)
    return text
  }
}

/** The statements as a set: order and repetition say nothing, nor do Sids. */
export function canonicalPolicy({ statements, notUnderstood }: TrustPolicy, spell: Spelling): string {
  const parts = [...statements.map(spell), ...notUnderstood.map(({ canonical }) => `? ${canonical}`)]
  return [...new Set(parts)].sort().join('\n')
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
export function sharedAllows(holder: TrustPolicy, other: TrustPolicy, spell: Spelling): ReadonlySet<Statement> {
  if (other.statements.length === 0) return new Set()
  const texts = (policy: TrustPolicy, effect: Statement['effect']) =>
    new Set(policy.statements.filter((one) => one.effect === effect).map(spell))
  const denied = texts(holder, 'Deny')
  if (other.notUnderstood.length > 0 || ![...texts(other, 'Deny')].every((text) => denied.has(text))) return new Set()
  const allowed = texts(other, 'Allow')
  return new Set(holder.statements.filter((one) => one.effect === 'Allow' && allowed.has(spell(one))))
}
