/** Bytes → the JSON values in them: one document, or one a line; gzip or not. Keeps one line, or one document, at a time. Refuses to know what an event is. */

import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

export type Message =
  | { readonly kind: 'json'; readonly value: unknown }
  /** Not JSON: as it came. */
  | { readonly kind: 'text'; readonly text: string }

type Chunks = AsyncIterable<Uint8Array>

/** @param byLine one JSON a line whatever the first line looks like; otherwise the text itself decides */
export async function* messagesIn(chunks: Chunks, byLine: boolean): AsyncGenerator<Message> {
  const lines = linesIn(textIn(inflated(chunks)))
  const first = await firstFilled(lines)
  if (first === null) return yield { kind: 'text', text: '' }
  const opening = parsed(first)
  if (opening.kind === 'text' && !byLine) return yield* documentOrLines([first, ...(await rest(lines))])
  yield opening
  for await (const line of lines) if (isFilled(line)) yield parsed(line)
}

/** The first line alone is no JSON: a document over many lines, or lines of which the first is broken. */
function* documentOrLines(lines: readonly string[]): Generator<Message> {
  const whole = parsed(lines.join('\n'))
  const each = whole.kind === 'json' ? [] : lines.filter(isFilled).map(parsed)
  const objects = each.filter((line) => line.kind === 'json' && typeof line.value === 'object').length
  if (objects * 2 > each.length) return yield* each
  yield whole
}

function parsed(text: string): Message {
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch {
    return { kind: 'text', text }
  }
}

/** By the first bytes, not by the file's name: CloudTrail's objects lose their names on the way. */
async function* inflated(chunks: Chunks): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]()
  const head = await firstBytes(source)
  const all = rejoined(head, source)
  if (head[0] !== 0x1f || head[1] !== 0x8b) return yield* all
  const gunzip = createGunzip()
  // An error of either stream destroys gunzip, and the loop over it throws: there is nothing left to do in the callback.
  pipeline(Readable.from(all), gunzip, () => {})
  yield* gunzip
}

async function firstBytes(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array()
  while (head.length < 2) {
    const next = await source.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  return head
}

async function* rejoined(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}

/** Drops a byte order mark. */
async function* textIn(chunks: Chunks): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

/** Splits at `\n` only: JSON strings may hold U+2028 as it is, at which node:readline would split. */
async function* linesIn(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = ''
  for await (const text of texts) {
    const lines = text.split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) {
      yield begun + line
      begun = ''
    }
    begun += last
  }
  yield begun
}

async function firstFilled(lines: AsyncGenerator<string>): Promise<string | null> {
  for (let next = await lines.next(); !next.done; next = await lines.next()) if (isFilled(next.value)) return next.value
  return null
}

async function rest(lines: AsyncGenerator<string>): Promise<readonly string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

function isFilled(line: string): boolean {
  return line.trim() !== ''
}
