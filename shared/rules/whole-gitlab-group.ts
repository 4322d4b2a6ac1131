/** Can every project of a group on GitLab get in? */

import { webIdentity } from '../example-trust.ts'
import { federated, reachOf } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Json, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'whole-gitlab-group',
  code: 'FED-14',
  title: 'A whole GitLab group can assume this role',
  reason:
    'Groups on GitLab hold groups, and everybody who may create a project in one of them, or push to any, can ' +
    'run a job with this role.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
  check: (input) =>
    federated(input)
      .filter(({ admission, provider }) => provider?.label === 'GitLab' && admission.who.kind === 'provider-group')
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => reachOf(condition, value) === 'group',
      summary: 'Take the values out that more than one project meets',
    }),
}

function gitlab(sub: Json): Json {
  return webIdentity('gitlab.com', { StringLike: { 'gitlab.com:sub': sub } })
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For a role that does nothing but what every project of the group may.'

const list = (): readonly Example[] => [
  {
    name: 'Every project of a group',
    policy: gitlab('project_path:acme/*:ref_type:branch:ref:main'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'Any project of the group, in a list with one',
    policy: gitlab(['project_path:acme/shop/api:*', 'project_path:acme/*']),
    about: OWN,
    fires: 'medium',
    fixed: gitlab('project_path:acme/shop/api:*'),
  },
  {
    name: 'One project',
    policy: gitlab('project_path:acme/shop/api:ref_type:branch:ref:main'),
    about: OWN,
    silent: true,
    because: 'the others of the group are kept out',
  },
  {
    name: 'Any group there is',
    policy: gitlab('project_path:*'),
    about: OWN,
    silent: true,
    because: 'strangers get in too, which is worse, and any-subject’s to say',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
