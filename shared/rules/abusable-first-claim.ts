/** Does a subject begin with a claim that every repository sets as it likes? Asks what the value begins with, since GitHub lets each owner choose what subjects are made of. */

import { github, webIdentity } from '../example-trust.ts'
import { federated, pins, reachOf } from '../policy/federation.ts'
import { removeValues } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'abusable-first-claim',
  code: 'FED-07',
  title: 'The subject begins with a claim that strangers choose',
  reason:
    'Every owner on GitHub may choose which claims make up the subject. A subject that begins with a workflow, ' +
    'an environment, a branch or the like can be had by anybody who names his own so; only the repository, its ' +
    'owner and their ids are not for strangers to choose.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'stranger-through-provider' && pins(one).some(isAbusable))
      .map(({ admission }) => draftOf(admission, input.policy)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, {
      isUnwanted: (condition, value) => reachOf(condition, value) === 'stranger',
      summary: 'Take the values out that anybody meets',
    }),
}

const FIRST =
  /^(?:workflow|environment|ref|context|head_ref|base_ref|actor|event_name|ref_type|run_id|runner_environment|repository_visibility):/

function isAbusable({ claim, value, reach }: ReturnType<typeof pins>[number]): boolean {
  return claim === 'sub' && reach === 'stranger' && FIRST.test(value)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: put repo, repository or repository_owner first, or ask for repository_id besides.'

const list = (): readonly Example[] => [
  {
    name: 'A workflow comes first',
    policy: github('workflow:deploy:*'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'An environment and nothing else',
    policy: github('environment:production', 'StringEquals'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A branch comes first, in a list with a repository',
    policy: github(['repo:acme/deploy:*', 'ref:refs/heads/main:*']),
    about: OWN,
    fires: 'critical',
    fixed: github('repo:acme/deploy:*'),
  },
  {
    name: 'The owner comes first, the environment second',
    policy: github('repository_owner:acme:environment:production', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'only acme has such subjects',
  },
  {
    name: 'The environment comes first, and the repository’s id is asked for besides',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: {
        'token.actions.githubusercontent.com:sub': 'environment:production',
        'token.actions.githubusercontent.com:repository_id': '456789',
      },
    }),
    about: OWN,
    silent: true,
    because: 'the id belongs to one repository',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
