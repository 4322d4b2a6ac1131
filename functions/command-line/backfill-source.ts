/** Where a backfill reads: the files of a trail in a folder or a bucket, or CloudTrail's event history of an account. */

import { collect, PAST_CALLS } from '../../shared/backfill/collect.ts'
import { ENTRY_CALLS, entryIn } from '../../shared/backfill/entry.ts'
import { type LogFile, recordsIn } from '../../shared/backfill/logs.ts'
import type { Backfill, Missing } from '../../shared/backfill/report.ts'
import { accountId, type Instant, instant, instantOf } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { logFolder } from '../../shared/local/log-folder.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import { unknownServices } from '../../shared/local/world.ts'
import type { Roles } from '../../shared/ports.ts'
import { count } from '../../shared/render/words.ts'
import type { Services } from '../../shared/service-ports.ts'
import type { Opened, Trail, Window } from './event-history.ts'
import { progressOf } from './progress.ts'
import type { Settings } from './settings.ts'
import type { Output } from './streams.ts'

export interface Wanted {
  /** Named by hand; empty: all that are enabled. */
  readonly regions: readonly string[]
  readonly logs?: string
  readonly role?: string
  /** The end as it was given by hand; without one it is now. */
  readonly to?: Instant
  readonly rate: number
}

export interface Reading {
  readonly settings: Settings
  readonly streams: Output
  readonly memory: LocalMemory
  readonly window: Window
}

export interface Source {
  readonly account: string
  readonly region: string
  readonly missing: readonly Missing[]
  /** Null: of every account that memory knows. */
  readonly ofAccount: string | null
  /** Null: IAM is not asked. */
  readonly roles: Roles | null
  readonly services: Services
  /** Reads who came in while roles were open, and says what could not be read. */
  readonly entries: (told: Backfill) => Promise<readonly Missing[]>
}

export async function openSource(wanted: Wanted, reading: Reading): Promise<Source> {
  return wanted.logs === undefined ? fromHistory(wanted, reading) : fromLogs(wanted.logs, wanted, reading)
}

async function fromHistory(
  { role, rate, regions: named }: Wanted,
  { settings, streams, memory, window }: Reading,
): Promise<Source> {
  const { openPast } = await import('./past-aws.ts')
  const { readEntries, readServiceCalls, readTrust } = await import('./event-history.ts')
  const past = await openPast(settings, named)
  const { account, region, roles, services, caller } = past
  streams.note(`account ${account}, region ${region}, as ${caller}: ${window.from} to ${window.to}`)
  const now = Date.now() + past.clockOffset
  if (past.clockOffset !== 0) streams.note(clockWords(past.clockOffset))
  const trail = { account, region, place: settings.place, rate, memory, streams, now }
  const regions = await past.regions()
  // Each region has a rate of its own.
  const everywhere = async (what: string, work: (there: Trail) => Promise<readonly Missing[]>) => {
    const read = await Promise.all(regions.names.map((name) => work({ ...trail, region: name })))
    const { why } = regions
    return why === null ? read.flat() : [...read.flat(), { ...window, region: 'other regions', what, why }]
  }
  const missing = [
    ...notYet(window, now, region),
    ...(await readTrust(trail, window, role ?? null)),
    ...(await everywhere('App Runner calls', (there) => readServiceCalls(there, window))),
  ]
  const entries = async (told: Backfill) => {
    const { opened, missing: unknown } = await openedOf(told, roles)
    return [...unknown, ...(await everywhere('who came in', (there) => readEntries(there, opened)))]
  }
  return { account, ofAccount: account, region, missing, roles, services, entries }
}

function clockWords(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  return `this computer's clock is ${minutes} minutes ${offset < 0 ? 'ahead of' : 'behind'} AWS's, and AWS's is what counts`
}

/** As far as the SDK lets two clocks be apart. */
const SAME_TIME_MS = 5 * 60_000

