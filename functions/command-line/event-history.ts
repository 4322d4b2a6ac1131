/** CloudTrail's event history as a source of `backfill`: read at the rate that is allowed, from where the last run stopped. */

import { setTimeout as pause } from 'node:timers/promises'
import pThrottle from 'p-throttle'
import { cloudTrailClient, type Limits, type Place } from '../../shared/aws/clients.ts'
import { lookUpPage } from '../../shared/aws/lookup.ts'
import { type Answer, readAll, type Search, type Unread } from '../../shared/backfill/chains.ts'
import { collect, collectEntry, TRUST_CALLS } from '../../shared/backfill/collect.ts'
import type { Missing } from '../../shared/backfill/report.ts'
import { remaining, type Span } from '../../shared/backfill/windows.ts'
import { APP_RUNNER } from '../../shared/cloudtrail-record.ts'
import { type Instant, instantOf, roleArn } from '../../shared/identity.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import type { HistoryProgress } from './reading-progress.ts'

/** The event history of one account and region, and how fast it may be asked. */
export interface Trail {
  readonly account: string
  readonly region: string
  readonly place: Place
  /** Requests a second. */
  readonly rate: number
  readonly memory: LocalMemory
  readonly progress: HistoryProgress
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface Window {
  readonly from: Instant
  readonly to: Instant
}

/** A role whose callers are asked for. */
export interface Opened extends Window {
  readonly arn: string
}

/** One attempt: a retry of the SDK's own would not keep to the rate. */
const LIMITS: Limits = { connectionMs: 5_000, requestMs: 60_000, attempts: 1 }

/** At four seconds an answer, as us-east-1 takes at times, eight chains use up two requests a second. */
const CHAINS = 12

const DAY_MS = 86_400_000
const HISTORY_MS = 90 * DAY_MS

/** CloudTrail delivers within 15 minutes of the call, mostly (User Guide, "How CloudTrail works"): the last ones are read again. */
const LATE_MS = 15 * 60_000

/** Reads what changed roles' trust into memory, and says what could not be read. @param role null: every role */
export async function readTrust(trail: Trail, window: Window, role: string | null): Promise<readonly Missing[]> {
  const searches: readonly Search[] =
    role === null ? TRUST_CALLS.map((value) => ({ key: 'EventName', value })) : [{ key: 'ResourceName', value: role }]
  const wanted = searches.flatMap((search) => partOf(search, window, trail))
  const keep: Keep = (record) => collect(record, trail.memory, role)
  const unread = await read(trail, wanted, { keep, mostPieces: CHAINS })
  return Date.parse(window.from) < oldest(trail) ? [older(window, trail), ...unread] : unread
}

/**
 * Reads what App Runner refused, in one region. Asked for by its source: ECS has calls of the same names, and many more of them.
 * Kept whatever role it is about, so that it is read once.
 */
export async function readServiceCalls(trail: Trail, window: Window): Promise<readonly Missing[]> {
  const wanted = partOf({ key: 'EventSource', value: APP_RUNNER }, window, trail)
  return read(trail, wanted, { keep: (record) => collect(record, trail.memory, null), mostPieces: 1 })
}

/** Reads who came in while these roles were open, in one region. */
export async function readEntries(trail: Trail, opened: readonly Opened[]): Promise<readonly Missing[]> {
  const wanted = opened.flatMap(({ arn, ...window }) => partOf({ key: 'ResourceName', value: arn }, window, trail))
  const keep: Keep = async (record, { value }) => collectEntry(record, trail.memory, roleArn(value))
  return read(trail, wanted, { keep, mostPieces: 1 })
}

/** What the history can hold of a window. */
function partOf(search: Search, { from, to }: Window, trail: Trail): readonly Part[] {
  const span = { from: Math.max(Date.parse(from), oldest(trail)), to: Date.parse(to) }
  return span.from <= span.to ? [{ search, span }] : []
}

interface Part {
  readonly search: Search
  readonly span: Span
}

type Keep = (record: unknown, search: Search) => Promise<void>

interface Way {
  readonly keep: Keep
  readonly mostPieces: number
}

/** Reads what is not in memory yet. */
async function read(trail: Trail, wanted: readonly Part[], way: Way): Promise<readonly Missing[]> {
  const parts = wanted.flatMap(({ search, span }) =>
    remaining(span, trail.memory.spansRead(nameOf(search, trail))).map((left) => ({ search, span: left })),
  )
  trail.progress.begin(trail.region, parts)
  const unread = await readAll<unknown>(parts, reading(trail, way))
  trail.progress.done(trail.region)
  return unread.map((one) => missing(one, trail))
}

/** The first moment that the history surely holds. */
function oldest({ now }: Trail): number {
  return Date.parse(instantOf(now - HISTORY_MS)) + 60_000
}

function nameOf(search: Search, { account, region }: Trail): string {
  return `history ${account} ${region} ${search.key} ${search.value}`
}

function reading(trail: Trail, { keep, mostPieces }: Way) {
  const { place, region, rate, memory, progress, now } = trail
  const cloudtrail = cloudTrailClient(LIMITS, { ...place, region })
  const paced = pThrottle({ limit: 1, interval: 1_000 / rate })((work: () => Promise<Answer<unknown>>) => work())
  const final = now - LATE_MS
  return {
    chains: CHAINS,
    mostPieces,
    pause: async (ms: number) => void (await pause(ms)),
    stopped: () => false,
    ask: (search: Search, span: Span, token: string | null) =>
      paced(() => lookUpPage(cloudtrail, { search, span, token })),
    keep: async (search: Search, records: readonly unknown[], done: Span | null) => {
      for (const record of records) await keep(record, search)
      const settled = done && { from: done.from, to: Math.min(done.to, final) }
      if (settled && settled.from <= settled.to) memory.markRead(nameOf(search, trail), settled)
      progress.page(region, search, { records: records.length, read: done })
    },
  }
}

function missing({ search, span, why }: Unread, { region }: Trail): Missing {
  const what = WHAT[search.key](search.value)
  return { from: instantOf(span.from), to: instantOf(span.to), region, what, why }
}

const WHAT = {
  EventName: (name) => `${name} events`,
  EventSource: () => 'App Runner calls',
  ResourceName: (role) => `calls about role ${role}`,
} as const satisfies Record<Search['key'], (value: string) => string>

function older({ from }: Window, trail: Trail): Missing {
  const why = "CloudTrail's event history holds 90 days; what is older is in the files of a trail (--logs)"
  return {
    from,
    to: instantOf(oldest(trail)),
    region: trail.region,
    what: 'events about roles and App Runner calls',
    why,
  }
}
