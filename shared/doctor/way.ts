/** The test alert's way: into the entrance, onto the topic, to each channel. Waits for what each stage leaves in the table. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, skipped, toDo } from './check.ts'
import { logCommands } from './queue.ts'
import type { Stack } from './stack.ts'

/** The channels that record what they have delivered. */
export type ChannelName = 'slack' | 'mail'

/** The marks that stages leave. */
export interface Marks {
  /** Published to the topic. */
  told(alertId: string): Promise<Answer<boolean>>
  delivered(channel: ChannelName, alertId: string): Promise<Answer<boolean>>
}

export interface Sending {
  readonly alertId: string
  readonly channels: readonly ChannelName[]
  /** Puts the message into the entrance. */
  readonly send: () => Promise<Answer<null>>
  readonly marks: Marks
  readonly patience: Patience
}

export interface Patience {
  readonly seconds: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
}

const EVERY_MS = 1_000

const TOLD: Subject = {
  id: 'test-alert',
  title: 'Test alert, published',
  why: 'It went through the same queue, function, table and topic as a real one.',
}

const REACHES = {
  slack: { title: 'Test alert, Slack', queue: 'SlackQueue' },
  mail: { title: 'Test alert, mail', queue: 'MailQueue' },
} as const satisfies Record<ChannelName, { title: string; queue: string }>

function reaching(channel: ChannelName): Subject {
  const why = 'The channel has recorded that it delivered the alert: everything up to the person works.'
  return { id: `test-alert:${channel}`, title: REACHES[channel].title, why }
}

/** The same checks, for somebody who wants no alert. */
export function notSent(channels: readonly ChannelName[]): readonly Check[] {
  return [TOLD, ...channels.map(reaching)].map((subject) => skipped(subject, 'not sent (--no-test-alert)'))
}

export async function sendTestAlert(sending: Sending, stack: Stack): Promise<readonly Check[]> {
  const { channels, marks, alertId } = sending
  const begun = sending.patience.now()
  const sent = await sending.send()
  if (sent.kind !== 'known') {
    const why = sent.kind === 'missing' ? 'the entrance queue does not exist' : sent.why
    return [TOLD, ...channels.map(reaching)].map((subject) => notKnown(subject, { kind: 'not-known', why }))
  }
  const until = begun + sending.patience.seconds * 1_000
  const stages = [
    { subject: TOLD, queue: 'TrustChangeQueue', mark: () => marks.told(alertId) },
    ...channels.map((channel) => ({
      subject: reaching(channel),
      queue: REACHES[channel].queue,
      mark: () => marks.delivered(channel, alertId),
    })),
  ]
  // One after the other: a stage behind one that was not reached is not waited for, since the time is up.
  const checks: Check[] = []
  for (const stage of stages) checks.push(await stageCheck(stage, { stack, until, begun, patience: sending.patience }))
  return checks
}

interface Stage {
  readonly subject: Subject
  /** Logical id of the queue before it. */
  readonly queue: string
  readonly mark: () => Promise<Answer<boolean>>
}

interface Waiting {
  readonly stack: Stack
  readonly begun: number
  readonly until: number
  readonly patience: Patience
}

async function stageCheck({ subject, queue, mark }: Stage, { stack, begun, until, patience }: Waiting): Promise<Check> {
  for (;;) {
    const reached = await mark()
    if (reached.kind === 'not-known') return notKnown(subject, reached)
    if (reached.kind === 'missing') return notKnown(subject, { kind: 'not-known', why: 'the table does not exist' })
    if (reached.value) return ok(subject, `after ${Math.ceil((patience.now() - begun) / 1_000)} s`)
    if (patience.now() >= until) break
    await patience.sleep(Math.min(EVERY_MS, until - patience.now()))
  }
  const says = `Mend what failed above first. If nothing did, the log behind ${queue} says why; --wait <seconds> waits longer.`
  return failed(subject, `not within ${patience.seconds} s`, toDo(says, ...logCommands(stack, queue)))
}
