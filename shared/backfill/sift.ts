/**
 * Which records of a CloudTrail file are worth parsing, found in its bytes: most files hold thousands of records and none of the asked
 * kinds. Rejects nothing that parsing would accept: whatever is not written the way CloudTrail writes goes the long way. Pure.
 */

import { type Needle, needlesFor } from './needle.ts'
import { RECORD_START } from './pieces.ts'

export type Sifted =
  /** Those of the asked kinds, and perhaps a few others. */
  | { readonly kind: 'records'; readonly records: readonly object[] }
  /** Cannot be told from the bytes: parse all of the file. */
  | { readonly kind: 'parse-all' }
  /** Not one event in it. */
  | { readonly kind: 'no-events' }

const NAME_KEY = Buffer.from('"eventName"')
const ESCAPE = Buffer.from('\\u00')
const QUOTE = '"'.charCodeAt(0)
const BRACE = '}'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const BLANKS = new Set([...' \n\r\t'].map((blank) => blank.charCodeAt(0)))

/**
 * @param names of the events asked for: letters only
 * @returns what sifts the bytes of a file, no longer compressed, or those of a piece in which records are whole
 */
export function sieveFor(names: readonly string[]): (bytes: Buffer) => Sifted {
  const needles = needlesFor(names)
  return (bytes) => sift(bytes, needles)
}

function sift(bytes: Buffer, needles: readonly Needle[]): Sifted {
  const places = placesOf(needles, bytes)
  if (places === null) return { kind: 'parse-all' }
  const records = new Map<number, object>()
  for (const at of places) {
    if (!isEventName(bytes, at)) continue
    const start = bytes.lastIndexOf(RECORD_START, at)
    const record = start < 0 ? null : recordFrom(bytes, start, at)
    if (record === null) return { kind: 'parse-all' }
    records.set(start, record)
  }
  const inOrder = [...records].sort(([one], [other]) => one - other).map(([, record]) => record)
  if (inOrder.length > 0) return { kind: 'records', records: inOrder }
  return bytes.includes(NAME_KEY) ? { kind: 'records', records: [] } : { kind: 'no-events' }
}

/** What is searched for again and again stays where the processor has it at hand. */
const WINDOW = 1 << 18

/** More than any name, any escape. */
const LAP = 128

/** Where one of the names begins that ends in a quote. Null: a letter is escaped, and a name may be overlooked. */
function placesOf(needles: readonly Needle[], bytes: Buffer): readonly number[] | null {
  const places: number[] = []
  for (let from = 0; from < bytes.length; from += WINDOW) {
    const window = bytes.subarray(from, from + WINDOW + LAP)
    if (hasEscapedLetter(window)) return null
    for (const { letters, names } of needles)
      for (let at = window.indexOf(letters); at >= 0; at = window.indexOf(letters, at + letters.length))
        for (const { name, offset } of names)
          if (standsAt(bytes, name, from + at - offset)) places.push(from + at - offset)
  }
  return places
}

function standsAt(bytes: Buffer, name: Buffer, at: number): boolean {
  for (let index = name.length - 1; index >= 0; index -= 1) if (bytes[at + index] !== name[index]) return false
  return true
}

/** Does `"eventName":"` stand before it? */
function isEventName(bytes: Buffer, at: number): boolean {
  if (bytes[at - 1] !== QUOTE) return false
  const colon = beforeBlanks(bytes, at - 2)
  if (bytes[colon] !== COLON) return false
  const end = beforeBlanks(bytes, colon - 1) + 1
  const start = end - NAME_KEY.length
  return start >= 0 && NAME_KEY.compare(bytes, start, end) === 0
}

function beforeBlanks(bytes: Buffer, from: number): number {
  let at = from
  while (BLANKS.has(bytes[at] ?? 0)) at -= 1
  return at
}

/** An ASCII letter may be written `\u0041`; a name spelt like that would be overlooked. CloudTrail escapes only signs. */
function hasEscapedLetter(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + ESCAPE.length)) {
    const digit = bytes[at + ESCAPE.length] ?? 0
    if (digit >= 0x34 && digit <= 0x37) return true
  }
  return false
}

/**
 * Up to the next record, or to the end of the list where it is the last one. Null where it does not begin and end the way CloudTrail's
 * records do: what is cut wrong is no JSON.
 */
function recordFrom(bytes: Buffer, start: number, name: number): object | null {
  const next = bytes.indexOf(RECORD_START, name)
  const places = { start, name }
  const record = objectFrom(bytes, places, next < 0 ? bytes.length : next)
  const listEnd = record === null && next < 0 ? endOfList(bytes) : -1
  return listEnd < 0 ? record : objectFrom(bytes, places, listEnd)
}

/** `}]}`, and the file is over; -1 for anything else. */
function endOfList(bytes: Buffer): number {
  const end = bytes.lastIndexOf(']')
  return /^\s*}?\s*$/.test(bytes.toString('latin1', end + 1)) && bytes[beforeBlanks(bytes, end - 1)] === BRACE
    ? end
    : -1
}

/** One that ends before the name does is another. */
function objectFrom(bytes: Buffer, { start, name }: { readonly start: number; readonly name: number }, end: number) {
  const brace = bytes.lastIndexOf('}', end - 1)
  if (brace < name) return null
  try {
    const record: unknown = JSON.parse(bytes.toString('utf8', start, brace + 1))
    return typeof record === 'object' ? record : null
  } catch {
    return null // the caller parses the whole file instead
  }
}
