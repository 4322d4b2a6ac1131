/** Did a change let in calls without MFA that needed it before? Asks both versions; a policy without its history has no answer. */

import { allow, deny, fires, listed, silent, trust } from '../example.ts'
import { letsIn, needsMfa, withMfa } from '../policy/guard.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'mfa-removed',
  code: 'CND-02',
  needs: 'change',
  title: 'MFA is no longer needed',
  reason: 'Until now a stolen key was not enough for this role. Since the change it is.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
  yieldsTo: ['self-grant'],
  check: (input) => {
    const before = input.drift?.before
    if (before === undefined) return []
    return remarks(input, input.drift?.gained ?? [], ({ witness }) => {
      if (witness.principal.type !== 'AWS') return null
      const asked = letsIn(before, withMfa(witness)) && needsMfa(before, withMfa(witness))
      return asked && !needsMfa(input.policy, witness) ? 'without the MFA that was needed before' : null
    })
  },
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where a program takes the place of people, and the role is pinned to it.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'The condition is gone', trust(allow({ AWS: '111122223333' })), {
    change: {
      actor: 'arn:aws:iam::111122223333:user/alice',
      before: trust(allow({ AWS: '111122223333' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    },
  }),
  fires(
    'high',
    'Bool became BoolIfExists, for a foreign account',
    trust(allow({ AWS: '999988887777' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
    {
      change: {
        actor: 'arn:aws:iam::111122223333:user/alice',
        before: trust(allow({ AWS: '999988887777' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      },
    },
  ),
  silent(
    'MFA moved from the Allow to a Deny',
    'it is needed as before',
    trust(
      allow({ AWS: '111122223333' }),
      deny({ AWS: '*' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }),
    ),
    {
      change: {
        actor: 'arn:aws:iam::111122223333:user/alice',
        before: trust(allow({ AWS: '111122223333' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      },
    },
  ),
])
