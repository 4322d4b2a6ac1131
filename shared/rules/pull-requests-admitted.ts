/** Does a run get in that a pull request set off? */

import { github } from '../example-trust.ts'
import { admitsProposals, federated } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'pull-requests-admitted',
  code: 'FED-05',
  title: 'Pull requests can assume this role',
  reason:
    'A run for a pull request works with code that nobody has approved yet, and its subject is the same ' +
    'whatever the branch. Whoever may open one from a branch of the repository has this role.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  yieldsTo: ['any-branch'],
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'provider-subject' && admitsProposals(one))
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => condition.name.endsWith(':sub') && value.endsWith(':pull_request'),
      summary: 'Take pull requests out',
    }),
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For a role that is meant for checks of proposed changes, and may only read.'

const list = (): readonly Example[] => [
  {
    name: 'Runs of pull requests',
    policy: github('repo:acme/deploy:pull_request', 'StringEquals'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'The main branch and pull requests',
    policy: github(['repo:acme/deploy:ref:refs/heads/main', 'repo:acme/deploy:pull_request'], 'StringEquals'),
    about: OWN,
    fires: 'low',
    fixed: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
  },
  {
    name: 'By ids',
    policy: github('repo:acme@123456/deploy@456789:pull_request', 'StringEquals'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'The main branch',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'a pull request has another subject',
  },
  {
    name: 'Everything, with a Deny of pull requests by their ref',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
            StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:*' },
          },
        },
        {
          Effect: 'Deny',
          Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': '*:pull_request' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'the Deny keeps them out',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
