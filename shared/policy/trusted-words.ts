/** Whom a policy trusts instead of the caller, and whom it may have meant. Decides nothing. */

import type { Call } from './call.ts'
import { list, principalWords, spell } from './condition-words.ts'
import type { PrincipalValue, Statement } from './policy.ts'

/** @param statements those that allow something, none of them to this caller */
export function noTrustWords(statements: readonly Statement[], call: Call): readonly string[] {
  const { caller, request } = call
  const who = principalWords(caller.form, request.principal.id)
  const trusted = statements.flatMap(({ principal }) => (principal.kind === 'Principal' ? principal.values : []))
  const names = [...new Set(trusted.map(({ form, value }) => principalWords(form, value)))]
  const instead = names.length === 0 ? '' : `; trusted ${names.length === 1 ? 'is' : 'are'} ${list(names, 'and')}`
  return [`no statement trusts ${who}${instead}`, ...nearWords(trusted, request.principal.id), ...deletedWords(trusted)]
}

/** Two misspelt letters at most, or another case. */
function nearWords(trusted: readonly PrincipalValue[], id: string): readonly string[] {
  const near = trusted.find(({ value }) => value !== id && distance(value.toLowerCase(), id.toLowerCase()) <= 2)
  if (near === undefined) return []
  return [
    `${spell(near.value)} is trusted, ${spell(id)} is not: one of them may be misspelt. Upper and lower case count`,
  ]
}

// IAM replaces the ARN of a deleted user or role by its unique id, and one made anew has another.
function deletedWords(trusted: readonly PrincipalValue[]): readonly string[] {
  if (!trusted.some(({ form }) => form.kind === 'unique-id')) return []
  return [
    'if the caller was deleted and made anew, name its ARN in the trust policy again: the policy still means the old one',
  ]
}

/** Levenshtein's, row by row; texts of other lengths are far. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2 || a.length > 2048) return 3
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 3
}
