/** The bytes of a CloudTrail file, cut before records, in whatever chunks they came: no record lies in two pieces. Reads nothing of them. */

/** As CloudTrail begins a record. Inside of a text its quotes would be escaped: wherever this stands, it begins an object. */
export const RECORD_START = Buffer.from('{"eventVersion"')

/** In order; together they are the file. None is much longer than a chunk where CloudTrail wrote the file. */
export async function* piecesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const open: Buffer[] = []
  for await (const chunk of chunks) {
    const first = chunk.indexOf(RECORD_START)
    if (first < 0) {
      open.push(chunk)
      continue
    }
    const last = chunk.lastIndexOf(RECORD_START)
    // A record may begin at the very seam: then it goes with the one before it.
    const seam = Buffer.concat([...open.splice(0), chunk.subarray(0, first)])
    if (seam.length > 0) yield seam
    if (last > first) yield chunk.subarray(first, last)
    // A copy: what is left of a chunk would keep all of it in memory.
    open.push(Buffer.from(chunk.subarray(last)))
  }
  if (open.length > 0) yield Buffer.concat(open)
}
