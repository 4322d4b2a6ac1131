/** Two keys hold the time of the call, and credentials were issued before. */

import { type Ask, type Demand, inTurn, type Link, openUnless, type Way } from './demand.ts'
import { parseMoment } from './moment.ts'
import { spelling } from './sample.ts'
import type { Literal } from './solve-key.ts'
import { only, type Situation } from './stage.ts'
import { parseNumber } from './value.ts'

/** Null: the documents ask for one of them only, which stands for itself. */
export function clockLink({ conditionsOn }: Situation, name: string): Link | null {
  return TIMES.some((key) => key !== name && conditionsOn(key).length > 0) ? CLOCK : null
}

const TIMES = ['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime']

const CLOCK: Link = {
  keys: TIMES,
  isCommon: true,
  bounds: () => true,
  ways: function* ([current, epoch, issued], ask) {
    if (current === undefined || epoch === undefined || issued === undefined) return
    for (const ms of moments([current, epoch, issued])) yield at(ms, { current, epoch, issued }, ask)
    // Their ends, and what lies between them, are all there is to try of dates.
    const literals = [current, epoch, issued].flatMap((demand) => demand.literals)
    if (!literals.every(isOfTime)) yield openUnless([current, epoch, issued], ask)
  },
}

interface Times {
  readonly current: Demand
  readonly epoch: Demand
  readonly issued: Demand
}

function at(ms: number, { current, epoch, issued }: Times, ask: Ask): Way {
  const [time, seconds] = [spelling(ms), String(Math.floor(ms / 1000))]
  if (!isAllowed(time, current) || !isAllowed(seconds, epoch)) return null
  const { domain } = issued
  const has = (text: string) =>
    domain.within?.has(text) !== false && (parseMoment(text) ?? Number.POSITIVE_INFINITY) <= ms
  return inTurn(
    () => ask(current, only([time], false)),
    () => ask(epoch, only([seconds], false)),
    () => ask(issued, { ...domain, within: { has, globs: null }, samples: [...domain.samples, time] }),
  )
}

function isAllowed(text: string, { domain }: Demand): boolean {
  return domain.within?.has(text) !== false
}

function isOfTime({ condition: { operator } }: Literal): boolean {
  return ['date', 'numeric', 'null'].includes(operator.base?.family ?? '')
}

/** Milliseconds since the epoch: what is usual, the ends of all that is demanded and of all times, and what lies between. */
function* moments(demands: readonly Demand[]): Generator<number> {
  const [current] = demands
  for (const text of current?.domain.samples ?? []) yield parseMoment(text) ?? 0
  const ends = new Set<number>()
  for (const { literals } of demands)
    for (const { condition } of literals) for (const end of condition.values.flatMap(endsOf)) ends.add(end)
  const sorted = [...ends].sort((one, other) => one - other)
  const all = [FIRST, ...sorted, LAST]
  const between = all.map((end, i) => middle(end, all[i + 1] ?? end))
  // Whole seconds are the readable ones.
  for (const isWhole of [true, false])
    for (const ms of [...sorted, ...between, FIRST, LAST]) if ((ms % 1000 === 0) === isWhole) yield ms
}

/** A clock of whole seconds shows the one before it. */
function endsOf(value: string): readonly number[] {
  const number = parseNumber(value)
  return [parseMoment(value), number === null ? null : number * 1000].flatMap((ms) => {
    if (ms === null || ms < FIRST || ms > LAST) return []
    const second = Math.floor(ms / 1000) * 1000
    return [ms, second, second + 1000]
  })
}

function middle(one: number, other: number): number {
  const ms = one + (other - one) / 2
  return other - one > 2000 ? Math.floor(ms / 1000) * 1000 : ms
}

/** Seconds since the epoch have ten digits in every call there is. */
const [FIRST, LAST] = [1_000_000_000_000, 9_999_999_999_000]
