/** Did a change drop the ExternalId that a caller had to send? Asks both versions; a policy without its history has no answer. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { letsIn, valuesOf, withExternalId } from '../policy/guard.ts'
import { fill } from '../policy/sample.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'external-id-removed',
  code: 'XAC-06',
  needs: 'change',
  title: 'The ExternalId is no longer asked for',
  reason:
    'The ExternalId kept the supplier’s other customers from using this role through it. Without it everything seems to work as before, which is why nobody notices.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  yieldsTo: ['self-grant'],
  check: (input) => {
    const before = input.drift?.before
    if (before === undefined) return []
    const agreed = before.statements.flatMap((one) => valuesOf(one, 'sts:externalid')).flatMap((value) => fill(value))
    if (agreed.length === 0) return []
    return remarks(input, input.drift?.gained ?? [], ({ witness }) => {
      const bare = withExternalId(witness, null)
      if (!letsIn(input.policy, bare) || letsIn(before, bare)) return null
      const wasBound = agreed.some((id) => letsIn(before, withExternalId(witness, id)))
      return wasBound ? 'without the ExternalId that was asked for before' : null
    })
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
export const whenNotToUse =
  'Where the other side asked for it in writing, as when a supplier moves to a role of your organisation.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('high', 'The condition is gone', trust(allow({ AWS: '999988887777' })), {
    change: { actor: 'arn:aws:iam::111122223333:user/alice', before: BOUND },
  }),
  fires(
    'high',
    'The condition still stands, and no longer asks',
    trust(allow({ AWS: '999988887777' }, { StringEqualsIfExists: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
    { change: { actor: 'arn:aws:iam::111122223333:user/alice', before: BOUND } },
  ),
  silent(
    'The ExternalId is only written another way',
    'it is still asked for',
    trust(allow({ AWS: '999988887777' }, { StringLike: { 'sts:externalid': ['0c9f7e52-41d8-4b6a'] } })),
    { change: { actor: 'arn:aws:iam::111122223333:user/alice', before: BOUND } },
  ),
  silent('There never was one', 'nothing was dropped', trust(allow({ AWS: '999988887777' })), {
    change: { actor: 'arn:aws:iam::111122223333:user/alice', before: trust(allow({ AWS: '444455556666' })) },
  }),
])
