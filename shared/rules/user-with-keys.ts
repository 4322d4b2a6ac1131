/** Does an IAM user of another account get in? Whether it has keys is not known here; that is what users have. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'user-with-keys',
  code: 'XAC-17',
  title: 'An IAM user of another account can assume this role',
  reason:
    'An IAM user signs with keys that never expire, kept wherever that account keeps them. A role there would hold keys for an hour.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles',
  yieldsTo: ['self-grant', 'environments-crossed', 'vendor-without-external-id', 'weak-external-id'],
  check: (input) =>
    remarks(input, input.admissions, ({ who }, { form }) => {
      const isOther = who.kind === 'trusted-account' || (who.kind === 'organization' && who.account !== null)
      return form.kind === 'user' && isOther ? 'with keys that do not expire' : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the other side cannot use a role, as outside AWS without IAM Roles Anywhere.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'A user of the organisation', trust(allow({ AWS: 'arn:aws:iam::444455556666:user/deploy' })), {
    about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] } },
  }),
  silent(
    'A role of the organisation',
    'its keys expire',
    trust(allow({ AWS: 'arn:aws:iam::444455556666:role/deploy' })),
    {
      about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['444455556666'] } },
    },
  ),
])
