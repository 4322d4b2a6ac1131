/** Is there a Deny that could never keep anybody out? One that fences what is not open today is no fault. */

import { allow, deny, fires, listed, silent, trust } from '../example.ts'
import { compareTrusts } from '../policy/compare.ts'
import { isUndecidable } from '../policy/condition.ts'
import type { Statement } from '../policy/policy.ts'
import { readTrust } from '../policy/read.ts'
import { type Example, type Rule, type RuleInput, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'deny-without-effect',
  code: 'CND-16',
  title: 'This Deny keeps nobody out',
  reason: 'No caller can meet its conditions, so the fence is not there. Whoever reads the policy counts on it.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html',
  yieldsTo: ['time-is-over', 'unknown-key', 'operator-mismatch', 'deleted-principal'],
  check: (input) =>
    input.policy.statements
      .filter((one) => isClear(one) && isIdle(one, input))
      .map((one) =>
        statementDraft(input.policy, one, { severity: 'medium', says: (name) => `no caller is kept out by ${name}` }),
      ),
}

/** Everybody, by every way in: what a Deny takes nothing from, it takes from nothing. */
function isIdle(statement: Statement, { policy, about }: RuleInput): boolean {
  const open = readTrust(OPEN).policy
  const allows = [...open.statements, ...policy.statements.filter(({ effect }) => effect === 'Allow')]
  const before = { ...policy, statements: allows.map((one, index) => ({ ...one, index })) }
  const after = { ...before, statements: [...before.statements, { ...statement, index: allows.length }] }
  const { lost, undecided } = compareTrusts(before, after, about)
  return lost.length === 0 && undecided.length === 0
}

const OPEN =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}'

function isClear({ effect, principal, conditions, notUnderstood }: Statement): boolean {
  const isPerson = principal.values.every(({ form }) => form.kind !== 'not-understood' && form.kind !== 'unique-id')
  const isDecidable = notUnderstood.length === 0 && !conditions.some(isUndecidable)
  return effect === 'Deny' && conditions.length > 0 && isPerson && isDecidable
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: a Deny that does nothing is a belief, not a fence.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'medium',
    'It asks for two accounts at once',
    trust(
      allow({ AWS: '111122223333' }),
      deny({ AWS: '111122223333' }, { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } }),
    ),
  ),
  silent(
    'A fence around the own organisation, where nothing is open today',
    'it would keep strangers out as soon as somebody opened the role',
    trust(
      allow({ AWS: '111122223333' }),
      deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    ),
  ),
])
