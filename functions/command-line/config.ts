/** `trustdrift config`: is the configuration right, and where each value of it comes from. Judges no role. */

import { text as readAll } from 'node:stream/consumers'
import type { Command } from 'commander'
import { type Config, configNotes, expiredEntries } from '../../shared/config.ts'
import { NOT_DEPLOYED, originsOf, type Silent } from '../../shared/config-origin.ts'
import { misnamed } from '../../shared/exceptions.ts'
import { STDIN } from '../../shared/local/event-files.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { type MergedConfig, mergeConfigs, type SourcedFault } from '../../shared/merge-config.ts'
import { escapeForTerminal } from '../../shared/render/escape-terminal.ts'
import { count } from '../../shared/render/words.ts'
import { EXIT } from './exit.ts'
import { placeOptions, readText } from './settings.ts'
import type { Streams } from './streams.ts'

const EXAMPLES = `
Examples:
  trustdrift config check trustdrift.json
  trustdrift config check org.json partners.json     together, as the parameters under a path are
  trustdrift config check --path /trustdrift         what the functions read, from SSM
  trustdrift config show --stack trustdrift          the same, and what the stack was deployed with

Exit codes:
  0  nothing to report     1  a fault, or an entry that no longer counts (--fail-on never: 0)
  2  wrong usage, or a file that cannot be read or is not JSON
  3  AWS or the system failed`

type Show = (read: Read, around: Around) => Promise<number>

interface Read {
  readonly config: MergedConfig
  /** From where on people are told where the configuration does not say. */
  readonly notifyAt: Silent
}

interface Around {
  readonly streams: Streams
  readonly flags: Flags
}

interface Flags {
  readonly path?: string
  readonly stack?: string
  readonly config?: string
  readonly format: 'text' | 'json'
  readonly failOn: string
}

export function addConfig(program: Command, streams: Streams, end: (code: number) => void): void {
  const config = program
    .command('config')
    .helpCommand(false)
    .summary('check the configuration, show where each value comes from')
    .description('Says whether the configuration is right, and where each value of it comes from.')
    .addHelpText('after', EXAMPLES)
  const verb = (name: string, description: string, show: Show) =>
    config
      .command(name)
      .description(description)
      .argument('[file...]', 'files, or - for standard input; without any, the one given with --config')
      .option('--path <path>', 'read the SSM parameters under this path instead, as the functions do')
      .option('--stack <name>', 'read what the functions of this stack read, and its parameter NotifyAt')
      .addHelpText('after', EXAMPLES)
      .action(async (files: readonly string[], _: unknown, command: Command) => {
        const flags = command.optsWithGlobals<Flags>()
        end(await show(await readAllOf(files, command, streams), { streams, flags }))
      })
  verb('check', 'Names every fault with its place, and every entry that has expired or names no rule.', check)
  verb('show', 'Prints the configuration in effect, each value with where it comes from.', show)
}

async function readAllOf(files: readonly string[], command: Command, streams: Streams): Promise<Read> {
  const { path, stack, config } = command.optsWithGlobals<Flags>()
  const named = files.length === 0 && config !== undefined ? [config] : files
  const sources = [files.length > 0, path !== undefined, stack !== undefined].filter((given) => given)
  if (sources.length > 1) throw new InputError('Give only one of these: files, --path or --stack')
  if (stack !== undefined) return ofStack(stack, command)
  if (path !== undefined) return { config: await ofPath(path, command), notifyAt: NOT_DEPLOYED }
  if (named.length === 0) throw new InputError('Name a file, - for standard input, --path /trustdrift, or --stack')
  const texts = []
  for (const source of named) {
    texts.push({ source, text: source === STDIN ? await readAll(streams.stdin) : await readText(source) })
  }
  return { config: mergeConfigs(texts), notifyAt: NOT_DEPLOYED }
}

async function ofPath(path: string, command: Command): Promise<MergedConfig> {
  if (!/^\/\S*$/.test(path)) throw new InputError('A path of SSM parameters begins with a slash, like /trustdrift')
  const { storedConfig } = await import('./aws.ts')
  return storedConfig(placeOptions(command), path)
}

