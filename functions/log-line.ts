/** The one structured line a signal leaves in the log: names and ids, never a policy, a token or a variable. Pure. */

import type { Alert } from '../shared/alert.ts'
import { PortError } from '../shared/aws/failure.ts'
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
    case 'test':
      return { account: signal.account, test: signal.id }
    case 'irrelevant':
      return { why: signal.why }
    case 'unreadable':
      return { why: signal.why, account: signal.account, role: signal.role?.name ?? null, eventId: signal.eventId }
    case 'service-operation':
    case 'service-status':
    case 'service-call-failed':
      return {
        account: signal.service.account,
        region: signal.service.region,
        service: signal.service.name,
        eventId: signal.origin.evidence.eventId,
        eventName: signal.origin.evidence.eventName,
      }
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

/**
 * What a failure leaves in the log. Only the messages of ports are quoted: they are our own words, where an error of the
 * runtime may quote what it choked on, somebody's policy included.
 */
export function failureLines(error: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (error instanceof AggregateError) return error.errors.flatMap(failureLines)
  if (!(error instanceof Error)) return [{ error: typeof error }]
  const at = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return [{ error: error.name, ...(error instanceof PortError && { message: error.message }), at: at.slice(0, 8) }]
}
