/** `trustdrift backfill`: what the past of an account's roles was, from the files of a trail or from CloudTrail's event history. */

import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { Backfill } from '../../shared/backfill/report.ts'
import { tellPast } from '../../shared/backfill/tell.ts'
import { type Instant, instant, instantOf } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { isRegion } from '../../shared/partition.ts'
import { renderBackfill } from '../../shared/render/terminal-backfill.ts'
import { openSource, type Reading, type Source } from './backfill-source.ts'
import type { Window } from './event-history.ts'
import { EXIT, exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import { pastWorld } from './past-world.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift backfill                              the last 90 days, from CloudTrail's event history
  trustdrift backfill --days 7 --role deploy
  trustdrift backfill --used --region us-east-1,eu-west-1     who came in, too
  trustdrift backfill --logs AWSLogs/              the files that a trail has delivered, however old
  trustdrift backfill --logs s3://bucket/AWSLogs/111122223333/CloudTrail/us-east-1/2026/
  trustdrift backfill --html past.html             the same as a page

A run that was stopped goes on where it was; a later one reads what is new. Exit code 3: something could not be read, and stands under
"missing".`

interface BackfillFlags {
  readonly logs?: string
  readonly memory?: string
  readonly from?: Instant
  readonly to?: Instant
  readonly days?: number
  readonly role?: string
  readonly used?: true
  readonly publish?: string
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
    .option(
      '--logs <folder>',
      'log files of a trail (.json, .json.gz), or s3://bucket/prefix, instead of the event history',
    )
    .option('--from <time>', 'the beginning, like 2026-09-01 or 2026-09-01T12:00:00Z (default: 90 days ago)', timeFlag)
    .option('--to <time>', 'the end (default: now)', timeFlag)
    .option('--days <number>', 'so many days up to the end', daysFlag)
    .option('--role <name>', 'this role alone')
    .option('--used', 'who came in while roles were open: in every enabled region, or those of --region, with commas')
    .option('--publish <stack>', 'tell it all to the topic of a deployed stack, and remember it as told')
    .option('--html <file>', 'write a page of it as well: exposures to scale, and every change')
    .option('--rate <number>', 'requests a second, where others use up the allowance too', rateFlag, 2)
    .option('--memory <file>', 'where to keep what was read (default: in the XDG state folder)')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: BackfillFlags, command: Command) => {
      const regions = regionsNamed(command)
      const settings = await settingsOf(command, streams)
      const [first] = regions
      const place = first === undefined ? settings.place : { ...settings.place, region: first }
      end(await backfill(flags, regions, { settings: { ...settings, place }, streams }))
    })
}

async function backfill(flags: BackfillFlags, regions: readonly string[], around: Around): Promise<number> {
  const window = windowOf(flags, Date.now())
  const memory = memoryAt(flags.memory ?? stateFile())
  try {
    const reading = { ...around, memory, window }
    const source = await openSource({ ...flags, regions }, reading)
    if (flags.publish !== undefined) await publish(flags.publish, source, { ...reading, only: flags.role ?? null })
    const told = await tell({ ...flags, regions }, source, reading)
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

/** Who came in is asked only of the roles that turn out to have been open, and while they were. */
async function tell(
  { role, used, regions }: BackfillFlags & { readonly regions: readonly string[] },
  source: Source,
  { memory, window, settings: { config } }: Reading,
): Promise<Backfill> {
  const world = pastWorld({ ...source, memory, config })
  const telling = { memory, config, only: role ?? null, used: false, regions, world, ...window, ...source }
  const told = await tellPast(telling)
  if (!used) return told
  const missing = [...source.missing, ...(await source.entries(told))]
  return tellPast({ ...telling, used: true, missing })
}

async function publish(
  stack: string,
  { roles, services, account }: Source,
  reading: Reading & { readonly only: string | null },
): Promise<void> {
  if (roles === null) throw new InputError('--publish needs AWS: it goes with the event history, not with --logs')
  const { publishPast } = await import('./publish-past.ts')
  await publishPast({ ...reading, stack, roles, services, account })
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

function regionsNamed(command: Command): readonly string[] {
  const { region } = command.optsWithGlobals<{ readonly region?: string }>()
  const names = region?.split(',').map((name) => name.trim()) ?? []
  const wrong = names.find((name) => !isRegion(name))
  if (wrong !== undefined)
    throw new InputError(`--region ${wrong} is no region: it is like us-east-1, several with commas`)
  return names
}

function shown(told: Backfill, { settings }: Around): string {
  return settings.format === 'json' ? `${JSON.stringify(told)}\n` : renderBackfill(told, settings.terminal)
}

async function writePage(file: string, told: Backfill, streams: Streams): Promise<void> {
  const { writePast } = await import('./page-file.ts')
  await writePast(file, told)
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
