/** `trustdrift backfill`: what the past of an account's roles was, from the files of a trail or from CloudTrail's event history. */

import { Worker } from 'node:worker_threads'
import { type Command, InvalidArgumentError } from 'commander'
import { type Instant, instant } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { isRegion } from '../../shared/partition.ts'
import type { BackfillFlags, BackfillOrder } from './backfill-run.ts'
import { settingsOf } from './settings.ts'
import type { Output, Streams } from './streams.ts'
import { outcomeOf } from './thread-output.ts'

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
      end(await inThread({ flags, regions, settings: { ...settings, place } }, streams))
    })
}

/** Left to itself the collector gives what is young more room the longer a run takes; only a thread of its own can be held to less (docs/adr/0019). */
const MOST_YOUNG_MB = 1

async function inThread(order: BackfillOrder, output: Output): Promise<number> {
  const thread = new Worker(new URL('./backfill-thread.js', import.meta.url), {
    workerData: order,
    resourceLimits: { maxYoungGenerationSizeMb: MOST_YOUNG_MB },
  })
  return outcomeOf(thread, output)
}

function regionsNamed(command: Command): readonly string[] {
  const { region } = command.optsWithGlobals<{ readonly region?: string }>()
  const names = region?.split(',').map((name) => name.trim()) ?? []
  const wrong = names.find((name) => !isRegion(name))
  if (wrong !== undefined)
    throw new InputError(`--region ${wrong} is no region: it is like us-east-1, several with commas`)
  return names
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
