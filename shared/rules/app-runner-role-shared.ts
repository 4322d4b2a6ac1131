/** Does a role made for App Runner let in anybody else? Knows only roles that a service is known to use. */

import { workloadsOf } from '../workloads/table.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'app-runner-role-shared',
  code: 'APR-10',
  needs: 'workload',
  title: 'This App Runner role lets in more than App Runner',
  reason:
    'Whoever else gets in has what the service has: the images it pulls, or the data its code reads. A role of its own for each use ' +
    'keeps one of them from being the way into the other.',
  reference: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
  yieldsTo: ['public-role', 'self-grant', 'foreign-account'],
  check: ({ policy, about, admissions }) => {
    const workloads = workloadsOf(about.workload)
    if (workloads.length === 0) return []
    const own: readonly string[] = workloads.map(({ principal }) => principal)
    return admissions
      .filter(({ who, principal }) => who.kind !== 'nobody' && !own.includes(principal))
      .map((admission) => draftOf(admission, policy))
  },
}

const ABOUT = { account: '111122223333', workload: 'apprunner-access' }
const BUILD = { Effect: 'Allow', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where a person has to be able to take the role’s place, as for looking into a failing pull: a role for that costs nothing, too.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'EC2 instances can use the access role, too',
    policy: { Version: '2012-10-17', Statement: [BUILD, EC2] },
    about: ABOUT,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The whole own account can use it',
    policy: {
      Version: '2012-10-17',
      Statement: [BUILD, { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
    },
    about: ABOUT,
    fires: 'low',
    fixed: null,
  },
  {
    name: 'Nobody but App Runner gets in',
    policy: { Version: '2012-10-17', Statement: [BUILD] },
    about: ABOUT,
    silent: true,
    because: 'the role serves one purpose',
  },
  {
    name: 'The same policy on a role that no service uses',
    policy: { Version: '2012-10-17', Statement: [BUILD, EC2] },
    about: { account: '111122223333' },
    silent: true,
    because: 'it is not known to be a role of App Runner',
  },
]
