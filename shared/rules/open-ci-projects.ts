/** Can every project of an organisation on CircleCI, Bitbucket or Buildkite get in? */

import { webIdentity } from '../example-trust.ts'
import { federated } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'open-ci-projects',
  code: 'FED-16',
  title: 'Every project of a CI organisation can assume this role',
  reason:
    'The issuer or the audience names the organisation and nothing more. Everybody who may start a job in any ' +
    'of its projects runs with this role.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  check: (input) =>
    federated(input)
      .filter(({ admission, provider }) => admission.who.kind === 'provider-group' && LABELS.has(provider?.label ?? ''))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

const LABELS: ReadonlySet<string> = new Set(['CircleCI', 'Bitbucket', 'Buildkite', 'Codefresh'])

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For a role that does nothing but what every project may.'

const list = (): readonly Example[] => [
  {
    name: 'CircleCI: only the audience',
    policy: webIdentity('oidc.circleci.com/org/0a1b2c3d', {
      StringEquals: { 'oidc.circleci.com/org/0a1b2c3d:aud': '0a1b2c3d' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'CircleCI: any project, spelt out',
    policy: webIdentity('oidc.circleci.com/org/0a1b2c3d', {
      StringLike: { 'oidc.circleci.com/org/0a1b2c3d:sub': 'org/0a1b2c3d/project/*' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Bitbucket: nothing is asked',
    policy: webIdentity('api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Buildkite: any pipeline',
    policy: webIdentity('agent.buildkite.com', { StringLike: { 'agent.buildkite.com:sub': 'organization:acme:*' } }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'CircleCI: one project',
    policy: webIdentity('oidc.circleci.com/org/0a1b2c3d', {
      StringLike: { 'oidc.circleci.com/org/0a1b2c3d:sub': 'org/0a1b2c3d/project/4e5f/user/*' },
    }),
    about: OWN,
    silent: true,
    because: 'the other projects have other ids',
  },
  {
    name: 'Bitbucket: one repository',
    policy: webIdentity('api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc', {
      StringLike: {
        'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc:sub':
          '{c4b1f1a2-0000-4000-8000-000000000001}*:*',
      },
    }),
    about: OWN,
    silent: true,
    because: 'the other repositories have other ids',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
