/** Entrance: the alerts that people get by e-mail, from their queue. Wiring only; the order is in shared/channel/deliver.ts. */

import { setTimeout as sleep } from 'node:timers/promises'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import { channelQueueOf } from '../../shared/aws/channel-queue.ts'
import { documentClient, LIMITS, snsClient, sqsClient } from '../../shared/aws/clients.ts'
import { deliveriesIn } from '../../shared/aws/deliveries.ts'
import { mailTopicOf } from '../../shared/aws/mail-topic.ts'
import { mailChannel } from '../../shared/channel/mail.ts'
import { PACES } from '../../shared/channel/pace.ts'
import type { Invocation } from '../batch.ts'
import { type ChannelParts, deliverBatch } from '../channel-batch.ts'
import { liveConfiguration } from '../configuration.ts'
import { environmentOf, notifyAtOf } from '../environment.ts'

const needed = environmentOf('mail', process.env)
const logger = new Logger()
const metrics = new Metrics()
const limits = LIMITS.mail
const table = { documents: documentClient(limits.dynamodb), name: needed.MEMORY_TABLE }
const urls = { queueUrl: needed.QUEUE_URL, deadLettersUrl: needed.DEAD_LETTERS_URL }
const parts: ChannelParts = {
  channel: mailChannel(mailTopicOf(snsClient(limits.sns), needed.MAIL_TOPIC_ARN)),
  deliveries: deliveriesIn(table, Date.now),
  queue: channelQueueOf(sqsClient(limits.sqs), urls),
  configuration: liveConfiguration(limits.ssm, needed.CONFIG_PATH, { logger, metrics }),
  notifyAt: notifyAtOf(needed.NOTIFY_AT),
  logger,
  sleep: (ms) => sleep(ms),
  ...PACES.mail,
}

export async function handler(invocation: Invocation, context: Context): Promise<SQSBatchResponse> {
  const { answer } = await deliverBatch(invocation, context, parts)
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
  return answer()
}
