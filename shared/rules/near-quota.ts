/** Is the policy nearly as long as IAM allows? Whether the account’s quota was raised is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { Statement, TrustPolicy } from '../policy/policy.ts'
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
    const size = quota === null ? 0 : sizeOf(policy, quota * NEARLY)
    if (quota === null || size < quota * NEARLY || size > quota) return []
    const says = `The policy has about ${size} characters; the quota is ${quota}`
    return [{ severity: 'low', says, statement: null, principal: null, fingerprint: '' }]
  },
}

const QUOTA = 2048
const NEARLY = 0.9

/** IAM does not count white space. @param worth below it nobody needs to know exactly: 0 */
function sizeOf(policy: TrustPolicy, worth: number): number {
  // Most policies are far from it, and need not be written out.
  let most = 60
  for (const statement of policy.statements) most += mostOf(statement)
  return most < worth ? 0 : sizeWritten(policy)
}

/** No less than it has when written. */
function mostOf({ sid, principal, action, conditions }: Statement): number {
  let most = FRAME.length + (sid === null ? 0 : lengthOf(sid) + '"Sid":'.length)
  let last = ''
  for (const { key, value } of principal.values) {
    most += lengthOf(value) + (key === last ? 0 : lengthOf(key) + '[]'.length)
    last = key
  }
  for (const pattern of action.patterns) most += lengthOf(pattern)
  for (const { operator, key, values } of conditions) {
    most += lengthOf(operator.name) + lengthOf(key) + ':{:[]},'.length
    for (const value of values) most += lengthOf(value)
  }
  return most
}

const FRAME = '{"Effect":"Allow","NotPrincipal":{},"NotAction":[],"Condition":{}},'

/** With its quotes and a comma. An escaped character takes up to six. */
function lengthOf(text: string): number {
  return 3 + text.length * (/["\\\s]/.test(text) ? 6 : 1)
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
