/**
 * Log files → the records of the asked kinds in them, several files at a time. One that cannot be read is named, and the rest is still
 * read. Knows neither folder nor bucket.
 */

import { eventsIn } from '../events-in.ts'
import { sift } from './sift.ts'
import { unpacked } from './unpack.ts'

/** A file as its source names it. */
export interface LogFile {
  readonly name: string
  /** Throws where it cannot be had. */
  readonly bytes: () => Promise<Buffer>
}

export type LogReading =
  | { readonly kind: 'records'; readonly file: string; readonly records: readonly unknown[] }
  | { readonly kind: 'unread'; readonly file: string; readonly why: string }

/** As many as keep every thread busy that unpacks, without holding more than a few files at once. */
const AT_ONCE = 4

/** In the order of the files. */
export async function* recordsIn(files: AsyncIterable<LogFile>, names: readonly string[]): AsyncGenerator<LogReading> {
  const begun: Promise<LogReading>[] = []
  for await (const file of files) {
    begun.push(readingOf(file, names))
    if (begun.length >= AT_ONCE) yield await nextOf(begun)
  }
  while (begun.length > 0) yield await nextOf(begun)
}

async function nextOf(begun: Promise<LogReading>[]): Promise<LogReading> {
  const next = begun.shift()
  if (next === undefined) throw new Error('no file is being read')
  return next
}

/** Never throws. */
async function readingOf({ name, bytes }: LogFile, names: readonly string[]): Promise<LogReading> {
  try {
    return recordsOf(name, await unpacked(await bytes()), names)
  } catch (error) {
    return { kind: 'unread', file: name, why: error instanceof Error ? whyOf(error) : String(error) }
  }
}

function recordsOf(file: string, bytes: Buffer, names: readonly string[]): LogReading {
  const sifted = sift(bytes, names)
  if (sifted.kind === 'records') return { kind: 'records', file, records: sifted.records }
  const values = parsed(bytes)
  if (values === null) return { kind: 'unread', file, why: 'it is not JSON' }
  const records = values.flatMap((value) => [...eventsIn(value)])
  if (sifted.kind === 'no-events' && !values.every(isEmptyLog))
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
