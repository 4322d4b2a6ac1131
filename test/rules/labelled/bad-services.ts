/** Bad trust in services: what they never send, and for whom they call. */

import { allow, bad, type Labelled, service, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const AGREED = { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } }
const TRAIL = 'The Terraform article on trust policies'

const services: readonly Labelled[] = [
  bad(
    ['confused-deputy', 'low'],
    'Scheduler without a source',
    'EventBridge Scheduler User Guide: Prevent the confused deputy problem',
    service('scheduler'),
  ),
  bad(
    ['confused-deputy', 'low'],
    'Flow logs without a source',
    'Amazon VPC User Guide: IAM role for publishing flow logs to CloudWatch Logs',
    service('vpc-flow-logs'),
  ),
  bad(
    ['confused-deputy', 'low'],
    'Transfer Family without a source',
    'AWS Transfer Family User Guide: Cross-service confused deputy prevention',
    service('transfer'),
  ),
  bad(
    ['foreign-source', 'low'],
    'A source of any kind',
    null,
    service('pipes', { StringLike: { 'aws:SourceAccount': '*' } }),
  ),
  bad(
    ['service-key-never-sent', 'high'],
    'EC2 and a source',
    'Prowler issue 7021: services that send no source',
    service('ec2', { StringEquals: { 'aws:SourceAccount': '111122223333' } }),
  ),
  bad(
    ['service-key-never-sent', 'high'],
    'Lambda and a source',
    'Prowler issue 2792: false positives for the confused deputy check',
    service('lambda', { StringEquals: { 'aws:SourceArn': 'arn:aws:lambda:us-east-1:111122223333:function:f' } }),
  ),
  bad(
    ['service-key-never-sent', 'high'],
    'A service and an ExternalId',
    'IAM Access Analyzer: unsupported condition key for service principal',
    service('states', AGREED),
  ),
  bad(['service-key-never-sent', 'high'], 'A service and MFA', null, service('glue', MFA)),
  bad(
    ['foreign-source', 'low'],
    'A foreign account as source',
    'Prowler: has_restrictive_source_arn',
    service('sns', { StringEquals: { 'aws:SourceAccount': '999988887777' } }),
  ),
  bad(
    ['foreign-source', 'low'],
    'A source in any account',
    'Cloud Custodian issue 7191: wildcards in aws:SourceArn',
    service('sns', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:*' } }),
  ),
  bad(
    ['source-without-account', 'low'],
    'A bucket without its account',
    `${GUIDE}The confused deputy problem`,
    service('s3', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::acme-inventory' } }),
  ),
  bad(
    ['caller-key-on-service', 'low'],
    'The organisation, over a service',
    'IAM Access Analyzer: recommended condition keys for service principals',
    service('sns', { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  ),
  bad(
    ['mixed-principals', 'low'],
    'A service and a role',
    'Stratus Red Team: mixed principals',
    trust(allow({ Service: 'ec2.amazonaws.com', AWS: 'arn:aws:iam::111122223333:role/dev' })),
  ),
  bad(
    ['misspelt-service', 'medium'],
    'Lambda without its b',
    'AWS re:Post: Invalid principal in policy',
    service('lamda'),
  ),
  bad(['misspelt-service', 'medium'], 'Letters in the wrong order', null, service('cloudtrial')),
  bad(['wrong-partition', 'medium'], 'A name of China', TRAIL, trust(allow({ Service: 'ec2.amazonaws.com.cn' }))),
  bad(
    ['roles-anywhere-open', 'low'],
    'Roles Anywhere and any certificate',
    'Stratus Red Team: Create an IAM Roles Anywhere trust anchor',
    service('rolesanywhere', null, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
  ),
]

export const badServices: readonly Labelled[] = [...services]
