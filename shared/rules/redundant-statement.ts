/** Does a statement say what another says already? Only a statement without which nobody gains or loses counts. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { compareTrusts } from '../policy/compare.ts'
import type { Statement, TrustPolicy } from '../policy/policy.ts'
import { rewritten } from '../repair.ts'
import { type Example, type Rule, type RuleInput, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'redundant-statement',
  code: 'STR-09',
  title: 'This statement adds nothing',
  reason:
    'Another statement lets in, or keeps out, the same callers. Whoever closes one of the two believes the role closed.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
  yieldsTo: [
    'time-is-over',
    'statement-never-matches',
    'unknown-key',
    'service-key-never-sent',
    'deleted-principal',
    'operator-mismatch',
  ],
  check: (input) =>
    (input.admissions.length === 0 ? [] : input.policy.statements)
      .filter((one) => isSuspect(one, input.policy) && isIdle(one, input))
      .slice(0, 1)
      .map((one) =>
        statementDraft(input.policy, one, {
          severity: 'info',
          says: (name) => `${name} changes nothing: others say it already`,
        }),
      ),
  fix: ({ policy }, drafts) => {
    const left = policy.statements.filter(({ index }) => drafts.every(({ statement }) => statement !== index))
    const text = rewritten(policy, { statements: left })
    return text === null ? null : { summary: 'Take out what another statement says already', policy: text }
  },
}

/** A question worth asking, which costs a comparison: another statement speaks of the same principal and asks for no more. */
function isSuspect(statement: Statement, { statements }: TrustPolicy): boolean {
  const values = new Set(statement.principal.values.map(({ value }) => value))
  const asked = new Set(statement.conditions.map(({ canonical }) => canonical))
  return statements.some(
    (other) =>
      other.index !== statement.index &&
      other.effect === statement.effect &&
      other.conditions.every(({ canonical }) => asked.has(canonical)) &&
      other.principal.values.some(({ value }) => values.has(value)),
  )
}

function isIdle({ index }: Statement, { policy, about }: RuleInput): boolean {
  const without = { ...policy, statements: policy.statements.filter((one) => one.index !== index) }
  return compareTrusts(policy, without, about).verdict === 'equivalent'
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the two statements belong to different owners, and each keeps its own.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'info',
    'The same, with a condition besides',
    trust(
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalTag/team': 'data' } }),
      allow({ AWS: '111122223333' }),
    ),
    { fixed: trust(allow({ AWS: '111122223333' })) },
  ),
  silent(
    'The same principal, other conditions',
    'each lets in callers whom the other does not',
    trust(
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalTag/team': 'data' } }),
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalTag/team': 'web' } }),
    ),
  ),
])
