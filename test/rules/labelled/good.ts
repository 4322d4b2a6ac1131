/** Trust policies as they occur in real accounts, with nothing wrong that anybody has to hear of. */

import { allow, deny, good, type Labelled, ORG, PARTNER, service, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
const ROOT = { AWS: 'arn:aws:iam::111122223333:root' }
const ANYWHERE = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']

function ofSource(arn: string) {
  return { ArnLike: { 'aws:SourceArn': arn }, ...OWN_ACCOUNT }
}

const compute: readonly Labelled[] = [
  good('EC2', `${GUIDE}Use roles for applications that run on Amazon EC2 instances`, service('ec2')),
  good('Lambda', 'AWS Lambda Developer Guide: Defining Lambda function permissions with an execution role', service('lambda')),
  good('ECS tasks', 'Amazon ECS Developer Guide: Amazon ECS task IAM role', service('ecs-tasks', ofSource('arn:aws:ecs:us-west-2:111122223333:*'))),
  good('Glue', 'AWS Glue Developer Guide: Create an IAM role for AWS Glue', service('glue')),
  good('CodeBuild, held to a project', 'AWS CodeBuild User Guide: Cross-service confused deputy prevention', service('codebuild', ofSource('arn:aws:codebuild:us-east-1:111122223333:project/web'))),
  good('SageMaker', 'Amazon SageMaker AI Developer Guide: How to use SageMaker AI execution roles', service('sagemaker')),
  good('App Runner instances', 'AWS App Runner Developer Guide: How App Runner works with IAM', service('tasks.apprunner')),
  good('App Runner builds', 'AWS App Runner Developer Guide: How App Runner works with IAM', service('build.apprunner')),
  good('EKS Pod Identity', 'Amazon EKS User Guide: EKS Pod Identity role', service('pods.eks', null, ['sts:AssumeRole', 'sts:TagSession'])),
  good('Lambda at the edge', 'Amazon CloudFront Developer Guide: Set up IAM permissions and roles for Lambda@Edge', trust(allow({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }))),
  good('EMR, as its console writes it', 'Amazon EMR Management Guide: Service role for Amazon EMR', { Version: '2008-10-17', Statement: [allow({ Service: 'elasticmapreduce.amazonaws.com' })] }),
  good('Systems Manager on machines elsewhere', 'AWS Systems Manager User Guide: Create the IAM service role for Systems Manager in hybrid environments', service('ssm', ofSource('arn:aws:ssm:us-east-1:111122223333:*'))),
]

const services: readonly Labelled[] = [
  good('EventBridge Scheduler', 'EventBridge Scheduler User Guide: Prevent the confused deputy problem', service('scheduler', OWN_ACCOUNT)),
  good('EventBridge Pipes', 'Amazon EventBridge User Guide: Permissions for Amazon EventBridge Pipes', service('pipes', ofSource('arn:aws:pipes:us-east-1:111122223333:pipe/orders'))),
  good('VPC flow logs', 'Amazon VPC User Guide: IAM role for publishing flow logs to CloudWatch Logs', service('vpc-flow-logs', ofSource('arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*'))),
  good('Transfer Family', 'AWS Transfer Family User Guide: Cross-service confused deputy prevention', service('transfer', ofSource('arn:aws:transfer:us-east-1:111122223333:user/*'))),
  good('Personalize', 'Amazon Personalize Developer Guide: Cross-service confused deputy prevention', service('personalize', ofSource('arn:aws:personalize:us-east-1:111122223333:*'))),
  good('IoT Device Defender', 'AWS IoT Device Defender Developer Guide: Cross-service confused deputy prevention', service('iot', ofSource('arn:aws:iot:us-east-1:111122223333:*'))),
  good('End User Messaging', 'AWS End User Messaging SMS User Guide: IAM policy for Amazon Data Firehose', service('sms-voice', ofSource('arn:aws:sms-voice:us-east-1:111122223333:configuration-set/Alerts'))),
  good('Bedrock', 'Amazon Bedrock User Guide: Create a service role for model customization', service('bedrock', ofSource('arn:aws:bedrock:us-east-1:111122223333:model-customization-job/*'))),
  good('Firehose, with the ExternalId its guide asks for', 'Amazon Data Firehose Developer Guide: Grant Firehose access to an Amazon S3 destination', service('firehose', { StringEquals: { 'sts:ExternalId': '111122223333' } })),
  good('Cognito, sending text messages', 'Amazon Cognito Developer Guide: SMS message settings for Amazon Cognito user pools', service('cognito-idp', { StringEquals: { 'sts:ExternalId': '7f3c0d52-3b1e-4c59', 'aws:SourceAccount': '111122223333' } })),
  good('CloudTrail to CloudWatch Logs, without a source', 'Prowler issue 4714: remediation broke specific process', service('cloudtrail')),
  good('Step Functions', 'AWS Step Functions Developer Guide: Creating an IAM role for your state machine', service('states', ofSource('arn:aws:states:us-east-1:111122223333:stateMachine:*'))),
  good('API Gateway to CloudWatch', 'Amazon API Gateway Developer Guide: Set up CloudWatch logging for REST APIs', service('apigateway')),
  good('S3 replication', 'Amazon S3 User Guide: Setting up permissions for live replication', service('s3')),
  good('RDS enhanced monitoring', 'Amazon RDS User Guide: Setting up and enabling Enhanced Monitoring', service('monitoring.rds')),
  good('Managed Airflow', 'Amazon MWAA User Guide: Amazon MWAA execution role', trust(allow({ Service: ['airflow.amazonaws.com', 'airflow-env.amazonaws.com'] }))),
  good('Redshift', 'Amazon Redshift Management Guide: Authorizing Amazon Redshift to access AWS services', service('redshift')),
  good('A service newer than this list', null, service('brandnew')),
  good('Roles Anywhere, one trust anchor', 'IAM Roles Anywhere User Guide: The IAM Roles Anywhere trust model', service('rolesanywhere', { ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/5e0e3a0b' } }, ANYWHERE)),
  good('Roles Anywhere, one certificate', 'IAM Roles Anywhere User Guide: The IAM Roles Anywhere trust model', service('rolesanywhere', { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }, ANYWHERE)),
]

const partners: readonly Labelled[] = [
  good('A supplier with an ExternalId', `${GUIDE}Access to AWS accounts owned by third parties`, trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })), { about: PARTNER }),
  good('A supplier’s role with an ExternalId', `${GUIDE}The confused deputy problem`, trust(allow({ AWS: 'arn:aws:iam::999988887777:role/collector' }, { StringEquals: { 'sts:ExternalId': '0c9f7e52-41d8-4b6a' } })), { about: PARTNER }),
  good('A supplier whose two ExternalIds are being rotated', null, trust(allow({ AWS: '999988887777' }, { StringEquals: { 'sts:ExternalId': ['0c9f7e52-41d8-4b6a', '77aa30c1-9d2e-4f10'] } })), { about: PARTNER }),
  good('A partner’s people, with MFA', `${GUIDE}Secure API access with MFA`, trust(allow({ AWS: '999988887777' }, MFA)), { about: PARTNER }),
  good('A supplier’s role, pinned by a condition', 'Checkov issue 7209: CKV_AWS_61 and aws:PrincipalArn', trust(allow({ AWS: '999988887777' }, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::999988887777:role/collector' } })), { about: PARTNER }),
]

const house: readonly Labelled[] = [
  good('A role of the own account', `${GUIDE}AWS JSON policy elements: Principal`, trust(allow({ AWS: 'arn:aws:iam::111122223333:role/deploy' }))),
  good('The own account, with MFA', `${GUIDE}Secure API access with MFA`, trust(allow(ROOT, MFA))),
  good('The own account, with MFA of the last hour', `${GUIDE}Secure API access with MFA`, trust(allow(ROOT, { ...MFA, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } }))),
  good('A Deny for whoever has no MFA', `${GUIDE}Allows MFA-authenticated IAM users to manage their own credentials`, trust(allow(ROOT), deny({ AWS: '*' }, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }))),
  good('Another account of the organisation', `${GUIDE}Access for an IAM user in another AWS account that you own`, trust(allow({ AWS: 'arn:aws:iam::444455556666:role/pipeline' })), { about: ORG }),
  good('The whole organisation', 'AWS Security Blog: Control access to AWS resources by using the AWS organization of IAM principals', trust(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })), { about: ORG }),
  good('One unit of the organisation', 'AWS Security Blog: Use IAM to share your AWS resources with groups of AWS accounts in AWS Organizations', trust(allow({ AWS: '*' }, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*' }, StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })), { about: ORG }),
  good('The organisation, fenced by a Deny', 'AWS Security Blog: How to use trust policies with IAM roles', trust(allow({ AWS: ['111122223333', '444455556666'] }), deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })), { about: ORG }),
  good('A fence that lets AWS services pass', 'AWS Security Blog: Establishing a data perimeter on AWS', trust(allow({ AWS: '444455556666' }), deny({ AWS: '*' }, { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } })), { about: ORG }),
  good('A Deny for all but one role', `${GUIDE}AWS JSON policy elements: NotPrincipal`, trust(allow(ROOT), deny({ AWS: '*' }, { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } }))),
  good('The star, pinned to one role', 'Checkov issue 7304: star limited by aws:PrincipalArn', trust(allow({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/deploy' } }))),
  good('Administrators of Identity Center, by pattern', 'IAM Identity Center User Guide: Referencing permission sets in resource policies', trust(allow(ROOT, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Admin_*' } }))),
  good('Callers of one team', `${GUIDE}IAM tutorial: Define permissions to access AWS resources based on tags`, trust(allow(ROOT, { StringEquals: { 'aws:PrincipalTag/team': 'data' } }))),
  good('A session named after the user', `${GUIDE}IAM and AWS STS condition context keys: sts:RoleSessionName`, trust(allow(ROOT, { StringLike: { 'sts:RoleSessionName': '$\u007baws:username}' } }))),
  good('A source identity is asked for', `${GUIDE}Monitor and control actions taken with assumed roles`, trust(allow(ROOT, { StringLike: { 'sts:SourceIdentity': '*' } }, ['sts:AssumeRole', 'sts:SetSourceIdentity']))),
  good('Tags of given names', `${GUIDE}Pass session tags in AWS STS`, trust(allow({ AWS: '444455556666' }), allow({ AWS: '444455556666' }, { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['project'] } }, 'sts:TagSession')), { about: ORG }),
  good('From the office', `${GUIDE}AWS: Denies access to AWS based on the source IP`, trust(allow({ AWS: 'arn:aws:iam::111122223333:user/alice' }, { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } }))),
  good('A user for emergencies, with MFA', 'AWS Well-Architected Framework, Security Pillar: Establish emergency access process', trust(allow({ AWS: 'arn:aws:iam::111122223333:user/break-glass' }, MFA))),
  good('Until the end of the year', `${GUIDE}AWS: Allows access based on date and time`, trust(allow(ROOT, { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }))),
  good('TLS, besides', 'The Terraform article on trust policies: aws:SecureTransport', trust(allow({ AWS: 'arn:aws:iam::111122223333:role/ci' }, { Bool: { 'aws:SecureTransport': 'true' } }))),
  good('Identity Center’s own role', 'IAM Identity Center User Guide: Permission sets', trust(allow({ Federated: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE' }, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }, ['sts:AssumeRoleWithSAML', 'sts:TagSession']))),
]

export const goodPolicies: readonly Labelled[] = [...compute, ...services, ...partners, ...house]
