/** What tools and landing zones set up by themselves, and service roles that scanners were wrong about. */

import { allow, good, type Labelled, ORG, service, trust } from './label.ts'

const OWN_ACCOUNT = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const ofSource = (arn: string) => ({ ArnLike: { 'aws:SourceArn': arn }, ...OWN_ACCOUNT })

const tools: readonly Labelled[] = [
  good(
    'CDK’s deployment role',
    'aws/aws-cdk: bootstrap-template.yaml',
    trust(allow({ AWS: '111122223333' }), allow({ AWS: '444455556666' })),
    { about: ORG },
  ),
  good('CDK’s execution role', 'aws/aws-cdk: bootstrap-template.yaml', service('cloudformation')),
  good(
    'StackSets, in the account they change',
    'AWS CloudFormation User Guide: Grant self-managed permissions',
    trust(allow({ AWS: 'arn:aws:iam::444455556666:role/AWSCloudFormationStackSetAdministrationRole' })),
    { about: ORG },
  ),
  good(
    'Control Tower’s execution role, for the management account',
    'AWS Control Tower User Guide: How AWS Control Tower works with roles to create and manage accounts',
    trust(allow({ AWS: 'arn:aws:iam::444455556666:root' })),
    { about: ORG },
  ),
  good(
    'A pipeline’s role in another account of the house, by pattern',
    null,
    trust(
      allow(
        { AWS: 'arn:aws:iam::444455556666:root' },
        { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/pipeline-*' } },
      ),
    ),
    { about: ORG },
  ),
  good(
    'A role that assumes itself, and says so',
    'data-dot-all/dataall issue 140: role not authorized to assume itself',
    trust(allow({ Service: 'ecs-tasks.amazonaws.com' }), allow({ AWS: 'arn:aws:iam::111122223333:role/example' })),
  ),
]

const services: readonly Labelled[] = [
  good('Inspector of the second generation', null, service('inspector2')),
  good('Backup', 'AWS Backup Developer Guide: IAM service roles', service('backup')),
  good('CodePipeline', 'AWS CodePipeline User Guide: Manage the CodePipeline service role', service('codepipeline')),
  good(
    'CodeBuild, without a source',
    'aws-solutions/aws-control-tower-customizations issue 226: trust policies of service roles',
    service('codebuild'),
  ),
  good(
    'Automation runbooks, held to the account',
    'AWS Systems Manager User Guide: Setting up Automation',
    service('ssm', ofSource('arn:aws:ssm:*:111122223333:automation-execution/*')),
  ),
  good(
    'Logs of one region, to a stream',
    'Amazon CloudWatch Logs User Guide: Subscription filters with Amazon Kinesis Data Streams',
    service('logs.us-east-1', { StringLike: { 'aws:SourceArn': 'arn:aws:logs:us-east-1:111122223333:*' } }),
  ),
  good(
    'Transcoding, of which a source was asked in vain',
    'Prowler issue 4714: remediation broke specific process',
    trust(allow({ Service: ['elastictranscoder.amazonaws.com', 'transcribe.amazonaws.com'] })),
  ),
  good(
    'S3 batch operations',
    'Amazon S3 User Guide: Granting permissions for S3 Batch Operations',
    service('batchoperations.s3'),
  ),
  good(
    'Fargate pods of one cluster',
    'Amazon EKS User Guide: Amazon EKS Pod execution IAM role',
    service('eks-fargate-pods', {
      ArnLike: { 'aws:SourceArn': 'arn:aws:eks:us-east-1:111122223333:fargateprofile/prod/*' },
    }),
  ),
]

export const goodAutomation: readonly Labelled[] = [...tools, ...services]
