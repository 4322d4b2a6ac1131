/** May a service use the role for a resource of another account? Needs the role’s own account to say which is another. */

import { allow, fires, listed, silent, trust } from '../example.ts'
import { looseSource } from '../policy/source.ts'
import { type Example, type Rule, remarks } from './rule.ts'

export const rule: Rule = {
  id: 'foreign-source',
  code: 'SVC-06',
  title: 'A service may use this role for a foreign account’s resource',
  reason:
    'aws:SourceArn and aws:SourceAccount are there to hold the service to your own resources. A foreign account in them, or a wildcard where the account belongs, opens what they should close.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
  check: (input) =>
    remarks(input, input.admissions, (admission, { statement, form }) => {
      const loose = form.kind === 'service' ? looseSource(input, { admission, statement }) : null
      if (loose === null || loose.kind === 'unowned') return null
      return loose.kind === 'any' ? 'for resources of any account' : `for resources of account ${loose.account}`
    }),
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the other account is a partner whose resources are meant to use the role: name it under `trustedAccounts`.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = /* @__PURE__ */ listed(() => [
  fires(
    'low',
    'A foreign account is named as the source',
    trust(allow({ Service: 'scheduler.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '999988887777' } })),
  ),
  fires(
    'low',
    'A wildcard stands where the account belongs',
    trust(allow({ Service: 'sns.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:*:alarms' } })),
  ),
  silent(
    'A wildcard behind the own account',
    'every topic is one’s own',
    trust(
      allow({ Service: 'sns.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:*' } }),
    ),
  ),
  silent(
    'The wildcard in the ARN is made good by the account',
    'both are asked for, and the account is the own',
    trust(
      allow(
        { Service: 'sns.amazonaws.com' },
        {
          ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:alarms' },
          StringEquals: { 'aws:SourceAccount': '111122223333' },
        },
      ),
    ),
  ),
])
