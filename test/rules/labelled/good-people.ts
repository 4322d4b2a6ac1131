/** Trust in partners and in the own house as it occurs in real accounts, with nothing wrong that anybody has to hear of. */

import { allow, deny, good, type Labelled, ORG, PARTNER, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' }

const partners: readonly Labelled[] = [
  good(
    'A supplier with an ExternalId',
    `${GUIDE}Access to AWS accounts owned by third parties`,
    trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })),
    { about: PARTNER },
  ),
  good(
    'A supplier’s role with an ExternalId',
    `${GUIDE}The confused deputy problem`,
    trust(
      allow(
        { AWS: 'arn:aws:iam::999988887777:role/collector' },
        { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } },
      ),
    ),
    { about: PARTNER },
  ),
  good(
    'A supplier whose two ExternalIds are being rotated',
    null,
    trust(
      allow(
        { AWS: '999988887777' },
        { StringEquals: { 'sts:ExternalId': ['0c9f7e52-41d8-4b6a', '77aa30c1-9d2e-4f10'] } },
      ),
    ),
    { about: PARTNER },
  ),
  good(
    'A partner’s people, with MFA',
    `${GUIDE}Secure API access with MFA`,
    trust(allow({ AWS: '999988887777' }, MFA)),
    { about: PARTNER },
  ),
  good(
    'A supplier’s role, pinned by a condition',
    'Checkov issue 7209: CKV_AWS_61 and aws:PrincipalArn',
    trust(
      allow({ AWS: '999988887777' }, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/collector' } }),
    ),
    { about: PARTNER },
  ),
]

const house: readonly Labelled[] = [
  good(
    'A role of the own account',
    `${GUIDE}AWS JSON policy elements: Principal`,
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/deploy' })),
  ),
  good('The own account, with MFA', `${GUIDE}Secure API access with MFA`, trust(allow(ROOT, MFA))),
  good(
    'The own account, with MFA of the last hour',
    `${GUIDE}Secure API access with MFA`,
    trust(allow(ROOT, { ...MFA, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })),
  ),
  good(
    'A Deny for whoever has no MFA',
    `${GUIDE}Allows MFA-authenticated IAM users to manage their own credentials`,
    trust(allow(ROOT), deny({ AWS: '*' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ),
  good(
    'Another account of the organisation',
    `${GUIDE}Access for an IAM user in another AWS account that you own`,
    trust(allow({ AWS: 'arn:aws:iam::444455556666:role/pipeline' })),
    { about: ORG },
  ),
  good(
    'The whole organisation',
    'AWS Security Blog: Control access to AWS resources by using the AWS organization of IAM principals',
    trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    { about: ORG },
  ),
  good(
    'One unit of the organisation',
    'AWS Security Blog: Use IAM to share your AWS resources with groups of AWS accounts in AWS Organizations',
    trust(
      allow(
        { AWS: '*' },
        {
          'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' },
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
        },
      ),
    ),
    { about: ORG },
  ),
  good(
    'The organisation, fenced by a Deny',
    'AWS Security Blog: How to use trust policies with IAM roles',
    trust(
      allow({ AWS: ['111122223333', '444455556666'] }),
      deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
    ),
    { about: ORG },
  ),
  good(
    'A fence that lets AWS services pass',
    'AWS Security Blog: Establishing a data perimeter on AWS',
    trust(
      allow({ AWS: '444455556666' }),
      deny(
        { AWS: '*' },
        {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      ),
    ),
    { about: ORG },
  ),
  good(
    'A Deny for all but one role',
    `${GUIDE}AWS JSON policy elements: NotPrincipal`,
    trust(
      allow(ROOT),
      deny({ AWS: '*' }, { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } }),
    ),
  ),
  good(
    'The star, pinned to one role',
    'Checkov issue 7304: star limited by aws:PrincipalArn',
    trust(allow({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } })),
  ),
  good(
    'Administrators of Identity Center, by pattern',
    'IAM Identity Center User Guide: Referencing permission sets in resource policies',
    trust(
      allow(ROOT, {
        ArnLike: {
          'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*',
        },
      }),
    ),
  ),
  good(
    'Callers of one team',
    `${GUIDE}IAM tutorial: Define permissions to access AWS resources based on tags`,
    trust(allow(ROOT, { StringEquals: { 'aws:PrincipalTag/team': 'data' } })),
  ),
  good(
    'A session named after the user',
    `${GUIDE}IAM and AWS STS condition context keys: sts:RoleSessionName`,
    trust(allow(ROOT, { StringLike: { 'sts:RoleSessionName': '$\u007baws:username}' } })),
  ),
  good(
    'A source identity is asked for',
    `${GUIDE}Monitor and control actions taken with assumed roles`,
    trust(allow(ROOT, { StringLike: { 'sts:SourceIdentity': '*' } }, ['sts:AssumeRole', 'sts:SetSourceIdentity'])),
  ),
  good(
    'Tags of given names',
    `${GUIDE}Pass session tags in AWS STS`,
    trust(
      allow({ AWS: '444455556666' }),
      allow({ AWS: '444455556666' }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } }, 'sts:TagSession'),
    ),
    { about: ORG },
  ),
  good(
    'From the office',
    `${GUIDE}AWS: Denies access to AWS based on the source IP`,
    trust(
      allow(
        { AWS: 'arn:aws:iam::111122223333:user/alice' },
        { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
      ),
    ),
  ),
  good(
    'A user for emergencies, with MFA',
    'AWS Well-Architected Framework, Security Pillar: Establish emergency access process',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:user/break-glass' }, MFA)),
  ),
  good(
    'Until the end of the year',
    `${GUIDE}AWS: Allows access based on date and time`,
    trust(allow(ROOT, { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
  ),
  good(
    'TLS, besides',
    'The Terraform article on trust policies: aws:SecureTransport',
    trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, { Bool: { 'aws:SecureTransport': 'true' } })),
  ),
  good(
    'Identity Center’s own role',
    'IAM Identity Center User Guide: Permission sets',
    trust(
      allow(
        { Federated: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE' },
        { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      ),
    ),
  ),
]

export const goodPeople: readonly Labelled[] = [...partners, ...house]
