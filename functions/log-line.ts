/** The one structured line a signal leaves in the log: names and ids, never a policy, a token or a variable. Pure. */

import type { Alert } from '../shared/alert.ts'
import type { Signal } from '../shared/signal.ts'

export function logLine(signal: Signal, alerts: readonly Alert[]) {
  return {
    signal: signal.kind,
    ...aboutOf(signal),
    alerts: alerts.map(({ id, kind, severity, truncated }) => ({ id, kind, severity, truncated })),
  }
}

/** Whole seconds from the moment a thing happened until now; never below 0, since clocks disagree. */
export function secondsSince(at: string, now: number): number {
  return Math.max(0, Math.round((now - Date.parse(at)) / 1000))
}

function aboutOf(signal: Signal): Readonly<Record<string, string | null>> {
  switch (signal.kind) {
    case 'heartbeat':
      return {}
    case 'irrelevant':
      return { why: signal.why }
    case 'unreadable':
      return { why: signal.why, account: signal.account, role: signal.role?.name ?? null, eventId: signal.eventId }
    case 'trust-update-refused':
    case 'trust-written':
    case 'role-deleted':
      return {
        account: signal.origin.account,
        role: signal.role?.name ?? null,
        eventId: signal.origin.eventId,
        eventName: signal.origin.eventName,
      }
    default:
      return signal satisfies never
  }
}
