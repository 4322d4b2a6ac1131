/** Values worth trying for a condition key: those a policy names, their neighbours, and readable fillings of its patterns. */

import { parseRange, writeAddress } from './address.ts'
import { parseMoment, writeMoment } from './moment.ts'
import type { Condition, Family } from './policy.ts'
import { parseNumber } from './value.ts'

/** For one key: the values of all its conditions, and what lies just beside them. */
export function boundaries(conditions: readonly Condition[]): readonly string[] {
  const of = (family: Family) =>
    conditions.filter((one) => one.operator.base?.family === family).flatMap((one) => one.values)
  return [
    ...new Set([
      ...of('string').flatMap(fill),
      ...of('arn').flatMap(fill),
      ...of('binary'),
      ...numbers(of('numeric')),
      ...moments(of('date')),
      ...addresses(of('ip')),
      ...(of('bool').length > 0 ? ['true', 'false'] : []),
      'example',
    ]),
  ]
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
  return before.endsWith(':') && after === '' ? BRANCH : 'example'
}

function numbers(values: readonly string[]): readonly string[] {
  const sorted = values
    .map(parseNumber)
    .filter((n) => n !== null)
    .sort((a, b) => a - b)
  return around(sorted, 1).map(String)
}

function moments(values: readonly string[]): readonly string[] {
  const sorted = values
    .map(parseMoment)
    .filter((n) => n !== null)
    .sort((a, b) => a - b)
  return [...values, ...around(sorted, 1000).map(writeMoment)]
}

/** The numbers, what is just beside them, and what lies halfway between two. */
function around(sorted: readonly number[], unit: number): readonly number[] {
  return sorted.flatMap((n, i) => [n, n - unit, n + unit, (n + (sorted[i + 1] ?? n)) / 2])
}

function addresses(values: readonly string[]): readonly string[] {
  if (values.length === 0) return []
  return ['203.0.113.10', '198.51.100.10', '192.0.2.10', '2001:db8::10', ...values.flatMap(neighbours)]
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
