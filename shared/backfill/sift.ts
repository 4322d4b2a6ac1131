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
const BLANK = ' '.charCodeAt(0)

/** @param bytes of a file that is no longer compressed @param names of the events asked for */
export function sift(bytes: Buffer, names: ReadonlySet<string>): Sifted {
  if (hasEscapedLetter(bytes)) return { kind: 'parse-all' }
  const records = new Map<number, object>()
  let found = false
  for (let at = bytes.indexOf(NAME_KEY); at >= 0; at = bytes.indexOf(NAME_KEY, at + NAME_KEY.length)) {
    found = true
    const name = nameAt(bytes, at + NAME_KEY.length)
    if (name === null) return { kind: 'parse-all' }
    if (!names.has(name)) continue
    const start = bytes.lastIndexOf(RECORD_START, at)
    const record = start < 0 ? null : recordFrom(bytes, start, at)
    if (record === null) return { kind: 'parse-all' }
    records.set(start, record)
  }
  return found ? { kind: 'records', records: [...records.values()] } : { kind: 'no-events' }
}

/** An ASCII letter may be written `\u0041`; a name spelt like that would be overlooked. CloudTrail escapes only signs. */
function hasEscapedLetter(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + ESCAPE.length)) {
    const digit = bytes[at + ESCAPE.length] ?? 0
    if (digit >= 0x34 && digit <= 0x37) return true
  }
  return false
}

/** The text behind the key, where it is written without a blank; null for anything else. */
function nameAt(bytes: Buffer, at: number): string | null {
  if (bytes[at] !== COLON) return null
  const start = bytes[at + 1] === BLANK ? at + 2 : at + 1
  if (bytes[start] !== QUOTE) return null
  const end = bytes.indexOf(QUOTE, start + 1)
  return end < 0 ? null : bytes.toString('latin1', start + 1, end)
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
