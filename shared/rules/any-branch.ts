/** Does a job of any branch get in, a new one included? */

import { github, webIdentity } from '../example-trust.ts'
import { admitsAnyBranch, federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'any-branch',
  code: 'FED-06',
  title: 'Any branch, tag or pull request of the project can assume this role',
  reason:
    'Whoever may push a branch runs with this role, before anybody has looked at the change. The rules that ' +
    'guard your main branch do not guard this role.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'provider-subject' && admitsAnyBranch(one))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For a role that is meant for checks of every change, and may only read.'

const list = (): readonly Example[] => [
  {
    name: 'Anything behind the repository',
    policy: github('repo:acme/deploy:*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Any branch, but no tag',
    policy: github('repo:acme/deploy:ref:refs/heads/*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'One repository by its number, from any branch',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: { 'token.actions.githubusercontent.com:repository_id': '456789' },
    }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Any ref of a project on GitLab',
    policy: webIdentity('gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:acme/api:*' } }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'One branch',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'other branches have other subjects',
  },
  {
    name: 'An environment',
    policy: github('repo:acme/deploy:environment:production', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'GitHub’s rules for the environment say who may deploy to it',
  },
  {
    name: 'Anything behind the repository, and the branch by its own claim',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:*' },
      StringEquals: { 'token.actions.githubusercontent.com:ref': 'refs/heads/main' },
    }),
    about: OWN,
    silent: true,
    because: 'a run of another branch has another ref',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
