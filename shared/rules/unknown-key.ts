/** Is a condition key one that no call to STS carries? Claims of identity providers are open-ended and not judged. */

import { allow, deny, fires, listed, silent, trust } from '../example.ts'
import { isKnownKey, nearestKey } from '../policy/known-keys.ts'
import { conditionsIn, type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'unknown-key',
  code: 'CND-06',
  title: 'No call carries this condition key',
  reason:
    'A misspelt key is never sent. A condition that needs it refuses everybody; one that holds without it, or stands in a Deny, keeps nobody out.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  check: ({ policy }) =>
    conditionsIn(policy)
      .filter(({ condition }) => !isKnownKey(condition.name))
      .map(({ statement, condition }) => {
        const near = nearestKey(condition.name)
        const hint = near === null ? '' : `; ${near} was probably meant`
        const says = (name: string) =>
          `${name} looks at ${condition.key}, which no call to assume a role carries${hint}`
        return statementDraft(policy, statement, { severity: 'high', says })
      }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where AWS has brought out a key of that name: then say so in an issue.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'high',
    'A letter is missing',
    trust(
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalOrgId': 'o-a1b2c3d4e5', 'sts:ExternaId': 'x' } }),
    ),
  ),
  fires(
    'high',
    'A key of another service, in a Deny that so keeps nobody out',
    trust(allow({ AWS: '111122223333' }), deny({ AWS: '*' }, { StringEquals: { 's3:prefix': 'secret' } })),
  ),
  silent(
    'Another case',
    'keys are the same in any case',
    trust(allow({ AWS: '*' }, { StringEquals: { 'AWS:principalaccount': '111122223333' } })),
  ),
  silent(
    'A tag of the caller',
    'what stands behind the slash is the account’s own',
    trust(allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalTag/team': 'data' } })),
  ),
])
