/** Does a whole account of the house get in, with nothing that picks out who? Knows no permissions of that account. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'whole-account',
  code: 'XAC-14',
  title: 'A whole account can assume this role',
  reason:
    'The account as principal hands the decision to whoever writes policies there: every user and role with sts:AssumeRole on * gets in. Where few callers are meant, name them, or pin them with aws:PrincipalArn.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts',
  yieldsTo: [
    'environments-crossed',
    'mfa-not-required',
    'mfa-removed',
    'self-grant',
    'if-exists-guard',
    'for-all-values-guard',
  ],
  check: (input) =>
    remarks(input, input.admissions, ({ who }, { form }) => {
      const isOfTheHouse = who.kind === 'own-account' || (who.kind === 'organization' && who.account !== null)
      // A role created for its own account is routine.
      if (who.kind === 'own-account' && input.drift?.write === 'created') return null
      return form.kind === 'account' && isOfTheHouse && who.restraint === 'none' ? 'whoever of them it is' : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the account’s own policies are meant to decide, as in small accounts with one team.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'The own account, written as its root', trust(allow({ AWS: 'arn:aws:iam::111122223333:root' }))),
  fires('low', 'Another account of the organisation', trust(allow({ AWS: '999988887777' })), {
    about: { account: '111122223333', organization: { id: 'o-a1b2c3d4e5', accounts: ['999988887777'] } },
  }),
  silent('A role is created for its own account', 'that is routine', trust(allow({ AWS: '111122223333' })), {
    change: { actor: 'arn:aws:iam::111122223333:user/alice', before: null },
  }),
  silent(
    'The account is pinned to one role',
    'the condition names who is meant',
    trust(allow({ AWS: '111122223333' }, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } })),
  ),
  silent(
    'A role is named',
    'a role is not its account',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/deploy' })),
  ),
])
