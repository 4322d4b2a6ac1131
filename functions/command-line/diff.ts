/** `trustdrift diff`: who gained and who lost between two trust policies. */

import type { Command } from 'commander'
import { checkTrust } from '../../shared/check.ts'
import { type KnownOfRole, roleContextFor } from '../../shared/config.ts'
import { STDIN } from '../../shared/local/event-files.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import type { RoleContext } from '../../shared/policy/context.ts'
import { lookalike } from '../../shared/policy/lookalike.ts'
import { renderComparison } from '../../shared/render/terminal-diff.ts'
import type { Severity } from '../../shared/severity.ts'
import { exitCodeFor } from './exit.ts'
import { isNotJson, type PolicySource, readPolicy } from './policy-source.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift diff before.json after.json
  trustdrift diff arn:aws:iam::111122223333:role/deploy trust.json
  trustdrift diff /dev/null trust.json        who can get in at all
  git show HEAD~1:trust.json | trustdrift diff - trust.json`

/** A document that admits nobody, as everywhere else that two files are compared. */
const NOTHING = '/dev/null'

export function addDiff(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('diff')
    .summary('who gained and who lost between two trust policies')
    .description(
      'Says who can assume the role under the second trust policy and not under the first, and the other way round, each with a caller as proof.',
    )
    .argument('<before>', 'a file, - for standard input, the ARN of a role, or /dev/null')
    .argument('<after>', 'the same')
    .addHelpText('after', EXAMPLES)
    .action(async (before: string, after: string, _: unknown, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await diff(before, after, { settings, streams }))
    })
}

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

async function diff(before: string, after: string, around: Around): Promise<number> {
  if (before === STDIN && after === STDIN)
    throw new InputError('Standard input holds one of the two policies, not both')
  const { settings, streams } = around
  const first = await side(before, around)
  const second = await side(after, around)
  const role = roleOf([second, first], settings)
  const about = roleContextFor(settings.config, role, Date.now())
  const comparison = compareTrust(first?.text ?? null, second?.text ?? null, about)
  const rendered =
    settings.format === 'json'
      ? JSON.stringify(comparison)
      : renderComparison(
          comparison,
          { before, after, account: settings.account, config: settings.configFile },
          settings.terminal,
        )
  await streams.write(settings.format === 'json' ? `${rendered}\n` : rendered)
  const severities: readonly Severity[] = [
    ...[...comparison.gained, ...comparison.lost].map(({ severity }) => severity),
    ...comparison.undecided.map(() => 'high' as const),
    ...[first, second].flatMap((policy) => problemsOf(policy, about, streams)),
  ]
  return exitCodeFor(severities, settings.failOn)
}

/** The role whose policies these are: that of the side which names it. */
function roleOf(sides: readonly (PolicySource | null)[], { account }: Settings): KnownOfRole {
  return sides.find((policy) => policy?.role.arn)?.role ?? { account, name: null, arn: null }
}

async function side(source: string, { settings, streams }: Around): Promise<PolicySource | null> {
  if (source === NOTHING) return null
  const policy = await readPolicy(source, settings, streams)
  const other = lookalike(policy.text)
  if (other !== null) throw new InputError(`${source} is no trust policy. It ${other.says}`)
  if (isNotJson(policy.text)) throw new InputError(`${source} is not JSON`)
  return policy
}

/** A document that IAM would refuse was never in force: whoever compares with it should know. */
function problemsOf(policy: PolicySource | null, about: RoleContext, streams: Streams): readonly Severity[] {
  if (policy === null) return []
  // What the account's quota is, or was, no document says.
  const { problems } = checkTrust(policy.text, { ...about, quota: null })
  for (const { message, line, column } of problems) streams.note(`${policy.source}:${line}:${column} ${message}`)
  return problems.map(() => 'high')
}
