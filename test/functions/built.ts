/** The functions as they ship: the built bundle, its real SDK clients over HTTP, AWS and DynamoDB on the loopback address. */

import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type { Alert } from '../../shared/alert.ts'
import { CREDENTIALS, type Dynamo, startDynamo } from '../aws/dynamo.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { OWN } from '../builders.ts'

export interface Built {
  readonly aws: FakeAws
  readonly dynamo: Dynamo
  /** Invokes with a batch of these bodies. */
  invoke(...bodies: readonly string[]): Promise<SQSBatchResponse>
  /** Another function of the same AWS, invoked with a batch of these bodies. */
  beside(name: FunctionName): (...bodies: readonly string[]) => Promise<SQSBatchResponse>
  /** Invokes with one bare event, as `sam local invoke -e` does. */
  invokeBare(event: object): Promise<SQSBatchResponse>
  alerts(): readonly Alert[]
  close(): Promise<void>
}

export type FunctionName = 'trust-change' | 'sweep' | 'app-runner' | 'slack' | 'mail'

type Handler = (invocation: SQSEvent | object, context: Partial<Context>) => Promise<SQSBatchResponse>

const load = createRequire(import.meta.url)
export const MAIL_TOPIC = 'arn:aws:sns:us-east-1:111122223333:mail'
export const SLACK_SECRET = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:trustdrift/slack-AbCdEf'
export const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alerts'

/** @param millisecondsLeft what Lambda says is left of the function's time */
export async function startBuilt(name: FunctionName, millisecondsLeft = () => 900_000): Promise<Built> {
  const dynamo = await startDynamo()
  await dynamo.createTable('memory')
  const aws = await startFakeAws({ dynamo: dynamo.endpoint })
  const handler = loadHandler(name, aws.endpoint)
  const context = { getRemainingTimeInMillis: millisecondsLeft }
  return {
    aws,
    dynamo,
    invoke: (...bodies) => handler({ Records: bodies.map(queued) }, context),
    beside: (name) => {
      const other = loadHandler(name, aws.endpoint)
      return (...bodies) => other({ Records: bodies.map(queued) }, context)
    },
    invokeBare: (event) => handler(event, context),
    alerts: () => aws.sns.published.map(({ message }) => JSON.parse(message)),
    close: async () => {
      await aws.close()
      await dynamo.close()
    },
  }
}

function loadHandler(name: string, endpoint: string): Handler {
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ACCOUNT_ID: OWN,
    ALERTS_TOPIC_ARN: TOPIC,
    CONFIG_PATH: '/trustdrift',
    MEMORY_TABLE: 'memory',
    // The SDK calls the host in the queue's URL, whatever its endpoint is.
    SWEEP_QUEUE_URL: `${endpoint}/111122223333/sweep`,
    APP_RUNNER_REGIONS: 'us-east-2,eu-west-1',
    QUEUE_URL: `${endpoint}/111122223333/${name}`,
    DEAD_LETTERS_URL: `${endpoint}/111122223333/${name}-dead-letters`,
    MAIL_TOPIC_ARN: MAIL_TOPIC,
    SLACK_SECRET_ARN: SLACK_SECRET,
    NOTIFY_AT: 'medium',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'Trustdrift',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  })
  const file = resolve('dist', name, 'index.js')
  delete load.cache[file]
  return load(file).handler
}

function queued(body: string, place: number) {
  const attributes = { SentTimestamp: String(Date.parse('2026-11-21T12:00:00Z')) }
  return { messageId: `message-${place}`, receiptHandle: `receipt-${place}`, eventSource: 'aws:sqs', body, attributes }
}
