/** Is the policy written in the language of 2008? What its variables would mean in the new one is for people to judge. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { rewritten } from '../repair.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'old-version',
  code: 'STR-03',
  title: 'The policy is in the language of 2008',
  reason:
    'Without Version 2012-10-17 a policy variable is plain text that no caller ever matches. Whoever adds one later wonders why nobody, or everybody, gets in.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
  check: ({ policy }) => {
    if (!policy.readable || policy.statements.length === 0 || policy.version === '2012-10-17') return []
    const written = policy.version === null ? 'no Version' : `Version ${policy.version}`
    const says = `The policy has ${written}, so policy variables in it are plain text`
    return [{ severity: 'low', says, statement: null, principal: null, fingerprint: '' }]
  },
  fix: ({ policy }) => {
    const text = rewritten(policy, { version: '2012-10-17' })
    return text === null ? null : { summary: 'Write Version 2012-10-17', policy: text }
  },
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'On roles that AWS services generate with the old version and keep.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'The version of 2008',
    { Version: '2008-10-17', Statement: [allow({ Service: 'ec2.amazonaws.com' })] },
    { fixed: trust(allow({ Service: 'ec2.amazonaws.com' })) },
  ),
  fires(
    'low',
    'No version',
    { Statement: [allow({ Service: 'ec2.amazonaws.com' })] },
    {
      fixed: trust(allow({ Service: 'ec2.amazonaws.com' })),
    },
  ),
  silent('The version of 2012', 'variables are replaced', trust(allow({ Service: 'ec2.amazonaws.com' }))),
])
