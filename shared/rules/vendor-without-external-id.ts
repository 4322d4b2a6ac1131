/** Can a third party get in without an ExternalId? Who counts as one is the configuration’s to say. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { labelOf } from '../policy/exposure.ts'
import { letsIn, needsMfa, withExternalId } from '../policy/guard.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'vendor-without-external-id',
  code: 'XAC-03',
  title: 'A third party gets in without an ExternalId',
  reason:
    'A supplier serves many customers from one account. Without an ExternalId another customer can give the supplier your role’s ARN and have it act on your account: the confused deputy.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  yieldsTo: ['self-grant', 'external-id-removed', 'weak-external-id', 'environments-crossed'],
  check: (input) =>
    remarks(input, input.admissions, ({ who, witness }) => {
      const { policy, about } = input
      const label = who.account === null ? null : labelOf(who.account, about)
      if (label === null || (who.kind !== 'trusted-account' && who.kind !== 'foreign-account')) return null
      const bare = withExternalId(witness, null)
      if (!letsIn(policy, bare) || needsMfa(policy, bare)) return null
      return `and no ExternalId is asked of ${label}`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the trusted account is your own in all but the organisation: there is no other customer who could misuse it.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('medium', 'A trusted supplier, without an ExternalId', trust(allow({ AWS: '999988887777' })), {
    about: {
      account: '111122223333',
      trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
    },
  }),
  fires('high', 'An account that has a label, and no trust', trust(allow({ AWS: '999988887777' })), {
    about: { account: '111122223333', vendors: [{ id: '999988887777', label: 'Backup Inc' }] },
  }),
  fires(
    'low',
    'The supplier’s own role is named, which works for all its customers',
    trust(allow({ AWS: 'arn:aws:iam::999988887777:role/collector' })),
    {
      about: {
        account: '111122223333',
        trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
      },
    },
  ),
  silent(
    'The supplier sends an ExternalId',
    'another customer’s ExternalId is another',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
    {
      about: {
        account: '111122223333',
        trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
      },
    },
  ),
  silent(
    'People of the partner sign in with MFA',
    'a service that serves many cannot do that: these are people',
    trust(allow({ AWS: '999988887777' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
    {
      about: {
        account: '111122223333',
        trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
      },
    },
  ),
])
