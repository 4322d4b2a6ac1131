/** Does a condition hold for every call there is? Says nothing of what else the statement asks. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { holds } from '../policy/condition.ts'
import { assumed } from '../policy/keys.ts'
import { conditionsIn, type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'always-true',
  code: 'CND-10',
  title: 'This condition keeps nobody out',
  reason: 'STS answers over TLS only, so aws:SecureTransport is always true. The condition is no harm and no guard.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport',
  check: ({ policy }) =>
    conditionsIn(policy)
      .filter(({ statement: { effect }, condition }) => {
        const value = assumed(condition.name)
        return effect === 'Allow' && value !== null && holds(condition, [value]) === 'yes'
      })
      .map(({ statement, condition }) =>
        statementDraft(policy, statement, {
          severity: 'info',
          says: (name) => `${condition.key} in ${name} holds for every call`,
        }),
      ),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where a rule of the house asks for the line in every policy.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'info',
    'TLS is asked for',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, { Bool: { 'aws:SecureTransport': 'true' } })),
  ),
  silent(
    'A condition that asks for something',
    'not every caller comes from there',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
  ),
])
