/** Which files of a folder or bucket are CloudTrail's logs, by their names. Pure. */

const LOG_FILE = /\.(json|jsonl|ndjson)(\.gz)?$/i

/** CloudTrail writes these beside the logs: hashes of files, and what it finds unusual. They hold no calls. */
const NO_LOG = /CloudTrail-(Digest|Insight)/

export function isLogName(name: string): boolean {
  return LOG_FILE.test(name) && !NO_LOG.test(name)
}
