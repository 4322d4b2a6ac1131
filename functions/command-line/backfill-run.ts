/** A backfill from its flags to its exit code: read, publish, tell, show. Runs in a thread of its own (backfill-thread.ts). */

import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Backfill } from '../../shared/backfill/report.ts'
import { tellPast } from '../../shared/backfill/tell.ts'
import { type Instant, instantOf } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { renderBackfill } from '../../shared/render/terminal-backfill.ts'
import { openSource, type Reading, type Source } from './backfill-source.ts'
import type { Window } from './event-history.ts'
import { EXIT, exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import { pastWorld } from './past-world.ts'
import type { Settings } from './settings.ts'
import type { Output } from './streams.ts'

export interface BackfillFlags {
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
  readonly streams: Output
}

/** Everything a run needs to know: data, which can be handed to a thread. */
export interface BackfillOrder {
  readonly flags: BackfillFlags
  /** Named by hand; empty: all that are enabled. */
  readonly regions: readonly string[]
  readonly settings: Settings
}

/** @returns the exit code. @throws InputError where the flags contradict each other or name what is not there */
export async function backfill({ flags, regions, settings }: BackfillOrder, streams: Output): Promise<number> {
  const around = { settings, streams }
  const window = windowOf(flags, Date.now())
  if (flags.publish !== undefined && flags.logs !== undefined) throw new InputError(NOT_FROM_LOGS)
  const page = await pageOf(flags)
  const memory = memoryAt(flags.memory ?? stateFile())
  try {
    const reading = { ...around, memory, window }
    const source = await openSource({ ...flags, regions }, reading)
    if (flags.publish !== undefined) await publish(flags.publish, source, { ...reading, only: flags.role ?? null })
    const told = await tell({ ...flags, regions }, source, reading)
    await page?.(told)
    if (page) streams.note(`the same as a page: ${flags.html}`)
    await streams.write(shown(told, around))
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

const NOT_FROM_LOGS = '--publish needs AWS: it goes with the event history, not with --logs'

async function publish(
  stack: string,
  { roles, services, account }: Source,
  reading: Reading & { readonly only: string | null },
): Promise<void> {
  if (roles === null) throw new InputError(NOT_FROM_LOGS)
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

function shown(told: Backfill, { settings }: Around): string {
  return settings.format === 'json' ? `${JSON.stringify(told)}\n` : renderBackfill(told, settings.terminal)
}

async function pageOf({ html }: BackfillFlags): Promise<((told: Backfill) => Promise<void>) | null> {
  if (html === undefined) return null
  const { pastPageAt } = await import('./page-file.ts')
  return pastPageAt(html)
}

/** Where programs keep what they would not like to lose (XDG Base Directory Specification). */
function stateFile(): string {
  const base = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state')
  const file = join(base, 'trustdrift', 'backfill.jsonl')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  return file
}
