/** The alert that only proves the way: asked for by `trustdrift doctor`, passes any notifyAt, and means nothing. Pure. */

import type { Alert } from './alert.ts'
import { testAlertId } from './alert-id.ts'
import { nothingJudged } from './judge-unreadable.ts'
import type { Test } from './signal.ts'

/** @param readAt ISO 8601: when it was read, for a message that does not say when it was sent */
export function testAlert({ id, account, at }: Test, readAt: string): Alert {
  return {
    ...nothingJudged,
    id: testAlertId(account, id),
    kind: 'test',
    severity: 'info',
    headline: 'This is a test of Trustdrift: nothing happened',
    at: at ?? readAt,
    account,
    role: null,
    actor: null,
    findings: [],
    evidence: { eventId: null, eventName: null, region: null, source: 'test' },
  }
}
