/** A folder of CloudTrail's log files, as a trail delivers them. Knows no event. */

import type { Dirent, Stats } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLogName } from '../backfill/log-name.ts'
import type { LogFile } from '../backfill/logs.ts'
import { InputError } from './input-error.ts'

/**
 * In the order of their names, which is the order of their times. What cannot be read, or would be waited for without end, is one of
 * them, and throws when it is.
 * @param isRead says of a file, by name and size, that it need not be read again
 * @param found is told how many there are, read or not, before the first
 * @throws InputError where there is no such folder, or nothing in it that is named like a log
 */
export async function* logFolder(
  folder: string,
  isRead: (name: string) => boolean,
  found: (files: number) => void = () => {},
): AsyncGenerator<LogFile> {
  const about = await stat(folder).catch((error: unknown) => {
    throw notThere(folder, error)
  })
  if (!about.isDirectory()) return yield* givenFile(folder, about, isRead)
  const { paths, unread } = await listed(folder)
  if (paths.length + unread.length === 0) throw new InputError(`There is no .json or .json.gz file in ${folder}`)
  found(paths.length + unread.length)
  yield* unread
  for (const path of paths.sort()) {
    const { name, why } = await lookedAt(path)
    if (why !== null) yield unreadable(name, why)
    else if (!isRead(name)) yield { name, bytes: () => readFile(path) }
  }
}

/** What was named by hand is read whatever it is; a pipe (`<(…)`) holds something else each time. */
async function* givenFile(path: string, about: Stats, isRead: (name: string) => boolean): AsyncGenerator<LogFile> {
  const name = `${path} ${about.size}`
  if (!about.isFile() || !isRead(name)) yield { name, bytes: () => readFile(path) }
}

/** Does it hold the same when it is read again? What is not there is told when it is read. */
export async function isReadAgain(path: string): Promise<boolean> {
  const about = await aboutOf(path)
  return about === null || about.isFile() || about.isDirectory()
}

interface Listing {
  readonly paths: string[]
  /** Folders that could not be looked into. */
  readonly unread: LogFile[]
}

async function listed(root: string): Promise<Listing> {
  const listing: Listing = { paths: [], unread: [] }
  const waiting = [root]
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await entriesOf(folder, root, listing)) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else if (isLogName(path) || (await isLinkToFolder(entry, path))) listing.paths.push(path)
    }
  }
  return listing
}

async function entriesOf(folder: string, root: string, { unread }: Listing): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if (folder === root) throw notThere(folder, error)
    unread.push(unreadable(`${folder} -1`, `it is a folder that cannot be looked into: ${codeOf(error)}`))
    return []
  }
}

/** Nobody knows whether logs are behind it, so it is not passed over; nor is what may be one. Behind a link to nowhere there are none. */
async function isLinkToFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return false
  return stat(path).then(
    (about) => about.isDirectory(),
    (error) => !['ENOENT', 'ELOOP'].includes(codeOf(error)),
  )
}

/** Why it is not to be read; null: it may be. What cannot be looked at is read anyway, so that it is named. */
async function lookedAt(path: string): Promise<{ readonly name: string; readonly why: string | null }> {
  const about = await aboutOf(path)
  if (about === null) return { name: `${path} -1`, why: null }
  const kind = kindOf(about)
  return { name: `${path} ${about.size}`, why: kind === null ? null : `it is no file but ${kind}` }
}

/** Null: a file. Of a pipe nobody knows when it ends, or whether anybody writes into it. */
function kindOf(about: Stats): string | null {
  if (about.isFile()) return null
  if (about.isDirectory()) return 'a link to a folder, which is not followed: name that folder'
  if (about.isFIFO()) return 'a named pipe'
  return about.isSocket() ? 'a socket' : 'a device'
}

function aboutOf(path: string): Promise<Stats | null> {
  return stat(path).catch(() => null)
}

function unreadable(name: string, why: string): LogFile {
  return { name, bytes: () => Promise.reject(new Error(why)) }
}

function notThere(path: string, cause: unknown): InputError {
  return new InputError(`${path} cannot be read: there is no such folder or file, or it is not yours to read`, {
    cause,
  })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
