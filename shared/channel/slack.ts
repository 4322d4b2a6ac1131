/** Slack as a channel: the secret, the message and what Slack makes of it. Knows no HTTP and no AWS. */

import { type SlackMessage, slackDigest, slackMessage } from '../render/slack.ts'
import type { Channel, Outcome, Telling } from './channel.ts'
import { type SlackAnswer, slackOutcome } from './slack-answer.ts'
import { parseSlackSecret, type SlackSecret } from './slack-secret.ts'

/** The secret's text, or why it cannot be had. */
export type SecretText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly again: 'later' | 'never'; readonly why: string }

/** Both never throw. */
export interface SecretStore {
  /** May be some minutes old. */
  recent(): Promise<SecretText>
  /** As it is now. */
  fresh(): Promise<SecretText>
}

/** Never throws. */
export type SlackPost = (secret: SlackSecret, message: SlackMessage) => Promise<SlackAnswer>

export interface SlackParts {
  readonly secrets: SecretStore
  readonly post: SlackPost
}

export function slackChannel({ secrets, post }: SlackParts): Channel {
  return {
    name: 'slack',
    send: async (telling) => {
      const message = messageOf(telling)
      const known = await secrets.recent()
      const outcome = await sendWith(known, message, post)
      if (outcome.kind !== 'refused' || outcome.concerns !== 'channel') return outcome
      // The secret may have been rotated, or the channel in it changed, since it was read.
      const now = await secrets.fresh()
      return isSame(known, now) ? outcome : await sendWith(now, message, post)
    },
  }
}

function messageOf(telling: Telling): SlackMessage {
  switch (telling.kind) {
    case 'alert':
      return slackMessage(telling.alert)
    case 'digest':
      return slackDigest(telling.alerts)
    default:
      return telling satisfies never
  }
}

function isSame(one: SecretText, other: SecretText): boolean {
  return other.kind !== 'text' || (one.kind === 'text' && one.text === other.text)
}

async function sendWith(text: SecretText, message: SlackMessage, post: SlackPost): Promise<Outcome> {
  if (text.kind === 'unreadable') return unusable(text.again, text.why)
  const reading = parseSlackSecret(text.text)
  if (reading.kind === 'fault') return unusable('never', reading.why)
  const outcome = slackOutcome(await post(reading.secret, message))
  if (outcome.kind !== 'refused' || outcome.concerns !== 'message') return outcome
  return slackOutcome(await post(reading.secret, plain(message, outcome.why)))
}

function unusable(again: 'later' | 'never', why: string): Outcome {
  if (again === 'never') return { kind: 'refused', concerns: 'channel', why }
  return { kind: 'later', concerns: 'channel', why, seconds: null }
}

/** What Slack will not lay out is told without a layout. @param why Slack's own word, or ours */
function plain({ text }: SlackMessage, why: string): SlackMessage {
  const rest = `Slack refused the layout of this alert (${why}): read the whole of it on the topic of alerts, or in the e-mail.`
  return { text: `${text}\n${rest}`, blocks: [] }
}
