/** Does an App Runner access role trust App Runner at all? Knows only roles that a service is known to use. */

import { draftsFor } from '../workloads/draft.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'access-role-untrusted',
  code: 'APR-01',
  needs: 'workload',
  title: 'App Runner cannot use this access role',
  reason:
    'App Runner assumes the access role to pull the image from ECR. Without it the next deployment fails, and the event says no more ' +
    'than "see service logs". What runs keeps running, so nobody notices until somebody deploys.',
  reference: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
  check: (input) =>
    draftsFor(input, 'untrusted', ({ as, principal }) => ({
      says: `No statement lets ${principal} assume this ${as}`,
      statement: null,
    })).filter(({ principal }) => principal === 'build.apprunner.amazonaws.com'),
}

const ABOUT = { account: '111122223333', workload: 'apprunner-access' }
const BUILD = { Effect: 'Allow', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the role is no longer meant for App Runner: take it out of the service first, and the rule falls silent.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'The access role trusts EC2 only',
    policy: { Version: '2012-10-17', Statement: [EC2] },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The access role trusts the name of App Runner itself, which is that of its service-linked role',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The access role trusts build.apprunner.amazonaws.com',
    policy: { Version: '2012-10-17', Statement: [BUILD] },
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
          Principal: { Service: 'build.apprunner.amazonaws.com' },
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
