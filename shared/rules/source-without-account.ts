/** Is a service held to a resource whose ARN has no account, and to no account? Who owns the bucket today is not known here. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { looseSource } from '../policy/source.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'source-without-account',
  code: 'SVC-07',
  title: 'A bucket’s ARN alone says nothing of its owner',
  reason:
    'ARNs of buckets carry no account, and a deleted bucket’s name is free for anybody. Only aws:SourceAccount beside it says whose bucket it is.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  yieldsTo: ['foreign-source'],
  check: (input) =>
    remarks(input, input.admissions, (admission, { statement, form }) => {
      const loose = form.kind === 'service' ? looseSource(input, { admission, statement }) : null
      return loose?.kind === 'unowned' ? `for ${loose.arn}, whoever owns it` : null
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse = 'Never: the account is always known, and costs a line.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'A bucket without its account',
    trust(allow({ Service: 's3.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-inventory' } })),
  ),
  silent(
    'The bucket and its account',
    'another owner does not meet both',
    trust(
      allow(
        { Service: 's3.amazonaws.com' },
        {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-inventory' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      ),
    ),
  ),
])
