/** Values worth trying for a condition key: those a policy names, their neighbours, and readable fillings of its patterns. */

import { parseRange, writeAddress } from './address.ts'
import { parseMoment, writeMoment } from './moment.ts'
import type { Condition, Family } from './policy.ts'
import { parseNumber } from './value.ts'

/** For one key: the values of all its conditions, and what lies just beside them. Each once, and made as it is asked for. */
export function* boundaries(conditions: readonly Condition[]): Generator<string> {
  const given = new Set<string>()
  for (const [family, values] of byFamily(conditions))
    for (const value of around(family, values)) {
      if (given.has(value)) continue
      given.add(value)
      yield value
    }
  if (!given.has('example')) yield 'example'
}

function byFamily(conditions: readonly Condition[]): Iterable<readonly [Family, readonly string[]]> {
  const values = new Map<Family, readonly string[]>()
  for (const { operator, values: own } of conditions) {
    const family = operator.base?.family ?? 'null'
    const known = values.get(family)
    values.set(family, known === undefined ? own : [...known, ...own])
  }
  return values
}

function around(family: Family, values: readonly string[]): Iterable<string> {
  switch (family) {
    case 'string':
    case 'arn':
      return each(values, fill)
    case 'numeric':
      return numbers(values)
    case 'date':
      return moments(values)
    case 'ip':
      return addresses(values)
    case 'bool':
      return ['true', 'false']
    case 'binary':
      return values
    case 'null':
      return []
    default:
      return family satisfies never
  }
}

function* each(values: readonly string[], of: (value: string) => readonly string[]): Generator<string> {
  for (const value of values) yield* of(value)
}

/** A pattern as a text somebody could really send; the pattern itself too, since equality takes stars literally. */
export function fill(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern]
  const filled = pattern.startsWith('repo:') ? fillRepository(pattern) : fillPlain(pattern)
  return [filled, pattern.replaceAll('*', '').replaceAll('?', 'x'), pattern]
}

function fillPlain(pattern: string): string {
  const arn = pattern.startsWith('arn:')
  return pattern
    .replaceAll('?', 'x')
    .replace(/^((?:[^:]*:){3})\*:/, arn ? '$1us-east-1:' : '$1*:')
    .replace(/^((?:[^:]*:){4})\*:/, arn ? '$1111122223333:' : '$1*:')
    .replaceAll('*', 'example')
}

const BRANCH = 'ref:refs/heads/main'

/** GitHub subjects: `repo:owner/name:what`. */
function fillRepository(pattern: string): string {
  let out = ''
  const parts = pattern.replaceAll('?', 'x').split('*')
  parts.forEach((part, i) => {
    out += part
    if (i < parts.length - 1) out += starFor(out, parts.slice(i + 1).join('*'))
  })
  return out
}

function starFor(before: string, after: string): string {
  const joint = /[:/]$/.test(before) ? '' : '-'
  if (/^repo:[^/]*$/.test(before))
    return after.includes('/') ? `${joint}example-org` : `${joint}example-org/example:${BRANCH}`
  if (/^repo:[^:]*$/.test(before)) return after.includes(':') ? `${joint}example` : `${joint}example:${BRANCH}`
  return /^repo:[^:]*:$/.test(before) && after === '' ? BRANCH : 'example'
}

/** As written too: `1e999` is a number that no other text is. Then the ends of all there are. */
function* numbers(values: readonly string[]): Generator<string> {
  const sorted = inOrder(values.map(parseNumber))
  for (const near of beside(sorted, 1)) yield String(near)
  yield* values
  for (const n of sorted) yield `${n}.0`
  yield* ['0', `${-Number.MAX_VALUE}`, `${Number.MAX_VALUE}`]
}

function* moments(values: readonly string[]): Generator<string> {
  yield* values
  for (const near of beside(inOrder(values.map(parseMoment)), 1000)) yield* spellings(near)
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

/** The numbers, what is just beside them (as far as large ones can be told apart), and what lies halfway between two. */
function beside(sorted: readonly number[], unit: number): readonly number[] {
  return sorted.flatMap((n, i) => {
    const step = Math.max(unit, Math.abs(n) * 2 ** -51)
    return [n, n - step, n + step, n / 2 + (sorted[i + 1] ?? n) / 2]
  })
}

function* addresses(values: readonly string[]): Generator<string> {
  yield* ['203.0.113.10', '198.51.100.10', '192.0.2.10', '2001:db8::10']
  yield* each(values, neighbours)
}

/** The ends of a range and the addresses beyond them. */
function neighbours(value: string): readonly string[] {
  const range = parseRange(value)
  if (range === null) return []
  const top = (1n << (range.version === 4 ? 32n : 128n)) - 1n
  const inside = range.last - range.first > 20n ? range.first + 10n : range.first
  return [inside, range.first, range.last, range.first - 1n, range.last + 1n]
    .filter((n) => n >= 0n && n <= top)
    .map((n) => writeAddress(range.version, n))
}
