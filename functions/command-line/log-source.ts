/** A trail's log files, in a folder or a bucket, as the source of a backfill. */

import { collect, PAST_CALLS } from '../../shared/backfill/collect.ts'
import { ENTRY_CALLS, entryIn } from '../../shared/backfill/entry.ts'
import { type LogFile, recordsIn } from '../../shared/backfill/logs.ts'
import type { Backfill, Missing } from '../../shared/backfill/report.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { isReadAgain, logFolder } from '../../shared/local/log-folder.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import { unknownServices } from '../../shared/local/world.ts'
import { count } from '../../shared/render/words.ts'
import type { Reading, Source, Wanted } from './backfill-source.ts'
import type { Window } from './event-history.ts'
import { fileProgress } from './reading-progress.ts'
import type { Settings } from './settings.ts'

const NOT_ASKED = 'log files are read without asking AWS'

/** What a file holds is kept whole, whatever the window: it is read once. */
export async function fromLogs(logs: string, { role, to, used }: Wanted, reading: Reading): Promise<Source> {
  const { memory, settings, streams, window } = reading
  const only = role ?? null
  if (used && !logs.startsWith('s3://') && !(await isReadAgain(logs)))
    throw new InputError(`--used reads the logs twice, and ${logs} can be read only once: name a file or a folder`)
  const { files, reader } = await logsAt(logs, settings)
  streams.note(
    `${reader}: ${only === null ? 'roles' : `role ${only}`} of every account in them, ${windowWords(window)}`,
  )
  const missing = await readLogs(files, reading, {
    names: PAST_CALLS,
    // A later release may look for more: then the files are read again.
    mark: (name) => `${PAST_CALLS.join()} ${only ?? '*'} ${name}`,
    keep: (record) => collect(record, memory, only),
  })
  const ahead = to === undefined ? await fromTheFuture(reading) : []
  const entries = ({ exposures }: Backfill) => {
    const roles = new Set(exposures.map(({ account, role: name }) => `${account}#${name}`))
    return readLogs(files, reading, {
      names: ENTRY_CALLS,
      mark: (name) => `entries ${[...roles].sort().join(' ')} ${name}`,
      keep: async (record) => {
        const reading = entryIn(record)
        if (reading.kind === 'entry' && roles.has(keyOfArn(reading.entry.role))) memory.keepEntry(reading.entry)
        if (reading.kind !== 'entry-unreadable') return
        if (reading.role === null || roles.has(keyOfArn(reading.role))) memory.keepAside(reading)
      },
    })
  }
  return {
    account: accountsOf(memory, settings),
    ofAccount: null,
    region: settings.place.region ?? 'any region',
    missing: [...missing, ...ahead],
    roles: null,
    services: unknownServices(NOT_ASKED),
    entries,
  }
}

/** Where this computer's clock is behind, the present ends too early: what lies after it is not told, and not passed over. */
async function fromTheFuture({ memory, window }: Reading): Promise<readonly Missing[]> {
  const times: string[] = []
  for (const role of memory.everyRole()) for await (const { at } of memory.later(role, window.to)) times.push(at)
  const last = times.sort().at(-1)
  if (last === undefined) return []
  const why = "they are dated later than this computer's clock; name the end with --to"
  return [{ from: window.to, to: last, region: 'any region', what: count(times.length, 'change'), why }]
}

function keyOfArn(arn: string): string {
  return `${arn.split(':')[4]}#${arn.slice(arn.lastIndexOf('/') + 1)}`
}

interface Taking {
  readonly names: readonly string[]
  /** Under which name it is remembered that a file is read. */
  readonly mark: (file: string) => string
  readonly keep: (record: unknown) => Promise<void>
}

async function readLogs(
  filesUnless: Logs['files'],
  { memory, streams, window }: Reading,
  taking: Taking,
): Promise<readonly Missing[]> {
  const progress = fileProgress(streams, window)
  const isRead = (name: string) => {
    const known = memory.spansRead(taking.mark(name)).length > 0
    if (known) progress.skip()
    return known
  }
  const missing: Missing[] = []
  try {
    for await (const reading of recordsIn(filesUnless(isRead, progress.found), taking.names)) {
      if (reading.kind === 'unread') missing.push(unreadFile(reading.file, reading.why, window))
      else {
        for (const record of reading.records) await taking.keep(record)
        memory.markRead(taking.mark(reading.file), { from: 0, to: 0 })
      }
      progress.read(reading.kind === 'records' ? reading.records.length : 0)
    }
  } finally {
    progress.end()
  }
  return missing
}

function unreadFile(file: string, why: string, window: Window): Missing {
  return { ...window, region: 'any region', what: `the file ${file.replace(/ -?\d+$/, '')}`, why }
}

interface Logs {
  /** What is read and as whom, as far as that is known. */
  readonly reader: string
  /** @param isRead says of a file that it need not be read again @param found is told how many there are, where that is known */
  readonly files: (isRead: (name: string) => boolean, found: (files: number) => void) => AsyncIterable<LogFile>
}

/** @throws InputError for `s3://` without a bucket */
async function logsAt(logs: string, { place }: Settings): Promise<Logs> {
  if (!logs.startsWith('s3://')) {
    const reader = `log files of ${logs}, and AWS is not asked`
    return { reader, files: (isRead, found) => logFolder(logs, isRead, found) }
  }
  const { openBucket } = await import('./past-aws.ts')
  const bucket = await openBucket(logs, place)
  if (bucket === null) throw new InputError(`${logs} names no bucket: it is s3://bucket/prefix`)
  const { caller, region, files } = bucket
  const who =
    caller.kind === 'known'
      ? `account ${caller.account}, region ${region}, as ${caller.arn}`
      : `account and caller unknown (${caller.why}), region ${region}`
  return { reader: `${who}: log files of ${logs}`, files }
}

function windowWords({ from, to }: Window): string {
  return Date.parse(from) === 0 ? `everything up to ${to}` : `${from} to ${to}`
}

/** An organisation's trail holds many accounts. */
function accountsOf(memory: LocalMemory, { account }: Settings): string {
  const accounts = new Set([...memory.everyRole()].map((role) => role.account))
  return account ?? ([...accounts].sort().join(', ') || 'unknown')
}
