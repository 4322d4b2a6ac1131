/** Bad trust in people and sessions, and conditions that do not do what they seem to. */

import { ALICE, allow, bad, deny, type Labelled, ORG, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' }
const STRANGER = { AWS: 'arn:aws:iam::999988887777:root' }
const EC2 = allow({ Service: 'ec2.amazonaws.com' })
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const TRAIL = 'The Terraform article on trust policies'

const people: readonly Labelled[] = [
  bad(
    ['deleted-principal', 'medium'],
    'A deleted role',
    'Cloud Custodian issue 9879: orphaned principals',
    trust(EC2, allow({ AWS: 'AROAEXAMPLE1234567890' })),
  ),
  bad(
    ['session-principal', 'low'],
    'One session of a role',
    `${GUIDE}AWS JSON policy elements: Principal`,
    trust(allow({ AWS: 'arn:aws:sts::111122223333:assumed-role/deploy/run-1' })),
  ),
  bad(
    ['sso-role-pinned', 'low'],
    'A generated role',
    'IAM Identity Center User Guide: Referencing permission sets in resource policies',
    trust(
      allow({
        AWS: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
      }),
    ),
  ),
  bad(
    ['sso-role-pinned', 'low'],
    'A generated role, in a condition',
    null,
    trust(
      allow(ROOT, {
        ArnEquals: {
          'aws:PrincipalArn':
            'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
        },
      }),
    ),
  ),
  bad(
    ['mfa-not-required', 'low'],
    'MFA, if the key is there',
    'parliament: BAD_PATTERN_FOR_MFA',
    trust(allow(ROOT, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
  ),
  bad(
    ['mfa-not-required', 'high'],
    'MFA as anything but false',
    'ScoutSuite issue 367: MFA conditions',
    trust(allow(STRANGER, { StringNotEquals: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ),
  bad(
    ['mfa-not-required', 'low'],
    'A Deny that needs the key',
    `${GUIDE}AWS global condition context keys: aws:MultiFactorAuthPresent`,
    trust(allow(ROOT), deny({ AWS: '*' }, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ),
  bad(
    ['mfa-not-required', 'low'],
    'MFA true or false',
    null,
    trust(allow(ROOT, { Bool: { 'aws:MultiFactorAuthPresent': ['true', 'false'] } })),
  ),
  bad(['mfa-removed', 'low'], 'MFA was dropped', TRAIL, trust(allow(ROOT)), {
    change: { actor: ALICE, before: trust(allow(ROOT, MFA)) },
  }),
  bad(
    ['mfa-removed', 'high'],
    'MFA of a foreign account was dropped',
    'ScoutSuite: iam-assume-role-lacks-external-id-and-mfa',
    trust(allow(STRANGER)),
    { change: { actor: ALICE, before: trust(allow(STRANGER, MFA)) } },
  ),
  bad(
    ['tag-session-unlimited', 'low'],
    'Any tag',
    `${GUIDE}Pass session tags in AWS STS`,
    trust(allow({ AWS: '444455556666' }, null, ['sts:AssumeRole', 'sts:TagSession'])),
    { about: ORG },
  ),
]

const conditions: readonly Labelled[] = [
  bad(
    ['for-all-values-guard', 'high'],
    'ForAllValues over an ExternalId',
    'IAM Access Analyzer: ForAllValues with a single-valued key',
    trust(allow(STRANGER, { 'ForAllValues:StringEquals': { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  bad(
    ['if-exists-guard', 'high'],
    'IfExists over an ExternalId',
    null,
    trust(allow(STRANGER, { StringEqualsIfExists: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
  ),
  bad(
    ['unknown-key', 'high'],
    'ExternalID with another name',
    'IAM Access Analyzer: invalid global condition key',
    trust(allow(STRANGER, { StringEquals: { 'sts:External': '0c9f7e52-41d8-4b6a' } })),
  ),
  bad(
    ['unknown-key', 'high'],
    'A key nobody has',
    'parliament: UNKNOWN_CONDITION_FOR_ACTION',
    trust(allow(ROOT, { StringEquals: { 'aws:PrincipalOrganisation': 'o-a1b2c3d4e5' } })),
  ),
  bad(
    ['operator-mismatch', 'medium'],
    'A range as text',
    'parliament: MISMATCHED_TYPE',
    trust(allow(ROOT, { StringEquals: { 'aws:SourceIp': '203.0.113.0/24' } })),
  ),
  bad(
    ['operator-mismatch', 'medium'],
    'A date as text',
    'IAM Access Analyzer: type mismatch',
    trust(allow(ROOT, { StringLike: { 'aws:CurrentTime': '2026-*' } })),
  ),
  bad(
    ['operator-mismatch', 'medium'],
    'A star under StringEquals',
    'IAM Access Analyzer: wildcard without like operator',
    trust(allow(ROOT, { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } })),
  ),
  bad(
    ['statement-never-matches', 'medium'],
    'Two accounts at once',
    'Checkov issue 7209: CKV_AWS_61 and aws:PrincipalArn',
    trust(EC2, allow(ROOT, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } })),
  ),
  bad(
    ['deny-without-effect', 'medium'],
    'A Deny nobody meets',
    null,
    trust(allow(ROOT), deny(ROOT, { StringEquals: { 'aws:PrincipalAccount': '444455556666' } })),
  ),
  bad(['nobody-can-assume', 'high'], 'A Deny over everything', null, trust(allow(ROOT), deny({ AWS: '*' }))),
  bad(['old-version', 'low'], 'The language of 2008', 'parliament: no version', {
    Version: '2008-10-17',
    Statement: [EC2],
  }),
  bad(
    ['near-quota', 'low'],
    'Forty roles',
    `${GUIDE}IAM and AWS STS quotas`,
    trust(allow({ AWS: Array.from({ length: 40 }, (_, n) => `arn:aws:iam::111122223333:role/team/worker-${n + 10}`) })),
  ),
  bad(
    ['redundant-statement', 'info'],
    'The same twice',
    'IAM Access Analyzer: redundant statement',
    trust(allow(ROOT), allow(ROOT, { StringEquals: { 'aws:PrincipalTag/team': 'data' } })),
  ),
  bad(
    ['always-true', 'info'],
    'TLS as the guard',
    `${TRAIL}: aws:SecureTransport`,
    trust(allow(ROOT, { Bool: { 'aws:SecureTransport': 'true' } })),
  ),
]

export const badPeople: readonly Labelled[] = [...people, ...conditions]
