/** Did a change replace the ExternalId a caller sends? Whether the other side knows the new one is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { carries, letsIn, valuesOf, withExternalId } from '../policy/guard.ts'
import { type Draft, type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'external-id-changed',
  code: 'XAC-07',
  needs: 'change',
  title: 'The ExternalId was changed',
  reason:
    'Whoever still sends the old ExternalId is refused from now on. A supplier that was not told stops working, mostly at night and without a word.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  check: (input) => {
    const before = input.drift?.before
    if (before === undefined) return []
    const agreed = before.statements.flatMap((one) => valuesOf(one, 'sts:externalid'))
    if (agreed.length === 0) return []
    const drafts = remarks(input, input.admissions, ({ witness, doubt }) => {
      // Who gets in without one was asked for none.
      if (doubt === undefined && !carries(witness, 'sts:externalid')) return null
      if (letsIn(before, witness) || letsIn(input.policy, withExternalId(witness, null))) return null
      const old = agreed.find((id) => letsIn(before, withExternalId(witness, id)))
      if (old === undefined || letsIn(input.policy, withExternalId(witness, old))) return null
      return `but no longer with the ExternalId ${old}`
    })
    return drafts.map((draft): Draft => ({ ...draft, severity: 'medium' }))
  },
}

const BOUND = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: '999988887777' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } },
  },
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where the ExternalId is changed by agreement: then the alert is the record of it.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'medium',
    'Another value',
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '77aa30c1-9d2e-4f10' } })),
    { change: { actor: 'arn:aws:iam::111122223333:user/alice', before: BOUND } },
  ),
  silent(
    'A second value beside the first',
    'the old one still works',
    trust(
      allow(
        { AWS: '999988887777' },
        { StringEquals: { 'sts:ExternalId': ['0c9f7e52-41d8-4b6a', '77aa30c1-9d2e-4f10'] } },
      ),
    ),
    { change: { actor: 'arn:aws:iam::111122223333:user/alice', before: BOUND } },
  ),
])
