/** Do the daily sweep and the hourly heartbeat come? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo } from './check.ts'
import { awsCommand } from './command.ts'
import { madeAnew, type Stack } from './stack.ts'

export interface Schedule {
  readonly logicalId: string
  readonly name: string
  readonly group: string
  /** `ENABLED`, `DISABLED`. */
  readonly state: Answer<string>
}

export function scheduleCheck({ logicalId, name, group, state }: Schedule, stack: Stack): Check {
  const subject: Subject = {
    id: `schedule:${logicalId}`,
    title: `Schedule ${logicalId}`,
    why:
      logicalId === 'HeartbeatSchedule'
        ? 'The heartbeat proves every hour that the entrance works; its absence is an alarm.'
        : 'The sweep finds what no event has told.',
  }
  if (state.kind === 'not-known') return notKnown(subject, state)
  if (state.kind === 'missing') return failed(subject, `there is no schedule ${name}`, madeAnew(stack))
  if (state.value === 'ENABLED') return ok(subject, 'enabled')
  const read = awsCommand(stack, 'scheduler get-schedule', { 'group-name': group, name, output: 'json' })
  const enable = `jq 'del(.Arn, .CreationDate, .LastModificationDate) | .State = "ENABLED"'`
  return failed(
    subject,
    state.value,
    toDo(
      'Enable it: Scheduler takes a schedule only as a whole (jq needed).',
      `${read} | ${enable} > schedule.json`,
      awsCommand(stack, 'scheduler update-schedule', { 'cli-input-json': 'file://schedule.json' }),
    ),
  )
}
