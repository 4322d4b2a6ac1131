/** Does EventBridge hand the events on: is each rule enabled, does it match, does it lead to its queue? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo } from './check.ts'
import { awsCommand, lastOf } from './command.ts'
import { madeAnew, type Stack } from './stack.ts'

export interface Rule {
  readonly logicalId: string
  readonly name: string
  /** `ENABLED`, `DISABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`. */
  readonly state: Answer<string>
  /** ARNs. */
  readonly targets: Answer<readonly string[]>
  /** By sample: does the deployed pattern match it? Empty for a rule that there are no samples for. */
  readonly matches: readonly { readonly sample: string; readonly matches: Answer<boolean> }[]
  /** ARN of the queue it must lead to. */
  readonly queue: Answer<string>
  /** ARN of the queue for what cannot be delivered. */
  readonly undelivered: Answer<string>
}

export function ruleChecks(rule: Rule, stack: Stack): readonly Check[] {
  return [
    enabledCheck(rule, stack),
    ...(rule.matches.length > 0 ? [matchCheck(rule, stack)] : []),
    targetCheck(rule, stack),
  ]
}

function enabledCheck({ logicalId, name, state }: Rule, stack: Stack): Check {
  const subject: Subject = {
    id: `rule-enabled:${logicalId}`,
    title: `Rule ${logicalId}, state`,
    why: 'A disabled rule lets every event pass by.',
  }
  if (state.kind === 'not-known') return notKnown(subject, state)
  if (state.kind === 'missing') return failed(subject, `there is no rule ${name}`, madeAnew(stack))
  if (state.value.startsWith('ENABLED')) return ok(subject, state.value)
  return failed(subject, state.value, toDo('Enable it.', awsCommand(stack, 'events enable-rule', { name })))
}

function matchCheck({ logicalId, name, matches }: Rule, stack: Stack): Check {
  const subject: Subject = {
    id: `rule-matches:${logicalId}`,
    title: `Rule ${logicalId}, pattern`,
    why: 'An event that the pattern does not match is never judged. EventBridge itself was asked, with sample events of this account.',
  }
  for (const { matches: answer } of matches) if (answer.kind === 'not-known') return notKnown(subject, answer)
  const missed = matches.filter(({ matches: answer }) => answer.kind !== 'known' || !answer.value)
  if (missed.length === 0) return ok(subject, `matches ${matches.map(({ sample }) => sample).join(', ')}`)
  return failed(
    subject,
    `the deployed pattern does not match ${missed.map(({ sample }) => sample).join(', ')}`,
    toDo(
      'Somebody changed the pattern. Compare it with TrustChangeRule in template.yaml and put that back: CloudFormation changes a rule only where the template changed.',
      awsCommand(stack, 'events describe-rule', { name, query: 'EventPattern', output: 'text' }),
    ),
  )
}

function targetCheck({ logicalId, name, targets, queue, undelivered }: Rule, stack: Stack): Check {
  const subject: Subject = {
    id: `rule-target:${logicalId}`,
    title: `Rule ${logicalId}, target`,
    why: 'What the rule matches must come into the queue that is judged.',
  }
  if (targets.kind === 'not-known') return notKnown(subject, targets)
  if (queue.kind === 'not-known') return notKnown(subject, queue)
  if (queue.kind === 'missing') return failed(subject, 'its queue does not exist', madeAnew(stack))
  if (targets.kind === 'known' && targets.value.includes(queue.value))
    return ok(subject, `leads to ${lastOf(queue.value)}`)
  const target = {
    Id: logicalId.startsWith('AppRunner') ? 'app-runner' : 'trust-change',
    Arn: queue.value,
    RetryPolicy: { MaximumEventAgeInSeconds: 86400, MaximumRetryAttempts: 185 },
    ...(undelivered.kind === 'known' ? { DeadLetterConfig: { Arn: undelivered.value } } : {}),
  }
  return failed(
    subject,
    `it does not lead to ${queue.value}`,
    toDo(
      'Put the target back.',
      awsCommand(stack, 'events put-targets', { rule: name, targets: JSON.stringify([target]) }),
    ),
  )
}
