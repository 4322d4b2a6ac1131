/** Would a token do that was made for somebody else than AWS? */

import { github, webIdentity } from '../example-trust.ts'
import { alsoWith, type Federated, federated } from '../policy/federation.ts'
import { BUILT_IN } from '../policy/providers.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'open-audience',
  code: 'FED-08',
  title: 'A token for any audience will do',
  reason:
    'The audience says for whom a token was made. Without it, a token that the same job or pod shows to another' +
    ' service will do, and that service can assume the role with it as long as your provider lists its ' +
    'audience.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  check: (input) =>
    federated(input)
      .filter(
        (one) =>
          one.admission.who.kind === 'provider-subject' &&
          isOpenIdConnect(one) &&
          alsoWith(one, { aud: 'https://stranger.example' }),
      )
      .map(({ admission }) => draftOf(admission, input.policy)),
}

/** Of the logins every account knows, the audience is who gets in. */
function isOpenIdConnect({ issuer }: Federated): boolean {
  return issuer !== 'saml' && !BUILT_IN.has(issuer)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the provider lists one audience only, AWS checks it all the same; the condition keeps it so when ' +
  'somebody adds another.'

const list = (): readonly Example[] => [
  {
    name: 'No audience is asked for',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/main' },
    }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Any audience',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/main' },
      StringLike: { 'token.actions.githubusercontent.com:aud': '*' },
    }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'The audience of AWS',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'a token for another service is refused',
  },
  {
    name: 'An audience of one’s own',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: {
        'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/main',
        'token.actions.githubusercontent.com:aud': 'https://github.com/acme',
      },
    }),
    about: OWN,
    silent: true,
    because: 'it is one audience, and yours',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
