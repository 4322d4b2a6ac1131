/** Does every account of the own organisation get in? Which accounts those are today is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { letsIn } from '../policy/guard.ts'
import { withOwnRole } from '../policy/own-role.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'whole-organization',
  code: 'PUB-04',
  title: 'Every account of your organisation can assume this role',
  reason:
    'Sandboxes and accounts opened tomorrow are among them. A path of organizational units, or the accounts that are meant, says it closer.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
  yieldsTo: ['self-grant', 'mfa-not-required'],
  check: (input) =>
    remarks(input, input.admissions, ({ who, witness }) => {
      const id = input.about.organization?.id
      if (id === undefined || who.kind !== 'organization' || who.account !== null) return null
      // Somebody of whom nothing is known but that he is of the organisation, from a unit nobody names.
      const unit = { 'aws:PrincipalOrgID': id, 'aws:PrincipalOrgPaths': [`${id}/r-0000/ou-0000-00000000/`] }
      const isAnyone = letsIn(withOwnRole(input.policy, input.about), { ...witness, context: unit })
      return isAnyone ? 'sandboxes and accounts opened tomorrow included' : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For roles that serve the whole organisation, such as one that reads a shared catalogue.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'Fenced by nothing but the organisation',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] } } },
  ),
  fires(
    'low',
    'Fenced by the organisation that the role belongs to, without its id',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': '$\u007baws:ResourceOrgID}' } })),
    { about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] } } },
  ),
  silent(
    'One unit of the organisation',
    'an account elsewhere in it does not get in',
    trust(
      allow(
        { AWS: '*' },
        {
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' },
        },
      ),
    ),
    { about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] } } },
  ),
  silent('One account of the organisation', 'that is one', trust(allow({ AWS: '444455556666' })), {
    about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] } },
  }),
])
