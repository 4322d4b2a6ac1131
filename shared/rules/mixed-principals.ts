/** Does one statement let in a service and people or roles alike? Speaks of the house’s own; strangers are other rules’. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'mixed-principals',
  code: 'SVC-09',
  title: 'A service and accounts share one statement',
  reason:
    'Conditions in the statement count for both, and hardly any fits both. And whoever may assume a service’s role acts with what was given to the service: two statements, or two roles, say who is meant.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
  yieldsTo: ['self-grant', 'environments-crossed'],
  check: (input) =>
    remarks(input, input.admissions, ({ who }, { statement, form }) => {
      const isOurs = who.kind === 'own-account' || who.kind === 'organization'
      const shares = statement.principal.values.some((one) => one.form.kind === 'service')
      return isOurs && shares && form.kind !== 'service' ? 'in one statement with a service' : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where a developer’s role stands beside the service on purpose, in a sandbox.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'A service and a role',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/dev', Service: 'lambda.amazonaws.com' })),
  ),
  silent(
    'Each has its own statement',
    'each can have its own conditions',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/dev' }), allow({ Service: 'lambda.amazonaws.com' })),
  ),
])
