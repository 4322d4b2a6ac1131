/** What could not be read, or not be judged → Alert. Pure. */

import type { Alert } from './alert.ts'
import { alertId } from './alert-id.ts'
import type { Role } from './identity.ts'
import type { Origin, Unreadable } from './signal.ts'

/** An event that should have been understood and was not: someone has to look. Always high. */
export function judgeUnreadable(signal: Unreadable, readAt: string): Alert {
  const { account, role, eventId, eventName, region } = signal
  return {
    ...nothingJudged,
    id: alertId(role ?? { account: account ?? '', name: '' }, eventId ?? signal.hash, ''),
    kind: 'unreadable',
    severity: 'high',
    headline: `${eventName ?? 'An event'}${role ? ` on role ${role.name}` : ''} could not be read: ${signal.why}`,
    at: signal.at ?? readAt,
    account,
    role: role && { name: role.name, arn: role.arn },
    actor: signal.actor,
    findings: [],
    evidence: { eventId, eventName, region, source: 'cloudtrail' },
  }
}

export type Judgement =
  | { readonly kind: 'judged'; readonly alert: Alert | null }
  /** Judging failed: the alert says so. */
  | { readonly kind: 'not-judged'; readonly alert: Alert }

/**
 * What judging throws is told as an alert: the same event would throw again at every delivery, and hold up all behind it.
 * Only for judging: what the world's ports throw must reach the queue, which delivers again.
 */
export function judgedOrUnreadable(
  of: { readonly origin: Origin; readonly role: Role | null },
  judge: () => Alert | null,
): Judgement {
  try {
    return { kind: 'judged', alert: judge() }
  } catch (error) {
    return { kind: 'not-judged', alert: couldNotBeJudged(of.origin, of.role, error) }
  }
}

/** The error's message may quote the event; its name does not. */
function couldNotBeJudged(origin: Origin, role: Role | null, error: unknown): Alert {
  const { account, at, actor, eventId, eventName, region, source } = origin
  const name = error instanceof Error && /^\w{1,40}$/.test(error.name) ? ` (${error.name})` : ''
  return {
    ...nothingJudged,
    id: alertId(role ?? { account, name: '' }, eventId ?? at, 'not judged'),
    kind: 'unreadable',
    severity: 'high',
    headline: `${eventName ?? 'A change'}${role ? ` on role ${role.name}` : ''} could not be judged: a fault in Trustdrift${name}`,
    at,
    account,
    role: role && { name: role.name, arn: role.arn },
    actor,
    findings: [],
    evidence: { eventId, eventName, region, source },
  }
}

/** An alert about something that no policy was judged for. */
export const nothingJudged = {
  version: 1,
  truncated: false,
  service: null,
  comparison: null,
  oldFindings: 0,
  inForce: 'unknown',
  usedBy: [],
  cause: null,
  restore: null,
} as const satisfies Partial<Alert>
