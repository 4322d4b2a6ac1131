/** Does a condition that only speaks of people and roles stand as a guard over a service? Guards that lock it out are another rule’s. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { holds } from '../policy/condition.ts'
import { neverSends } from '../policy/service-keys.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'caller-key-on-service',
  code: 'SVC-08',
  title: 'A guard that no service ever meets',
  reason:
    'Keys such as aws:PrincipalOrgID describe a signed caller. A service sends none of them, so a condition that holds without the key lets the service in for anybody; aws:SourceAccount is the key that was meant.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  check: (input) =>
    remarks(input, input.admissions, (_, { statement, form }) => {
      if (form.kind !== 'service') return null
      const idle = statement.conditions.find(
        (condition) => neverSends(form.name, condition.name) && holds(condition, null) === 'yes',
      )
      return idle === undefined ? null : `whatever ${idle.key} says: the service does not send it`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the statement names people too, and the condition is for them: then part the statement in two.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'The organisation, if it is sent',
    trust(allow({ Service: 'sns.amazonaws.com' }, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
  ),
  fires(
    'medium',
    'Everybody but one account, which a service has none of',
    trust(allow({ Service: 'ec2.amazonaws.com' }, { StringNotEquals: { 'aws:PrincipalAccount': '999988887777' } })),
  ),
  silent(
    'The source’s organisation',
    'that is what the service sends',
    trust(allow({ Service: 'sns.amazonaws.com' }, { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } })),
  ),
])
