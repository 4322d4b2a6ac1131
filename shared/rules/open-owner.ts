/** Does a subject name the beginning of an owner only, so that whoever takes a name that begins alike gets in? */

import { github, webIdentity } from '../example-trust.ts'
import { federated, pins, reachOf } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'open-owner',
  code: 'FED-04',
  title: 'The owner’s name is left open at its end',
  reason:
    'Names at a shared provider are free for all to take. A pattern that stops inside the owner’s name, as ' +
    'repo:acme* does, is met by acme-corp and acme2, which anybody can register today.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  yieldsTo: ['login-without-app', 'open-identity-pool'],
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

/** A letter or more of the owner, then a wildcard. */
function isOpen({ reach, value }: ReturnType<typeof pins>[number]): boolean {
  return reach === 'stranger' && /^(?:[a-z_]+:)*[^*?/:]+[*?]/i.test(value)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: end the owner’s name with the slash or colon that follows it.'

const list = (): readonly Example[] => [
  {
    name: 'No slash behind the owner',
    policy: github('repo:acme*'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A pattern meant to fit subjects with and without ids',
    policy: github('repo:acme*/deploy*:ref:refs/heads/main'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'One such value stands in a list',
    policy: github(['repo:acme/deploy:*', 'repo:acme*']),
    about: OWN,
    fires: 'critical',
    fixed: github('repo:acme/deploy:*'),
  },
  {
    name: 'The beginning of an organisation of Terraform Cloud',
    policy: webIdentity('app.terraform.io', { StringLike: { 'app.terraform.io:sub': 'organization:acme*' } }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A slash ends the owner’s name',
    policy: github('repo:acme/*'),
    about: OWN,
    silent: true,
    because: 'nobody but acme has such repositories; whole-organisation speaks instead',
  },
  {
    name: 'The star stands behind the at sign of the id',
    policy: github('repo:acme@123456/deploy@*:ref:refs/heads/main'),
    about: OWN,
    silent: true,
    because: 'the owner is told by its number',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