/** Nobody can say that nothing happened in a time that has not come. */
function notYet({ to }: Window, now: number, region: string): readonly Missing[] {
  if (Date.parse(to) <= now + SAME_TIME_MS) return []
  const why = 'by the clock of AWS that time has not come'
  return [{ from: instantOf(now), to, region, what: 'events about roles and App Runner calls', why }]
}

/** CloudTrail knows a role that was assumed by its ARN; a path that no event told is asked of IAM. */
async function openedOf({ exposures, roles: told, region, to: end }: Backfill, roles: Roles) {
  const opened: Opened[] = []
  const missing: Missing[] = []
  for (const { account, role: name, from, to } of exposures) {
    const arn =
      told.find((one) => one.account === account && one.role === name)?.arn ?? (await arnFromIam(account, name, roles))
    if (arn !== null) opened.push({ arn, from: present(from), to: present(to ?? end) })
    else {
      const why = 'no event tells its path, and IAM did not'
      missing.push({ from, to: to ?? end, region, what: `who came in as role ${name}`, why })
    }
  }
  return { opened, missing }
}

async function arnFromIam(account: string, name: string, roles: Roles): Promise<string | null> {
  const id = accountId(account)
  if (id === null) return null
  const reading = await roles.read({ account: id, name, arn: null })
  return reading.kind === 'role' ? reading.arn : null
}

function present(text: string): Instant {
  const at = instant(text)
  if (at === null) throw new Error(`${text} is no time`)
  return at
}

const NOT_ASKED = 'log files are read without asking AWS'

/** What a file holds is kept whole, whatever the window: it is read once. */
async function fromLogs(logs: string, { role, to }: Wanted, reading: Reading): Promise<Source> {
  const { memory, settings } = reading
  const only = role ?? null
  const missing = await readLogs(logs, reading, {
    names: PAST_CALLS,
    mark: (name) => `calls ${only ?? '*'} ${name}`,
    keep: (record) => collect(record, memory, only),
  })
  const ahead = to === undefined ? await fromTheFuture(reading) : []
  const entries = ({ exposures }: Backfill) => {
    const roles = new Set(exposures.map(({ account, role: name }) => `${account}#${name}`))
    return readLogs(logs, reading, {
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
  logs: string,
  { memory, streams, window, settings }: Reading,
  taking: Taking,
): Promise<readonly Missing[]> {
  const files = await filesAt(logs, settings, (name) => memory.spansRead(taking.mark(name)).length > 0)
  const progress = progressOf(streams, 'files')
  const missing: Missing[] = []
  try {
    for await (const reading of recordsIn(files, taking.names)) {
      if (reading.kind === 'unread') missing.push(unreadFile(reading.file, reading.why, window))
      else {
        for (const record of reading.records) await taking.keep(record)
        memory.markRead(taking.mark(reading.file), { from: 0, to: 0 })
      }
      progress.add(1)
    }
  } finally {
    progress.end()
  }
  return missing
}

function unreadFile(file: string, why: string, window: Window): Missing {
  return { ...window, region: 'any region', what: `the file ${file.replace(/ -?\d+$/, '')}`, why }
}

async function filesAt(
  logs: string,
  { place }: Settings,
  isRead: (name: string) => boolean,
): Promise<AsyncIterable<LogFile>> {
  if (!logs.startsWith('s3://')) return logFolder(logs, isRead)
  const { bucketFiles } = await import('./past-aws.ts')
  const files = bucketFiles(logs, place, isRead)
  if (files === null) throw new InputError(`${logs} names no bucket: it is s3://bucket/prefix`)
  return files
}

/** An organisation's trail holds many accounts. */
function accountsOf(memory: LocalMemory, { account }: Settings): string {
  const accounts = new Set([...memory.everyRole()].map((role) => role.account))
  return account ?? ([...accounts].sort().join(', ') || 'unknown')
}
