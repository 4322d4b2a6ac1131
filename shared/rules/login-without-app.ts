/** Can anybody who signs in with Google, Facebook or Amazon get in, through whatever application? */

import { webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'login-without-app',
  code: 'FED-19',
  title: 'Anybody with a Google, Facebook or Amazon login can assume this role',
  reason:
    'Every account has these providers, and every application in the world gets tokens from them. Only the id ' +
    'of your application (aud, azp, app_id) or of a user tells a sign-in at yours from one at a stranger’s.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  check: (input) =>
    federated(input)
      .filter(({ admission, issuer }) => admission.who.kind === 'stranger-through-provider' && LOGINS.has(issuer))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const LOGINS: ReadonlySet<string> = new Set(['accounts.google.com', 'graph.facebook.com', 'www.amazon.com'])

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: ask for the id of your application.'

const list = (): readonly Example[] => [
  {
    name: 'Any Google account, at any application',
    policy: webIdentity('accounts.google.com'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'Any application of Login with Amazon',
    policy: webIdentity('www.amazon.com', {
      StringLike: { 'www.amazon.com:app_id': 'amzn1.application-oa2-client.*' },
    }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'One application of Google',
    policy: webIdentity('accounts.google.com', {
      StringEquals: { 'accounts.google.com:aud': '66677788899900pro0.apps.googleusercontent.com' },
    }),
    about: OWN,
    silent: true,
    because: 'Google signs that audience for no other application',
  },
  {
    name: 'One service account of Google, by its number',
    policy: webIdentity('accounts.google.com', {
      StringEquals: { 'accounts.google.com:sub': '112233445566778899001' },
    }),
    about: OWN,
    silent: true,
    because: 'nobody else has that number',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
