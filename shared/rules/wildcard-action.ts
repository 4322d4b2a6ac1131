/** Does a wildcard or NotAction let callers do more than assume the role? Patterns that cover only ways to assume it are no fault. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { actionMatches } from '../policy/action.ts'
import { ACCOMPANYING_ACTIONS } from '../policy/policy.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'wildcard-action',
  code: 'PUB-10',
  title: 'A wildcard lets callers pass tags and identities',
  reason:
    'sts:* and NotAction hold sts:TagSession and sts:SetSourceIdentity too, and whatever STS learns tomorrow. Callers so choose the tags your permissions may follow and the identity your logs show.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
  yieldsTo: ['self-grant', 'public-role', 'foreign-account', 'foreign-organization', 'environments-crossed'],
  check: (input) =>
    remarks(input, input.admissions, (_, { statement: { action } }) => {
      const isWritten = (one: string) => action.patterns.some((pattern) => pattern.toLowerCase() === one.toLowerCase())
      const more = ACCOMPANYING_ACTIONS.filter((one) => actionMatches(action, one) && !isWritten(one))
      return more.length === 0 ? null : `with ${more.join(', ')} besides`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: the actions of a trust policy are few, and are written in full.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'All of STS', trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, null, 'sts:*'))),
  fires(
    'low',
    'Everything but one action',
    trust({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' },
      NotAction: 'sts:AssumeRoleWithSAML',
    }),
  ),
  silent(
    'All ways to assume a role',
    'a role can only assume it by one of them',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, null, 'sts:AssumeRole*')),
  ),
  silent(
    'Tags are allowed by name',
    'somebody meant it',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, null, ['sts:AssumeRole', 'sts:TagSession'])),
  ),
])
