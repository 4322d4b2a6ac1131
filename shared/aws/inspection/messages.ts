/** Queues, topics and who takes from them, as doctor asks for them; and the one message it sends. */

import { type LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda'
import {
  GetSubscriptionAttributesCommand,
  type Subscription as Listed,
  paginateListSubscriptionsByTopic,
  type SNSClient,
} from '@aws-sdk/client-sns'
import { GetQueueAttributesCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { Answer } from '../../doctor/answer.ts'
import type { Mapping } from '../../doctor/consumer.ts'
import type { QueueFacts } from '../../doctor/queue.ts'
import type { Subscription } from '../../doctor/topic.ts'
import { answered } from './answered.ts'

export function queueAt(url: string, client: SQSClient): Promise<Answer<QueueFacts>> {
  const asked = client.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'QueueArn',
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  )
  return answered('SQS GetQueueAttributes', asked, ({ Attributes = {} }) => ({
    arn: Attributes.QueueArn ?? '',
    waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inHand: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
  }))
}

export function sendTo(url: string, body: string, client: SQSClient): Promise<Answer<null>> {
  const sent = client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }))
  return answered('SQS SendMessage', sent, () => null)
}

export function mappingsOf(functionName: string, client: LambdaClient): Promise<Answer<readonly Mapping[]>> {
  const read = async () => {
    const mappings: Mapping[] = []
    const pages = paginateListEventSourceMappings({ client }, { FunctionName: functionName })
    for await (const { EventSourceMappings = [] } of pages) {
      for (const { UUID = '', State = 'unknown', EventSourceArn = '' } of EventSourceMappings)
        mappings.push({ uuid: UUID, state: State, source: EventSourceArn })
    }
    return mappings
  }
  return answered('Lambda ListEventSourceMappings', read(), (mappings) => mappings)
}

export function subscriptionsTo(topicArn: string, client: SNSClient): Promise<Answer<readonly Subscription[]>> {
  const read = async () => {
    const subscriptions: Subscription[] = []
    // One that was ended is listed as `Deleted` for a while.
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: topicArn }))
      for (const listed of Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn !== 'Deleted'))
        subscriptions.push(await subscriptionOf(listed, client))
    return subscriptions
  }
  return answered('SNS ListSubscriptionsByTopic', read(), (subscriptions) => subscriptions)
}

// `PendingConfirmation` stands in the ARN's place.
async function subscriptionOf(
  { Protocol = '', Endpoint = '', SubscriptionArn = '' }: Listed,
  client: SNSClient,
): Promise<Subscription> {
  const confirmed = SubscriptionArn.startsWith('arn:')
  const asks = confirmed && Protocol.startsWith('email')
  const authenticated = asks ? await wasAuthenticated(SubscriptionArn, client) : null
  return { arn: SubscriptionArn, protocol: Protocol, endpoint: Endpoint, confirmed, authenticated }
}

async function wasAuthenticated(arn: string, client: SNSClient): Promise<boolean | null> {
  const asked = client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }))
  const answer = await answered('SNS GetSubscriptionAttributes', asked, ({ Attributes }) => Attributes)
  return answer.kind === 'known' ? answer.value?.ConfirmationWasAuthenticated === 'true' : null
}
