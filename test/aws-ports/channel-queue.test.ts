import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { channelQueueOf } from '../../shared/aws/channel-queue.ts'
import { sqsClient } from '../../shared/aws/clients.ts'
import type { ChannelQueue } from '../../shared/channel/channel.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { nth, queued } from '../channel/alerts.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

let aws: FakeAws
let queue: ChannelQueue
let urls: { readonly queueUrl: string; readonly deadLettersUrl: string }

beforeAll(async () => {
  aws = await startFakeAws()
  urls = { queueUrl: `${aws.endpoint}/1/slack`, deadLettersUrl: `${aws.endpoint}/1/slack-dead` }
  queue = channelQueueOf(sqsClient(QUICK, placeAt(aws.endpoint)), urls)
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

test('messages are hidden by their receipts, in whole seconds', async () => {
  await queue.postpone([queued(nth(1)), queued(nth(2))], 600.2)
  expect(aws.sqs.hidden.toSorted((a, b) => a.receipt.localeCompare(b.receipt))).toEqual([
    { queueUrl: urls.queueUrl, receipt: 'receipt-of-message-of-alert-1', seconds: 601 },
    { queueUrl: urls.queueUrl, receipt: 'receipt-of-message-of-alert-2', seconds: 601 },
  ])
})

test('a dead letter is the message as it came, with the reason and its first name', async () => {
  const message = queued(nth(1))
  await queue.bury(message, 'token_revoked')
  expect(aws.sqs.sent).toEqual([
    {
      queueUrl: urls.deadLettersUrl,
      body: message.body,
      delaySeconds: 0,
      attributes: { reason: 'token_revoked', originalMessageId: message.id },
    },
  ])
})

test.each(PASSING)('both stand though SQS %s', async (_, fault, times) => {
  for (const action of ['SendMessage', 'ChangeMessageVisibility']) aws.faults.next(action, fault, times)
  await queue.bury(queued(nth(1)), 'why')
  await queue.postpone([queued(nth(1))], 600)
  expect([aws.sqs.sent.length > 0, aws.sqs.hidden.length > 0]).toEqual([true, true])
})

test.each(LASTING)('a queue that %s is an error', async (_, fault, failure) => {
  for (const action of ['SendMessage', 'ChangeMessageVisibility']) aws.faults.always(action, fault)
  await expect(queue.bury(queued(nth(1)), 'why')).rejects.toMatchObject({ failure })
  await expect(queue.postpone([queued(nth(1))], 600)).rejects.toMatchObject({ failure })
})
