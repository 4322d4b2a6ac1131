/** Does a value of the subject leave open whose it is, by a wildcard where the owner stands? One such value in a list is enough. */

import { github } from '../example-trust.ts'
import { federated, pins, reachOf } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'any-subject',
  code: 'FED-02',
  title: 'One of the subjects fits everybody',
  reason:
    'A star where the owner should stand is met by everybody’s projects. One such value is enough: a list is met by any ' +
    'of its values, however careful the others are.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  yieldsTo: ['open-owner', 'abusable-first-claim', 'login-without-app', 'open-identity-pool'],
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'stranger-through-provider' && pins(one).some(isOpen))
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => reachOf(condition, value) === 'stranger',
      summary: 'Take the values out that anybody meets',
    }),
}

function isOpen({ reach, value }: ReturnType<typeof pins>[number]): boolean {
  return reach === 'stranger' && /^(?:[a-z_]+:)*[*?]/i.test(value)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: there is no owner whom a star names.'

const list = (): readonly Example[] => [
  {
    name: 'Every subject will do',
    policy: github('*'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'One loose value stands in a list',
    policy: github(['repo:acme/deploy:*', 'repo:*/deploy:*']),
    about: OWN,
    fires: 'critical',
    fixed: github('repo:acme/deploy:*'),
  },
  {
    name: 'The owner is a star, the branch is not',
    policy: github('repo:*:ref:refs/heads/main'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'The star stands behind the repository',
    policy: github('repo:acme/deploy:*'),
    about: OWN,
    silent: true,
    because: 'whose repository it is is said',
  },
  {
    name: 'A star under an operator that takes it literally',
    policy: github('*', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'no subject is a star; pattern-never-matches speaks instead',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
