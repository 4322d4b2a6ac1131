/** Is the fence around the role somebody else’s organisation? Needs the own one in the configuration to tell. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { organizationOf } from '../policy/exposure.ts'
import { removePrincipals } from '../repair.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'foreign-organization',
  code: 'PUB-05',
  title: 'Another organisation can assume this role',
  reason: 'Every account of that organisation gets in, those opened tomorrow included, and you decide on none of them.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  yieldsTo: ['self-grant'],
  check: (input) =>
    remarks(input, input.admissions, ({ who, witness }) => {
      const fence = who.kind === 'foreign-account' && who.account === null ? organizationOf(witness) : null
      return fence === null ? null : `from any of its accounts`
    }),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the foreign organisation out'),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the organisation is yours: name it under `organization`.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'high',
    'An organisation nobody said is yours',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-z9y8x7w6v5' } })),
    { about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] } } },
  ),
  silent(
    'The own organisation',
    'the organisation counts as one house',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] } } },
  ),
])
