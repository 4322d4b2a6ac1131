/** One message, whatever it is → a Signal. Whoever asks brings the readers of App Runner's, so that a function carries only what it takes. */

import { APP_RUNNER, type CloudTrailRecord } from './cloudtrail-record.ts'
import { type Envelope, openDelivery } from './delivery.ts'
import { digest } from './finding.ts'
import type { ServiceEvent } from './service-event.ts'
import type { Reading, Signal } from './signal.ts'
import { readTrustEvent } from './trust-event.ts'
import { valueDigest } from './value-digest.ts'

/** What reads App Runner's events and calls. */
export interface Readers {
  readonly call: (record: CloudTrailRecord, envelope: Envelope) => Reading
  readonly event: (event: ServiceEvent) => Reading
}

/** Never throws, whatever the text. */
export function readText(text: string, readers: Readers): Signal {
  return hashed(ofText(text, readers), () => digest('message', text))
}

/** The same for JSON that is parsed already. */
export function readValue(value: unknown, readers: Readers, hash: () => string): Signal {
  return hashed(ofValue(value, readers), hash)
}

/** The same for what `eventsIn` yields: raw text or parsed JSON. */
export function readMessage(message: unknown, readers: Readers): Signal {
  return typeof message === 'string'
    ? readText(message, readers)
    : readValue(message, readers, () => valueDigest(message))
}

function hashed(reading: Reading, hash: () => string): Signal {
  return reading.kind === 'unreadable' ? { ...reading, hash: hash() } : reading
}

function ofText(text: string, readers: Readers): Reading {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // V8 answers SyntaxError for bad JSON; older ones answer RangeError for nesting deeper than their stack.
    const why = error instanceof RangeError ? 'the message is nested too deeply' : 'the message is not JSON'
    return { kind: 'unreadable', why, ...NOTHING_KNOWN }
  }
  return ofValue(value, readers)
}

function ofValue(value: unknown, readers: Readers): Reading {
  const delivery = openDelivery(value)
  switch (delivery.kind) {
    case 'record': {
      const { record, envelope } = delivery
      return isCallToAppRunner(record, envelope) ? readers.call(record, envelope) : readTrustEvent(record, envelope)
    }
    case 'service-event':
      return readers.event(delivery.event)
    case 'heartbeat':
    case 'test':
      return delivery
    case 'other-event':
      return { kind: 'irrelevant', why: delivery.why }
    case 'unknown': {
      const { account, at, region } = delivery.envelope
      return { kind: 'unreadable', why: delivery.why, ...NOTHING_KNOWN, account, at, region }
    }
    default:
      return delivery satisfies never
  }
}

/** A record that has lost its source is still known by its envelope's. */
function isCallToAppRunner({ eventSource }: CloudTrailRecord, { source }: Envelope): boolean {
  return eventSource === APP_RUNNER || (eventSource === null && source === 'aws.apprunner')
}

const NOTHING_KNOWN = {
  at: null,
  account: null,
  role: null,
  eventId: null,
  eventName: null,
  region: null,
  actor: null,
} as const
