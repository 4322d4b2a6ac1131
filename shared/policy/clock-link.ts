/** Two keys hold the time of the call, and credentials were issued before. */

import { type Ask, type Asked, type Demand, inTurn, type Link, openUnless, type Way } from './demand.ts'
import { parseMoment } from './moment.ts'
import { spelling } from './sample.ts'
import type { Domain, Literal } from './solve-key.ts'
import { parseNumber } from './value.ts'

const CURRENT = 'aws:currenttime'
const EPOCH = 'aws:epochtime'
const ISSUED = 'aws:tokenissuetime'
const TIMES = [CURRENT, EPOCH, ISSUED]

/** Null: the documents ask for one of them only, which stands for itself. */
export function clockLink({ conditionsOn }: Asked, name: string): Link | null {
  return TIMES.some((key) => key !== name && conditionsOn(key).length > 0) ? CLOCK : null
}

const CLOCK: Link = {
  keys: TIMES,
  ways: function* (demandOn, ask) {
    const times = { current: demandOn(CURRENT), epoch: demandOn(EPOCH), issued: demandOn(ISSUED) }
    const demands = [times.current, times.epoch, times.issued]
    for (const ms of moments(demands)) yield at(ms, times, ask)
    // Their ends, and what lies between them, are all there is to try of dates.
    if (!demands.every(({ literals }) => literals.every(isOfTime))) yield openUnless(demands, ask)
  },
}

interface Times {
  readonly current: Demand
  readonly epoch: Demand
  readonly issued: Demand
}

function at(ms: number, { current, epoch, issued }: Times, ask: Ask): Way {
  const time = spelling(ms)
  return inTurn(
    () => ask(current, said(current, time)),
    () => ask(epoch, said(epoch, String(Math.floor(ms / 1000)))),
    () => ask(issued, until(ms, issued)),
  )
}

function said({ domain }: Demand, text: string): Domain {
  return { ...domain, absent: false, only: [text] }
}

/** Temporary credentials end after 36 hours at the latest (STS API reference, GetSessionToken). */
const LONGEST_MS = 36 * 3_600_000

function until(ms: number, { domain }: Demand): Domain {
  const has = (text: string) => {
    const issued = parseMoment(text)
    return issued !== null && issued <= ms && issued >= ms - LONGEST_MS
  }
  return {
    ...domain,
    within: { has, globs: null },
    samples: [...domain.samples, spelling(ms), spelling(ms - LONGEST_MS)],
  }
}

function isOfTime({ condition: { operator } }: Literal): boolean {
  return operator.base !== null && ['date', 'numeric', 'null'].includes(operator.base.family)
}

/** Milliseconds since the epoch: what is usual, the ends of all that is demanded and of all times, and what lies between. */
function* moments(demands: readonly Demand[]): Generator<number> {
  for (const { domain } of demands) for (const text of domain.samples) yield* timesIn(text)
  const values = demands.flatMap(({ literals }) => literals.flatMap(({ condition }) => condition.values))
  const told = values.flatMap(timesIn)
  const times = [...told, ...told.map((ms) => ms + LONGEST_MS)]
  const ends = [...new Set(times.flatMap(secondsOf))].sort((one, other) => one - other)
  const all = [...ends, ...[FIRST, ...ends].map((end, i) => middle(end, ends[i] ?? LAST)), FIRST, LAST]
  // Whole seconds are the readable ones.
  yield* all.filter((ms) => ms % 1000 === 0)
  yield* all.filter((ms) => ms % 1000 !== 0)
}

/** As a date, and as a number of seconds. */
function timesIn(value: string): readonly number[] {
  const [date, number] = [parseMoment(value), parseNumber(value)]
  return [...(date === null ? [] : [date]), ...(number === null ? [] : [number * 1000])]
}

/** A clock of whole seconds shows the one before it. */
function secondsOf(ms: number): readonly number[] {
  const second = Math.floor(ms / 1000) * 1000
  return [ms, second, second + 1000].filter((one) => one > FIRST && one < LAST)
}

function middle(one: number, other: number): number {
  const ms = one + (other - one) / 2
  return other - one > 2000 ? Math.floor(ms / 1000) * 1000 : ms
}

/** Seconds since the epoch have ten digits in every call there is. */
const [FIRST, LAST] = [1_000_000_000_000, 9_999_999_999_000]
