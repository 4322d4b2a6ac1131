/** A folder of CloudTrail's log files, as a trail delivers them. Knows no event. */

import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLogName } from '../backfill/log-name.ts'
import type { LogFile } from '../backfill/logs.ts'
import { InputError } from './input-error.ts'

/**
 * In the order of their names, which is the order of their times.
 * @param isRead says of a file, by name and size, that it need not be read again
 * @throws InputError where there is no such folder
 */
export async function* logFolder(folder: string, isRead: (name: string) => boolean): AsyncGenerator<LogFile> {
  for (const path of await pathsIn(folder)) {
    const size = await sizeOf(path)
    const name = `${path} ${size}`
    if (!isRead(name)) yield { name, bytes: () => readFile(path) }
  }
}

async function pathsIn(path: string): Promise<readonly string[]> {
  const about = await stat(path).catch((error: unknown) => {
    throw new InputError(`${path} cannot be read: there is no such folder or file, or it is not yours to read`, {
      cause: error,
    })
  })
  if (!about.isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  const logs = files.filter(isLogName).sort()
  if (logs.length === 0) throw new InputError(`There is no .json or .json.gz file in ${path}`)
  return logs
}

/** A file that cannot be looked at is read anyway, so that it is named. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => -1,
  )
}
