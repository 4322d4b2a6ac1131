/** Is an identity provider trusted that another account holds? */

import { trusting, webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { removePrincipals } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'provider-of-another-account',
  code: 'FED-24',
  title: 'An identity provider of another account is trusted',
  reason:
    'Whoever holds that account can replace the provider, or what it is told to trust, and so vouch for ' +
    'anybody. A role and its provider belong in one account, and STS looks for it there; such a line is a ' +
    'mistake in copying at best.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html',
  check: (input) =>
    federated(input)
      .filter(({ admission }) => admission.who.account !== null)
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the foreign provider out'),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: set the provider up in the role’s own account.'

const list = (): readonly Example[] => [
  {
    name: 'A provider of a foreign account',
    policy: trusting('arn:aws:iam::999988887777:oidc-provider/idp.example.com', 'sts:AssumeRoleWithWebIdentity', {
      StringEquals: { 'idp.example.com:aud': 'deploy' },
    }),
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A SAML provider of a foreign account',
    policy: trusting('arn:aws:iam::999988887777:saml-provider/staff', 'sts:AssumeRoleWithSAML', {
      StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
    }),
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A provider of the own account',
    policy: webIdentity('idp.example.com', { StringEquals: { 'idp.example.com:aud': 'deploy' } }),
    about: OWN,
    silent: true,
    because: 'nobody else can replace it',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
