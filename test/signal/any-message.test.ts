import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../shared/events-in.ts'
import { parseSignal, signalFrom } from '../../shared/signal.ts'
import { enveloped, type Fields, record } from './record.ts'

const SAMPLES: readonly Fields[] = readdirSync('events')
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => [...eventsIn(JSON.parse(readFileSync(`events/${file}`, 'utf8')))])
  .map((message) => (typeof message === 'string' ? JSON.parse(message) : message))

/** What a watched event needs; a bare record has the same without its envelope. */
const REQUIRED: readonly (readonly string[])[] = [
  ['detail-type'],
  ['source'],
  ['detail'],
  ['detail', 'eventName'],
  ['detail', 'eventSource'],
  ['detail', 'eventTime'],
  ['detail', 'requestParameters'],
  ['detail', 'requestParameters', 'roleName'],
  ['detail', 'requestParameters', 'policyDocument'],
  ['detail', 'recipientAccountId'],
  ['detail', 'userIdentity'],
  ['detail', 'errorCode'],
  ['detail', 'eventID'],
]

describe('whatever arrives', () => {
  it('never throws', () => {
    const signals = fc.oneof(
      fc.string().map(parseSignal),
      fc.json().map(parseSignal),
      fc.jsonValue().map(signalFrom),
      fc.jsonValue().map((detail) => signalFrom(enveloped(detail))),
      fc
        .record({ key: fc.constantFrom(...Object.keys(record())), value: fc.jsonValue() })
        .map(({ key, value }) => signalFrom(record({ [key]: value }))),
    )
    const known = [
      'service-operation',
      'service-status',
      'service-call-failed',
      'trust-written',
      'role-deleted',
      'trust-update-refused',
      'unreadable',
      'heartbeat',
      'test',
      'irrelevant',
    ]
    const isKnown = fc.property(signals, (signal) => known.includes(signal.kind))
    fc.assert(isKnown, { numRuns: 500 })
  })

  it('a sample with any part replaced by anything never throws', () => {
    const mutated = fc.tuple(fc.constantFrom(...SAMPLES), fc.nat(), fc.jsonValue())
    fc.assert(
      fc.property(mutated, ([sample, nth, value]) => {
        const paths = pathsOf(sample)
        const message = replaced(sample, paths[nth % paths.length] ?? [], value)
        const text = JSON.stringify(message)
        expect(parseSignal(text).kind).toBe(signalFrom(message).kind)
      }),
      { numRuns: 1_000 },
    )
  })

  it('a watched event whose parts are missing or of the wrong type is never ignored', () => {
    const watched = SAMPLES.filter((sample) => !['irrelevant', 'heartbeat', 'test'].includes(signalFrom(sample).kind))
    expect(watched.length).toBeGreaterThan(30)
    for (const sample of watched) {
      for (const path of REQUIRED) {
        for (const by of [undefined, null, '', 7, {}]) {
          const spoilt = replaced(sample, 'detail' in sample ? path : path.slice(1), by)
          expect([path, by, signalFrom(spoilt).kind]).not.toEqual([path, by, 'irrelevant'])
        }
      }
    }
  })
})

function pathsOf(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...at, key]))]
}

/** A copy with the part at the path replaced; undefined takes it away. */
function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return by
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = { ...value }
  if (key in copy) copy[key] = replaced(copy[key], rest, by)
  if (copy[key] === undefined) delete copy[key]
  return copy
}
