/** `trustdrift can`: may this caller assume this role, and if not, what stands in the way. */

import { type Command, Option } from 'commander'
import { withOwnSide } from '../../shared/both-sides.ts'
import { roleContextFor } from '../../shared/config.ts'
import { accountId, roleArn } from '../../shared/identity.ts'
import { STDIN } from '../../shared/local/event-files.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { actionsOf } from '../../shared/policy/accompanying.ts'
import { principalWords } from '../../shared/policy/condition-words.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { lookalike } from '../../shared/policy/lookalike.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { PrincipalType, Request } from '../../shared/policy/request.ts'
import type { OwnSide } from '../../shared/ports.ts'
import { renderCan } from '../../shared/render/terminal-can.ts'
import { actionFrom, type Caller, callerFrom, contextFrom, TYPES } from './caller.ts'
import { EXIT } from './exit.ts'
import { isNotJson, type PolicySource, readPolicy } from './policy-source.ts'
import { type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'

const HELP = `
What follows from the caller itself (aws:PrincipalArn, aws:PrincipalAccount …) need not be given. Session tags, a source
identity and contexts in --context make the call need sts:TagSession, sts:SetSourceIdentity and sts:SetContext too.

Examples:
  trustdrift can arn:aws:iam::444455556666:role/Deploy trust.json
  trustdrift can arn:aws:iam::444455556666:role/Deploy trust.json --context sts:ExternalId=vendor-7
  trustdrift can arn:aws:iam::111122223333:user/ann arn:aws:iam::111122223333:role/deploy --aws
  trustdrift can arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com trust.json \\
    --context token.actions.githubusercontent.com:aud=sts.amazonaws.com \\
    --context token.actions.githubusercontent.com:sub=repo:acme/deploy:ref:refs/heads/main

Exit codes:
  0  allowed    1  refused, or it cannot be decided    2  wrong usage or input    3  AWS or the system failed`

interface CanFlags {
  readonly type?: PrincipalType
  readonly action?: string
  readonly context?: readonly string[]
  readonly aws?: true
}

interface Around {
  readonly flags: CanFlags
  readonly settings: Settings
  readonly streams: Streams
}

export function addCan(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('can')
    .summary('may this caller assume this role, and if not, why not')
    .description(
      'Says whether a caller may assume a role, and if not, what stands in the way, the first obstacle first.',
    )
    .argument('<principal>', 'who calls: an account id, the ARN of a user, role or session, a service or a provider')
    .argument('<policy>', 'the trust policy: a file, - for standard input, or the ARN of a role to read from AWS')
    .addOption(new Option('--type <type>', 'what the principal is, where its name does not show it').choices(TYPES))
    .option('--action <action>', 'the call; without it the one by which such a caller assumes a role')
    .option('--context <key=value>', 'a condition key that the call carries; again for more', collect)
    .option('--aws', "ask the caller's own policies too (iam:SimulatePrincipalPolicy)")
    .addHelpText('after', HELP)
    .action(async (principal: string, policy: string, flags: CanFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await can(callerFrom(principal, flags.type ?? null), policy, { flags, settings, streams }))
    })
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

async function can(caller: Caller, source: string, around: Around): Promise<number> {
  const { flags, settings, streams } = around
  const { principal, form } = caller
  const context = contextFrom(flags.context ?? [])
  const request: Request = { principal, action: actionFrom(flags.action ?? null, form), context }
  const policy = await trustPolicy(source, around)
  const trust = evaluateTrust(policy.text, request, aboutRole(policy, settings))
  const own = flags.aws ? await ownSide(caller, policy, { request, settings }) : null
  const evaluation = own === null ? trust : withOwnSide(trust, own)
  const who = principalWords(form, principal.id)
  const asked = own === null ? 'not-asked' : 'asked'
  await streams.write(
    settings.format === 'json'
      ? `${JSON.stringify(evaluation)}\n`
      : renderCan({ who, role: roleWords(source), evaluation, asked }, settings.terminal),
  )
  return evaluation.decision === 'allow' || settings.failOn === 'never' ? EXIT.nothing : EXIT.reported
}

function roleWords(source: string): string {
  if (roleArn(source) !== null) return source
  return `the role whose trust policy is ${source === STDIN ? 'on standard input' : source}`
}

function aboutRole({ role, maxSessionSeconds }: PolicySource, { config }: Settings) {
  const about = roleContextFor(config, role, Date.now())
  return maxSessionSeconds === null ? about : { ...about, maxSessionSeconds }
}

/** @throws InputError for what is no trust policy at all; what IAM would refuse in one is noted, and it is judged all the same */
async function trustPolicy(source: string, { settings, streams }: Around): Promise<PolicySource> {
  const policy = await readPolicy(source, settings, streams)
  const other = lookalike(policy.text)
  if (other !== null) throw new InputError(`${source} ${other.says}`)
  if (isNotJson(policy.text)) throw new InputError(`${source} is not JSON`)
  for (const { message, line, column } of parseTrust(policy.text, { quota: null }).problems)
    streams.note(`${source}:${line}:${column} ${message}`)
  return policy
}

interface Asking {
  readonly request: Request
  readonly settings: Settings
}

/** Only users and roles have policies that IAM can be asked about. Null: this kind of caller has none. */
async function ownSide({ form }: Caller, policy: PolicySource, { request, settings }: Asking): Promise<OwnSide | null> {
  if (form.kind === 'service' || form.kind === 'provider' || form.kind === 'canonical-user') return null
  const role = roleArn(policy.role.arn)
  if (role === null)
    return unknown(
      'the policy does not say which role it is of: name the role by its ARN, or give what aws iam get-role prints',
    )
  const account = 'account' in form ? accountId(form.account) : null
  if (account === null || (form.kind !== 'role' && form.kind !== 'user' && form.kind !== 'session'))
    return unknown('only users, roles and their sessions have policies that can be asked: name one')
  const { openAws } = await import('./aws.ts')
  const aws = await openAws(settings.place, account)
  // A session's policies are its role's, under a path that it does not show.
  const reading = form.kind === 'session' ? await aws.roles.read({ account, name: form.role, arn: null }) : null
  if (reading?.kind === 'no-such-role') return unknown(`there is no role ${form.kind === 'session' ? form.role : ''}`)
  if (reading?.kind === 'unknown') return unknown(reading.why)
  const caller = reading?.arn ?? ('arn' in form ? form.arn : '')
  return aws.ownSide({ caller, role, actions: actionsOf(request), context: request.context })
}

function unknown(why: string): OwnSide {
  return { kind: 'unknown', why }
}
