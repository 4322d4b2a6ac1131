/** A channel's own queue and its dead letters on SQS. Knows SQS's limits; refuses to know what the messages say. */

import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { ChannelQueue } from '../channel/channel.ts'
import { ask } from './failure.ts'

export interface QueueUrls {
  readonly queueUrl: string
  readonly deadLettersUrl: string
}

export function channelQueueOf(sqs: SQSClient, { queueUrl, deadLettersUrl }: QueueUrls): ChannelQueue {
  return {
    postpone: async (messages, seconds) => {
      const hide = (receipt: string) =>
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receipt,
          VisibilityTimeout: Math.ceil(seconds),
        })
      await Promise.all(messages.map(({ receipt }) => ask('SQS ChangeMessageVisibility', sqs.send(hide(receipt)))))
    },
    bury: async ({ id, body }, why) => {
      const command = new SendMessageCommand({
        QueueUrl: deadLettersUrl,
        MessageBody: body,
        MessageAttributes: { reason: text(why), originalMessageId: text(id) },
      })
      await ask('SQS SendMessage', sqs.send(command))
    },
  }
}

function text(value: string) {
  return { DataType: 'String', StringValue: value }
}
