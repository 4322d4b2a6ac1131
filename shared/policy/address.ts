/** IPv4 and IPv6 addresses and ranges as numbers. Knows nothing of policies. */

export interface Range {
  readonly version: 4 | 6
  readonly first: bigint
  readonly last: bigint
  /** Length of the prefix in bits. */
  readonly prefix: number
}

/** The same few are asked for thousands of times. */
const seen = new Map<string, Range | null>()
const MOST_SEEN = 1000

/** One address without prefix is a range of one; host bits are ignored. Null: neither. */
export function parseRange(text: string): Range | null {
  const known = seen.get(text)
  if (known !== undefined) return known
  const range = readRange(text)
  if (seen.size >= MOST_SEEN) seen.clear()
  seen.set(text, range)
  return range
}

function readRange(text: string): Range | null {
  const slash = text.indexOf('/')
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash))
  if (address === null) return null
  const bits = address.version === 4 ? 32 : 128
  const prefix = slash < 0 ? bits : parsePrefix(text.slice(slash + 1), bits)
  if (prefix === null) return null
  const size = 1n << BigInt(bits - prefix)
  const first = (address.number / size) * size
  return { version: address.version, first, last: first + size - 1n, prefix }
}

/** Writes an address of the given version. */
export function writeAddress(version: 4 | 6, number: bigint): string {
  if (version === 4) {
    const n = Number(number)
    return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`
  }
  return Array.from({ length: 8 }, (_, i) => ((number >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':')
}

function parsePrefix(text: string, bits: number): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= bits ? Number(text) : null
}

function parseAddress(text: string): { readonly version: 4 | 6; readonly number: bigint } | null {
  const number = text.includes(':') ? parseV6(text) : parseV4(text)
  return number === null ? null : { version: text.includes(':') ? 6 : 4, number }
}

function parseV4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [left, right] = [groups(halves[0] ?? ''), groups(halves[1] ?? '')]
  if (left === null || right === null) return null
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const full = [...left, ...Array.from({ length: missing }, () => 0n), ...right]
  return full.reduce((sum, part) => sum * 65_536n + part, 0n)
}

/** The 16-bit groups of one side of `::`; a dotted quad at the end counts as two. */
function groups(text: string): readonly bigint[] | null {
  if (text === '') return []
  const out: bigint[] = []
  for (const part of text.split(':')) {
    const quad = part.includes('.') ? parseV4(part) : null
    if (quad !== null) out.push(quad >> 16n, quad & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) out.push(BigInt(`0x${part}`))
    else return null
  }
  return out
}

/** Where public addresses are: all of IPv4 (its private gaps aside), and 2000::/3 (RFC 4291). */
const PUBLIC = {
  4: { first: 0n, last: (1n << 32n) - 1n },
  6: { first: 1n << 125n, last: (1n << 126n) - 1n },
} as const

/** Is every public address in one of the ranges? */
export function coversPublic(version: 4 | 6, ranges: readonly Range[]): boolean {
  let first: bigint = PUBLIC[version].first
  const sorted = ranges.filter((range) => range.version === version).sort((a, b) => (a.first < b.first ? -1 : 1))
  for (const range of sorted) if (range.first <= first && range.last >= first) first = range.last + 1n
  return first > PUBLIC[version].last
}
