/** Entrance: the alerts that Slack is to show, from its queue. Wiring only; the order is in shared/channel/deliver.ts. */

import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import { channelQueueOf } from '../../shared/aws/channel-queue.ts'
import { documentClient, LIMITS, secretsManagerClient, sqsClient, ssmClient } from '../../shared/aws/clients.ts'
import { deliveriesIn } from '../../shared/aws/deliveries.ts'
import { secretOf } from '../../shared/aws/secret.ts'
import { slackPostOf } from '../../shared/aws/slack-post.ts'
import { PACES, SLACK_REQUEST_MS } from '../../shared/channel/pace.ts'
import { slackChannel } from '../../shared/channel/slack.ts'
import type { Invocation } from '../batch.ts'
import { type ChannelParts, deliverBatch } from '../channel-batch.ts'
import { liveConfiguration } from '../configuration.ts'
import { environmentOf, notifyAtOf } from '../environment.ts'

const needed = environmentOf('slack', process.env)
const logger = new Logger()
const metrics = new Metrics()
const limits = LIMITS.slack
const clients = { secretsManager: secretsManagerClient(limits.secret), ssm: ssmClient(limits.secret) }
const table = { documents: documentClient(limits.dynamodb), name: needed.MEMORY_TABLE }
const urls = { queueUrl: needed.QUEUE_URL, deadLettersUrl: needed.DEAD_LETTERS_URL }
const parts: ChannelParts = {
  channel: slackChannel({
    secrets: secretOf(clients, needed.SLACK_SECRET_ARN, Date.now),
    post: slackPostOf(SLACK_REQUEST_MS),
  }),
  deliveries: deliveriesIn(table, Date.now),
  queue: channelQueueOf(sqsClient(limits.sqs), urls),
  configuration: liveConfiguration(limits.ssm, needed.CONFIG_PATH, { logger, metrics }),
  notifyAt: notifyAtOf(needed.NOTIFY_AT),
  logger,
  sleep: (ms) => sleep(ms),
  ...PACES.slack,
}

export async function handler(invocation: Invocation, context: Context): Promise<SQSBatchResponse> {
  const { delivered, answer } = await deliverBatch(invocation, context, parts)
  if (delivered.trouble.some((each) => each.kind === 'refused' && each.concerns === 'channel')) {
    metrics.addMetric('SlackRefused', MetricUnit.Count, 1)
  }
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
  return answer()
}
