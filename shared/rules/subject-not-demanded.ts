/** Is the subject spoken of only in ways that a stranger meets: by what it must not be, or only if it is there? */

import { github, webIdentity } from '../example-trust.ts'
import { type Federated, federated, isPositive } from '../policy/federation.ts'
import { anchorOf } from '../policy/providers.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'subject-not-demanded',
  code: 'FED-09',
  title: 'The subject is spoken of, and yet not asked for',
  reason:
    'StringNotLike is met by every other subject in the world; …IfExists and ForAllValues are met by a token ' +
    'without the claim; Null asks only whether it is there. Such a condition looks like a lock in a review and ' +
    'keeps nobody out.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  check: (input) =>
    federated(input)
      .filter(isOnlySpokenOf)
      .map(({ admission }) => draftOf(admission, input.policy)),
}

function isOnlySpokenOf({ admission, provider, demands }: Federated): boolean {
  if (admission.who.kind !== 'stranger-through-provider' || provider === null) return false
  const spoken = demands.filter(({ claim }) => anchorOf(provider, claim) !== undefined)
  return spoken.length > 0 && spoken.every(({ condition }) => !isPositive(condition) || condition.operator.ifExists)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never in an Allow. In a Deny, such operators are how exceptions are written.'

const list = (): readonly Example[] => [
  {
    name: 'All subjects but one',
    policy: github('repo:acme/legacy:*', 'StringNotLike'),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'The repository, if it is said',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEqualsIfExists: { 'token.actions.githubusercontent.com:repository_id': '456789' },
    }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'All of the ids there are, of which there may be none',
    policy: webIdentity('token.actions.githubusercontent.com', {
      'ForAllValues:StringEquals': { 'token.actions.githubusercontent.com:repository_id': '456789' },
    }),
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'The subject, with IfExists',
    policy: github('repo:acme/deploy:*', 'StringLikeIfExists'),
    about: OWN,
    silent: true,
    because: 'every token has a subject, so it is asked for all the same',
  },
  {
    name: 'One repository, and not its old workflow',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:*' },
      StringNotLike: { 'token.actions.githubusercontent.com:job_workflow_ref': '*/old.yml@*' },
    }),
    about: OWN,
    silent: true,
    because: 'the subject is asked for besides',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
