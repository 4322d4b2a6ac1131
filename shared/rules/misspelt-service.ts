/** Is a service’s name one letter away from a known one? Names that are unlike any known are not judged. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { nearestService } from '../policy/service-names.ts'
import { type Example, type Rule, statementDraft } from './rule.ts'

export const rule: Rule = {
  id: 'misspelt-service',
  code: 'SVC-02',
  title: 'No service has this name',
  reason: 'A name that no service has lets nobody in, and the service that was meant is refused.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services',
  check: ({ policy }) =>
    policy.statements.flatMap((statement) =>
      statement.principal.values.flatMap(({ value, form }) => {
        const near = form.kind === 'service' ? nearestService(value) : null
        if (near === null) return []
        const says = (name: string) => `${name} names ${value}, which is no service Trustdrift knows; ${near} is`
        return [{ ...statementDraft(policy, statement, { severity: 'medium', says }), principal: value }]
      }),
    ),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Where AWS has brought out a service of that very name: then say so in an issue.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('medium', 'A letter is missing', trust(allow({ Service: 'lamda.amazonaws.com' }))),
  silent(
    'A service that is not on the list',
    'no list is complete',
    trust(allow({ Service: 'newthing.amazonaws.com' })),
  ),
  silent(
    'A service of the second generation',
    'AWS counts its services on',
    trust(allow({ Service: 'inspector2.amazonaws.com' })),
  ),
  silent('The name is right', 'the service exists', trust(allow({ Service: 'lambda.amazonaws.com' }))),
])
