/** Which checks there are of a stack, and in what order. Asks through the inspector; knows no AWS. */

import { alarmCheck, type ExpectedAlarm } from './alarm.ts'
import type { Answer } from './answer.ts'
import type { Check } from './check.ts'
import { configurationCheck, noConfigurationCheck } from './configuration.ts'
import { consumerCheck } from './consumer.ts'
import type { Inspector } from './inspector.ts'
import { type Queue, queueCheck } from './queue.ts'
import { ruleChecks } from './rule.ts'
import { samplesFor } from './sample.ts'
import { scheduleCheck } from './schedule.ts'
import { noSlackChecks, slackChecks } from './slack.ts'
import { ofType, physicalId, type Stack } from './stack.ts'
import { type MemoryTable, tableChecks } from './table.ts'
import { isTopicName, noMailCheck, topicChecks } from './topic.ts'
import { trailCheck } from './trail.ts'
import type { ChannelName } from './way.ts'

/** A group of checks, and what a person waiting reads meanwhile. */
export interface Examination {
  readonly about: string
  readonly checks: () => Promise<readonly Check[]>
}

interface Examined {
  readonly stack: Stack
  readonly inspector: Inspector
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** @param now milliseconds since the epoch */
export function examinations(stack: Stack, inspector: Inspector, now: () => number): readonly Examination[] {
  const examined = { stack, inspector, now }
  const queues = once(() => queuesOf(examined))
  const table = once(() => tableOf(examined))
  return [
    { about: 'trails', checks: async () => [trailCheck(await inspector.trails(), stack)] },
    { about: 'rules', checks: async () => rules(examined, await queues()) },
    { about: 'functions', checks: async () => consumers(examined, await queues()) },
    { about: 'queues', checks: async () => queued(stack, await queues()) },
    { about: 'memory', checks: async () => memory(await table(), stack) },
    { about: 'configuration', checks: async () => configuration(examined, await table()) },
    { about: 'Slack', checks: () => slack(examined) },
    { about: 'subscriptions', checks: () => topics(examined) },
    { about: 'alarms', checks: () => alarms(examined) },
    { about: 'schedules', checks: () => schedules(examined) },
  ]
}

export function channelsOf(stack: Stack): readonly ChannelName[] {
  const names = { slack: 'SlackQueue', mail: 'MailQueue' } as const
  return (['slack', 'mail'] as const).filter((channel) => physicalId(stack, names[channel]) !== null)
}

/** With what the template calls it and what AWS does. */
function named(stack: Stack, type: string): readonly { readonly logicalId: string; readonly name: string }[] {
  return ofType(stack, type).flatMap(({ logicalId, physicalId: name }) => (name === null ? [] : [{ logicalId, name }]))
}

function queuesOf({ stack, inspector }: Examined): Promise<readonly Queue[]> {
  return Promise.all(
    named(stack, 'AWS::SQS::Queue').map(async ({ logicalId, name }) => ({
      logicalId,
      url: name,
      facts: await inspector.queue(name),
    })),
  )
}

function arnOf(queues: readonly Queue[], logicalId: string): Answer<string> {
  const facts = queues.find((queue) => queue.logicalId === logicalId)?.facts ?? { kind: 'missing' }
  return facts.kind === 'known' ? { kind: 'known', value: facts.value.arn } : facts
}

async function rules({ stack, inspector }: Examined, queues: readonly Queue[]): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const { logicalId, name } of named(stack, 'AWS::Events::Rule')) {
    const samples = logicalId === 'TrustChangeRule' ? samplesFor(stack) : []
    const rule = await inspector.rule(name, samples)
    // App Runner has two rules, for its events and for its calls, and one queue.
    const queue = arnOf(queues, logicalId.replace(/(Calls)?Rule$/, 'Queue'))
    checks.push(
      ...ruleChecks({ logicalId, name, ...rule, queue, undelivered: arnOf(queues, 'UndeliveredEvents') }, stack),
    )
  }
  return checks
}

function consumers({ stack, inspector }: Examined, queues: readonly Queue[]): Promise<readonly Check[]> {
  return Promise.all(
    named(stack, 'AWS::Lambda::Function').map(async ({ logicalId, name }) => {
      const mappings = await inspector.mappings(name)
      const queue = arnOf(queues, logicalId.replace(/Function$/, 'Queue'))
      return consumerCheck({ logicalId, mappings, queue }, stack)
    }),
  )
}

function queued(stack: Stack, queues: readonly Queue[]): readonly Check[] {
  return queues.map((queue) => queueCheck(queue, { stack, queues }))
}

async function tableOf({ stack, inspector }: Examined): Promise<MemoryTable | null> {
  const name = physicalId(stack, 'MemoryTable')
  return name === null ? null : inspector.table(name)
}

function memory(table: MemoryTable | null, stack: Stack): readonly Check[] {
  return table === null ? [] : tableChecks(table, stack)
}

async function configuration(
  { stack, inspector, now }: Examined,
  table: MemoryTable | null,
): Promise<readonly Check[]> {
  const path = stack.parameters.ConfigPath
  if (!path) return [noConfigurationCheck()]
  const sweep = table?.sweep ?? { kind: 'missing' as const }
  return [configurationCheck(await inspector.configuration(path), path, { stack, sweep, now: now() })]
}

async function slack({ stack, inspector }: Examined): Promise<readonly Check[]> {
  const arn = stack.parameters.SlackSecretArn
  return arn ? slackChecks(await inspector.slack(arn), stack) : noSlackChecks()
}

async function topics({ stack, inspector }: Examined): Promise<readonly Check[]> {
  const checks: Check[] = []
  for (const { logicalId, name } of named(stack, 'AWS::SNS::Topic')) {
    if (!isTopicName(logicalId)) continue
    checks.push(...topicChecks({ logicalId, arn: name, subscriptions: await inspector.subscriptions(name) }, stack))
  }
  return physicalId(stack, 'MailTopic') === null ? [...checks, noMailCheck()] : checks
}

async function alarms({ stack, inspector }: Examined): Promise<readonly Check[]> {
  const expected: readonly ExpectedAlarm[] = named(stack, 'AWS::CloudWatch::Alarm')
  return [alarmCheck(expected, await inspector.alarms(expected.map(({ name }) => name)), stack)]
}

function schedules({ stack, inspector }: Examined): Promise<readonly Check[]> {
  const group = physicalId(stack, 'Schedules') ?? 'default'
  return Promise.all(
    named(stack, 'AWS::Scheduler::Schedule').map(async ({ logicalId, name }) =>
      scheduleCheck({ logicalId, name, group, state: await inspector.schedule(name, group) }, stack),
    ),
  )
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | null = null
  return () => {
    begun ??= work()
    return begun
  }
}
