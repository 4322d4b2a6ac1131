/** The command's surface: its verbs, its options, its help. */

import { Command, CommanderError } from 'commander'
import about from '../../package.json' with { type: 'json' }
import { addBackfill } from './backfill.ts'
import { addCan } from './can.ts'
import { addCheck } from './check.ts'
import { addConfig } from './config.ts'
import { addDiff } from './diff.ts'
import { addDoctor } from './doctor.ts'
import { EXIT } from './exit.ts'
import { failed } from './failed.ts'
import { addReplay } from './replay.ts'
import { addServices } from './services.ts'
import { addGlobalOptions } from './settings.ts'
import type { Streams } from './streams.ts'
import { addSweep } from './sweep.ts'

const HELP = `
Examples:
  trustdrift replay events/                  what would have been told
  trustdrift check trust.json                what is wrong with a trust policy
  trustdrift diff before.json after.json     who gained, who lost
  trustdrift can <principal> trust.json      may this caller assume the role, and if not, why not
  trustdrift backfill                        since when, until when, and who came in
  trustdrift sweep --memory seen.jsonl       what changed in the account
  trustdrift services --regions us-east-1    whose next deployment will fail
  trustdrift doctor --stack trustdrift       is everything in place
  trustdrift config check trustdrift.json    what is wrong with the configuration

Exit codes:
  0  nothing to report     1  something at or above --fail-on
  2  wrong usage or input  3  AWS or the system failed`

/** Runs the command to its exit code. Never throws. */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  let code: number = EXIT.nothing
  const program = programOf(streams, (ended) => {
    code = ended
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.nothing : EXIT.usage
    return failed(error, streams)
  }
}

function programOf(streams: Streams, end: (code: number) => void): Command {
  const program = addGlobalOptions(new Command('trustdrift'))
    .description(about.description)
    .version(about.version)
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(trustdrift --help says more)')
    .exitOverride()
    .addHelpText('after', HELP)
  const verbs = [addReplay, addCheck, addDiff, addCan, addBackfill, addSweep, addServices, addDoctor, addConfig]
  for (const add of verbs) add(program, streams, end)
  return program
}
