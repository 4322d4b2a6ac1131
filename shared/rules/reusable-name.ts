/** Is a repository told by its name alone, which may change hands, and which GitHub no longer sends alone? */

import { github, webIdentity } from '../example-trust.ts'
import { alsoWith, type Federated, federated, isPositive, pins } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'reusable-name',
  code: 'FED-12',
  title: 'A repository is told by its name, not by its id',
  reason:
    'Names on GitHub are given out again: whoever takes the name of a deleted or renamed owner gets its ' +
    'subjects, and with them this role. And repositories made, renamed or moved since 15 July 2026 send ' +
    'repo:owner@id/name@id, which a subject without ids never matches, so that the role stops working there.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'provider-subject' && isByName(one))
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => condition.name.endsWith(':sub') && BY_NAME.test(value),
      summary: 'Take the subjects without ids out, once every repository sends them',
    }),
}

const BY_NAME = /^repo:[^@/:]+\/[^@:]+(?::|$)/
const IDS = ['repository_id', 'repository_owner_id', 'enterprise_id']

function isByName(one: Federated): boolean {
  if (one.provider?.label !== 'GitHub Actions' || one.provider.closed) return false
  return pins(one).some(({ claim, value }) => claim === 'sub' && BY_NAME.test(value)) && !isPinnedById(one)
}

/** An id is asked for that another one would not meet. */
function isPinnedById(one: Federated): boolean {
  return one.demands.some(
    ({ claim, condition }) => IDS.includes(claim) && isPositive(condition) && !alsoWith(one, { [claim]: '0' }),
  )
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the repository still sends subjects without ids and you cannot change that: ask for repository_id or' +
  ' repository_owner_id besides.'

const list = (): readonly Example[] => [
  {
    name: 'A branch of a repository, by name',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'By name and by ids, as when changing over',
    policy: github(
      ['repo:acme/deploy:ref:refs/heads/main', 'repo:acme@123456/deploy@456789:ref:refs/heads/main'],
      'StringEquals',
    ),
    about: OWN,
    fires: 'low',
    fixed: github('repo:acme@123456/deploy@456789:ref:refs/heads/main', 'StringEquals'),
  },
  {
    name: 'By ids',
    policy: github('repo:acme@123456/deploy@456789:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'an id is never given out again',
  },
  {
    name: 'By name, with the repository’s id besides',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/main',
        'token.actions.githubusercontent.com:repository_id': '456789',
      },
    }),
    about: OWN,
    silent: true,
    because: 'whoever takes the name has another id',
  },
  {
    name: 'A server of one’s own',
    policy: webIdentity('ghe.acme.example/_services/token', {
      StringEquals: { 'ghe.acme.example/_services/token:sub': 'repo:acme/deploy:ref:refs/heads/main' },
    }),
    about: OWN,
    silent: true,
    because: 'no stranger can take a name there',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
