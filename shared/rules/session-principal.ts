/** Is a single session named as principal? Who starts sessions of that name is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'session-principal',
  code: 'PRI-03',
  title: 'A single session is named as principal',
  reason:
    'Whoever starts a session chooses its name: the entry keeps out honest callers whose name differs, and nobody who knows it. The role behind it says the same without the riddle.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session',
  yieldsTo: ['self-grant', 'foreign-account', 'vendor-without-external-id', 'mixed-principals', 'environments-crossed'],
  check: (input) =>
    remarks(input, input.admissions, (_, { form }) =>
      form.kind === 'session' ? `as long as it calls itself ${form.session}` : null,
    ),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'For sessions whose name the service fixes, as those of an EC2 instance.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'A session of the own account',
    trust(allow({ AWS: 'arn:aws:sts::111122223333:assumed-role/deploy/run-4711' })),
  ),
  silent(
    'The role behind it',
    'any of its sessions gets in',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/deploy' })),
  ),
])
