/** Does anybody hear: who is subscribed to each topic, and have they said yes? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand, lastOf } from './command.ts'
import { madeAnew, type Stack } from './stack.ts'

export interface Subscription {
  /** `email`, `sqs`. */
  readonly protocol: string
  readonly arn: string
  /** An address, or an ARN. */
  readonly endpoint: string
  readonly confirmed: boolean
  /** False: confirmed by the link in the mail, so that anyone with a copy of any mail can end it. Null: not known, or not to be asked. */
  readonly authenticated: boolean | null
}

export interface Topic {
  readonly logicalId: string
  readonly arn: string
  readonly subscriptions: Answer<readonly Subscription[]>
}

const WHO = {
  AlertsTopic: {
    hears: 'alerts',
    why: 'An alert published to a topic without a confirmed subscription reaches nobody.',
  },
  OperationsTopic: {
    hears: 'alarms',
    why: 'Alarms say that Trustdrift itself is in trouble. Unheard, its silence looks like peace.',
  },
  MailTopic: { hears: 'alerts by e-mail', why: 'SNS sends nothing to an address that has not confirmed.' },
} as const

export type TopicName = keyof typeof WHO

export function isTopicName(logicalId: string): logicalId is TopicName {
  return Object.hasOwn(WHO, logicalId)
}

export function topicChecks(topic: Topic & { readonly logicalId: TopicName }, stack: Stack): readonly Check[] {
  const { hears, why } = WHO[topic.logicalId]
  const subject: Subject = { id: `subscriptions:${topic.logicalId}`, title: `Subscribers to ${hears}`, why }
  const { subscriptions } = topic
  if (subscriptions.kind === 'not-known') return [notKnown(subject, subscriptions)]
  if (subscriptions.kind === 'missing') return [failed(subject, `there is no topic ${topic.arn}`, madeAnew(stack))]
  return [heardCheck(subject, topic, { subscriptions: subscriptions.value, stack }), ...unsubscribable(topic, stack)]
}

interface Subscribed {
  readonly subscriptions: readonly Subscription[]
  readonly stack: Stack
}

function heardCheck(subject: Subject, { logicalId, arn }: Topic, { subscriptions, stack }: Subscribed): Check {
  const pending = subscriptions.filter(({ confirmed }) => !confirmed)
  if (pending.length > 0) {
    const who = pending.map(({ endpoint }) => endpoint).join(', ')
    const says =
      'Open the mail "AWS Notification - Subscription Confirmation" there, copy the Token out of its link and confirm with it, signed in: then nobody can unsubscribe by the link at the end of a forwarded mail. If the mail is lost, subscribe again (after 3 days SNS forgets the request).'
    return failed(
      subject,
      `${who} has not confirmed`,
      toDo(says, confirming(stack, arn), ...subscribing(stack, arn, pending)),
    )
  }
  if (subscriptions.length > 0)
    return ok(
      subject,
      subscriptions
        .map(({ endpoint, protocol }) => `${protocol} ${protocol === 'sqs' ? lastOf(endpoint) : endpoint}`)
        .join(', '),
    )
  return failed(
    subject,
    'nobody is subscribed',
    toDo(TURN_ON[logicalId] ?? 'Subscribe somebody.', subscribe(stack, arn, '<address>')),
  )
}

const TURN_ON: Readonly<Record<string, string>> = {
  AlertsTopic: 'Deploy with SlackSecretArn or AlertEmail, or subscribe somebody (docs/first-ten-minutes.md).',
  OperationsTopic: 'Deploy with OperationsEmail, or subscribe somebody.',
  MailTopic: 'Deploy with AlertEmail, or subscribe somebody.',
}

function confirming(stack: Stack, arn: string): string {
  return awsCommand(stack, 'sns confirm-subscription', {
    'topic-arn': arn,
    'authenticate-on-unsubscribe': 'true',
    token: '<token>',
  })
}

function subscribing(stack: Stack, arn: string, pending: readonly Subscription[]): readonly string[] {
  return pending.filter(({ protocol }) => protocol === 'email').map(({ endpoint }) => subscribe(stack, arn, endpoint))
}

function subscribe(stack: Stack, arn: string, address: string): string {
  return awsCommand(stack, 'sns subscribe', { 'topic-arn': arn, protocol: 'email', 'notification-endpoint': address })
}

function unsubscribable({ logicalId, arn, subscriptions }: Topic, stack: Stack): readonly Check[] {
  const mails = (subscriptions.kind === 'known' ? subscriptions.value : []).filter(
    ({ protocol, confirmed, authenticated }) => protocol === 'email' && confirmed && authenticated !== null,
  )
  if (mails.length === 0) return []
  const subject: Subject = {
    id: `unsubscribe:${logicalId}`,
    title: `Unsubscribing from ${logicalId}`,
    why: 'Every mail of SNS ends in a link that unsubscribes its reader without asking who clicks, unless the subscription was confirmed by somebody signed in.',
  }
  const open = mails.filter(({ authenticated }) => authenticated === false)
  if (open.length === 0) return [ok(subject, 'only by somebody signed in')]
  const says =
    'Unsubscribe, subscribe again, and confirm with the Token out of the mail, signed in, instead of by the link.'
  const commands = open.flatMap((subscription) => [
    awsCommand(stack, 'sns unsubscribe', { 'subscription-arn': subscription.arn }),
    subscribe(stack, arn, subscription.endpoint),
  ])
  const found = `${open.map(({ endpoint }) => endpoint).join(', ')} was confirmed by the link in the mail, and any mail's link ends it`
  return [warned(subject, found, toDo(says, ...commands, confirming(stack, arn)))]
}

/** A channel that the stack was deployed without. */
export function noMailCheck(): Check {
  const subject: Subject = {
    id: 'subscriptions:MailTopic',
    title: 'Subscribers to alerts by e-mail',
    why: WHO.MailTopic.why,
  }
  return skipped(subject, 'not configured', toDo('To have alerts by e-mail, deploy with the parameter AlertEmail.'))
}
