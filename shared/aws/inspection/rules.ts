/** EventBridge's rules and Scheduler's schedules, as doctor asks for them. */

import {
  DescribeRuleCommand,
  type DescribeRuleCommandOutput,
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge'
import { GetScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler'
import type { Answer } from '../../doctor/answer.ts'
import type { Rule } from '../../doctor/rule.ts'
import type { Sample } from '../../doctor/sample.ts'
import { answered } from './answered.ts'

export async function ruleNamed(
  name: string,
  samples: readonly Sample[],
  client: EventBridgeClient,
): Promise<Pick<Rule, 'state' | 'targets' | 'matches'>> {
  const rule = await answered(
    'EventBridge DescribeRule',
    client.send(new DescribeRuleCommand({ Name: name })),
    (it) => it,
  )
  const targets = await answered(
    'EventBridge ListTargetsByRule',
    client.send(new ListTargetsByRuleCommand({ Rule: name })),
    ({ Targets = [] }) => Targets.map(({ Arn = '' }) => Arn),
  )
  const matches = []
  for (const sample of samples) matches.push({ sample: sample.name, matches: await matching(rule, sample, client) })
  return { state: withState(rule), targets, matches }
}

function withState(rule: Answer<DescribeRuleCommandOutput>): Answer<string> {
  return rule.kind === 'known' ? { kind: 'known', value: rule.value.State ?? 'unknown' } : rule
}

/** EventBridge judges by itself: a matcher of our own would prove only that we agree with ourselves. */
async function matching(
  rule: Answer<DescribeRuleCommandOutput>,
  { event }: Sample,
  client: EventBridgeClient,
): Promise<Answer<boolean>> {
  if (rule.kind !== 'known') return rule
  const { EventPattern } = rule.value
  if (EventPattern === undefined) return { kind: 'known', value: false }
  const asked = client.send(new TestEventPatternCommand({ EventPattern, Event: event }))
  return answered('EventBridge TestEventPattern', asked, ({ Result }) => Result === true)
}

export function scheduleNamed(name: string, group: string, client: SchedulerClient): Promise<Answer<string>> {
  const asked = client.send(new GetScheduleCommand({ Name: name, GroupName: group }))
  return answered('Scheduler GetSchedule', asked, ({ State }) => State ?? 'unknown')
}
