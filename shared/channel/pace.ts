/** The numbers of each channel: how fast it may tell, and how long a telling may take. template.yaml is held to them by a test. */

/** What one instance may do; SQS runs at most two of them (MaximumConcurrency's least), and each keeps half the channel's pace. */
export interface Pace {
  /** Milliseconds of rest after each telling. */
  readonly restMs: number
  /** What one telling may take at worst, with its record: none is begun with less time left. */
  readonly tellingMs: number
  /** For how many seconds the channel's queue hides a message by itself. */
  readonly hiddenSeconds: number
}

/** Milliseconds until Slack's whole answer must be there. */
export const SLACK_REQUEST_MS = 5_000

export const PACES = {
  // One message a second and channel (docs.slack.dev, rate limits).
  slack: { restMs: 2_000, tellingMs: 42_000, hiddenSeconds: 540 },
  // SNS suspends an e-mail subscription that gets more than ten a second (SNS quotas); five is half of that.
  mail: { restMs: 400, tellingMs: 36_000, hiddenSeconds: 360 },
} as const satisfies Readonly<Record<string, Pace>>
