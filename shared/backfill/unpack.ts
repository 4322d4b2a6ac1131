/** The bytes of a log file, unpacked where they are packed. Knows no file and no event. */

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unzipped = promisify(gunzip)

/** Large pieces: the default of 16 KB spends more time on joining than on unpacking. */
const CHUNK = 1 << 20

/** So much is set aside at once where a file says that it needs it; what it says is not to be trusted. */
const MOST_CHUNK = 1 << 26

/** CloudTrail closes a file at about 50 MB; ten times that is no log file but an attack or an accident. */
const MOST_BYTES = 512 * 1024 * 1024

/** By the first bytes, not by the name. @throws where the packed bytes are damaged, cut off, or unpack to more than 512 MB */
export async function unpacked(bytes: Buffer): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  return unzipped(bytes, { chunkSize: chunkFor(bytes), maxOutputLength: MOST_BYTES })
}

/** gzip ends with the size of what it holds (RFC 1952, ISIZE): in one piece of that size nothing has to be joined. */
function chunkFor(bytes: Buffer): number {
  const size = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4) + 1
  return size <= MOST_CHUNK ? Math.max(size, 64) : CHUNK
}
