/** One message → a Signal, for whoever takes IAM's events only: App Runner's are somebody else's business. Carries no reader for them. */

import { readMessage } from './message.ts'
import type { ServiceSignal } from './service-signal.ts'
import type { Irrelevant, Signal } from './signal.ts'

export type TrustSignal = Exclude<Signal, ServiceSignal>

/** @param message raw text or parsed JSON */
export function trustSignalFrom(message: unknown): TrustSignal {
  const signal = readMessage(message, { call: () => ANOTHERS, event: () => ANOTHERS })
  return isOfTrust(signal) ? signal : ANOTHERS
}

const ANOTHERS: Irrelevant = { kind: 'irrelevant', why: 'an event of App Runner' }

function isOfTrust(signal: Signal): signal is TrustSignal {
  return !signal.kind.startsWith('service-')
}
