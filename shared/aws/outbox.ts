/** The topic `alerts` as the port `outbox`. Knows SNS's limits on a message; refuses to know who reads it. */

import {
  type MessageAttributeValue,
  PublishCommand,
  type PublishCommandOutput,
  type SNSClient,
} from '@aws-sdk/client-sns'
import type { Alert } from '../alert.ts'
import { alertText } from '../alert-text.ts'
import type { Outbox } from '../ports.ts'
import { ask, failureOf, PortError } from './failure.ts'

type Attributes = Readonly<Record<string, MessageAttributeValue>>

export function outboxOf(sns: SNSClient, topicArn: string): Outbox {
  const send = (message: string, attributes: Attributes) =>
    sns.send(new PublishCommand({ TopicArn: topicArn, Message: message, MessageAttributes: attributes }))
  return {
    publish: async (alert) => {
      const message = alertText(alert)
      const answer = await ask('SNS Publish', withAttributesOrWithout(send, message, attributesOf(alert)))
      if (!answer.MessageId) throw new PortError('broken', 'SNS Publish answered without saying that it took the alert')
    },
  }
}

// An alert is never lost for an attribute's sake: attributes only filter, and all they say is in the message too.
async function withAttributesOrWithout(
  send: (message: string, attributes: Attributes) => Promise<PublishCommandOutput>,
  message: string,
  attributes: Attributes,
): Promise<PublishCommandOutput> {
  try {
    return await send(message, attributes)
  } catch (error) {
    if (failureOf(error) !== 'refused') throw error
    return await send(message, {})
  }
}

function attributesOf(alert: Alert): Attributes {
  const values = {
    severity: alert.severity,
    kind: alert.kind,
    verdict: alert.comparison?.verdict ?? '',
    account: alert.account ?? '',
    role: alert.role?.name ?? '',
  }
  const fit = Object.entries(values).filter(([, value]) => isFit(value))
  return Object.fromEntries(fit.map(([name, value]) => [name, { DataType: 'String', StringValue: value }]))
}

// SNS refuses empty values; control characters, unpaired surrogates and noncharacters would cost the alert its place in a queue.
function isFit(value: string): boolean {
  return value !== '' && value.length <= 1_024 && !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(value)
}
