/** One spelling for all documents that differ only in how they are written. Equal text means equal meaning; the reverse is not promised. */

import type { PrincipalValue, Statement, TrustPolicy } from './policy.ts'

/** The statements as a set: order and repetition say nothing, nor do Sids. */
export function canonicalPolicy({ statements, notUnderstood }: TrustPolicy): string {
  const parts = [...statements.map(canonicalStatement), ...notUnderstood.map(({ canonical }) => `? ${canonical}`)]
  return [...new Set(parts)].sort().join('\n')
}

export function canonicalStatement(statement: Statement): string {
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
  return [...new Set(items)].sort()
}
