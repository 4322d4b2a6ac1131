/** A message of the sweep's queue → what to do. */

import { parseFollowUp } from '../../shared/aws/follow-ups.ts'
import type { SweepTask } from '../../shared/sweep.ts'

/** @throws on anything that is no task: it goes to the dead letters, where somebody sees it */
export function taskOf(message: unknown): SweepTask {
  const body: unknown = typeof message === 'string' ? JSON.parse(message) : message
  if (isSchedule(body)) return { kind: 'sweep' }
  const followUp = parseFollowUp(body)
  if (!followUp) throw new Error('the message is neither {"trustdrift":"sweep"} nor a follow-up of a sweep')
  return followUp
}

function isSchedule(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'trustdrift' in body && body.trustdrift === 'sweep'
}
