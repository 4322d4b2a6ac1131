/** Does an App Runner instance role trust App Runner at all? Knows only roles that a service is known to use. */

import { draftsFor } from '../workloads/draft.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'instance-role-untrusted',
  code: 'APR-02',
  needs: 'workload',
  title: 'App Runner cannot use this instance role',
  reason:
    'The code of the service calls AWS with the instance role. Without it the next deployment fails, and what runs loses its ' +
    'credentials as soon as the present ones expire.',
  reference: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
  check: (input) =>
    draftsFor(input, 'untrusted', ({ as, principal }) => ({
      says: `No statement lets ${principal} assume this ${as}`,
      statement: null,
    })).filter(({ principal }) => principal === 'tasks.apprunner.amazonaws.com'),
}

const ABOUT = { account: '111122223333', workload: 'apprunner-instance' }
const TASKS = { Effect: 'Allow', Principal: { Service: 'tasks.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the role is no longer meant for App Runner: take it out of the service first, and the rule falls silent.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'The instance role trusts EC2 only',
    policy: { Version: '2012-10-17', Statement: [EC2] },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The instance role trusts the name of App Runner itself, which is that of its service-linked role',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The instance role trusts tasks.apprunner.amazonaws.com',
    policy: { Version: '2012-10-17', Statement: [TASKS] },
    about: ABOUT,
    silent: true,
    because: 'that is the principal which assumes it',
  },
  {
    name: 'No service is known to use the role',
    policy: { Version: '2012-10-17', Statement: [EC2] },
    about: { account: '111122223333' },
    silent: true,
    because: 'nothing depends on it',
  },
  {
    name: 'Whether the condition holds depends on what App Runner sends',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'tasks.apprunner.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        },
      ],
    },
    about: ABOUT,
    silent: true,
    because: 'App Runner does not document whether it sends aws:SourceAccount: unknown is not shut out',
  },
]
