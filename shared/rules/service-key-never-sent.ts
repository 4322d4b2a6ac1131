/** Does a condition ask a service for a key it never sends? What a service may send and nobody documents is not judged. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { holds } from '../policy/condition.ts'
import type { Statement } from '../policy/policy.ts'
import { neverSends } from '../policy/service-keys.ts'
import { type Draft, type Example, type Rule, type RuleInput, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'service-key-never-sent',
  code: 'SVC-05',
  title: 'A service can never meet this condition',
  reason:
    'The service does not send that key when it assumes a role, so it is refused every time: what runs with the role stops when its session ends.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  check: ({ policy }) =>
    policy.statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => lockedOut(policy, statement)),
}

function lockedOut(policy: RuleInput['policy'], statement: Statement): readonly Draft[] {
  const asked = statement.conditions.filter((condition) => holds(condition, null) === 'no')
  if (asked.length === 0 || statement.principal.kind !== 'Principal') return []
  return statement.principal.values.flatMap(({ value, form }) => {
    const key = form.kind === 'service' ? asked.find(({ name }) => neverSends(form.name, name))?.key : undefined
    if (key === undefined) return []
    const says = (name: string) => `${value} never gets in through ${name}: it does not send ${key}`
    return [{ ...statementDraft(policy, statement, { severity: 'high', says }), principal: value }]
  })
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: either the service is meant to get in, or the entry has no use.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'high',
    'EC2 is asked for an account it does not send',
    trust(allow({ Service: 'ec2.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111122223333' } })),
  ),
  fires(
    'high',
    'A condition for people stands over a service, too',
    trust(
      allow(
        { AWS: '111122223333', Service: 'glue.amazonaws.com' },
        { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      ),
    ),
  ),
  fires(
    'high',
    'A service and an ExternalId',
    trust(allow({ Service: 'states.amazonaws.com' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  silent(
    'Firehose and an ExternalId',
    'its guide asks for the account id there, and the service sends it',
    trust(allow({ Service: 'firehose.amazonaws.com' }, { StringEquals: { 'sts:ExternalId': '111122223333' } })),
  ),
  silent(
    'Asked for only where it is sent',
    'IfExists holds without the key',
    trust(allow({ Service: 'ec2.amazonaws.com' }, { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } })),
  ),
])
