/** Which calls an action clause covers, and which calls a caller can make at all. */

import { glob, matches } from './glob.ts'
import { ACCOMPANYING_ACTIONS, type ActionClause, type PrincipalForm } from './policy.ts'

/** Case-insensitive, `*` and `?`; NotAction is everything else. */
export function actionMatches(clause: ActionClause, action: string): boolean {
  const wanted = action.toLowerCase()
  const matched = clause.patterns.some((pattern) => {
    const lower = pattern.toLowerCase()
    return lower === wanted || (/[*?]/.test(lower) && matches(glob(lower), wanted))
  })
  return matched === (clause.kind === 'Action')
}

/** The call by which this kind of caller assumes a role; other pairings do not exist. */
export function assumeActionOf(form: PrincipalForm): string {
  if (form.kind !== 'provider') return 'sts:AssumeRole'
  return form.protocol === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
}

export function canCall(form: PrincipalForm, action: string): boolean {
  const wanted = action.toLowerCase()
  return [assumeActionOf(form), ...ACCOMPANYING_ACTIONS].some((possible) => possible.toLowerCase() === wanted)
}
