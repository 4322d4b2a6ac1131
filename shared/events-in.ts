/**
 * Unfolds what a handler or a file brings (an SQS batch, a CloudTrail file, a list, one event) into single messages for
 * `signalFrom`. Refuses to know what a message means: what it does not recognise it hands on, so that it is judged, not dropped.
 */

import * as v from 'valibot'
import { fieldsOf } from './wire.ts'

const recordsWire = v.object({ Records: v.array(v.unknown()) })

const queuedWire = v.object({ eventSource: v.literal('aws:sqs'), body: v.unknown() })

/** In the order given: a queued message is its body (text), everything else is the value itself. */
export function* eventsIn(value: unknown): Iterable<unknown> {
  if (!Array.isArray(value)) return yield* unfolded(value)
  // One level only: a list inside a list is handed on as it is.
  for (const item of value) yield* unfolded(item)
}

function* unfolded(value: unknown): Iterable<unknown> {
  const file = Array.isArray(value) ? null : fieldsOf(recordsWire, value)
  if (file === null) return yield value
  for (const record of file.Records) yield bodyOf(record)
}

function bodyOf(record: unknown): unknown {
  const queued = fieldsOf(queuedWire, record)
  return queued === null ? record : queued.body
}
