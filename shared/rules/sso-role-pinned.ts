/** Is a role that Identity Center generates named with its suffix? Whether it still exists is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import { conditionsIn, type Draft, type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'sso-role-pinned',
  code: 'PRI-09',
  title: 'A generated role of Identity Center is named',
  reason:
    'Identity Center makes the role anew, with another suffix, when the permission set is taken from the account and given again. The entry then turns into the id of a deleted role, and people are locked out.',
  reference: 'https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html',
  check: ({ policy }) => [...principals(policy), ...pinned(policy)],
}

const GENERATED = /AWSReservedSSO_.+_[0-9a-f]{16}$/
const says = (arn: string) => (name: string) =>
  `${name} names ${arn}, a role that changes its name when it is made anew`

function principals(policy: TrustPolicy): readonly Draft[] {
  return policy.statements.flatMap((statement) =>
    statement.principal.values
      .filter(({ value }) => GENERATED.test(value))
      .map(({ value }) => ({
        ...statementDraft(policy, statement, { severity: 'low', says: says(value) }),
        principal: value,
      })),
  )
}

function pinned(policy: TrustPolicy): readonly Draft[] {
  return conditionsIn(policy)
    .filter(({ condition }) => condition.name === 'aws:principalarn')
    .flatMap(({ statement, condition }) =>
      condition.values
        .filter((value) => GENERATED.test(value))
        .map((value) => statementDraft(policy, statement, { severity: 'low', says: says(value) })),
    )
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the permission set is never taken away, and a wildcard is against your rules.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'The generated role as principal',
    trust(
      allow({
        AWS: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
      }),
    ),
  ),
  silent(
    'The account, pinned by a pattern',
    'the suffix may change',
    trust(
      allow(
        { AWS: '111122223333' },
        {
          ArnLike: {
            'aws:PrincipalArn':
              'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
          },
        },
      ),
    ),
  ),
])
