/** Can every user of an identity provider of one’s own get in, since nothing is asked of the token? */

import { webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'provider-without-condition',
  code: 'FED-17',
  title: 'Every user of an identity provider can assume this role',
  reason:
    'The provider vouches for all its users, of every application that is registered with it. Without a ' +
    'condition on a claim of its tokens this role is open to each of them, and to whoever registers an ' +
    'application there.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  yieldsTo: ['public-role', 'stranger-through-provider'],
  check: (input) =>
    federated(input)
      .filter(
        ({ admission, issuer, provider }) =>
          admission.who.kind === 'provider-group' && provider === null && issuer !== 'saml',
      )
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'For a provider that was set up for this role alone. A condition on aud says so, and costs nothing.'

const list = (): readonly Example[] => [
  {
    name: 'Nothing is asked of the token',
    policy: webIdentity('idp.example.com'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'A condition on another provider’s claim, with IfExists',
    policy: webIdentity('idp.example.com', { StringEqualsIfExists: { 'login.example.com:aud': 'deploy' } }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'All subjects but one',
    policy: webIdentity('idp.example.com', { StringNotEquals: { 'idp.example.com:sub': 'guest' } }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The application is named',
    policy: webIdentity('idp.example.com', { StringEquals: { 'idp.example.com:aud': 'deploy' } }),
    about: OWN,
    silent: true,
    because: 'tokens of other applications are refused',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
