/** `trustdrift replay`: runs events through the pipeline, in the order in which they lie there. */

import type { Command } from 'commander'
import type { Alert } from '../../shared/alert.ts'
import { eventFiles, signalsIn } from '../../shared/local/event-files.ts'
import { InputError } from '../../shared/local/input-error.ts'
import { isNotified, jsonOutbox, textOutbox } from '../../shared/local/outbox.ts'
import { noRereads, parseWorld, unknownHistory, unknownRoles, unknownServices } from '../../shared/local/world.ts'
import { observeAll } from '../../shared/observe-all.ts'
import type { History, Outbox, Roles } from '../../shared/ports.ts'
import type { Services } from '../../shared/service-ports.ts'
import type { Severity } from '../../shared/severity.ts'
import { exitCodeFor } from './exit.ts'
import { memoryAt } from './memory-file.ts'
import type { PageFile } from './page-file.ts'
import { progressOf } from './progress.ts'
import { readText, type Settings, settingsOf } from './settings.ts'
import type { Streams } from './streams.ts'
import { emptyTally, tallied, tallyWords } from './tally.ts'

const EXAMPLES = `
Examples:
  trustdrift replay events/
  trustdrift replay event.json --config trustdrift.json
  trustdrift replay events/ --html alerts.html    each alert as Slack and e-mail show it
  zcat *.json.gz | trustdrift replay - --memory seen.jsonl --format json
  trustdrift replay event.json --aws         asks AWS what is in force and what was before

Every event names the account of its role; --account only says whose roles --aws reads.`

interface ReplayFlags {
  readonly memory?: string
  readonly aws?: true
  readonly world?: string
  readonly html?: string
}

export function addReplay(program: Command, streams: Streams, end: (code: number) => void): void {
  program
    .command('replay')
    .summary('run events through the pipeline')
    .description(
      'Runs events of CloudTrail and App Runner through the same code as the deployed functions, and shows the alerts.',
    )
    .argument(
      '<events...>',
      'files (an event, {"Records": [...]}, one JSON a line; gzip or not), folders of them (.json, .jsonl, .ndjson, .gz), or - for standard input',
    )
    .option('--memory <file>', 'keep what was seen, so that a second run tells nothing twice')
    .option('--aws', 'read roles, services and history from AWS')
    .option(
      '--world <file>',
      'roles as aws iam get-role prints them, services as aws apprunner describe-service does: {"roles": [...], "services": [...]}',
    )
    .option('--html <file>', 'write one page with every alert as Slack shows it, and as e-mail')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], flags: ReplayFlags, command: Command) => {
      const settings = await settingsOf(command, streams)
      end(await replay(paths, flags, { settings, streams }))
    })
}

interface Around {
  readonly settings: Settings
  readonly streams: Streams
}

async function replay(paths: readonly string[], flags: ReplayFlags, around: Around): Promise<number> {
  const { settings, streams } = around
  if (settings.account !== null && !flags.aws)
    streams.note('--account has an effect only with --aws: every event names the account of its role')
  const files = await eventFiles(paths)
  const outside = await outsideOf(flags, settings)
  const page = await pageOf(flags)
  const memory = memoryAt(flags.memory)
  const world = {
    ports: { ...outside, memory, outbox: outboxOf(around), rereads: noRereads },
    config: settings.config,
    now: Date.now,
  }
  const notifyAt = notifyAtOf(settings)
  const isShown = (alert: Alert) => isNotified(alert, notifyAt)
  const progress = progressOf(streams, { noun: 'events' })
  let tally = emptyTally
  const severities = new Set<Severity>()
  try {
    for await (const signal of signalsIn(files, streams.stdin)) {
      const alerts = await observeAll(signal, world)
      for (const alert of alerts) severities.add(alert.severity)
      for (const alert of alerts.filter(isShown)) page?.add(alert)
      tally = tallied(tally, alerts, isShown)
      progress.add(1)
    }
  } finally {
    progress.end()
    memory.close()
  }
  const words = tallyWords(tally, notifyAt)
  await tell(words, around)
  await page?.write(words)
  if (page) streams.note(`each alert as Slack and e-mail show it: ${flags.html}`)
  return exitCodeFor([...severities], settings.failOn)
}

async function pageOf({ html }: ReplayFlags): Promise<PageFile | null> {
  if (html === undefined) return null
  const { pageFileAt } = await import('./page-file.ts')
  return pageFileAt(html)
}

/** In text the count closes the page; a program's output holds nothing but alerts. */
async function tell(words: string, { settings, streams }: Around): Promise<void> {
  if (settings.format === 'json') streams.note(words)
  else await streams.write(`${words}\n`)
}

function outboxOf({ settings, streams }: Around): Outbox {
  if (settings.format === 'json') return jsonOutbox(streams.write)
  return textOutbox(streams.write, { ...settings.terminal, notifyAt: notifyAtOf(settings) })
}

function notifyAtOf({ config }: Settings): Severity {
  return config.notifyAt ?? 'medium'
}

async function outsideOf(
  flags: ReplayFlags,
  settings: Settings,
): Promise<{ readonly roles: Roles; readonly services: Services; readonly history: History }> {
  const { aws, world } = flags
  if (aws && world !== undefined)
    throw new InputError('--aws and --world are two answers to one question: give one of them')
  if (aws) {
    const { openAws } = await import('./aws.ts')
    return openAws(settings.place, settings.account)
  }
  const notAsked = 'AWS was not asked (no --aws)'
  const history = unknownHistory(notAsked)
  if (world !== undefined) return { ...parseWorld(await readText(world)), history }
  return { roles: unknownRoles(notAsked), services: unknownServices(notAsked), history }
}
