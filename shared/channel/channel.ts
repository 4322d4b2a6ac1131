/** A way alerts reach people, and what its delivery needs from the world. Knows no Slack, no mail and no AWS. */

import type { Alert } from '../alert.ts'

export type ChannelName = 'slack' | 'mail'

/** What is told at once: one alert, or many in one message. */
export type Telling =
  | { readonly kind: 'alert'; readonly alert: Alert }
  | { readonly kind: 'digest'; readonly alerts: readonly Alert[] }

/** Whom a failure concerns: this message alone, or everything that would go the same way. */
export type Concern = 'message' | 'channel'

/** What became of one telling. `why` is in our words or the channel's short code; it quotes nothing of the alert or the secret. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** @property seconds the channel asks to wait at least; null: it does not say */
  | { readonly kind: 'later'; readonly concerns: Concern; readonly why: string; readonly seconds: number | null }
  /** Trying again cannot help until somebody repairs something. */
  | { readonly kind: 'refused'; readonly concerns: Concern; readonly why: string }

export type NotSent = Exclude<Outcome, { readonly kind: 'sent' }>

export interface Channel {
  readonly name: ChannelName
  /** Never throws: what went wrong is an outcome. */
  send(telling: Telling): Promise<Outcome>
}

/** A message as the channel's queue delivers it. */
export interface Queued {
  readonly id: string
  readonly body: string
  /** The queue's handle on this very delivery. */
  readonly receipt: string
  /** ISO 8601: when it was put into the queue. */
  readonly sentAt: string
}

/** Which alerts a channel has told. Both throw: the table cannot be asked. */
export interface Deliveries {
  wasDelivered(channel: ChannelName, alertId: string): Promise<boolean>
  markDelivered(channel: ChannelName, alertId: string): Promise<void>
}

/** The channel's own queue and its dead letters. All throw: the queue cannot be reached. */
export interface ChannelQueue {
  /** Hides these deliveries for so many seconds from now on. */
  postpone(messages: readonly Queued[], seconds: number): Promise<void>
  /** Puts the message, unchanged, where it waits for a person, and says why. */
  bury(message: Queued, why: string): Promise<void>
}
