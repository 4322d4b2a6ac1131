/** Can every project of an organisation or group get in? The rules for single providers say more; this one is left with the rest. */

import { github, webIdentity } from '../example-trust.ts'
import { federated, reachOf } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'whole-organisation',
  code: 'FED-03',
  title: 'A whole organisation at an identity provider can assume this role',
  reason:
    'Everybody who may push to any repository of the organisation, a test project or a fork kept for reading ' +
    'included, can run a job with this role. The weakest project decides how well it is guarded.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  yieldsTo: [
    'whole-gitlab-group',
    'open-terraform-runs',
    'open-ci-projects',
    'any-service-account',
    'provider-without-condition',
    'saml-without-audience',
    'open-identity-pool',
  ],
  check: (input) =>
    federated(input)
      .filter(({ admission }) => admission.who.kind === 'provider-group')
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => reachOf(condition, value) === 'group',
      summary: 'Take the values out that more than one project meets',
    }),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'For a role that does nothing but what every project may, such as reading packages. Name the projects ' +
  'everywhere else.'

const list = (): readonly Example[] => [
  {
    name: 'Every repository of an organisation',
    policy: github('repo:acme/*'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Repositories whose names begin alike',
    policy: github('repo:acme/deploy*:ref:refs/heads/main'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The owner is asked for, the repository is not',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:repository_owner': 'acme' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The organisation stands in one list with a repository',
    policy: github(['repo:acme/deploy:*', 'repo:acme/*']),
    about: OWN,
    fires: 'medium',
    fixed: github('repo:acme/deploy:*'),
  },
  {
    name: 'The issuer of an enterprise, and any subject',
    policy: webIdentity('token.actions.githubusercontent.com/acme', {
      StringLike: { 'token.actions.githubusercontent.com/acme:sub': '*' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'One repository',
    policy: github('repo:acme/deploy:*'),
    about: OWN,
    silent: true,
    because: 'the others of acme are kept out',
  },
  {
    name: 'The organisation, fenced to one repository',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' },
      StringEquals: { 'token.actions.githubusercontent.com:repository_id': '456789' },
    }),
    about: OWN,
    silent: true,
    because: 'the id names one repository',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
