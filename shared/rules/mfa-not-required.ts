/** Is MFA asked for and not needed? Asks what a call without it would get, in the Allow and in every Deny. */

import { allow, deny, fires, listed, silent, trust } from '../example.ts'
import { conditionsMet, letsIn, needsMfa } from '../policy/guard.ts'
import type { Condition } from '../policy/policy.ts'
import { conditionsIn, type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'mfa-not-required',
  code: 'CND-01',
  title: 'MFA is asked for, and not needed',
  reason:
    'Calls with long-lived keys carry no MFA key at all, and sessions carry false. A condition that holds for either is no requirement: Bool in a Deny and BoolIfExists in an Allow are the usual slips.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
  yieldsTo: ['self-grant', 'public-role', 'mfa-removed'],
  check: (input) => {
    const { policy } = input
    if (!conditionsIn(policy).some(({ condition }) => isMfa(condition))) return []
    return remarks(input, input.admissions, ({ witness, statement, doubt }) => {
      if (witness.principal.type !== 'AWS' || !conditionsMet(policy, witness, statement).some(isMfa)) return null
      return (doubt === undefined || letsIn(policy, witness)) && !needsMfa(policy, witness)
        ? 'with or without the MFA it asks for'
        : null
    })
  },
}

function isMfa({ name }: Condition): boolean {
  return name.startsWith('aws:multifactorauth')
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where programs and people share a statement: then part it in two, and ask the people.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'IfExists holds for keys that know no MFA',
    trust(allow({ AWS: '111122223333' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
  ),
  fires(
    'high',
    'A Deny that misses calls without the key',
    trust(allow({ AWS: '999988887777' }), deny({ AWS: '*' }, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ),
  fires(
    'low',
    'The key is asked for, and may say no',
    trust(allow({ AWS: '111122223333' }, { Null: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ),
  silent(
    'MFA is needed',
    'a call without the key does not meet Bool',
    trust(allow({ AWS: '111122223333' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
  ),
  silent(
    'A Deny that catches both',
    'BoolIfExists holds for calls without the key, and so denies them',
    trust(
      allow({ AWS: '111122223333' }),
      deny({ AWS: '*' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    ),
  ),
])
