/** Files, folders and standard input → Signals, one after the other, never all at once. What a Signal means is not known here. */

import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { eventsIn } from '../events-in.ts'
import { digest } from '../finding.ts'
import { type Signal, signalFrom } from '../signal.ts'
import { messagesIn } from './event-text.ts'
import { InputError } from './input-error.ts'

/** Standard input's name on a command line. */
export const STDIN = '-'

const EVENT_FILE = /\.(json|jsonl|ndjson)(\.gz)?$/i
const BY_LINE = /\.(jsonl|ndjson)(\.gz)?$/i

/** Bytes read at once: what waits for its turn soon outlives the collector's young generation. */
const READ_AHEAD = 16 * 1024

/** So much that is not JSON, and nothing that is, before the input is given up. */
const MOST_HELD = 1000

/**
 * In the order in which their events arrive; of a folder, only what is named like a file of events.
 * @throws InputError where a path does not exist, or there is no such file
 */
export async function eventFiles(paths: readonly string[]): Promise<readonly string[]> {
  const files = (await Promise.all(paths.map(filesAt))).flat()
  if (files.length > 0) return files
  throw new InputError(`There is no .json, .jsonl or .ndjson file in ${paths.join(', ')}`)
}

/**
 * A file that cannot be read, or is not JSON, is a Signal `unreadable` among the others.
 * @throws InputError where nothing in any of the files is JSON
 */
export async function* signalsIn(files: readonly string[], stdin: AsyncIterable<Uint8Array>): AsyncGenerator<Signal> {
  const held: Signal[] = []
  let anyJson = false
  for await (const { json, signal } of readingsIn(files, stdin)) {
    if (json && !anyJson) {
      anyJson = true
      yield* held.splice(0)
    }
    if (anyJson) yield signal
    else if (held.push(signal) > MOST_HELD) break
  }
  if (!anyJson && held.length > 0) throw new InputError(nothingIn(files, held))
}

interface Reading {
  readonly signal: Signal
  /** Whether there was JSON, whatever it says. */
  readonly json: boolean
}

async function* readingsIn(files: readonly string[], stdin: AsyncIterable<Uint8Array>): AsyncGenerator<Reading> {
  for (const file of files) {
    const chunks = file === STDIN ? stdin : createReadStream(file, { highWaterMark: READ_AHEAD })
    try {
      for await (const message of messagesIn(chunks, BY_LINE.test(file))) {
        if (message.kind === 'text') yield { signal: signalFrom(message.text), json: false }
        else for (const event of eventsIn(message.value)) yield { signal: signalFrom(event), json: true }
      }
    } catch (error) {
      if (file === STDIN) throw new Error('Standard input broke off', { cause: error })
      yield { signal: unreadableFile(file, error), json: false }
    }
  }
}

async function filesAt(path: string): Promise<readonly string[]> {
  if (path === STDIN) return [path]
  const about = await stat(path).catch((error: unknown) => {
    throw new InputError(`${path} cannot be read: ${reasonOf(error)}`, { cause: error })
  })
  return about.isDirectory() ? filesIn(path) : [path]
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory() && EVENT_FILE.test(entry.name))
  return files.map((entry) => join(entry.parentPath, entry.name)).sort(byCodeUnits)
}

/** The same order on every machine, whatever its language. */
function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function unreadableFile(file: string, error: unknown): Signal {
  const hash = digest('file', file)
  const nothing = { at: null, account: null, role: null, eventId: null, eventName: null, region: null, actor: null }
  return { kind: 'unreadable', why: `a file could not be read: ${reasonOf(error)}`, hash, ...nothing }
}

function nothingIn(files: readonly string[], held: readonly Signal[]): string {
  const names = files.slice(0, 3).map((file) => (file === STDIN ? 'standard input' : file))
  const more = files.length > 3 ? ` and ${files.length - 3} more` : ''
  const why = held.find((signal) => signal.kind === 'unreadable')?.why ?? 'the message is not JSON'
  return `Nothing in ${names.join(', ')}${more} is an event: ${why}`
}

/** Node's own words, without the path it repeats. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message.replace(/, \w+ '.*'$/s, '')
}
