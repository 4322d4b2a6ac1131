/** What every queue's function does with an SQS batch: one message after the other, and those that failed are named. */

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'

/** What a function is invoked with: a batch from its queue, or one bare event (`sam local invoke -e`). */
export type Invocation = SQSEvent | Readonly<Record<string, unknown>>

/**
 * Takes every message; whoever throws is delivered again, alone. When all of them failed it throws itself: SQS delivers them
 * again just the same, and Lambda's own error metric, which an alarm watches, counts it. What it throws says no more than
 * that, since Lambda writes it to the log as it is.
 * @param take gets the message's text, or the bare event itself
 * @param failed is told of each failure before the queue is
 */
export async function takeBatch(
  invocation: Invocation,
  take: (message: unknown) => Promise<void>,
  failed: (error: unknown, messageId: string) => void,
): Promise<SQSBatchResponse> {
  const messages = isBatch(invocation) ? invocation.Records : [{ messageId: 'bare', body: invocation }]
  const batchItemFailures: { readonly itemIdentifier: string }[] = []
  for (const { messageId, body } of messages) {
    try {
      await take(body)
    } catch (error) {
      failed(error, messageId)
      batchItemFailures.push({ itemIdentifier: messageId })
    }
  }
  const allFailed = batchItemFailures.length > 0 && batchItemFailures.length === messages.length
  if (allFailed) throw new Error('no message was taken; the lines before say why, and all will be delivered again')
  return { batchItemFailures }
}

export function isBatch(invocation: Invocation): invocation is SQSEvent {
  const records: unknown = invocation.Records
  return Array.isArray(records) && records.every((record) => record?.eventSource === 'aws:sqs')
}
