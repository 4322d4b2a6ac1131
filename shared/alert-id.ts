/** What makes two alerts the same alert. Channels skip an id they have delivered. */

import { digest } from './finding.ts'

/** @param against the event id of the version compared with; '' where there was none */
export function alertId(
  role: { readonly account: string; readonly name: string },
  event: string,
  against: string,
): string {
  return digest('alert', role.account, role.name, event, against)
}

/** A test belongs to no role and no event; whoever asked for it can tell its alert's id beforehand. */
export function testAlertId(account: string | null, id: string): string {
  return digest('alert', account ?? '', 'test', id)
}
