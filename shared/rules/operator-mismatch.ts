/** Does an operator compare a key as what it is not? Only keys whose type AWS documents are judged. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { mismatch } from '../policy/key-type.ts'
import { conditionsIn, type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'operator-mismatch',
  code: 'CND-07',
  title: 'This operator cannot compare this key',
  reason:
    'A date is no text, an address range is no address, and StringEquals knows no wildcard. Compared as what it is not, the value never fits: whoever is meant is refused, or a Deny keeps nobody out.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  check: ({ policy }) =>
    conditionsIn(policy).flatMap(({ statement, condition }) => {
      const why = mismatch(condition)
      if (why === null) return []
      const says = (name: string) => `${name} compares ${condition.key} with ${condition.operator.name}, but ${why}`
      return [statementDraft(policy, statement, { severity: 'medium', says })]
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: another operator says what is meant.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'medium',
    'A range of addresses as text',
    trust(allow({ AWS: '111122223333' }, { StringEquals: { 'aws:SourceIp': '203.0.113.0/24' } })),
  ),
  fires(
    'medium',
    'A wildcard where characters are compared',
    trust(
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/ci-*' } }),
    ),
  ),
  fires(
    'medium',
    'An account as an ARN',
    trust(allow({ AWS: '111122223333' }, { ArnLike: { 'aws:PrincipalAccount': '111122223333' } })),
  ),
  silent(
    'A range as a range',
    'IpAddress is for that',
    trust(allow({ AWS: '111122223333' }, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
  ),
  silent(
    'An ARN as text, with a wildcard that counts',
    'StringLike knows wildcards',
    trust(
      allow({ AWS: '111122223333' }, { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/ci-*' } }),
    ),
  ),
])