/** As it was deployed: the parameters of the template say where the configuration lies, and what counts where it is silent. */
async function ofStack(name: string, command: Command): Promise<Read> {
  const { openStack } = await import('./stack.ts')
  const { stack, looked } = await openStack(name, placeOptions(command))
  if (stack === null) throw new InputError(`There is no stack named ${name} in ${looked.join(' or ')}`)
  const { ConfigPath, NotifyAt } = stack.parameters
  if (!ConfigPath || !NotifyAt) throw new InputError(`Stack ${name} has no parameters ConfigPath and NotifyAt`)
  const notifyAt = { value: NotifyAt, from: `parameter NotifyAt of stack ${name}` }
  const { storedConfig } = await import('./aws.ts')
  return { config: await storedConfig({ ...placeOptions(command), region: stack.region }, ConfigPath), notifyAt }
}

async function check({ config: merged }: Read, { streams, flags }: Around): Promise<number> {
  const expired = entriesOf(merged, (config) => expiredEntries(config, Date.now()))
  const unknownRules = entriesOf(merged, misnamed)
  const sources = merged.parts.map(({ source }) => source)
  const faults = [...merged.faults]
  const text = [
    ...faults.map(faultLine),
    ...[...expired, ...unknownRules].map(({ source, path, says }) => `${source} ${path} ${says}`),
    summary(merged, { expired: expired.length, unknownRules: unknownRules.length }),
  ]
  await write(streams, flags, { value: { sources, faults, expired, unknownRules }, text })
  if (faults.some(isNotJson)) return EXIT.usage
  const told = faults.length + expired.length + unknownRules.length
  return told > 0 && flags.failOn !== 'never' ? EXIT.reported : EXIT.nothing
}

interface Entry {
  /** JSON pointer. */
  readonly path: string
  readonly says: string
}

interface WithoutEffect {
  readonly expired: number
  readonly unknownRules: number
}

function summary({ parts, faults }: MergedConfig, { expired, unknownRules }: WithoutEffect): string {
  const read = count(parts.length, 'text')
  if (faults.length > 0)
    return `${read} read, ${count(faults.length, 'fault')}: nothing of it is used until they are mended.`
  const gone = expired > 0 ? `, ${expired} expired` : ''
  const idle = unknownRules > 0 ? `, ${count(unknownRules, 'exception')} from no rule` : ''
  return `${read} read, no faults${gone}${idle}.`
}

async function show({ config: merged, notifyAt }: Read, { streams, flags }: Around): Promise<number> {
  if (merged.faults.length > 0) {
    streams.note('The configuration is not used, because of:', ...merged.faults.map((fault) => `  ${faultLine(fault)}`))
    return merged.faults.some(isNotJson) ? EXIT.usage : EXIT.reported
  }
  for (const note of configNotes(merged.config, null, Date.now())) streams.note(note)
  for (const { says } of misnamed(merged.config)) streams.note(says)
  const values = originsOf(merged.parts, notifyAt)
  const text = values.map(({ path, value, from }) => `${path} ${JSON.stringify(value)}  (${from})`)
  await write(streams, flags, { value: { config: merged.config, values }, text })
  return EXIT.nothing
}

/** Counted in each text, so that the pointer leads to the entry. */
function entriesOf({ parts }: MergedConfig, entriesIn: (config: Config) => readonly Entry[]) {
  return parts.flatMap(({ source, config }) => entriesIn(config).map((entry) => ({ source, ...entry })))
}

function faultLine({ source, path, message, line, column }: SourcedFault): string {
  return `${source}:${line}:${column} ${path || 'the whole'} ${message}`
}

function isNotJson({ path, message }: SourcedFault): boolean {
  return path === '' && /^(is not JSON|is empty|nests too deeply)/.test(message)
}

interface Output {
  readonly value: unknown
  readonly text: readonly string[]
}

async function write(streams: Streams, { format }: Flags, { value, text }: Output): Promise<void> {
  const lines = format === 'json' ? [JSON.stringify(value)] : text.map(escapeForTerminal)
  await streams.write(`${lines.join('\n')}\n`)
}
