/** What do the stack's own alarms say? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Subject, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import { madeAnew, type Stack } from './stack.ts'

export interface Alarm {
  readonly name: string
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`. */
  readonly state: string
  readonly actions: boolean
}

export interface ExpectedAlarm {
  readonly logicalId: string
  readonly name: string
}

const ALARMS: Subject = {
  id: 'alarms',
  title: 'Alarms',
  why: 'They watch Trustdrift itself: dead letters, errors, lateness, the hourly heartbeat.',
}

export function alarmCheck(expected: readonly ExpectedAlarm[], alarms: Answer<readonly Alarm[]>, stack: Stack): Check {
  if (alarms.kind === 'not-known') return notKnown(ALARMS, alarms)
  const list = alarms.kind === 'known' ? alarms.value : []
  const nameOf = (alarm: Alarm) => expected.find(({ name }) => name === alarm.name)?.logicalId ?? alarm.name
  const gone = expected.filter(({ name }) => !list.some((alarm) => alarm.name === name))
  if (gone.length > 0)
    return failed(ALARMS, `${gone.map(({ logicalId }) => logicalId).join(', ')} does not exist`, madeAnew(stack))
  const ringing = list.filter(({ state }) => state === 'ALARM')
  if (ringing.length > 0) {
    const says =
      'docs/deploy.md, "Alarms", says for each what to do. Just after deployment HeartbeatAlarm and SweepMissedAlarm may show for some minutes.'
    const found = `in ALARM: ${ringing.map(nameOf).join(', ')}`
    return warned(
      ALARMS,
      found,
      toDo(says, awsCommand(stack, 'cloudwatch describe-alarms', { 'alarm-names': names(ringing) })),
    )
  }
  const mute = list.filter(({ actions }) => !actions)
  if (mute.length === 0) return ok(ALARMS, `none of ${list.length} is in ALARM`)
  const command = awsCommand(stack, 'cloudwatch enable-alarm-actions', { 'alarm-names': names(mute) })
  return warned(ALARMS, `switched off: ${mute.map(nameOf).join(', ')}`, toDo('Switch their actions on.', command))
}

function names(alarms: readonly Alarm[]): readonly string[] {
  return alarms.map(({ name }) => name)
}
