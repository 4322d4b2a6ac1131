/** Does a tag decide, or the beginning of a branch’s name, which whoever may push can make? */

import { github, webIdentity } from '../example-trust.ts'
import { federated, pins } from '../policy/federation.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'movable-ref',
  code: 'FED-11',
  title: 'A tag or a branch that anybody with write access can make decides',
  reason:
    'A tag can be moved to another commit, and a pattern such as release* is met by every branch somebody calls' +
    ' so. Unless a ruleset of the repository guards these names, whoever may push has this role.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  yieldsTo: ['any-branch'],
  check: (input) =>
    federated(input)
      .filter((one) => one.admission.who.kind === 'provider-subject' && pins(one).some(isMovable))
      .map(({ admission }) => draftOf(admission, input.policy)),
}

function isMovable({ claim, value, reach }: ReturnType<typeof pins>[number]): boolean {
  if (reach !== 'subject') return false
  if (claim === 'sub')
    return /:(?:ref:refs\/tags\/|ref_type:tag:)|:ref:refs\/heads\/[^:]*[*?]|:ref_type:branch:ref:[^:]*[*?]/.test(value)
  return /_ref$/.test(claim) && /@(?:refs\/tags\/|.*[*?])/.test(value)
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where a ruleset keeps everybody from making such tags and branches.'

const list = (): readonly Example[] => [
  {
    name: 'A tag',
    policy: github('repo:acme/deploy:ref:refs/tags/v1', 'StringEquals'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Any tag that begins so',
    policy: github('repo:acme/deploy:ref:refs/tags/v*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Branches that begin so',
    policy: github('repo:acme/deploy:ref:refs/heads/release*'),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'A reusable workflow at a tag',
    policy: webIdentity('token.actions.githubusercontent.com', {
      StringEquals: {
        'token.actions.githubusercontent.com:job_workflow_ref':
          'acme/workflows/.github/workflows/deploy.yml@refs/tags/v1',
        'token.actions.githubusercontent.com:repository': 'acme/deploy',
        'token.actions.githubusercontent.com:ref': 'refs/heads/main',
      },
    }),
    about: OWN,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'A branch by its whole name',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'branches are what rules guard first',
  },
  {
    name: 'Any branch at all',
    policy: github('repo:acme/deploy:ref:refs/heads/*'),
    about: OWN,
    silent: true,
    because: 'any-branch says so',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
