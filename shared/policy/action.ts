/** Which calls an action clause covers, and which calls a caller can make at all. */

import { matchesPattern } from './glob.ts'
import { ACCOMPANYING_ACTIONS, type ActionClause, type PrincipalForm } from './policy.ts'

/** Case-insensitive, `*` and `?`; NotAction is everything else. */
export function actionMatches(clause: ActionClause, action: string): boolean {
  const matched = clause.patterns.includes(action) || clause.patterns.some((pattern) => matchesLoosely(pattern, action))
  return matched === (clause.kind === 'Action')
}

function matchesLoosely(pattern: string, action: string): boolean {
  const fits = pattern.length === action.length || pattern.includes('*')
  return fits && matchesPattern(pattern.toLowerCase(), action.toLowerCase())
}

/** The call by which this kind of caller assumes a role; other pairings do not exist. */
export function assumeActionOf(form: PrincipalForm): string {
  if (form.kind !== 'provider') return 'sts:AssumeRole'
  return form.protocol === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

export function canCall(form: PrincipalForm, action: string): boolean {
  if (form.kind === 'not-understood' || form.kind === 'everyone' || form.kind === 'unique-id') return false
  if (assumeActionOf(form) === action) return true
  const wanted = action.toLowerCase()
  return [assumeActionOf(form), ...ACCOMPANYING_ACTIONS].some((possible) => possible.toLowerCase() === wanted)
}
