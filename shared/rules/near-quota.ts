/** Is the policy nearly as long as IAM allows? Whether the account’s quota was raised is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import { sizeWritten } from '../repair.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'near-quota',
  code: 'STR-06',
  title: 'The policy is nearly full',
  reason:
    'A trust policy holds 2,048 characters unless the quota was raised, to 4,096 at most. The next principal does not fit, and the change fails when it is needed.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length',
  check: ({ policy, about }) => {
    const quota = about.quota === undefined ? QUOTA : about.quota
    // Beyond it IAM refuses the document: the parser's to say.
    const size = quota === null ? 0 : sizeOf(policy)
    if (quota === null || size < quota * NEARLY || size > quota) return []
    const says = `The policy has about ${size} characters; the quota is ${quota}`
    return [{ severity: 'low', says, statement: null, principal: null, fingerprint: '' }]
  },
}

const QUOTA = 2048
const NEARLY = 0.9

/** IAM does not count white space. */
function sizeOf(policy: TrustPolicy): number {
  const parts = policy.statements.flatMap(({ principal, conditions }) => [
    ...principal.values.map(({ value }) => value.length),
    ...conditions.map(({ values }) => values.join().length + 60),
  ])
  // Most policies are far from it, and need not be written out.
  const least = parts.reduce((sum, length) => sum + length, policy.statements.length * 150)
  if (least < QUOTA / 2) return 0
  return sizeWritten(policy)
}

const FORTY = /* @__PURE__ */ Array.from(
  { length: 40 },
  (_, index) => `arn:aws:iam::111122223333:role/team/worker-${index + 10}`,
)

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the account’s quota was raised.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'Forty principals', trust(allow({ AWS: FORTY }))),
  silent(
    'Two principals',
    'there is room',
    trust(allow({ AWS: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'] })),
  ),
])
