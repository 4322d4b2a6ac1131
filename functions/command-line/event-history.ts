/** CloudTrail's event history as a source of `backfill`: read at the rate that is allowed, from where the last run stopped. */

import { setTimeout as pause } from 'node:timers/promises'
import pThrottle from 'p-throttle'
import { cloudTrailClient, type Limits, type Place } from '../../shared/aws/clients.ts'
import { lookUpPage } from '../../shared/aws/lookup.ts'
import { type Answer, readAll, type Search, type Unread } from '../../shared/backfill/chains.ts'
import { collect, TRUST_CALLS } from '../../shared/backfill/collect.ts'
import type { Missing } from '../../shared/backfill/report.ts'
import { remaining, type Span } from '../../shared/backfill/windows.ts'
import { type Instant, instantOf } from '../../shared/identity.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import { count, durationWords } from '../../shared/render/words.ts'
import type { Streams } from './streams.ts'

export interface EventHistory {
  readonly account: string
  readonly region: string
  readonly place: Place
  readonly from: Instant
  readonly to: Instant
  /** Null: of every role. */
  readonly role: string | null
  /** Requests a second. */
  readonly rate: number
  readonly memory: LocalMemory
  readonly streams: Streams
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** One attempt: a retry of the SDK's own would not keep to the rate. */
const LIMITS: Limits = { connectionMs: 5_000, requestMs: 60_000, attempts: 1 }

/** At four seconds an answer, as us-east-1 takes at times, eight chains use up two requests a second. */
const CHAINS = 12

const DAY_MS = 86_400_000
const HISTORY_MS = 90 * DAY_MS

/** CloudTrail delivers within 15 minutes of the call, mostly (User Guide, "How CloudTrail works"): the last ones are read again. */
const LATE_MS = 15 * 60_000

/** Reads into memory what is not there yet, and says what could not be read. */
export async function readEventHistory(history: EventHistory): Promise<readonly Missing[]> {
  const { from, to, now, memory } = history
  const begin = Math.max(Date.parse(from), Date.parse(instantOf(now - HISTORY_MS)) + 60_000)
  const whole: Span = { from: begin, to: Date.parse(to) }
  const parts = searchesFor(history).flatMap((search) =>
    remaining(whole, memory.spansRead(nameOf(search, history))).map((span) => ({ search, span })),
  )
  const tooOld = Date.parse(from) < begin - 60_000 ? [older(history, begin)] : []
  const unread = await readAll<string>(parts, reading(history, progressOf(parts, history)))
  history.streams.progress('')
  return [...tooOld, ...unread.map((one) => missing(one, history))]
}

function searchesFor({ role }: EventHistory): readonly Search[] {
  if (role !== null) return [{ key: 'ResourceName', value: role }]
  return TRUST_CALLS.map((value) => ({ key: 'EventName', value }))
}

function nameOf(search: Search, { account, region }: EventHistory): string {
  return `history ${account} ${region} ${search.key} ${search.value}`
}

function reading(history: EventHistory, progress: (records: number, read: Span | null) => void) {
  const { place, region, rate, memory, role, now } = history
  const cloudtrail = cloudTrailClient(LIMITS, { ...place, region })
  const paced = pThrottle({ limit: 1, interval: 1_000 / rate })((work: () => Promise<Answer<string>>) => work())
  const final = now - LATE_MS
  return {
    chains: CHAINS,
    pause: async (ms: number) => void (await pause(ms)),
    stopped: () => false,
    ask: (search: Search, span: Span, token: string | null) =>
      paced(() => lookUpPage(cloudtrail, { search, span, token })),
    keep: async (search: Search, records: readonly string[], read: Span | null) => {
      for (const record of records) await collect(record, memory, role)
      const settled = read && { from: read.from, to: Math.min(read.to, final) }
      if (settled && settled.from <= settled.to) memory.markRead(nameOf(search, history), settled)
      progress(records.length, read)
    },
  }
}

/** How much of the time to be read is read, and by that how long it still takes. */
function progressOf(parts: readonly { readonly span: Span }[], { streams }: EventHistory) {
  const all = parts.reduce((sum, { span }) => sum + span.to - span.from, 0)
  const begun = performance.now()
  let requests = 0
  let events = 0
  let read = 0
  const ends = new Map<number, number>()
  return (records: number, span: Span | null) => {
    requests += 1
    events += records
    if (span !== null) {
      read += span.to - span.from - (ends.get(span.to) ?? 0)
      ends.set(span.to, span.to - span.from)
    }
    const share = all === 0 ? 1 : Math.min(read / all, 1)
    const left = share === 0 ? '' : `, about ${leftWords(((performance.now() - begun) * (1 - share)) / share)} left`
    streams.progress(`${count(events, 'event')} in ${count(requests, 'request')}, ${Math.round(100 * share)} %${left}`)
  }
}

function leftWords(ms: number): string {
  return durationWords(instantOf(0), instantOf(ms + 999))
}

function missing({ search, span, why }: Unread, { region }: EventHistory): Missing {
  const what = search.key === 'EventName' ? `${search.value} events` : `the events of role ${search.value}`
  return { from: instantOf(span.from), to: instantOf(span.to), region, what, why }
}

function older({ from, region }: EventHistory, begin: number): Missing {
  const why = "CloudTrail's event history holds 90 days; what is older is in the files of a trail (--logs)"
  return { from, to: instantOf(begin), region, what: 'events about roles', why }
}
