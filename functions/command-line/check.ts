/** `trustdrift check`: judges trust policies one by one. */

import { type Command, InvalidArgumentError } from 'commander'
import { checkTrust } from '../../shared/check.ts'
import { exceptedFor, roleContextFor } from '../../shared/config.ts'
import { idleFor } from '../../shared/exceptions.ts'
import type { Finding } from '../../shared/finding.ts'
import { instantOf } from '../../shared/identity.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { lookalike } from '../../shared/policy/lookalike.ts'
import type { Limits } from '../../shared/policy/parse.ts'
import { type Checked, renderCheck, type WhoGetsIn } from '../../shared/render/terminal-check.ts'
import { isAtLeast, type Severity } from '../../shared/severity.ts'
import { EXIT, exitCodeFor, type FailOn } from './exit.ts'
import { failed } from './failed.ts'
import { isNotJson, type PolicySource, readPolicy } from './policy-source.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const QUOTA =
  'longest trust policy your account allows, without white space (default: 2048; what IAM holds is not measured)'

const EXAMPLES = `
Examples:
  trustdrift check trust.json
  aws iam get-role --role-name deploy | trustdrift check -
  trustdrift check arn:aws:iam::111122223333:role/deploy --format json`

export function addCheck(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('check')
    .summary('judge trust policies')
    .description('Judges trust policies: what IAM would refuse, and who could get in that should not.')
    .argument('<policy...>', 'a file, - for standard input, or the ARN of a role to read from AWS')
    .option('--quota <characters>', QUOTA, quotaFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (sources: readonly string[], { quota }: Limits, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await check(sources, { settings, streams, limits: quota === undefined ? {} : { quota } }))
    })
}

function quotaFlag(text: string): number {
  if (!/^[1-9]\d{2,5}$/.test(text)) throw new InvalidArgumentError('A quota is a number of characters, such as 4096.')
  return Number(text)
}

/** One that cannot be read does not keep the others from being judged; the worst exit code counts. */
async function check(sources: readonly string[], around: Around): Promise<number> {
  let worst: number = EXIT.nothing
  for (const source of sources) worst = Math.max(worst, await checkOne(source, around))
  return worst
}

async function checkOne(source: string, around: Around): Promise<number> {
  const { settings, streams } = around
  let policy: PolicySource
  try {
    policy = await readPolicy(source, settings, streams)
  } catch (error) {
    return failed(error, streams)
  }
  const now = Date.now()
  const configured = roleContextFor(settings.config, policy.role, now)
  const about = { ...configured, now: instantOf(now), ...limitsFor(policy, around.limits) }
  const isExcepted = exceptedFor(settings.config, policy.role, now)
  const { problems, findings } = checkTrust(policy.text, about)
  const checked = { source, problems, findings: findings.filter((finding) => !isExcepted(finding)) }
  noteExcepted(findings.filter(isExcepted), source, streams)
  const idle = idleFor(settings.config, policy.role.name, { findings, now })
  for (const { says } of idle) streams.note(`${source}: ${says}`)
  const { gained: admitted, undecided } = compareTrust(null, policy.text, about)
  const who = { admitted, undecided, document: { source, text: policy.text, roleName: policy.role.name } }
  const rendered =
    settings.format === 'json'
      ? JSON.stringify(checked)
      : renderCheck(checked, shown(checked, who, settings.failOn), settings.terminal)
  await streams.write(`${rendered}\n`)
  return exitCode(policy, severitiesOf(checked, who), around)
}

/** What IAM holds already is within its quota, whatever that is. */
function limitsFor({ role }: PolicySource, limits: Limits): Limits {
  return limits.quota === undefined && role.arn !== null ? { quota: null } : limits
}

/** What is left out is said: silence would be an all-clear. */
function noteExcepted(findings: readonly Finding[], source: string, streams: Streams): void {
  for (const { rule, says } of findings) streams.note(`${source}: left out by an exception from ${rule}: ${says}`)
}

/** Who is no routine, and whoever else makes the exit code 1: it must never come without a reason. */
function shown({ problems }: Checked, who: WhoGetsIn, failOn: FailOn): WhoGetsIn {
  const { admitted, undecided } = who
  const floor = failOn === 'info' || failOn === 'low' ? failOn : 'medium'
  return {
    ...who,
    admitted: admitted.filter(({ severity }) => isAtLeast(severity, floor)),
    // What is wrong with the document as a whole is a problem already.
    undecided: undecided.filter(({ path }) => path !== '' || problems.length === 0),
  }
}

function severitiesOf(checked: Checked, { admitted, undecided }: WhoGetsIn): readonly Severity[] {
  return [
    ...[...checked.problems, ...undecided].map(() => 'high' as const),
    ...[...checked.findings, ...admitted].map(({ severity }) => severity),
  ]
}

interface Around {
  readonly limits: Limits
  readonly settings: Settings
  readonly streams: Streams
}

function exitCode(policy: PolicySource, severities: readonly Severity[], { settings, streams }: Around): number {
  const other = lookalike(policy.text)
  if (isNotJson(policy.text)) streams.note(`${policy.source} is not JSON`)
  if (other !== null) streams.note(`${policy.source} ${other.says}`)
  if (isNotJson(policy.text)) return EXIT.usage
  return exitCodeFor(severities, settings.failOn)
}
