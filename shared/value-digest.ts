/** A digest of parsed JSON of any depth. It walks with a list of its own: JSON.stringify overflows the stack where JSON.parse did not. */

import { hash } from 'node:crypto'

/** 32 hexadecimal digits; equal values with their keys in equal order have equal digests. */
export function valueDigest(value: unknown): string {
  const tokens: string[] = []
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    tokens.push(tokenOf(next), '\n')
    for (const part of partsOf(next)) waiting.push(part)
  }
  return hash('sha256', tokens.join('')).slice(0, 32)
}

/** Objects give their size, so that what follows can only be read one way. */
function tokenOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length}`
  if (typeof value === 'object' && value !== null) return `{${Object.keys(value).length}`
  return `${typeof value} ${JSON.stringify(String(value))}`
}

function partsOf(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null ? Object.entries(value).flat() : []
}
