/** The options every verb knows → what they mean. Faults are told all at once, before anything runs. */

import { readFile } from 'node:fs/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Place } from '../../shared/aws/clients.ts'
import { type Config, configNotes } from '../../shared/config.ts'
import { misnamed } from '../../shared/exceptions.ts'
import { type AccountId, accountId } from '../../shared/identity.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { parseConfig } from '../../shared/parse-config.ts'
import type { TerminalOptions } from '../../shared/render/terminal-layout.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import type { FailOn } from './exit.ts'
import type { Streams } from './streams.ts'

export interface Settings {
  readonly format: 'text' | 'json'
  readonly failOn: FailOn
  readonly config: Config
  /** Where it is from; null: none was given. */
  readonly configFile: string | null
  /** The account given by hand. */
  readonly account: AccountId | null
  readonly place: Place
  readonly terminal: TerminalOptions
}

interface Flags {
  readonly format: 'text' | 'json'
  readonly failOn: FailOn
  readonly config?: string
  readonly account?: AccountId
  readonly profile?: string
  readonly region?: string
  readonly endpointUrl?: string
  readonly color: boolean
}

export function addGlobalOptions(program: Command): Command {
  return program
    .addOption(new Option('--format <format>', 'what standard output holds').choices(['text', 'json']).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when something this bad is found')
        .choices([...SEVERITIES, 'never'])
        .default('high'),
    )
    .option('--config <file>', 'your organisation, the accounts you trust, and why (trustdrift.json)')
    .option('--account <id>', 'the account the roles belong to', accountFlag)
    .option('--profile <name>', 'AWS profile (AWS_PROFILE)')
    .option('--region <name>', 'AWS region (AWS_REGION)')
    .option('--endpoint-url <url>', 'where to send AWS calls instead (AWS_ENDPOINT_URL)', urlFlag)
    .option('--no-color', 'no colour (NO_COLOR)')
}

/** Notes what the configuration says without effect. @throws InputError with every fault of the configuration */
export async function settingsOf(command: Command, streams: Streams): Promise<Settings> {
  const flags = command.optsWithGlobals<Flags>()
  const config = flags.config === undefined ? {} : await readConfig(flags.config)
  const idle = misnamed(config).map(({ says }) => says)
  for (const note of [...configNotes(config, flags.account ?? null, Date.now()), ...idle])
    streams.note(`${flags.config}: ${note}`)
  return {
    format: flags.format,
    failOn: flags.failOn,
    config,
    configFile: flags.config ?? null,
    account: flags.account ?? null,
    place: placeOptions(command),
    terminal: { colour: flags.color && streams.coloured, width: streams.width },
  }
}

/** Where AWS calls go. */
export function placeOptions(command: Command): Place {
  const flags = command.optsWithGlobals<Flags>()
  const region = flags.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION)
  return {
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(region ? { region } : {}),
    ...(flags.endpointUrl === undefined ? {} : { endpoint: flags.endpointUrl }),
  }
}

/** @throws InputError where the file cannot be read */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new InputError(`${file} cannot be read`, { cause: error })
  }
}

async function readConfig(file: string): Promise<Config> {
  const { config, faults } = parseConfig(await readText(file))
  if (faults.length === 0) return config
  const lines = faults.map(
    ({ path, message, line, column }) => `  ${file}:${line}:${column} ${path || 'the file'} ${message}`,
  )
  throw new InputError(`The configuration is not used, because of:\n${lines.join('\n')}`)
}

function accountFlag(text: string): AccountId {
  const account = accountId(text)
  if (account === null) throw new InvalidArgumentError('An account id is twelve digits.')
  return account
}

function urlFlag(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text
  throw new InvalidArgumentError('A URL begins with http:// or https://.')
}
