/** The bytes of a log file, unpacked where they are packed. Knows no file and no event. */

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const unzipped = promisify(gunzip)

/** Large pieces: the default of 16 KB spends more time on joining than on unpacking. */
const CHUNK = 1 << 20

/** CloudTrail closes a file at about 50 MB; ten times that is no log file but an attack or an accident. */
const MOST_BYTES = 512 * 1024 * 1024

/** By the first bytes, not by the name. @throws where the packed bytes are damaged, cut off, or unpack to more than 512 MB */
export async function unpacked(bytes: Buffer): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  return unzipped(bytes, { chunkSize: CHUNK, maxOutputLength: MOST_BYTES })
}
