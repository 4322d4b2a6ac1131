/** Can a service be made to use the role for somebody else’s resource? Speaks only of services known to say whose it is. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { letsIn, withKeys } from '../policy/guard.ts'
import { sendsSource } from '../policy/service-keys.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'confused-deputy',
  code: 'SVC-04',
  title: 'A service uses this role for anybody’s resource',
  reason:
    'The service says for which resource and account it calls, and the role does not ask. Whoever can name this role in the service’s API from another account may have it used for themselves.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  check: (input) =>
    remarks(input, input.admissions, ({ witness }, { form }) => {
      if (form.kind !== 'service' || !sendsSource(form.name)) return null
      if (!letsIn(input.policy, withKeys(witness, UNSAID))) return null
      return 'for whatever account: neither aws:SourceArn nor aws:SourceAccount is asked for'
    }),
}

const UNSAID = {
  'aws:SourceArn': null,
  'aws:SourceAccount': null,
  'aws:SourceOrgID': null,
  'aws:SourceOrgPaths': null,
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the service refuses roles of other accounts, as most do when the role is passed: the condition is a second line.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires('low', 'The scheduler, for any account’s schedule', trust(allow({ Service: 'scheduler.amazonaws.com' }))),
  fires(
    'low',
    'Asked for only where it is sent',
    trust(
      allow({ Service: 'scheduler.amazonaws.com' }, { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }),
    ),
  ),
  silent(
    'The own account is asked for',
    'a schedule of another account does not meet it',
    trust(allow({ Service: 'scheduler.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111122223333' } })),
  ),
  silent(
    'EC2 says for nobody for whom it calls',
    'the condition would lock it out',
    trust(allow({ Service: 'ec2.amazonaws.com' })),
  ),
])
