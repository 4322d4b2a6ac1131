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
export function spelt(statement: Omit<Statement, 'canonical'>): Statement {
  const { index, sid, effect, principal, action, conditions, notUnderstood, path } = statement
  const canonical = canonicalStatement(statement)
  return { index, sid, effect, principal, action, conditions, notUnderstood, path, canonical }
}

function canonicalStatement(statement: Omit<Statement, 'canonical'>): string {
  const { effect, principal, action, conditions, notUnderstood } = statement
  const whom = listed(principal.values.map(canonicalPrincipal))
  const what = listed(action.patterns.map((pattern) => pattern.toLowerCase()))
  const when = listed(conditions.map(({ canonical }) => canonical))
  const open = listed(notUnderstood.map(({ canonical }) => canonical))
  return `${effect} ${principal.kind} ${whom} ${action.kind} ${what} ${when} ${open}`
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
 * The Allow statements that open nothing the other document does not open: it has the same one, and denies nothing that this one
 * does not deny too.
 */
export function sharedAllows(holder: TrustPolicy, other: TrustPolicy): ReadonlySet<Statement> {
  if (holder.statements.length === 0 || other.statements.length === 0) return new Set()
  const denied = spellingsOf(holder, 'Deny')
  if (other.notUnderstood.length > 0 || ![...spellingsOf(other, 'Deny')].every((text) => denied.has(text)))
    return new Set()
  const allowed = spellingsOf(other, 'Allow')
  return new Set(holder.statements.filter((one) => one.effect === 'Allow' && allowed.has(one.canonical)))
}

function spellingsOf(policy: TrustPolicy, effect: Statement['effect']): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const one of policy.statements) if (one.effect === effect) texts.add(one.canonical)
  return texts
}
