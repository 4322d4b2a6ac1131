/** Is the memory there, kept safe, and filled by a first sweep? Pure. */

import type { SweepState } from '../ports.ts'
import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import { logCommands } from './queue.ts'
import { madeAnew, physicalId, type Stack } from './stack.ts'

export interface TableFacts {
  /** `ACTIVE`. */
  readonly status: string
  readonly protected: boolean
}

export interface MemoryTable {
  readonly name: string
  readonly facts: Answer<TableFacts>
  /** Is point-in-time recovery on? */
  readonly recovery: Answer<boolean>
  readonly sweep: Answer<SweepState | null>
}

export function tableChecks(table: MemoryTable, stack: Stack): readonly Check[] {
  return [
    activeCheck(table, stack),
    protectionCheck(table, stack),
    recoveryCheck(table, stack),
    seededCheck(table, stack),
  ]
}

function activeCheck({ name, facts }: MemoryTable, stack: Stack): Check {
  const subject: Subject = {
    id: 'table',
    title: 'Memory',
    why: 'Who gained access is the difference from what the table remembers; without it nothing can be judged.',
  }
  if (facts.kind === 'not-known') return notKnown(subject, facts)
  if (facts.kind === 'missing') return failed(subject, `there is no table ${name}`, madeAnew(stack))
  if (facts.value.status === 'ACTIVE') return ok(subject, `table ${name} is active`)
  const command = awsCommand(stack, 'dynamodb describe-table', { 'table-name': name })
  return failed(subject, `table ${name} is in state ${facts.value.status}`, toDo('See why.', command))
}

function protectionCheck({ name, facts }: MemoryTable, stack: Stack): Check {
  const subject: Subject = {
    id: 'table-protection',
    title: 'Memory, deletion protection',
    why: 'What every role trusted, and when, can be written by nobody again.',
  }
  if (facts.kind === 'not-known') return notKnown(subject, facts)
  if (facts.kind === 'known' && facts.value.protected) return ok(subject, 'on')
  const command = awsCommand(stack, 'dynamodb update-table', {
    'table-name': name,
    'deletion-protection-enabled': null,
  })
  return failed(subject, 'off', toDo('Turn it on.', command))
}

function recoveryCheck({ name, recovery }: MemoryTable, stack: Stack): Check {
  const subject: Subject = {
    id: 'table-recovery',
    title: 'Memory, recovery',
    why: 'With point-in-time recovery the table can be put back as it was at any second of the last 35 days.',
  }
  if (recovery.kind === 'not-known') return notKnown(subject, recovery)
  if (recovery.kind === 'known' && recovery.value) return ok(subject, 'point-in-time recovery is on')
  const command = awsCommand(stack, 'dynamodb update-continuous-backups', {
    'table-name': name,
    'point-in-time-recovery-specification': 'PointInTimeRecoveryEnabled=true',
  })
  return failed(subject, 'point-in-time recovery is off', toDo('Turn it on.', command))
}

function seededCheck({ sweep }: MemoryTable, stack: Stack): Check {
  const subject: Subject = {
    id: 'table-seeded',
    title: 'Memory, first sweep',
    why: 'Until the first sweep has read every role, the first change of a role can only be compared with what CloudTrail still knows.',
  }
  if (sweep.kind === 'not-known') return notKnown(subject, sweep)
  const state = sweep.kind === 'known' ? sweep.value : null
  const url = physicalId(stack, 'SweepQueue')
  const start =
    url === null
      ? []
      : [awsCommand(stack, 'sqs send-message', { 'queue-url': url, 'message-body': '{"trustdrift":"sweep"}' })]
  if (state === null) return failed(subject, 'no sweep has begun', toDo('Start one.', ...start))
  if (state.watchingSince !== null)
    return ok(subject, `the first sweep ended ${state.watchingSince}, the last began ${state.startedAt}`)
  const says = 'Run doctor again in some minutes. If it does not end, the log says why; then start it again.'
  return warned(
    subject,
    `the first sweep began ${state.startedAt} and has not ended`,
    toDo(says, ...logCommands(stack, 'SweepQueue'), ...start),
  )
}
