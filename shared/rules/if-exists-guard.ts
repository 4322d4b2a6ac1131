/** Is …IfExists all that stands over a caller who need not send the key? MFA and the open star are judged elsewhere. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { letsIn, withKeys } from '../policy/guard.ts'
import { callerOf } from '../policy/principal.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'if-exists-guard',
  code: 'CND-04',
  title: 'The only guard holds where its key is missing',
  reason:
    'IfExists means: where the key is sent, it must fit. A caller who leaves it out meets the condition, and nothing else in the statement asks for anything.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
  yieldsTo: ['self-grant', 'mfa-not-required', 'mfa-removed', 'external-id-removed', 'caller-key-on-service'],
  check: (input) =>
    remarks(input, input.admissions, ({ who, witness }, { statement, form }) => {
      if (who.restraint !== 'none' || who.kind === 'anyone' || form.kind === 'service') return null
      const caller = callerOf(witness.principal)
      const idle = statement.conditions.find(
        ({ operator, name, key }) =>
          operator.ifExists &&
          /^(?:aws|sts):/.test(name) &&
          operator.base?.negated === false &&
          caller.derived(name) === undefined &&
          letsIn(input.policy, withKeys(witness, { [key]: null })),
      )
      return idle === undefined ? null : `without ${idle.key}: ${idle.operator.name} holds where it is missing`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the key is always sent by whoever is meant, and the statement pins them another way.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'high',
    'An ExternalId, if it is sent',
    trust(allow({ AWS: '999988887777' }, { StringEqualsIfExists: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  silent(
    'A second condition pins the caller',
    'only one role of the account gets in',
    trust(
      allow(
        { AWS: '999988887777' },
        {
          StringEqualsIfExists: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' },
          ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/collector' },
        },
      ),
    ),
  ),
  silent(
    'IfExists on a key that is always there',
    'every caller has an account',
    trust(allow({ AWS: '999988887777' }, { StringEqualsIfExists: { 'aws:PrincipalAccount': '999988887777' } })),
  ),
])
