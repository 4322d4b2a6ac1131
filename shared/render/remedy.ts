/** The commands an alert offers, and the one thing to do about it, in words of ours alone. Whether a sink can show a command is the sink's to say. */

import type { Alert } from '../alert.ts'
import { byWorstFirst } from '../severity.ts'
import { writeCommand } from '../write-command.ts'
import { restoreWords } from './words.ts'

export interface Remedy {
  readonly label: 'RESTORE' | 'FIX'
  /** What the command does. */
  readonly says: string
  readonly command: string
  /** Where the message on the topic has it. */
  readonly field: string
}

/**
 * The way back, then what the findings propose, the worst first, each command once. A fix is offered as a command only while the
 * document it corrects may be in force: it would undo whatever was written since.
 */
export function remediesOf(alert: Alert): readonly Remedy[] {
  const remedies = [...restoring(alert), ...(isStanding(alert) ? fixing(alert) : [])]
  return remedies.filter((remedy, index) => remedies.findIndex(({ command }) => command === remedy.command) === index)
}

/** Each command writes the whole policy: a second one undoes what the first did. */
export const ONE_OF_THESE = 'Run one of these commands, not all: each writes the whole trust policy.'

/** What to do now. No string somebody outside chose stands in it: it is read as an order. */
export function nextStep(alert: Alert): string {
  switch (alert.kind) {
    case 'role-created':
    case 'trust-changed':
      return afterChange(alert)
    case 'role-deleted':
      return alert.inForce === 'superseded'
        ? 'Look at the role that has this name now, and find out who made it.'
        : 'If something stops working, this is why. Find out whether it was meant.'
    case 'trust-update-refused':
      return 'Nothing is broken. If the change was meant, correct the policy and write it again.'
    case 'unreadable':
      return afterUnreadable(alert)
    case 'service-failed':
      return CAUSES[alert.cause?.verdict ?? 'unknown']
    case 'service-recovered':
      return 'Nothing: it works again.'
    case 'test':
      return 'Nothing: this is a test. You see it, so alerts reach you here.'
    default:
      return never(alert.kind)
  }
}

const CAUSES = {
  trust: 'Put the trust policy named as the cause right, then deploy again.',
  'not-trust': 'Look elsewhere: read the log of the service.',
  unknown: 'Look at the trust policies of the roles of the service, then read its log.',
} as const

function afterUnreadable({ role, evidence }: Alert): string {
  if (role !== null) return 'Read the role’s trust policy in IAM now: what cannot be read here may let anyone in.'
  // Not an event but a message of the queue: nothing of it is in CloudTrail.
  if (evidence.source === 'channel')
    return 'Find out what wrote it: another program, or a newer Trustdrift, whose alert this may be. Then upgrade, or stop it.'
  if (evidence.eventId === null)
    return 'Look in CloudTrail which calls were made about roles at this time: one of them may have let anyone in.'
  return 'Read the event itself: what it changed may let anyone in.'
}

function afterChange(alert: Alert): string {
  const { inForce, comparison } = alert
  if (inForce === 'superseded')
    return 'Another trust policy is in force by now. Look at it, and find out whether this one was used.'
  if (inForce === 'gone') return 'The role is gone. Find out whether it was used before.'
  const [first] = remediesOf(alert)
  if (first?.label === 'RESTORE') return 'Find out whether this was meant. If not, run the command under Restore.'
  if (first) return 'Find out whether this was meant. If not, the command under Fix takes out what was found.'
  if (comparison !== null && comparison.gained.length === 0 && comparison.undecided.length > 0)
    return 'Read the role’s trust policy, and what stands under Undecided: somebody may have gained access.'
  if (comparison !== null && comparison.gained.length === 0 && comparison.lost.length > 0)
    return 'If something stops working, this is why. Find out whether it was meant.'
  return 'Find out whether this was meant. If not, change the trust policy of the role.'
}

function restoring(alert: Alert): readonly Remedy[] {
  const { restore } = alert
  if (restore === null) return []
  return [{ label: 'RESTORE', says: restoreWords(alert), command: restore.command, field: 'restore.command' }]
}

function fixing({ role, findings }: Alert): readonly Remedy[] {
  // IAM's own limit and alphabet: a name beyond it names no role.
  if (!role || !/^[\w+=,.@-]{1,64}$/.test(role.name)) return []
  return [...findings].sort(byWorstFirst).flatMap(({ fix, rule }) => {
    const command = fix && commandOf(role.name, fix.policy)
    return command ? [{ label: 'FIX', says: `What ${rule} proposes:`, command, field: 'findings[].fix.policy' }] : []
  })
}

function commandOf(roleName: string, policy: string): string | null {
  try {
    return writeCommand(roleName, policy)
  } catch {
    // Cut to fit, or written by a later version: no policy, so no command.
    return null
  }
}

function isStanding({ kind, inForce }: Alert): boolean {
  return (kind === 'role-created' || kind === 'trust-changed') && (inForce === 'in-force' || inForce === 'unknown')
}

function never(value: never): never {
  throw new Error(`Unknown case: ${String(value)}`)
}
