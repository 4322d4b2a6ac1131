/** What the functions of all channels do with a batch of their queue: deliver, say what became of it, name what failed. */

import type { Logger } from '@aws-lambda-powertools/logger'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import type { LiveConfiguration } from '../shared/aws/configuration.ts'
import type { Queued } from '../shared/channel/channel.ts'
import { type Delivered, type Delivering, deliver, type Trouble } from '../shared/channel/deliver.ts'
import { instantOf } from '../shared/identity.ts'
import { type Invocation, isBatch } from './batch.ts'
import { failureLines } from './log-line.ts'

/** What stays the same from batch to batch. */
export interface ChannelParts extends Omit<Delivering, 'timeLeft'> {
  readonly configuration: LiveConfiguration
  readonly logger: Logger
}

export interface ChannelBatch {
  readonly delivered: Delivered
  /** What the queue is told. @throws where every message failed: Lambda's own error metric, which an alarm watches, counts it */
  answer(): SQSBatchResponse
}

export async function deliverBatch(
  invocation: Invocation,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  parts: ChannelParts,
): Promise<ChannelBatch> {
  const messages = queuedOf(invocation)
  const { notifyAt = parts.notifyAt } = await parts.configuration.current()
  const timeLeft = () => context.getRemainingTimeInMillis()
  const delivered = await deliver(messages, { ...parts, notifyAt, timeLeft })
  logDelivered(parts.logger, delivered)
  return { delivered, answer: () => answerOf(messages, delivered) }
}

function answerOf(messages: readonly Queued[], { failed }: Delivered): SQSBatchResponse {
  const allFailed = failed.length > 0 && failed.length === messages.length
  if (allFailed) throw new Error('no message was delivered; the lines before say why, and all will be tried again')
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
}

/** One bare event (`sam local invoke -e`) is a message with that body. */
function queuedOf(invocation: Invocation): readonly Queued[] {
  if (!isBatch(invocation)) {
    return [{ id: 'bare', body: JSON.stringify(invocation), receipt: 'none', sentAt: instantOf(0) }]
  }
  return invocation.Records.map(({ messageId, body, receiptHandle, attributes }) => ({
    id: messageId,
    body,
    receipt: receiptHandle,
    sentAt: instantOf(Number(attributes.SentTimestamp) || 0),
  }))
}

function logDelivered(logger: Logger, { trouble, ...delivered }: Delivered): void {
  logger.info('delivered', delivered)
  for (const each of trouble) logger.error('not delivered', troubleLine(each))
}

function troubleLine(trouble: Trouble): Readonly<Record<string, unknown>> {
  switch (trouble.kind) {
    case 'port':
      return { trouble: trouble.kind, failures: failureLines(trouble.error) }
    case 'no-time':
      return { trouble: trouble.kind }
    case 'later':
    case 'refused': {
      const { kind, ...about } = trouble
      return { trouble: kind, ...about }
    }
    default:
      return trouble satisfies never
  }
}
