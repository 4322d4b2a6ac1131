/** What every queue's function does with an SQS batch: one message after the other, and those that failed are named. */

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'

/** What a function is invoked with: a batch from its queue, or one bare event (`sam local invoke -e`). */
export type Invocation = SQSEvent | Readonly<Record<string, unknown>>

/**
 * Takes every message; whoever throws is delivered again, alone. When all of them failed it throws itself: SQS delivers them
 * again just the same, and Lambda's own error metric, which an alarm watches, counts it.
 * @param take gets the message's text, or the bare event itself
 * @param failed is told of each failure before the queue is
 */
export async function takeBatch(
  invocation: Invocation,
  take: (message: unknown) => Promise<void>,
  failed: (error: unknown, messageId: string) => void,
): Promise<SQSBatchResponse> {
  if (!isBatch(invocation)) await take(invocation)
  const records = isBatch(invocation) ? invocation.Records : []
  const failures: { readonly itemIdentifier: string; readonly error: unknown }[] = []
  for (const { messageId, body } of records) {
    try {
      await take(body)
    } catch (error) {
      failed(error, messageId)
      failures.push({ itemIdentifier: messageId, error })
    }
  }
  if (failures.length > 0 && failures.length === records.length) throw failures[0]?.error
  return { batchItemFailures: failures.map(({ itemIdentifier }) => ({ itemIdentifier })) }
}

function isBatch(invocation: Invocation): invocation is SQSEvent {
  const records: unknown = invocation.Records
  return Array.isArray(records) && records.every((record) => record?.eventSource === 'aws:sqs')
}
