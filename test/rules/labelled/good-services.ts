/** Service roles as they occur in real accounts, with nothing wrong that anybody has to hear of. */

import { allow, good, type Labelled, service, trust } from './label.ts'

const GUIDE = 'IAM User Guide: '
const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const ANYWHERE = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']

function ofSource(arn: string) {
  return { ArnLike: { 'aws:SourceArn': arn }, ...OWN_ACCOUNT }
}

const compute: readonly Labelled[] = [
  good('EC2', `${GUIDE}Use roles for applications that run on Amazon EC2 instances`, service('ec2')),
  good(
    'Lambda',
    'AWS Lambda Developer Guide: Defining Lambda function permissions with an execution role',
    service('lambda'),
  ),
  good(
    'ECS tasks',
    'Amazon ECS Developer Guide: Amazon ECS task IAM role',
    service('ecs-tasks', ofSource('arn:aws:ecs:us-west-2:111122223333:*')),
  ),
  good('Glue', 'AWS Glue Developer Guide: Create an IAM role for AWS Glue', service('glue')),
  good(
    'CodeBuild, held to a project',
    'AWS CodeBuild User Guide: Cross-service confused deputy prevention',
    service('codebuild', ofSource('arn:aws:codebuild:us-east-1:111122223333:project/web')),
  ),
  good(
    'SageMaker',
    'Amazon SageMaker AI Developer Guide: How to use SageMaker AI execution roles',
    service('sagemaker'),
  ),
  good(
    'App Runner instances',
    'AWS App Runner Developer Guide: How App Runner works with IAM',
    service('tasks.apprunner'),
  ),
  good(
    'App Runner builds',
    'AWS App Runner Developer Guide: How App Runner works with IAM',
    service('build.apprunner'),
  ),
  good(
    'EKS Pod Identity',
    'Amazon EKS User Guide: EKS Pod Identity role',
    service('pods.eks', null, ['sts:AssumeRole', 'sts:TagSession']),
  ),
  good(
    'Lambda at the edge',
    'Amazon CloudFront Developer Guide: Set up IAM permissions and roles for Lambda@Edge',
    trust(allow({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] })),
  ),
  good('EMR, as its console writes it', 'Amazon EMR Management Guide: Service role for Amazon EMR', {
    Version: '2008-10-17',
    Statement: [allow({ Service: 'elasticmapreduce.amazonaws.com' })],
  }),
  good(
    'Systems Manager on machines elsewhere',
    'AWS Systems Manager User Guide: Create the IAM service role for Systems Manager in hybrid environments',
    service('ssm', ofSource('arn:aws:ssm:us-east-1:111122223333:*')),
  ),
]

const services: readonly Labelled[] = [
  good(
    'EventBridge Scheduler',
    'EventBridge Scheduler User Guide: Prevent the confused deputy problem',
    service('scheduler', OWN_ACCOUNT),
  ),
  good(
    'EventBridge Pipes',
    'Amazon EventBridge User Guide: Permissions for Amazon EventBridge Pipes',
    service('pipes', ofSource('arn:aws:pipes:us-east-1:111122223333:pipe/orders')),
  ),
  good(
    'VPC flow logs',
    'Amazon VPC User Guide: IAM role for publishing flow logs to CloudWatch Logs',
    service('vpc-flow-logs', ofSource('arn:aws:ec2:us-east-1:111122223333:vpc-flow-log/*')),
  ),
  good(
    'Transfer Family',
    'AWS Transfer Family User Guide: Cross-service confused deputy prevention',
    service('transfer', ofSource('arn:aws:transfer:us-east-1:111122223333:user/*')),
  ),
  good(
    'Personalize',
    'Amazon Personalize Developer Guide: Cross-service confused deputy prevention',
    service('personalize', ofSource('arn:aws:personalize:us-east-1:111122223333:*')),
  ),
  good(
    'IoT Device Defender',
    'AWS IoT Device Defender Developer Guide: Cross-service confused deputy prevention',
    service('iot', ofSource('arn:aws:iot:us-east-1:111122223333:*')),
  ),
  good(
    'End User Messaging',
    'AWS End User Messaging SMS User Guide: IAM policy for Amazon Data Firehose',
    service('sms-voice', ofSource('arn:aws:sms-voice:us-east-1:111122223333:configuration-set/Alerts')),
  ),
  good(
    'Bedrock',
    'Amazon Bedrock User Guide: Create a service role for model customization',
    service('bedrock', ofSource('arn:aws:bedrock:us-east-1:111122223333:model-customization-job/*')),
  ),
  good(
    'Firehose, with the ExternalId its guide asks for',
    'Amazon Data Firehose Developer Guide: Grant Firehose access to an Amazon S3 destination',
    service('firehose', { StringEquals: { 'sts:ExternalId': '111122223333' } }),
  ),
  good(
    'Cognito, sending text messages',
    'Amazon Cognito Developer Guide: SMS message settings for Amazon Cognito user pools',
    service('cognito-idp', {
      StringEquals: { 'sts:ExternalId': '7f3c0d52-3b1e-4c59', 'aws:SourceAccount': '111122223333' },
    }),
  ),
  good(
    'CloudTrail to CloudWatch Logs, without a source',
    'Prowler issue 4714: remediation broke specific process',
    service('cloudtrail'),
  ),
  good(
    'Step Functions',
    'AWS Step Functions Developer Guide: Creating an IAM role for your state machine',
    service('states', ofSource('arn:aws:states:us-east-1:111122223333:stateMachine:*')),
  ),
  good(
    'API Gateway to CloudWatch',
    'Amazon API Gateway Developer Guide: Set up CloudWatch logging for REST APIs',
    service('apigateway'),
  ),
  good('S3 replication', 'Amazon S3 User Guide: Setting up permissions for live replication', service('s3')),
  good(
    'RDS enhanced monitoring',
    'Amazon RDS User Guide: Setting up and enabling Enhanced Monitoring',
    service('monitoring.rds'),
  ),
  good(
    'Managed Airflow',
    'Amazon MWAA User Guide: Amazon MWAA execution role',
    trust(allow({ Service: ['airflow.amazonaws.com', 'airflow-env.amazonaws.com'] })),
  ),
  good(
    'Redshift',
    'Amazon Redshift Management Guide: Authorizing Amazon Redshift to access AWS services',
    service('redshift'),
  ),
  good('A service newer than this list', null, service('brandnew')),
  good(
    'Roles Anywhere, one trust anchor',
    'IAM Roles Anywhere User Guide: The IAM Roles Anywhere trust model',
    service(
      'rolesanywhere',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/5e0e3a0b' } },
      ANYWHERE,
    ),
  ),
  good(
    'Roles Anywhere, one certificate',
    'IAM Roles Anywhere User Guide: The IAM Roles Anywhere trust model',
    service('rolesanywhere', { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'backup.example.com' } }, ANYWHERE),
  ),
]

export const goodServices: readonly Labelled[] = [...compute, ...services]
