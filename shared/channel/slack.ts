/** Slack as a channel: the secret, the message and what Slack makes of it. Knows no HTTP and no AWS. */

import { type SlackMessage, slackDigest, slackMessage } from '../render/slack.ts'
import { clipped, forSlack } from '../render/slack-layout.ts'
import type { Channel, Outcome, Telling } from './channel.ts'
import { mailOf } from './mail.ts'
import { type SlackAnswer, slackOutcome } from './slack-answer.ts'
import { parseSlackSecret, type SlackSecret } from './slack-secret.ts'

/** The secret's text, or why it cannot be had. */
export type SecretText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly again: 'later' | 'never'; readonly why: string }

/** Both never throw. */
export interface SecretStore {
  /** May be some minutes old, and older as long as no other can be had. */
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

export function slackChannel(parts: SlackParts): Channel {
  return {
    name: 'slack',
    send: async (telling) => {
      const known = await parts.secrets.recent()
      const outcome = await sendWith(known, telling, parts.post)
      if (outcome.kind !== 'refused' || outcome.concerns !== 'channel') return outcome
      return await afresh(telling, { known, outcome, ...parts })
    },
  }
}

interface Refused extends SlackParts {
  readonly known: SecretText
  readonly outcome: Outcome
}

/** The secret may have been rotated, or the channel in it changed, since it was read. */
async function afresh(telling: Telling, { known, outcome, secrets, post }: Refused): Promise<Outcome> {
  const now = await secrets.fresh()
  if (now.kind === 'unreadable') return now.again === 'later' ? unusable(now.again, now.why) : outcome
  const isSame = known.kind === 'text' && known.text === now.text
  return isSame ? outcome : await sendWith(now, telling, post)
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

async function sendWith(text: SecretText, telling: Telling, post: SlackPost): Promise<Outcome> {
  if (text.kind === 'unreadable') return unusable(text.again, text.why)
  const reading = parseSlackSecret(text.text)
  if (reading.kind === 'fault') return unusable('never', reading.why)
  const outcome = slackOutcome(await post(reading.secret, messageOf(telling)))
  if (outcome.kind !== 'refused' || outcome.concerns !== 'message') return outcome
  return slackOutcome(await post(reading.secret, plain(telling, outcome.why)))
}

function unusable(again: 'later' | 'never', why: string): Outcome {
  if (again === 'never') return { kind: 'refused', concerns: 'channel', why }
  return { kind: 'later', concerns: 'channel', why, seconds: null }
}

/** Escaped at the worst it stays under the 40,000 characters that Slack takes as a text. */
const MOST_PLAIN = 7_000

/** What Slack will not lay out is told as the mail has it, without a layout. @param why Slack's own word, or ours */
function plain(telling: Telling, why: string): SlackMessage {
  const { subject, body } = mailOf(telling)
  const lines = [`${subject} (Slack refused the layout: ${why})`, '', ...body.split('\n')]
  const text = clipped(lines.map(forSlack).join('\n'), MOST_PLAIN)
  return { text: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), blocks: [] }
}
