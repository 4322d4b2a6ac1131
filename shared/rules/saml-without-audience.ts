/** Would a SAML assertion do that was made for another recipient than AWS? */

import { trusting } from '../example-trust.ts'
import { alsoWith, type Federated, federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'saml-without-audience',
  code: 'FED-26',
  title: 'A SAML assertion for any recipient will do',
  reason:
    'SAML:aud says for whom the identity provider made the assertion. Without it, one that was made for another' +
    ' recipient counts as much as one for the sign-in to AWS.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html',
  yieldsTo: ['public-role', 'stranger-through-provider'],
  check: (input) =>
    federated(input)
      .filter((one) => one.issuer === 'saml' && !isForeign(one) && takesAnyRecipient(one))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

function isForeign({ admission }: Federated): boolean {
  return admission.who.account !== null
}

function takesAnyRecipient(one: Federated): boolean {
  return alsoWith({ ...one, issuer: 'saml' }, { aud: 'https://stranger.example/saml' })
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: https://signin.aws.amazon.com/saml is what AWS’s own console asks for.'

const list = (): readonly Example[] => [
  {
    name: 'Nothing is asked',
    policy: trusting('arn:aws:iam::111122223333:saml-provider/staff', 'sts:AssumeRoleWithSAML'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Only who the user is',
    policy: trusting('arn:aws:iam::111122223333:saml-provider/staff', 'sts:AssumeRoleWithSAML', {
      StringLike: { 'SAML:sub': '*@acme.example' },
    }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Any audience at all',
    policy: trusting('arn:aws:iam::111122223333:saml-provider/staff', 'sts:AssumeRoleWithSAML', {
      StringLike: { 'SAML:aud': '*' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The sign-in to AWS',
    policy: trusting('arn:aws:iam::111122223333:saml-provider/staff', 'sts:AssumeRoleWithSAML', {
      StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' },
    }),
    about: OWN,
    silent: true,
    because: 'assertions for others are refused',
  },
  {
    name: 'The sign-in of any region',
    policy: trusting('arn:aws:iam::111122223333:saml-provider/staff', 'sts:AssumeRoleWithSAML', {
      StringLike: { 'SAML:aud': 'https://*.signin.aws.amazon.com/saml' },
    }),
    about: OWN,
    silent: true,
    because: 'all of these are AWS',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
