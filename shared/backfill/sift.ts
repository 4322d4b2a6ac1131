/**
 * Which records of a CloudTrail file are worth parsing, found in its bytes: most files hold thousands of records and none of the asked
 * kinds. Rejects nothing that parsing would accept: whatever is not written the way CloudTrail writes goes the long way. Pure.
 */

export type Sifted =
  /** Those of the asked kinds, and perhaps a few others. */
  | { readonly kind: 'records'; readonly records: readonly object[] }
  /** Cannot be told from the bytes: parse all of it. */
  | { readonly kind: 'parse-all' }
  /** Not one event in it. */
  | { readonly kind: 'no-events' }

const NAME_KEY = Buffer.from('"eventName"')
const RECORD_START = Buffer.from('{"eventVersion"')
const ESCAPE = Buffer.from('\\u00')
const QUOTE = '"'.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const BLANKS = new Set([...' \n\r\t'].map((blank) => blank.charCodeAt(0)))

/** @param bytes of a file that is no longer compressed @param names of the events asked for: letters only */
export function sift(bytes: Buffer, names: readonly string[]): Sifted {
  if (hasEscapedLetter(bytes)) return { kind: 'parse-all' }
  const records = new Map<number, object>()
  for (const at of placesOf(names, bytes)) {
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

/**
 * Where one of the names begins that ends in a quote. Looked for by the last word of each: they share it, and it begins with a
 * capital letter, for which memory is searched ten times as fast as for a quote, which in JSON stands everywhere.
 */
function* placesOf(names: readonly string[], bytes: Buffer): Iterable<number> {
  const words = new Set(names.map((name) => /[A-Z][a-z]*$/.exec(name)?.[0] ?? name))
  for (const word of words) {
    const heads = names.filter((name) => name.endsWith(word)).map((name) => Buffer.from(name.slice(0, -word.length)))
    const needle = Buffer.from(`${word}"`)
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
      const head = heads.find((one) => endsBefore(bytes, one, at))
      if (head !== undefined) yield at - head.length
    }
  }
}

function endsBefore(bytes: Buffer, head: Buffer, at: number): boolean {
  for (let back = 1; back <= head.length; back += 1) if (bytes[at - back] !== head[head.length - back]) return false
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

/** Null where it does not begin and end the way CloudTrail's records do: what is cut wrong is no JSON. */
function recordFrom(bytes: Buffer, start: number, name: number): object | null {
  const next = bytes.indexOf(RECORD_START, name)
  const end = bytes.lastIndexOf('}', (next < 0 ? bytes.lastIndexOf(']') : next) - 1)
  try {
    const record: unknown = JSON.parse(bytes.toString('utf8', start, end + 1))
    return typeof record === 'object' ? record : null
  } catch {
    return null // the caller parses the whole file instead
  }
}
