/** Is what IAM shows the same trust as what an event said? By meaning; IAM shows the unique ids of what was deleted since. */

import { canonicalPrincipal, spelt } from './canonical.ts'
import { compareTrusts } from './compare.ts'
import type { PrincipalForm, PrincipalValue, Statement, TrustPolicy } from './policy.ts'

export function sameTrust(a: TrustPolicy, b: TrustPolicy): boolean {
  if (compareTrusts(a, b).verdict === 'equivalent') return true
  const named = nameIds(a, b)
  return named !== null && compareTrusts(named.a, named.b).verdict === 'equivalent'
}

/** Both documents with unique ids replaced by the names that the other shows in their place. Null: they do not correspond. */
function nameIds(a: TrustPolicy, b: TrustPolicy): { readonly a: TrustPolicy; readonly b: TrustPolicy } | null {
  if (a.statements.length !== b.statements.length) return null
  const pairs: (readonly [Statement, Statement])[] = []
  for (const [i, mine] of a.statements.entries()) {
    const theirs = b.statements[i]
    const pair = theirs === undefined ? null : nameStatement(mine, theirs)
    if (pair === null) return null
    pairs.push(pair)
  }
  return {
    a: { ...a, statements: pairs.map(([mine]) => mine) },
    b: { ...b, statements: pairs.map(([, theirs]) => theirs) },
  }
}

function nameStatement(a: Statement, b: Statement): readonly [Statement, Statement] | null {
  const [mine, theirs] = [lacking(a, b), lacking(b, a)]
  const first = rename(a, mine, theirs)
  const second = rename(b, theirs, mine)
  return first === null || second === null ? null : [first, second]
}

/** The principals of one statement that the other does not have. */
function lacking(a: Statement, b: Statement): readonly PrincipalValue[] {
  const known = new Set(b.principal.values.map(canonicalPrincipal))
  return a.principal.values.filter((value) => !known.has(canonicalPrincipal(value)))
}

/** Equal counts, roles for AROA…, users for AIDA…; null when they do not match. */
function rename(
  statement: Statement,
  own: readonly PrincipalValue[],
  other: readonly PrincipalValue[],
): Statement | null {
  const names = new Map<PrincipalValue, PrincipalForm>()
  for (const kind of ['role', 'user'] as const) {
    const ids = own.filter(({ form }) => form.kind === 'unique-id' && idKind(form.id) === kind)
    const arns = other.filter(({ form }) => form.kind === kind)
    if (ids.length !== arns.length && ids.length > 0) return null
    ids.forEach((id, i) => {
      const arn = arns[i]
      if (arn !== undefined) names.set(id, arn.form)
    })
  }
  if (names.size === 0) return statement
  const values = statement.principal.values.map((value) => named(value, names.get(value)))
  return spelt({ ...statement, principal: { ...statement.principal, values } })
}

function named(value: PrincipalValue, form: PrincipalForm | undefined): PrincipalValue {
  return form !== undefined && 'arn' in form ? { ...value, value: form.arn, form } : value
}

function idKind(id: string): 'role' | 'user' {
  return id.startsWith('AROA') ? 'role' : 'user'
}
