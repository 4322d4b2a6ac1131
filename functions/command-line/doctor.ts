/** `trustdrift doctor`: is everything in place, end to end, and what to do where it is not. The verb's surface only. */

import { type Command, InvalidArgumentError } from 'commander'
import { settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift doctor --stack trustdrift                    all of it, with one test alert to every channel
  trustdrift doctor --stack trustdrift --no-test-alert    looks only, changes nothing

What it may ask for is listed in docs/first-ten-minutes.md. Exit code 1: something failed, or could not be learnt.`

/** Seconds. A message is taken within seconds; a channel that is paced or starts cold takes longer. */
const DEFAULT_WAIT = 120
const LONGEST_WAIT = 3_600

export interface DoctorFlags {
  readonly stack: string
  readonly wait: number
  readonly testAlert: boolean
}

export function addDoctor(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('doctor')
    .summary('check a deployed stack, end to end')
    .description(
      'Looks at every part of a deployed stack, sends one marked test alert the whole way, and says for each fault what to do.',
    )
    .requiredOption('--stack <name>', 'name of the CloudFormation stack')
    .option('--wait <seconds>', 'how long to wait for the test alert', secondsFlag, DEFAULT_WAIT)
    .option('--no-test-alert', 'send no test alert')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DoctorFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      // Its texts, samples and SDK clients are loaded by nobody else.
      const { visit } = await import('./visit.ts')
      end(await visit(flags, { settings, streams }))
    })
}

function secondsFlag(text: string): number {
  const seconds = Number(text)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_WAIT) return seconds
  throw new InvalidArgumentError(`A whole number of seconds, from 1 to ${LONGEST_WAIT}.`)
}
