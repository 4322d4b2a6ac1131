/** Bad trust in accounts and organisations: how bad it is follows from who gets in. */

import { ALICE, allow, bad, deny, HOUSE, type Labelled, ORG, PARTNER, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' }
const STRANGER = { AWS: 'arn:aws:iam::999988887777:root' }
const EC2 = allow({ Service: 'ec2.amazonaws.com' })
const AGREED = { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } }
const TRAIL = 'The Terraform article on trust policies'

const open: readonly Labelled[] = [
  bad(
    ['public-role', 'critical'],
    'The star',
    'Datadog rule def-000-121: role trusts everyone',
    trust(allow({ AWS: '*' })),
  ),
  bad(
    ['public-role', 'critical'],
    'The bare star',
    'Checkov CKV_AWS_60: AssumeRole allows everybody',
    trust(allow('*')),
  ),
  bad(
    ['public-role', 'critical'],
    'The star and the whole internet',
    'policyuniverse: internet-accessible policies',
    trust(allow({ AWS: '*' }, { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })),
  ),
  bad(
    ['public-role', 'critical'],
    'The star but for one account',
    'policyuniverse: internet-accessible policies',
    trust(allow({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalAccount': '999988887777' } })),
  ),
  bad(
    ['public-role', 'critical'],
    'The star and a session name, which callers choose',
    null,
    trust(allow({ AWS: '*' }, { StringLike: { 'sts:RoleSessionName': '*' } })),
  ),
  bad(['public-role', 'high'], 'The star behind an ExternalId', null, trust(allow({ AWS: '*' }, AGREED))),
  bad(
    ['public-role', 'high'],
    'The star from one address range',
    'Prowler: trusted_ips',
    trust(allow({ AWS: '*' }, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
  ),
  bad(
    ['public-role', 'critical'],
    'The organisation, if it is sent',
    null,
    trust(allow({ AWS: '*' }, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: ORG },
  ),
  bad(
    ['foreign-organization', 'high'],
    'Somebody else’s organisation',
    'Cloud Custodian pull request 2667: cross-account with organisation conditions',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-z9y8x7w6v5' } })),
    { about: ORG },
  ),
  bad(
    ['foreign-organization', 'high'],
    'The own organisation and another',
    null,
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5', 'o-z9y8x7w6v5'] } })),
    { about: ORG },
  ),
  bad(
    ['whole-organization', 'low'],
    'Every account of the organisation',
    'Prowler: organisation-wide trust',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: ORG },
  ),
  bad(
    ['wildcard-action', 'low'],
    'Every action of STS',
    'cfn_nag: IamRoleWildcardActionOnTrustPolicyRule',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, null, 'sts:*')),
  ),
  bad(
    ['wildcard-action', 'low'],
    'All actions, written in small letters',
    null,
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, null, 'STS:*')),
  ),
]

const accounts: readonly Labelled[] = [
  bad(
    ['foreign-account', 'high'],
    'An account nobody knows',
    'Stratus Red Team: Backdoor an IAM Role',
    trust(EC2, allow(STRANGER)),
  ),
  bad(
    ['foreign-account', 'medium'],
    'A role of an account nobody knows',
    'Stratus Red Team: Backdoor an IAM Role',
    trust(allow({ AWS: 'arn:aws:iam::999988887777:role/ops' })),
  ),
  bad(
    ['foreign-account', 'high'],
    'An account as a bare number',
    'CloudFox: role-trusts',
    trust(allow({ AWS: '999988887777' })),
  ),
  bad(
    ['foreign-account', 'medium'],
    'An account behind an agreed ExternalId',
    `${GUIDE}Access to AWS accounts owned by third parties`,
    trust(allow(STRANGER, AGREED)),
  ),
  bad(
    ['foreign-account', 'high'],
    'A Deny that names another role of it',
    null,
    trust(allow(STRANGER), deny({ AWS: 'arn:aws:iam::999988887777:role/old' })),
  ),
  bad(
    ['foreign-account', 'high'],
    'A Deny for those outside an organisation, if the key is there',
    null,
    trust(allow(STRANGER), deny({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-blocked000' } })),
  ),
  bad(
    ['vendor-without-external-id', 'medium'],
    'A supplier without an ExternalId',
    'Datadog rule def-000-au9: third party without ExternalId',
    trust(allow(STRANGER)),
    { about: PARTNER },
  ),
  bad(
    ['vendor-without-external-id', 'low'],
    'A supplier’s user without an ExternalId',
    `${GUIDE}The confused deputy problem`,
    trust(allow({ AWS: 'arn:aws:iam::999988887777:role/collector' })),
    { about: PARTNER },
  ),
  bad(
    ['weak-external-id', 'medium'],
    'The ExternalId is the account’s id',
    'Praetorian research on ExternalId misuse by suppliers',
    trust(allow(STRANGER, { StringEquals: { 'sts:ExternalId': '111122223333' } })),
  ),
  bad(
    ['weak-external-id', 'high'],
    'Any ExternalId at all',
    null,
    trust(allow(STRANGER, { StringLike: { 'sts:ExternalId': '*' } })),
  ),
  bad(
    ['weak-external-id', 'low'],
    'The ExternalId is the supplier’s name',
    `${GUIDE}Access to AWS accounts owned by third parties`,
    trust(allow(STRANGER, { StringEquals: { 'sts:ExternalId': 'backup inc' } })),
    { about: PARTNER },
  ),
  bad(
    ['weak-external-id', 'low'],
    'Four characters',
    null,
    trust(allow(STRANGER, { StringEquals: { 'sts:ExternalId': '1234' } })),
    { about: PARTNER },
  ),
  bad(['external-id-removed', 'high'], 'The ExternalId was dropped', TRAIL, trust(allow(STRANGER)), {
    change: { actor: ALICE, before: trust(allow(STRANGER, AGREED)) },
  }),
  bad(
    ['external-id-removed', 'medium'],
    'The ExternalId of a trusted supplier was dropped',
    TRAIL,
    trust(allow(STRANGER)),
    { about: PARTNER, change: { actor: ALICE, before: trust(allow(STRANGER, AGREED)) } },
  ),
  bad(
    ['external-id-changed', 'medium'],
    'Another ExternalId',
    null,
    trust(allow(STRANGER, { StringEquals: { 'sts:ExternalId': '77aa30c1-9d2e-4f10' } })),
    { about: PARTNER, change: { actor: ALICE, before: trust(allow(STRANGER, AGREED)) } },
  ),
  bad(
    ['external-id-changed', 'medium'],
    'The same ExternalId in capitals',
    null,
    trust(allow(STRANGER, { StringEquals: { 'sts:ExternalId': '0C9F7E52-41D8-4B6A' } })),
    { about: PARTNER, change: { actor: ALICE, before: trust(allow(STRANGER, AGREED)) } },
  ),
  bad(
    ['environments-crossed', 'low'],
    'Development gets into production',
    'Cloud Custodian issue 6243: accounts by environment',
    trust(allow({ AWS: 'arn:aws:iam::444455556666:role/dev' })),
    { about: HOUSE },
  ),
  bad(
    ['user-with-keys', 'low'],
    'A user of another account',
    `${GUIDE}Security best practices in IAM`,
    trust(allow({ AWS: 'arn:aws:iam::444455556666:user/deploy' })),
    { about: ORG },
  ),
  bad(
    ['whole-account', 'low'],
    'The own root',
    'Checkov CKV_AWS_61: AssumeRole from the account’s root',
    trust(allow(ROOT)),
  ),
  bad(
    ['whole-account', 'low'],
    'The root of an account of the organisation',
    TRAIL,
    trust(allow({ AWS: '444455556666' })),
    { about: ORG },
  ),
  bad(
    ['self-grant', 'high'],
    'A user adds herself to an old role',
    'Datadog rule def-000-sdh: user changed a trust policy to admit itself',
    trust(EC2, allow({ AWS: ALICE })),
    { change: { actor: ALICE, before: trust(EC2) } },
  ),
  bad(
    ['self-grant', 'high'],
    'A stranger adds his account',
    'Stratus Red Team: Backdoor an IAM Role',
    trust(EC2, allow(STRANGER)),
    { change: { actor: 'arn:aws:sts::999988887777:assumed-role/ops/m', before: trust(EC2) } },
  ),
  bad(
    ['changed-by-root', 'high'],
    'The root user opens a role',
    'fivexl: CloudTrail alerts on root activity',
    trust(EC2, allow({ AWS: '444455556666' })),
    { about: ORG, change: { actor: 'arn:aws:iam::111122223333:root', before: trust(EC2) } },
  ),
  bad(
    ['changed-without-mfa', 'high'],
    'A password alone opens a role',
    'CIS AWS Foundations Benchmark: sign-in to the console without MFA',
    trust(EC2, allow({ AWS: '444455556666' })),
    { about: ORG, change: { actor: ALICE, console: { mfa: false }, before: trust(EC2) } },
  ),
]

export const badAccounts: readonly Labelled[] = [...open, ...accounts]
