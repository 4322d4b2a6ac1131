/** Does a role trust the principal of the service's other role, and not its own? Knows only roles that a service is known to use. */

import { draftsFor } from '../workloads/draft.ts'
import type { Example, Rule } from './rule.ts'

export const rule: Rule = {
  id: 'app-runner-roles-swapped',
  code: 'APR-03',
  needs: 'workload',
  title: 'This role trusts the principal of App Runner’s other role',
  reason:
    'App Runner pulls the image as build.apprunner.amazonaws.com and runs it as tasks.apprunner.amazonaws.com. Each needs the role made ' +
    'for it; with the two swapped, every deployment fails, although both roles look right at a glance.',
  reference: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
  check: (input) =>
    draftsFor(input, 'swapped', ({ as, principal }, { trusted }) => ({
      says: `This ${as} has to trust ${principal}, and trusts ${trusted} instead`,
      statement: null,
    })),
}

const ACCESS = { account: '111122223333', workload: 'apprunner-access' }
const INSTANCE = { account: '111122223333', workload: 'apprunner-instance' }
const BUILD = { Effect: 'Allow', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }
const TASKS = { Effect: 'Allow', Principal: { Service: 'tasks.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Never while a service uses the role; without the principal its service needs, no deployment succeeds.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'The access role trusts the principal of the instance role',
    policy: { Version: '2012-10-17', Statement: [TASKS] },
    about: ACCESS,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The instance role trusts the principal of the access role',
    policy: { Version: '2012-10-17', Statement: [BUILD] },
    about: INSTANCE,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'One role trusts both',
    policy: { Version: '2012-10-17', Statement: [BUILD, TASKS] },
    about: { account: '111122223333', workload: 'apprunner-access,apprunner-instance' },
    silent: true,
    because: 'it serves as both, and each principal gets in',
  },
]
