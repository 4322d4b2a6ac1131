/** Alerts and the queue's messages that carry them, as small as they come. */

import type { Alert } from '../../shared/alert.ts'
import { alertText } from '../../shared/alert-text.ts'
import type { Queued } from '../../shared/channel/channel.ts'

export function alertOf(parts: Partial<Alert> = {}): Alert {
  return {
    version: 1,
    id: 'alert-1',
    truncated: false,
    kind: 'trust-changed',
    severity: 'high',
    headline: 'Any principal of account 999988887777 can now assume role deploy',
    at: '2026-11-21T12:00:00Z',
    account: '111122223333',
    role: { name: 'deploy', arn: 'arn:aws:iam::111122223333:role/deploy' },
    service: null,
    actor: null,
    comparison: {
      verdict: 'widened',
      gained: [
        {
          says: 'any principal of account 999988887777',
          severity: 'high',
          witness: {
            principal: { type: 'AWS', id: 'arn:aws:iam::999988887777:user/anyone' },
            action: 'sts:AssumeRole',
            context: { 'sts:ExternalId': 'x', 'aws:TagKeys': ['a', 'b'] },
          },
        },
      ],
      lost: [],
      undecided: [],
    },
    findings: [],
    oldFindings: 0,
    inForce: 'in-force',
    usedBy: [],
    cause: null,
    restore: null,
    evidence: { eventId: 'e-1', eventName: 'UpdateAssumeRolePolicy', region: 'us-east-1', source: 'cloudtrail' },
    ...parts,
  }
}

/** The n-th of many: its own id, role and second. */
export function nth(n: number, parts: Partial<Alert> = {}): Alert {
  const name = `role-${String(n).padStart(4, '0')}`
  return alertOf({
    id: `alert-${n}`,
    role: { name, arn: null },
    headline: `Somebody can now assume role ${name}`,
    at: new Date(Date.parse('2026-11-21T12:00:00Z') + n * 1_000).toISOString(),
    ...parts,
  })
}

export function queued(alert: Alert, id = `message-of-${alert.id}`): Queued {
  return { id, body: alertText(alert), receipt: `receipt-of-${id}`, sentAt: '2026-11-21T12:00:05Z' }
}

export function queuedText(body: string, id = 'message-x'): Queued {
  return { id, body, receipt: `receipt-of-${id}`, sentAt: '2026-11-21T12:00:05Z' }
}
