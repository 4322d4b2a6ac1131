/** The SDK clients that only doctor uses. A person waits: they try longer than a function may. */

import { CloudFormationClient } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { type Limits, type Place, transport } from '../clients.ts'

const LIMITS: Limits = { connectionMs: 3_000, requestMs: 10_000, attempts: 4 }

export interface Clients {
  readonly cloudformation: CloudFormationClient
  readonly cloudtrail: CloudTrailClient
  readonly cloudwatch: CloudWatchClient
  readonly dynamodb: DynamoDBClient
  readonly documents: DynamoDBDocumentClient
  readonly eventbridge: EventBridgeClient
  readonly lambda: LambdaClient
  readonly scheduler: SchedulerClient
  readonly secrets: SecretsManagerClient
  readonly sns: SNSClient
  readonly sqs: SQSClient
  readonly ssm: SSMClient
  readonly sts: STSClient
}

export function clientsAt(place: Place): Clients {
  const settings = { ...place, ...transport(LIMITS) }
  const dynamodb = new DynamoDBClient(settings)
  return {
    cloudformation: new CloudFormationClient(settings),
    cloudtrail: new CloudTrailClient(settings),
    cloudwatch: new CloudWatchClient(settings),
    dynamodb,
    documents: DynamoDBDocumentClient.from(dynamodb),
    eventbridge: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    scheduler: new SchedulerClient(settings),
    secrets: new SecretsManagerClient(settings),
    sns: new SNSClient(settings),
    // The SDK would call the host in a queue's URL, whatever endpoint was given by hand.
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(settings),
    sts: new STSClient(settings),
  }
}
