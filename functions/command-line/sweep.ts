/** `trustdrift sweep`: what the scheduled sweep does, by hand. */

import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Alert } from '../../shared/alert.ts'
import { jsonOutbox, textOutbox } from '../../shared/local/outbox.ts'
import { noRereads } from '../../shared/local/world.ts'
import type { Sighting } from '../../shared/ports.ts'
import { count } from '../../shared/render/words.ts'
import { type SweepWorld, sweep } from '../../shared/sweep.ts'
import type { Aws } from './aws.ts'
import { exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift sweep --memory seen.jsonl                 the first time: remembers every role
  trustdrift sweep --memory seen.jsonl --fail-on low   later: what changed since`

/**
 * The scheduled sweep waits a quarter of an hour for the event that explains a difference; no event reaches this memory
 * meanwhile. But versions are told apart by the second: what a sweep of this very second kept counts only in the next.
 */
const ANOTHER_SECOND_MS = 1_100

interface SweepFlags {
  readonly memory?: string
}

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

export function addSweep(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('sweep')
    .summary('compare the roles of the account with what was seen before')
    .description(
      'Reads the trust policy of every role of the account, and tells what differs from what the memory holds.',
    )
    .option('--memory <file>', 'what was seen before; without it there is nothing to compare with')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: SweepFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await sweepByHand(flags, { settings, streams }))
    })
}

async function sweepByHand(flags: SweepFlags, around: Around): Promise<number> {
  const { settings, streams } = around
  const { openAws } = await import('./aws.ts')
  const aws = await openAws(settings.place, settings.account)
  const memory = memoryAt(flags.memory)
  try {
    const first = ((await memory.sweepState(aws.account))?.first ?? true) === true
    const different: Sighting[] = []
    const world = worldOf(aws, memory, { around, different })
    const listing = await sweep({ kind: 'sweep' }, world)
    const before = different.length
    if (before > 0) await pause(ANOTHER_SECOND_MS)
    const again = await sweep({ kind: 'look-again', sightings: [...different] }, world)
    const open = different.length - before
    if (open > 0) streams.note(`trustdrift: ${count(open, 'role')} changed a moment ago: sweep again in a minute`)
    streams.note(sweptWords(listing.listed, before, first))
    for (const { says } of listing.idle ?? []) streams.note(`trustdrift: ${says}`)
    const alerts: readonly Alert[] = [...listing.alerts, ...again.alerts]
    return exitCodeFor(
      alerts.map(({ severity }) => severity),
      settings.failOn,
    )
  } finally {
    memory.close()
  }
}

function sweptWords(listed: number, different: number, first: boolean): string {
  const roles = count(listed, 'role')
  if (first) return `${roles} remembered. This was the first sweep of this memory: there was nothing to compare with.`
  return `${roles} listed, ${different} differ from the memory.`
}

interface Collecting {
  readonly around: Around
  /** Filled by the sweep. */
  readonly different: Sighting[]
}

function worldOf(aws: Aws, memory: SweepWorld['ports']['memory'], { around, different }: Collecting): SweepWorld {
  const { settings, streams } = around
  const outbox =
    settings.format === 'json'
      ? jsonOutbox(streams.write)
      : textOutbox(streams.write, { ...settings.terminal, notifyAt: settings.config.notifyAt ?? 'medium' })
  return {
    ports: { roles: aws.roles, history: aws.history, memory, outbox, rereads: noRereads },
    config: settings.config,
    now: Date.now,
    account: aws.account,
    followUps: {
      lookAgain: async (sightings) => void different.push(...sightings),
      goOn: async () => {
        throw new Error('A sweep by hand goes on to its end')
      },
    },
    timeLeft: () => Number.POSITIVE_INFINITY,
  }
}
