/** Can an account get in that is neither the own, nor of the organisation, nor trusted by configuration? Knows no list of well-known accounts. */

import { removePrincipals } from '../repair.ts'
import { draftOf, type Example, type Rule } from './rule.ts'

export const rule: Rule = {
  id: 'foreign-account',
  code: 'XAC-01',
  title: 'A foreign account can assume this role',
  reason:
    'Whoever runs that account decides who uses this role from there, and your account has no say in it. ' +
    'Back doors are left exactly like this; so are trusts that outlived a supplier.',
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
  yieldsTo: [
    'self-grant',
    'public-role',
    'foreign-organization',
    'vendor-without-external-id',
    'external-id-removed',
    'weak-external-id',
    'mfa-removed',
    'mfa-not-required',
    'for-all-values-guard',
    'if-exists-guard',
    'environments-crossed',
    'provider-of-another-account',
  ],
  check: ({ policy, admissions }) =>
    admissions.filter(({ who }) => who.kind === 'foreign-account').map((admission) => draftOf(admission, policy)),
  fix: ({ policy }, drafts) => removePrincipals(policy, drafts, 'Take the foreign principals out'),
}

const OWN = { account: '111122223333' }
const FOREIGN = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::999988887777:root' },
  Action: 'sts:AssumeRole',
}

/** Printed on docs/rules.md; apart from the rule, so that bundles drop it. @public */
export const whenNotToUse =
  'Where the account is a partner of yours: name it under `trustedAccounts`, with the reason and the day it ends, instead of switching the rule off.'

/** Run by the tests and printed on docs/rules.md; apart from the rule, so that bundles drop them. @public */
export const examples: readonly Example[] = [
  {
    name: 'A whole foreign account is let in',
    policy: { Version: '2012-10-17', Statement: FOREIGN },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A foreign account stands in one list with the own, which stays',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: ['111122223333', '999988887777'] }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    fires: 'high',
    fixed: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
    },
  },
  {
    name: 'Two foreign accounts go together, or the rule would not fall silent',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ['444455556666', '999988887777'], Service: 'ec2.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  },
  {
    name: 'A supplier has to send the ExternalId that was agreed',
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::999988887777:root' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } },
        },
      ],
    },
    about: OWN,
    fires: 'medium',
    fixed: null,
  },
  {
    name: 'The star is pinned to a foreign account',
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
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The star is pinned to the own account and a foreign one: taking it out would lock out both',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '999988887777'] } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'A Deny that nobody can decide keeps nobody out',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' },
        {
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringResembles: { 'aws:PrincipalAccount': '999988887777' } },
        },
      ],
    },
    about: OWN,
    fires: 'high',
    fixed: null,
  },
  {
    name: 'Nobody said which account the role is in',
    policy: { Version: '2012-10-17', Statement: [FOREIGN] },
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The account is the own one, written as a number',
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
    },
    about: OWN,
    silent: true,
    because: 'twelve digits and the root ARN are the same principal',
  },
  {
    name: 'The account is trusted by configuration',
    policy: { Version: '2012-10-17', Statement: [FOREIGN] },
    about: {
      account: '111122223333',
      trustedAccounts: [{ id: '999988887777', label: 'Backup', reason: 'nightly restore test' }],
    },
    silent: true,
    because: 'somebody vouched for the account, and wrote down why',
  },
  {
    name: 'The account is trusted for another role only',
    policy: { Version: '2012-10-17', Statement: [FOREIGN] },
    about: {
      account: '111122223333',
      roleArn: 'arn:aws:iam::111122223333:role/payments',
      trustedAccounts: [{ id: '999988887777', label: 'Backup', reason: 'nightly restore test', roles: ['backup-*'] }],
    },
    fires: 'high',
    fixed: null,
  },
  {
    name: 'The account is of the organisation',
    policy: { Version: '2012-10-17', Statement: [FOREIGN] },
    about: {
      account: '111122223333',
      organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '999988887777'] },
    },
    silent: true,
    because: 'the organisation counts as one house',
  },
  {
    name: 'A Deny takes back what the Allow gave',
    policy: {
      Version: '2012-10-17',
      Statement: [
        FOREIGN,
        { Effect: 'Deny', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' },
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    about: OWN,
    silent: true,
    because: 'a Deny wins, so nobody of the account gets in',
  },
  {
    name: 'The foreign account is only allowed to tag a session it cannot start',
    policy: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sts:TagSession' },
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    about: OWN,
    silent: true,
    because: 'without an AssumeRole action nobody gets in',
  },
]
