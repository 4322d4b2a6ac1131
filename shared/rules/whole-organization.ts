/** Does every account of the own organisation get in? Which accounts those are today is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
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
    remarks(input, input.admissions, ({ who }) =>
      who.kind === 'organization' && who.account === null ? 'sandboxes and accounts opened tomorrow included' : null,
    ),
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
  silent('One account of the organisation', 'that is one', trust(allow({ AWS: '444455556666' })), {
    about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] } },
  }),
])
