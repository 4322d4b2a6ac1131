/**
 * Log files → the records of the asked kinds in them, several files at a time. One that cannot be read is named, and the rest is still
 * read. Knows neither folder nor bucket.
 */

import { eventsIn } from '../events-in.ts'
import { piecesOf } from './pieces.ts'
import { type Sifted, sieveFor } from './sift.ts'
import { release, unpacked, unpackedChunks } from './unpack.ts'

/** A file as its source names it. */
export interface LogFile {
  readonly name: string
  /** The reader's own. Throws where they cannot be had. */
  readonly bytes: () => Promise<Buffer>
}

export type LogReading =
  | { readonly kind: 'records'; readonly file: string; readonly records: readonly unknown[] }
  | { readonly kind: 'unread'; readonly file: string; readonly why: string }

/** Unpacking a file takes three times as long as searching it, and one thread searches: more would only hold memory. */
const AT_ONCE = 3

/** In the order of the files. */
export async function* recordsIn(files: AsyncIterable<LogFile>, names: readonly string[]): AsyncGenerator<LogReading> {
  const sieve = sieveFor(names)
  const begun: Promise<LogReading>[] = []
  for await (const file of files) {
    begun.push(readingOf(file, sieve))
    if (begun.length >= AT_ONCE) yield await nextOf(begun)
  }
  while (begun.length > 0) yield await nextOf(begun)
}

async function nextOf(begun: Promise<LogReading>[]): Promise<LogReading> {
  const next = begun.shift()
  if (next === undefined) throw new Error('no file is being read')
  return next
}

type Sieve = (bytes: Buffer) => Sifted

/** Never throws. */
async function readingOf({ name, bytes }: LogFile, sieve: Sieve): Promise<LogReading> {
  try {
    const packed = await bytes()
    const sifted = await siftedFrom(packed, sieve)
    const reading =
      sifted.kind === 'records' ? { ...sifted, file: name } : parsedAs(sifted.kind, name, await unpacked(packed))
    release(packed)
    return reading
  } catch (error) {
    return { kind: 'unread', file: name, why: error instanceof Error ? whyOf(error) : String(error) }
  }
}

/** Piece by piece, as they are unpacked: what the pieces hold together. */
async function siftedFrom(packed: Buffer, sieve: Sieve): Promise<Sifted> {
  const records: object[] = []
  let kind: 'records' | 'no-events' = 'no-events'
  for await (const piece of piecesOf(unpackedChunks(packed))) {
    const sifted = sieve(piece)
    if (sifted.kind === 'parse-all') return sifted
    if (sifted.kind === 'no-events') continue
    kind = 'records'
    for (const record of sifted.records) records.push(record)
  }
  return kind === 'records' ? { kind, records } : { kind }
}

/** The long way. */
function parsedAs(kind: 'parse-all' | 'no-events', file: string, bytes: Buffer): LogReading {
  const values = parsed(bytes)
  if (values === null) return { kind: 'unread', file, why: 'it is not JSON' }
  const records = values.flatMap((value) => [...eventsIn(value)])
  if (kind === 'no-events' && !values.every(isEmptyLog))
    return { kind: 'unread', file, why: 'it holds no CloudTrail events' }
  return { kind: 'records', file, records }
}

/** One document, or one a line. */
function parsed(bytes: Buffer): readonly unknown[] | null {
  const text = new TextDecoder().decode(bytes)
  try {
    return [JSON.parse(text)]
  } catch {
    return parsedLines(text.split('\n').filter((line) => line.trim() !== ''))
  }
}

/** Null where a line is none: then nobody knows what else is missing. */
function parsedLines(lines: readonly string[]): readonly unknown[] | null {
  try {
    return lines.map((line): unknown => JSON.parse(line))
  } catch {
    return null // the caller names the file
  }
}

/** CloudTrail delivers files without a record, too. */
function isEmptyLog(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Records' in value && Array.isArray(value.Records)
}

function whyOf(error: Error): string {
  if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return 'it unpacks to more than 512 MB'
  if ('code' in error && String(error.code).startsWith('Z_'))
    return `it is packed, and damaged or cut off (${String(error.code)})`
  return error.message.replace(/, \w+ '.*'$/s, '')
}
