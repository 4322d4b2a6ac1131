/** Does a wildcard stand under an operator that takes it as a letter? No token has one, so the value never matches. */

import { github, webIdentity } from '../example-trust.ts'
import { isTakenLiterally } from '../policy/federation.ts'
import type { Statement, TrustPolicy } from '../policy/policy.ts'
import { removeValues } from '../repair.ts'
import { type Draft, type Example, type Rule, statementName } from './rule.ts'

export const rule: Rule = {
  id: 'pattern-never-matches',
  code: 'FED-10',
  title: 'A wildcard stands where it is only a letter',
  reason:
    'StringEquals compares letter by letter, and no subject contains a star. In an Allow the value admits ' +
    'nobody, so deployments fail; in a Deny it keeps nobody out.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
  check: ({ policy }) => policy.statements.flatMap((statement) => deadIn(policy, statement)),
  fix: ({ policy }, drafts) =>
    removeValues(policy, drafts, { isUnwanted: isTakenLiterally, summary: 'Take out what never matches' }),
}

function deadIn(policy: TrustPolicy, statement: Statement): readonly Draft[] {
  const principal = statement.principal.values[0]?.value ?? null
  return statement.conditions.flatMap((condition) => {
    const dead = condition.values.filter((value) => isTakenLiterally(condition, value))
    if (dead.length === 0) return []
    const what = statement.effect === 'Allow' ? 'lets nobody in' : 'keeps nobody out'
    const says = `${condition.operator.name} takes ${dead.join(', ')} letter by letter, so in ${statementName(policy, statement.index)} it ${what}`
    return [{ severity: 'medium', says, statement: statement.index, principal, fingerprint: condition.canonical }]
  })
}

const OWN = { account: '111122223333' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: write StringLike where a pattern is meant, once you know whom it lets in.'

const list = (): readonly Example[] => [
  {
    name: 'A star under StringEquals',
    policy: github('repo:acme/deploy:*', 'StringEquals'),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'A pattern in a list of whole subjects',
    policy: github(['repo:acme/deploy:ref:refs/heads/main', 'repo:acme/api:*'], 'StringEquals'),
    about: OWN,
    fires: 'medium',
    fixed: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
  },
  {
    name: 'A service account with a star',
    policy: webIdentity('oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6', {
      StringEquals: { 'oidc.eks.eu-west-1.amazonaws.com/id/A1B2C3D4E5F6:sub': 'system:serviceaccount:shop:*' },
    }),
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'A star under StringLike',
    policy: github('repo:acme/deploy:*'),
    about: OWN,
    silent: true,
    because: 'there it stands for anything',
  },
  {
    name: 'A whole subject',
    policy: github('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'),
    about: OWN,
    silent: true,
    because: 'there is no wildcard',
  },
]

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ list()
