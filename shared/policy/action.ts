/** Which calls an action clause covers, and which calls a caller can make at all. */

import { matchesPattern } from './glob.ts'
import { ACCOMPANYING_ACTIONS, type ActionClause, type PrincipalForm } from './policy.ts'

/** Case-insensitive, `*` and `?`; NotAction is everything else. */
export function actionMatches(clause: ActionClause, action: string): boolean {
  const wanted = action.toLowerCase()
  const matched = clause.patterns.some((pattern) => {
    if (pattern === action) return true
    const lower = pattern.toLowerCase()
    return matchesPattern(lower, wanted)
  })
  return matched === (clause.kind === 'Action')
}

/** The call by which this kind of caller assumes a role; other pairings do not exist. */
export function assumeActionOf(form: PrincipalForm): string {
  if (form.kind !== 'provider') return 'sts:AssumeRole'
  return form.protocol === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

export function canCall(form: PrincipalForm, action: string): boolean {
  if (form.kind === 'not-understood' || form.kind === 'everyone') return false
  if (assumeActionOf(form) === action) return true
  const wanted = action.toLowerCase()
  return [assumeActionOf(form), ...ACCOMPANYING_ACTIONS].some((possible) => possible.toLowerCase() === wanted)
}
