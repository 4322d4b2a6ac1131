/** Do messages move on, and has nothing been given up? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo, warned } from './check.ts'
import { awsCommand, shellWord } from './command.ts'
import { madeAnew, physicalId, type Stack } from './stack.ts'

export interface QueueFacts {
  readonly arn: string
  readonly waiting: number
  readonly inHand: number
  readonly delayed: number
}

export interface Queue {
  readonly logicalId: string
  readonly url: string
  readonly facts: Answer<QueueFacts>
}

/** A burst is taken within seconds; so many at once are either a very large deployment or a queue that stands. */
const MANY = 100

export function queueCheck(queue: Queue, around: { readonly stack: Stack; readonly queues: readonly Queue[] }): Check {
  return isForTheDead(queue) ? deadLettersCheck(queue, around) : waitingCheck(queue, around.stack)
}

function isForTheDead({ logicalId }: Queue): boolean {
  return logicalId.endsWith('DeadLetters') || logicalId === 'UndeliveredEvents'
}

function waitingCheck({ logicalId, url, facts }: Queue, stack: Stack): Check {
  const subject: Subject = {
    id: `queue:${logicalId}`,
    title: `Queue ${logicalId}`,
    why: 'What waits here has not been judged, or not been told.',
  }
  if (facts.kind === 'not-known') return notKnown(subject, facts)
  if (facts.kind === 'missing') return failed(subject, `there is no queue ${url}`, madeAnew(stack))
  const { waiting, inHand, delayed } = facts.value
  const found = `${waiting} waiting, ${inHand} being handled, ${delayed} to come later`
  if (waiting <= MANY) return ok(subject, found)
  const says = 'Run doctor again in a minute. If they do not become fewer, the log of the function says why.'
  return warned(subject, found, toDo(says, ...logCommands(stack, logicalId)))
}

function deadLettersCheck(
  queue: Queue,
  { stack, queues }: { readonly stack: Stack; readonly queues: readonly Queue[] },
): Check {
  const { logicalId, url, facts } = queue
  const subject: Subject = {
    id: `dead-letters:${logicalId}`,
    title: `Dead letters ${logicalId}`,
    why: 'What lies here was tried for hours and given up: nobody has judged it, or nobody has been told. It is deleted after 14 days.',
  }
  if (facts.kind === 'not-known') return notKnown(subject, facts)
  if (facts.kind === 'missing') return failed(subject, `there is no queue ${url}`, madeAnew(stack))
  const count = facts.value.waiting + facts.value.inHand
  if (count === 0) return ok(subject, 'no messages')
  const found = count === 1 ? '1 message lies there' : `${count} messages lie there`
  if (logicalId === 'UndeliveredEvents') return undelivered(subject, found, { url, stack })
  const home = queues.find((other) => other.logicalId === homeOf(logicalId))
  const redrive =
    home?.facts.kind === 'known'
      ? [
          awsCommand(stack, 'sqs start-message-move-task', {
            'source-arn': facts.value.arn,
            'destination-arn': home.facts.value.arn,
          }),
        ]
      : []
  const says = 'Read in the log why, mend that, then have them tried again.'
  return failed(subject, found, toDo(says, ...logCommands(stack, homeOf(logicalId)), ...redrive))
}

function undelivered(
  subject: Subject,
  found: string,
  { url, stack }: { readonly url: string; readonly stack: Stack },
): Check {
  const says =
    'ERROR_CODE on a message says what EventBridge met. Mend that, then put the events back (docs/deploy.md, "Undelivered events").'
  const look = awsCommand(stack, 'sqs receive-message', {
    'queue-url': url,
    'visibility-timeout': '0',
    'message-attribute-names': 'All',
  })
  return failed(subject, found, toDo(says, look))
}

function homeOf(deadLetters: string): string {
  return deadLetters.replace(/DeadLetters$/, 'Queue')
}

/** @param queue logical id, `SweepQueue` */
export function logCommands(stack: Stack, queue: string): readonly string[] {
  const group = physicalId(stack, queue.replace(/Queue$/, 'Logs'))
  return group === null ? [] : [awsCommand(stack, `logs tail ${shellWord(group)}`, { since: '6h' })]
}
