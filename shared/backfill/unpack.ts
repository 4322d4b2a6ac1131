/** The bytes of a log file, unpacked where they are packed. Knows no file and no event. */

import { promisify } from 'node:util'
import { createGunzip, gunzip } from 'node:zlib'

const unzipped = promisify(gunzip)

/** Few enough trips to another thread, and so little at a time that what is unpacked is still at the processor's hand when it is searched. */
const CHUNK = 1 << 19

/** Most of CloudTrail's files unpack to less: nothing has to be joined. */
const MOST_WHOLE = 1 << 22

/** CloudTrail closes a file at about 50 MB; ten times that is no log file but an attack or an accident. */
const MOST_BYTES = 512 * 1024 * 1024

/**
 * In chunks, so that memory holds a few of them and never a large file. A chunk is valid until the next one is asked for.
 * @throws where the packed bytes are damaged, cut off, or unpack to more than 512 MB; what came before was right
 */
export async function* unpackedChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  if (!isPacked(bytes)) return yield bytes
  if (saidSize(bytes) > CHUNK) return yield* streamed(bytes)
  const whole = await unpacked(bytes)
  yield whole
  release(whole)
}

async function* streamed(bytes: Buffer): AsyncGenerator<Buffer> {
  const gunzipping = createGunzip({ chunkSize: CHUNK })
  gunzipping.end(bytes)
  let size = 0
  let last: Buffer | null = null
  for await (const chunk of gunzipping) {
    size += chunk.length
    if (size > MOST_BYTES) throw new RangeError(TOO_LARGE)
    yield chunk
    last = isFilled(chunk) ? null : chunk
    if (last === null) release(chunk)
  }
  if (last !== null) release(last)
}

const TOO_LARGE = 'it unpacks to more than 512 MB'

/** All at once. @throws where the packed bytes are damaged, cut off, or unpack to more than 512 MB */
export async function unpacked(bytes: Buffer): Promise<Buffer> {
  if (!isPacked(bytes)) return bytes
  return unzipped(bytes, { chunkSize: chunkFor(bytes), maxOutputLength: MOST_BYTES })
}

/** By the first bytes, not by the name. */
function isPacked(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** In one chunk of the size that is said nothing has to be joined; what is said is not to be trusted. */
function chunkFor(bytes: Buffer): number {
  return Math.min(Math.max(saidSize(bytes) + 1, 64), MOST_WHOLE)
}

/** gzip ends with the size of what it holds (RFC 1952, ISIZE). */
function saidSize(bytes: Buffer): number {
  return bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4)
}

/** To the end of its memory: nothing more will be written into that. */
function isFilled(chunk: Buffer): boolean {
  return chunk.length === chunk.buffer.byteLength
}

/** Smaller buffers of Node.js may share their memory with others. */
const LEAST_RELEASED = 1 << 16

const { port1: nobody } = new MessageChannel()
nobody.close()

/**
 * Gives memory back at once, by handing it over to a port at whose other end nobody is. The collector knows of a buffer only its
 * few bytes of JavaScript: left to it, a hundred megabytes of what was unpacked pile up before it looks.
 * @param bytes of which nobody else has anything; afterwards they are empty
 */
export function release({ buffer, byteLength }: Buffer): void {
  if (byteLength >= LEAST_RELEASED && buffer instanceof ArrayBuffer) nobody.postMessage(null, [buffer])
}
