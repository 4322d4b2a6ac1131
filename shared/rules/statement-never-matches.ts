/** Is there an Allow that no caller can meet, while others let somebody in? Where nobody gets in at all, another rule says so. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { actionMatches } from '../policy/action.ts'
import { admissions } from '../policy/compare.ts'
import { isUndecidable } from '../policy/condition.ts'
import { ASSUME_ACTIONS, type Statement } from '../policy/policy.ts'
import { type Example, type Rule, type RuleInput, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'statement-never-matches',
  code: 'CND-09',
  title: 'This statement lets nobody in',
  reason:
    'Its conditions cannot all be met by anybody it names, or nobody it names makes the calls it allows: users of a SAML provider call ' +
    'sts:AssumeRoleWithSAML and nothing else. It looks like access and is none: whoever was meant is refused.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html',
  yieldsTo: [
    'time-is-over',
    'service-key-never-sent',
    'unknown-key',
    'operator-mismatch',
    'deleted-principal',
    'misspelt-service',
  ],
  check: (input) => {
    const admitting = new Set(input.admissions.map(({ statement }) => statement))
    if (admitting.size === 0 || input.undecided.length > 0) return []
    return input.policy.statements
      .filter((one) => !admitting.has(one.index) && isClear(one) && isDead(one, input))
      .map((one) => statementDraft(input.policy, one, { severity: 'medium', says: (name) => saying(one, name) }))
  },
}

/** Who is already let in by another statement is not told again: the statement is asked alone. */
function isDead(statement: Statement, { policy, about }: RuleInput): boolean {
  return admissions({ ...policy, statements: [statement] }, about).length === 0
}

function saying({ conditions }: Statement, name: string): string {
  return conditions.length > 0 ? `no caller can meet ${name}` : `nobody named in ${name} makes just the calls it allows`
}

function isClear({ effect, principal, action, conditions, notUnderstood }: Statement): boolean {
  const isPerson =
    principal.values.length > 0 &&
    principal.values.every(({ form }) => form.kind !== 'not-understood' && form.kind !== 'unique-id')
  const isDecidable = notUnderstood.length === 0 && !conditions.some(isUndecidable)
  // What only goes with a call lets nobody in by itself.
  const isWayIn = ASSUME_ACTIONS.some((one) => actionMatches(action, one))
  return effect === 'Allow' && isWayIn && isPerson && isDecidable
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where a statement was shut on purpose by such a condition: take it out instead.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'medium',
    'The account and the condition speak of two accounts',
    trust(
      allow({ Service: 'ec2.amazonaws.com' }),
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }),
    ),
  ),
  fires(
    'medium',
    'Two values at once',
    trust(
      allow({ Service: 'ec2.amazonaws.com' }),
      allow(
        { AWS: '111122223333' },
        {
          StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' },
          StringLike: { 'sts:ExternalId': '77aa30c1-9d2e-4f10' },
        },
      ),
    ),
  ),
  fires(
    'medium',
    'Users of a SAML provider are allowed the call of others',
    trust(
      allow({ Service: 'ec2.amazonaws.com' }),
      allow({ Federated: 'arn:aws:iam::111122223333:saml-provider/staff' }, { StringEquals: { 'SAML:iss': 'staff' } }),
    ),
  ),
  fires(
    'medium',
    'Roles Anywhere without the tags and the source identity that it always passes',
    trust(allow({ Service: 'ec2.amazonaws.com' }), allow({ Service: 'rolesanywhere.amazonaws.com' })),
  ),
  silent(
    'Roles Anywhere, whose tags another statement allows',
    'the two make one way in',
    trust(
      allow({ Service: 'ec2.amazonaws.com' }),
      allow({ Service: 'rolesanywhere.amazonaws.com' }),
      allow({ Service: 'rolesanywhere.amazonaws.com' }, null, ['sts:TagSession', 'sts:SetSourceIdentity']),
    ),
  ),
  silent(
    'A statement that only allows tags',
    'it goes with the call that another statement allows',
    trust(
      allow({ AWS: '111122223333' }),
      allow({ AWS: '111122223333' }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } }, 'sts:TagSession'),
    ),
  ),
  silent(
    'Another statement lets the same callers in',
    'met by somebody, and only redundant',
    trust(
      allow({ AWS: '111122223333' }),
      allow({ AWS: '111122223333' }, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } }),
    ),
  ),
])
