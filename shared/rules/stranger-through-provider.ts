/** Can anybody whom a shared identity provider knows get in? The more specific rules say how; this one is left with the rest. */

import { github, webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { removePrincipals } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'stranger-through-provider',
  code: 'FED-01',
  title: 'Anybody with an account at a shared identity provider can assume this role',
  reason:
    'GitHub, GitLab, Terraform Cloud, Google and the like sign tokens for everybody: whoever opens an account ' +
    'there has one. Only the subject tells yours from theirs, and nothing here asks for it in a way a stranger ' +
    'could not meet. The audience is no help, for everybody may ask for it.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  yieldsTo: [
    'public-role',
    'any-subject',
    'open-owner',
    'abusable-first-claim',
    'subject-not-demanded',
    'login-without-app',
    'open-identity-pool',
  ],
  check: (input) =>
    federated(input)
      .filter(({ admission }) => admission.who.kind === 'stranger-through-provider')
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the open provider out'),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: even a role that may do nothing shows a stranger your account.'

const list = (): readonly Example[] => [
  {
    name: 'Only the audience is asked for, which every run on GitHub may choose',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
    }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'Nothing is asked of a job of GitLab',
    policy: webIdentity('gitlab.com'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A branch is asked for, which every repository has',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:ref': 'refs/heads/main' },
    }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'The subject names one repository',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'only that repository has such tokens',
  },
  {
    name: 'No subject, but the number of one repository',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:repository_id': '456789' },
    }),
    about: OWN,
    silent: true,
    because: 'a number belongs to one repository for ever',
  },
  {
    name: 'The issuer of an enterprise',
    policy: webIdentity('token.actions.githubusercontent.com/acme'),
    about: OWN,
    silent: true,
    because: 'the issuer names the enterprise, so strangers have no token of it; whole-organisation speaks instead',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
