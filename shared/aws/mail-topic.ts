/** The topic `mail`: a mail → SNS. Knows SNS's limits; refuses to know who reads it. */

import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { Outcome } from '../channel/channel.ts'
import type { PublishMail } from '../channel/mail.ts'
import { explain, failureOf } from './failure.ts'

export function mailTopicOf(sns: SNSClient, topicArn: string): PublishMail {
  const publish = async (message: { readonly Message: string; readonly Subject?: string }): Promise<Outcome> => {
    try {
      await sns.send(new PublishCommand({ TopicArn: topicArn, ...message }))
      return { kind: 'sent' }
    } catch (error) {
      return outcomeOf(error)
    }
  }
  return async ({ subject, body }) => {
    const outcome = await publish({ Message: body, Subject: subject })
    // A mail is never lost for its subject's sake: what SNS takes as one has changed before.
    return outcome.kind === 'refused' ? await publish({ Message: body }) : outcome
  }
}

/** Only what SNS calls a bad request concerns the mail; all else is the topic's, and passes or is mended. */
function outcomeOf(error: unknown): Outcome {
  const why = explain('SNS Publish', error)
  if (failureOf(error) === 'refused') return { kind: 'refused', concerns: 'message', why }
  return { kind: 'later', concerns: 'channel', why, seconds: null }
}
