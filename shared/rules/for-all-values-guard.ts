/** Does ForAllValues stand alone over a key of one value? Claims of identity providers are judged elsewhere. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { letsIn, withKeys } from '../policy/guard.ts'
import { isMultivalued } from '../policy/keys.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'for-all-values-guard',
  code: 'CND-03',
  title: 'A condition that leaving the key out meets',
  reason:
    'ForAllValues holds when the key is not there: every one of no values fits. On a key with a single value it looks like a guard, and lets in whoever does not send the key.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
  yieldsTo: [
    'self-grant',
    'public-role',
    'mfa-not-required',
    'mfa-removed',
    'external-id-removed',
    'caller-key-on-service',
  ],
  check: (input) =>
    remarks(input, input.admissions, ({ witness }, { statement }) => {
      const idle = statement.conditions.find(
        ({ operator, name, key }) =>
          operator.qualifier === 'ForAllValues' &&
          /^(?:aws|sts):/.test(name) &&
          !isMultivalued(name) &&
          letsIn(input.policy, withKeys(witness, { [key]: null })) &&
          letsIn(input.policy, withKeys(witness, { [key]: 'example-stranger' })) === false,
      )
      return idle === undefined ? null : `without ${idle.key}: ${idle.operator.name} holds where it is missing`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never on a key of one value: drop the prefix.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'high',
    'An ExternalId that need not be sent',
    trust(allow({ AWS: '999988887777' }, { 'ForAllValues:StringEquals': { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  silent(
    'A second condition asks for the key',
    'Null sees to it that it is there',
    trust(
      allow(
        { AWS: '999988887777' },
        {
          'ForAllValues:StringEquals': { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' },
          Null: { 'sts:ExternalId': 'false' },
        },
      ),
    ),
  ),
  silent(
    'A key of several values',
    'for the names of tags ForAllValues is right',
    trust(
      allow({ AWS: '111122223333' }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }, [
        'sts:AssumeRole',
        'sts:TagSession',
      ]),
    ),
  ),
])
