/** Can anyone on AWS, of whatever account, get in? Asks who is admitted; never whether a `*` or a condition is written. */

import { removePrincipals } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'public-role',
  code: 'PUB-01',
  title: 'Anyone on AWS can assume this role',
  reason:
    'Every AWS account in the world, one opened a minute ago included, can take on this role and do whatever it may do. ' +
    'A condition helps only where a stranger cannot meet it: an ExternalId leaks, an address range is shared by many, and a negated ' +
    'operator, ForAllValues or …IfExists is met by leaving the key out.',
  reference:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
  check: ({ policy, admissions }) =>
    admissions.filter(({ who }) => who.kind === 'anyone').map((admission) => draftOf(admission, policy)),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the open principal out'),
}

const OWN = { account: '111122223333' }
const LAMBDA = {
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
}
const ANYONE = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Never on a role that may do something. A role that is meant for everybody, as in a public training account, belongs in `exceptions`, with a reason and an end.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'Everybody on AWS is let in',
    policy: { Version: '2012-10-17', Statement: [ANYONE] },
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'Everybody is let in beside a service, which stays when they go',
    policy: { Version: '2012-10-17', Statement: [LAMBDA, ANYONE] },
    about: OWN,
    fires: 'critical',
    fixed: { Version: '2012-10-17', Statement: [LAMBDA] },
  },
  {
    name: 'An ExternalId is all that is asked of a stranger',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': 'f3a1c6d0' } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A public address range is all that is asked of a stranger',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'An address range that is the whole internet',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/0', '::/0'] } },
        },
      ],
    },
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'ForAllValues holds for whoever leaves the key out',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { 'ForAllValues:StringEquals': { 'sts:ExternalId': 'f3a1c6d0' } },
        },
      ],
    },
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A condition that nobody can decide is no fence',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringResembles: { 'aws:PrincipalAccount': '111122223333' } },
        },
      ],
    },
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A Deny keeps one account out, and nobody else',
    policy: {
      Version: '2012-10-17',
      Statement: [ANYONE, { Effect: 'Deny', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    fires: 'critical',
    fixed: null,
  },
  {
    name: 'A Deny fences off all accounts but the own',
    policy: {
      Version: '2012-10-17',
      Statement: [
        ANYONE,
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': '111122223333' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'the Deny holds for every caller whose account is another one',
  },
  {
    name: 'The star is pinned to one role of the own account',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'a stranger cannot choose what AWS reports as his ARN',
  },
  {
    name: 'The star is limited to the own organisation',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
        },
      ],
    },
    about: {
      account: '111122223333',
      organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
    },
    silent: true,
    because: 'a stranger cannot choose his organisation; who of the organisation gets in is another question',
  },
  {
    name: 'The star is pinned to one foreign account',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalAccount': '999988887777' } },
        },
      ],
    },
    about: OWN,
    silent: true,
    because: 'one account is not anyone; foreign-account speaks of it',
  },
]
