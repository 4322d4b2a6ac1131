/** Values worth trying for a condition key: those a policy names, their neighbours, and readable fillings of its patterns. */

import { parseRange, writeAddress } from './address.ts'
import { begunSubjects, subjects, usual } from './fillings.ts'
import { parseMoment, writeMoment } from './moment.ts'
import type { Condition, Family } from './policy.ts'
import { parseNumber } from './value.ts'

/** For one key: the values of all its conditions, and what lies just beside them. Each once, and made as it is asked for. */
export function* boundaries(conditions: readonly Condition[]): Generator<string> {
  const given = new Set<string>()
  for (const [family, asking] of byFamily(conditions))
    for (const value of around(family, asking)) {
      if (given.has(value)) continue
      given.add(value)
      yield value
    }
  if (!given.has('example')) yield 'example'
}

function byFamily(conditions: readonly Condition[]): Iterable<readonly [Family, readonly Condition[]]> {
  const asking = new Map<Family, readonly Condition[]>()
  for (const condition of conditions) {
    const family = condition.operator.base?.family ?? 'null'
    asking.set(family, [...(asking.get(family) ?? []), condition])
  }
  return asking
}

function around(family: Family, conditions: readonly Condition[]): Iterable<string> {
  const values = () => conditions.flatMap((condition) => condition.values)
  switch (family) {
    case 'string':
    case 'arn':
      return texts(conditions)
    case 'numeric':
      return numbers(values())
    case 'date':
      return moments(values())
    case 'ip':
      return addresses(values())
    case 'bool':
      return ['true', 'false']
    case 'binary':
      return values()
    case 'null':
      return []
    default:
      return family satisfies never
  }
}

function* texts(conditions: readonly Condition[]): Generator<string> {
  for (const { name, values } of conditions)
    for (const value of values) {
      if (!isPattern(value)) {
        yield value
        continue
      }
      yield* usual(name, value)
      yield* name.endsWith(':sub') ? fill(value) : filled(value, begunSubjects(value))
    }
  // Of a text whose case says nothing, the one that is least likely to be asked for elsewhere.
  for (const { operator, values } of conditions)
    if (operator.base?.relation === 'equals-ignore-case') for (const value of values) yield value.toUpperCase()
}

/** A pattern as a text somebody could really send; the pattern itself too, since equality takes stars literally. */
export function fill(pattern: string): readonly string[] {
  return isPattern(pattern) ? filled(pattern, subjects(pattern)) : [pattern]
}

function isPattern(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/** @param first what is more like it than any word in the place of a star */
function filled(pattern: string, first: readonly string[]): readonly string[] {
  return [...new Set([...first, fillPlain(pattern), pattern.replaceAll('*', '').replaceAll('?', 'x'), pattern])]
}

function fillPlain(pattern: string): string {
  const arn = pattern.startsWith('arn:')
  return pattern
    .replaceAll('?', 'x')
    .replace(/^((?:[^:]*:){3})\*:/, arn ? '$1us-east-1:' : '$1*:')
    .replace(/^((?:[^:]*:){4})\*:/, arn ? '$1111122223333:' : '$1*:')
    .replace(/@\*$/, '@refs/heads/main')
    .replaceAll('*', 'example')
}

/** As written too: `1e999` is a number that no other text is. Then the ends of all there are. */
function* numbers(values: readonly string[]): Generator<string> {
  const sorted = inOrder(values.map(parseNumber))
  for (const near of beside(sorted, 1)) yield String(near)
  yield* values
  for (const n of sorted) yield `${n}.0`
  yield* ['0', `${-Number.MAX_VALUE}`, `${Number.MAX_VALUE}`]
}

/** In UTC, as AWS writes them; then as the document does. */
function* moments(values: readonly string[]): Generator<string> {
  const sorted = inOrder(values.map(parseMoment))
  for (const ms of sorted) yield spelling(ms)
  yield* values
  for (const near of beside(sorted, 1000)) yield* spellings(near)
  yield* ['0000-01-01T00:00:00Z', '999999999999']
}

/** Beyond the year 9999 only the seconds since the epoch can say it. */
function spellings(ms: number): readonly string[] {
  return [spelling(ms), String(ms / 1000)]
}

/** With its fraction of a second, where it has one. @param ms milliseconds since the epoch */
export function spelling(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const fraction = (ms / 1000 - seconds).toFixed(9).replace(/^\d|0+$/g, '')
  const text = writeMoment(seconds * 1000)
  return fraction.length > 1 ? text.replace('Z', `${fraction}Z`) : text
}

function inOrder(values: readonly (number | null)[]): readonly number[] {
  return values.filter((n) => n !== null).sort((a, b) => a - b)
}

/** The numbers, what is just beside them (as far as large ones can be told apart), what lies halfway between two, and the whole ones around. */
function beside(sorted: readonly number[], unit: number): readonly number[] {
  return sorted.flatMap((n, i) => {
    const step = Math.max(unit, Math.abs(n) * 2 ** -51)
    const whole = Math.floor(n / unit) * unit
    return [n, n - step, n + step, n / 2 + (sorted[i + 1] ?? n) / 2, whole, whole + unit]
  })
}

/** Those on the internet first: a caller's own network shows no other. */
function* addresses(values: readonly string[]): Generator<string> {
  yield* ['203.0.113.10', '198.51.100.10', '192.0.2.10', '2001:db8::10']
  const near = values.flatMap(neighbours)
  yield* near.filter(isOnInternet).map(writtenShort)
  yield* near.filter((one) => !isOnInternet(one)).map(writtenShort)
}

interface Address {
  readonly version: 4 | 6
  readonly number: bigint
}

/** The ends of a range and the addresses beyond them. */
function neighbours(value: string): readonly Address[] {
  const range = parseRange(value)
  if (range === null) return []
  const { version, first, last } = range
  const top = (1n << (version === 4 ? 32n : 128n)) - 1n
  const inside = last - first > 20n ? first + 10n : first
  return [publicFrom(inside, version), inside, first, last, first - 1n, last + 1n]
    .filter((number) => number >= 0n && number <= top)
    .map((number) => ({ version, number }))
}

/** Private, local and reserved (IANA special-purpose address registries); of IPv6 what is not 2000::/3. */
const ELSEWHERE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
  '::/3',
  '4000::/2',
  '8000::/1',
].flatMap((text) => parseRange(text) ?? [])

function blockOf({ version, number }: Address) {
  return ELSEWHERE.find((one) => one.version === version && one.first <= number && number <= one.last)
}

function isOnInternet(address: Address): boolean {
  return blockOf(address) === undefined
}

/** The next one on the internet, which may lie beyond the range. */
function publicFrom(number: bigint, version: 4 | 6): bigint {
  const block = blockOf({ version, number })
  return block === undefined ? number : publicFrom(block.last + 11n, version)
}

/** The longest row of zeros left out (RFC 5952). */
function writtenShort({ version, number }: Address): string {
  const text = writeAddress(version, number)
  const [longest] = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].sort(([one], [other]) => other.length - one.length)
  if (version === 4 || longest === undefined) return text
  const [before, behind] = [text.slice(0, longest.index), text.slice(longest.index + longest[0].length)]
  return `${before.replace(/:$/, '')}::${behind.replace(/^:/, '')}`
}
