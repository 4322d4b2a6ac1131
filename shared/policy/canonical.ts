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
  const denied = new Set(denials(holder))
  if (other.notUnderstood.length > 0 || !denials(other).every((text) => denied.has(text))) return () => false
  const allowed = allowances(other)
  return (statement, value) => allowed.get(termsFor(statement))?.has(canonicalPrincipal(value)) === true
}

/** The spellings of all Deny statements. */
export function denials({ statements }: TrustPolicy): readonly string[] {
  return statements.flatMap(({ effect, canonical }) => (effect === 'Deny' ? canonical : []))
}

function allowances({ statements }: TrustPolicy): ReadonlyMap<string, ReadonlySet<string>> {
  const allowed = new Map<string, Set<string>>()
  for (const statement of statements) {
    if (statement.effect !== 'Allow') continue
    const terms = termsFor(statement)
    const principals = allowed.get(terms) ?? new Set<string>()
    for (const name of principalsOf(statement.principal)) principals.add(name)
    allowed.set(terms, principals)
  }
  return allowed
}

function principalsOf({ kind, values }: Statement['principal']): readonly string[] {
  return kind === 'NotPrincipal' ? ['*'] : values.map(canonicalPrincipal)
}

/** All but a few is not the sum of its principals: the whole statement has to be the same. */
function termsFor({ principal, terms, canonical }: Statement): string {
  return principal.kind === 'NotPrincipal' ? canonical : terms
}
