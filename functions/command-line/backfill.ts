/** `trustdrift backfill`: what the past of an account's roles was, from the files of a trail or from CloudTrail's event history. */

import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { collect, TRUST_CALLS } from '../../shared/backfill/collect.ts'
import { recordsIn } from '../../shared/backfill/logs.ts'
import type { Backfill, Missing } from '../../shared/backfill/report.ts'
import { tellPast } from '../../shared/backfill/tell.ts'
import { type Instant, instant, instantOf } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { logFolder } from '../../shared/local/log-folder.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import type { Roles } from '../../shared/ports.ts'
import { backfillPage } from '../../shared/render/html-backfill.ts'
import { renderBackfill } from '../../shared/render/terminal-backfill.ts'
import { EXIT, exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import { progressOf } from './progress.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift backfill                              the last 90 days, from CloudTrail's event history
  trustdrift backfill --days 7 --role deploy
  trustdrift backfill --logs AWSLogs/              the files that a trail has delivered, however old
  trustdrift backfill --format json > past.json

A run that was stopped goes on where it was; a later one reads what is new. Exit code 3: something could not be read, and stands under
"missing".`

export interface BackfillFlags {
  readonly logs?: string
  readonly memory?: string
  readonly from?: Instant
  readonly to?: Instant
  readonly days?: number
  readonly role?: string
  readonly rate: number
  readonly html?: string
}

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

export function addBackfill(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('backfill')
    .summary("read CloudTrail's past: who could assume what, since when, until when")
    .description(
      "Runs CloudTrail's past through the same code as the deployed functions, and tells what was open to whom.",
    )
    .option('--logs <folder>', 'log files of a trail (.json, .json.gz) instead of the event history')
    .option('--from <time>', 'the beginning, like 2026-09-01 or 2026-09-01T12:00:00Z (default: 90 days ago)', timeFlag)
    .option('--to <time>', 'the end (default: now)', timeFlag)
    .option('--days <number>', 'so many days up to the end', daysFlag)
    .option('--role <name>', 'this role alone')
    .option('--html <file>', 'write a page of it as well: exposures to scale, and every change')
    .option('--rate <number>', 'requests a second, where others use up the allowance too', rateFlag, 2)
    .option('--memory <file>', 'where to keep what was read (default: in the XDG state folder)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: BackfillFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await backfill(flags, { settings, streams }))
    })
}

async function backfill(flags: BackfillFlags, around: Around): Promise<number> {
  const window = windowOf(flags, Date.now())
  const memory = memoryAt(flags.memory ?? stateFile())
  try {
    const source = await sourceOf(flags, window, { ...around, memory })
    const { config } = around.settings
    const told = await tellPast({ memory, config, only: flags.role ?? null, used: false, ...window, ...source })
    if (flags.html !== undefined) await writePage(flags.html, told, around.streams)
    await around.streams.write(shown(told, around))
    if (!told.complete) return EXIT.failed
    return exitCodeFor(
      told.exposures.map(({ severity }) => severity),
      around.settings.failOn,
    )
  } finally {
    memory.close()
  }
}

export interface Window {
  readonly from: Instant
  readonly to: Instant
}

const DAY_MS = 86_400_000
/** What CloudTrail's event history holds. */
const HISTORY_DAYS = 90

/** The end is fixed once, so that what happens meanwhile does not move it. */
function windowOf({ from, to, days, logs }: BackfillFlags, now: number): Window {
  if (from !== undefined && days !== undefined)
    throw new InputError('--from and --days are two answers to one question: give one of them')
  const end = to ?? instantOf(now)
  const reach = days ?? (logs === undefined ? HISTORY_DAYS : null)
  const begin = from ?? (reach === null ? instantOf(0) : instantOf(Date.parse(end) - reach * DAY_MS))
  if (begin >= end) throw new InputError(`The window ends before it begins: ${begin} to ${end}`)
  return { from: begin, to: end }
}

interface Reading extends Around {
  readonly memory: LocalMemory
}

export interface Source {
  readonly account: string
  readonly region: string
  readonly missing: readonly Missing[]
  readonly roles: Roles | null
}

async function sourceOf(flags: BackfillFlags, window: Window, reading: Reading): Promise<Source> {
  return flags.logs === undefined
    ? readAws(flags, window, reading)
    : readFolder(flags.logs, flags, { window, ...reading })
}

async function readAws(flags: BackfillFlags, window: Window, { memory, streams, settings }: Reading): Promise<Source> {
  const { openAws } = await import('./aws.ts')
  const { readEventHistory } = await import('./event-history.ts')
  const { account, region, roles } = await openAws(settings.place, settings.account)
  streams.note(`account ${account}, region ${region}, ${window.from} to ${window.to}`)
  const { place } = settings
  const of = { account, region, place, ...window, role: flags.role ?? null, rate: flags.rate }
  const missing = await readEventHistory({ ...of, memory, streams, now: Date.now() })
  return { account, region, missing, roles }
}

/** What a file holds is kept whole, whatever the window: it is read once. */
async function readFolder(
  folder: string,
  { role }: BackfillFlags,
  { memory, streams, window, settings }: Reading & { readonly window: Window },
): Promise<Source> {
  const only = role ?? null
  const ofFile = (name: string) => `logs ${only ?? '*'} ${name}`
  const files = logFolder(folder, (name) => memory.spansRead(ofFile(name)).length > 0)
  const progress = progressOf(streams, 'files')
  const missing: Missing[] = []
  const region = settings.place.region ?? 'any region'
  try {
    for await (const reading of recordsIn(files, TRUST_CALLS)) {
      if (reading.kind === 'unread') {
        missing.push({ ...window, region, what: `the file ${reading.file.replace(/ -?\d+$/, '')}`, why: reading.why })
      } else {
        for (const record of reading.records) await collect(record, memory, only)
        memory.markRead(ofFile(reading.file), { from: 0, to: 0 })
      }
      progress.add(1)
    }
  } finally {
    progress.end()
  }
  return { account: accountsOf(memory, settings), region, missing, roles: null }
}

/** An organisation's trail holds many accounts. */
function accountsOf(memory: LocalMemory, { account }: Settings): string {
  const accounts = new Set([...memory.everyRole()].map((role) => role.account))
  return account ?? [...accounts].sort().join(', ')
}

function shown(told: Backfill, { settings }: Around): string {
  return settings.format === 'json' ? `${JSON.stringify(told)}\n` : renderBackfill(told, settings.terminal)
}

async function writePage(file: string, told: Backfill, streams: Streams): Promise<void> {
  await writeFile(file, backfillPage(told))
  streams.note(`the same as a page: ${file}`)
}

/** Where programs keep what they would not like to lose (XDG Base Directory Specification). */
function stateFile(): string {
  const base = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state')
  const file = join(base, 'trustdrift', 'backfill.jsonl')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return file
}

function timeFlag(text: string): Instant {
  const at = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?Z?)?$/.test(text) ? instant(withZone(text)) : null
  if (at === null) throw new InvalidArgumentError('A time is like 2026-09-01 or 2026-09-01T12:00:00Z (UTC).')
  return at
}

/** A time without a zone is UTC here, as everything is. */
function withZone(text: string): string {
  return text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text
}

function daysFlag(text: string): number {
  const days = Number(text)
  if (!/^\d+$/.test(text) || days < 1) throw new InvalidArgumentError('A number of days is a whole number from 1 on.')
  return days
}

function rateFlag(text: string): number {
  const rate = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || rate <= 0) throw new InvalidArgumentError('A rate is a number above 0.')
  return rate
}
