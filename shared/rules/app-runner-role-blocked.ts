/** Is App Runner trusted by a statement and kept out all the same? Knows only roles that a service is known to use. */

import { draftsFor } from '../workloads/draft.ts'
import { type Example, type Rule, statementName } from './rule.ts'

export const rule: Rule = {
  id: 'app-runner-role-blocked',
  code: 'APR-05',
  needs: 'workload',
  title: 'App Runner is trusted, but a condition or a Deny keeps it out',
  reason:
    'A search for the name of the principal finds it, and yet the service cannot assume the role: its next deployment fails. AWS services ' +
    'send no ExternalId, have no MFA and belong to no organisation, so a condition on any of these never holds for them.',
  reference: 'https://docs.aws.amazon.com/apprunner/latest/dg/security_iam_service-with-iam.html',
  check: (input) =>
    draftsFor(input, 'blocked', ({ as, principal }, { statement }) => ({
      says: `${capital(statementName(input.policy, statement))} trusts ${principal} with this ${as}, but a condition or a Deny takes that back`,
      statement,
    })),
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

const ABOUT = { account: '111122223333', workload: 'apprunner-access' }
const BUILD = { Effect: 'Allow', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the role was shut on purpose, as after an incident, and the service is not to be deployed.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'The condition asks for an ExternalId, which no AWS service sends',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'build.apprunner.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'pull' } },
        },
      ],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The condition names another account as the source',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'build.apprunner.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } },
        },
      ],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A Deny covers every service of App Runner',
    policy: {
      Version: '2012-10-17',
      Statement: [BUILD, { Effect: 'Deny', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:*' }],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The statement allows only to tag sessions',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'build.apprunner.amazonaws.com' }, Action: 'sts:TagSession' },
      ],
    },
    about: ABOUT,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The Deny asks for an ExternalId',
    policy: {
      Version: '2012-10-17',
      Statement: [
        BUILD,
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'blocked' } },
        },
      ],
    },
    about: ABOUT,
    silent: true,
    because: 'App Runner sends none, so the Deny never meets it',
  },
]
