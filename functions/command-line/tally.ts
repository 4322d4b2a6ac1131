/** Counts what was told and what was not. Pure. */

import type { Alert } from '../../shared/alert.ts'
import { count } from '../../shared/render/words.ts'
import { SEVERITIES, type Severity } from '../../shared/severity.ts'

export interface Tally {
  readonly signals: number
  readonly shown: number
  /** Test alerts, which are shown whatever their severity. */
  readonly tests: number
  /** Below what is notified, by severity. */
  readonly quiet: Readonly<Partial<Record<Severity, number>>>
}

export const emptyTally: Tally = { signals: 0, shown: 0, tests: 0, quiet: {} }

/** One signal more, with what was published for it. */
export function tallied(tally: Tally, alerts: readonly Alert[], isShown: (alert: Alert) => boolean): Tally {
  const real = alerts.filter(({ kind }) => kind !== 'test')
  const tests = tally.tests + alerts.length - real.length
  let quiet = tally.quiet
  for (const alert of real) {
    if (!isShown(alert)) quiet = { ...quiet, [alert.severity]: (quiet[alert.severity] ?? 0) + 1 }
  }
  return { signals: tally.signals + 1, shown: tally.shown + real.filter(isShown).length, tests, quiet }
}

export function tallyWords({ signals, shown, tests, quiet }: Tally, notifyAt: Severity): string {
  const below = SEVERITIES.flatMap((severity) => (quiet[severity] ? [`${quiet[severity]} ${severity}`] : [])).reverse()
  const test = tests === 0 ? '' : `, ${count(tests, 'test')}`
  const rest = below.length === 0 ? '' : `, and below ${notifyAt}: ${below.join(', ')}`
  return `${count(signals, 'event')}: ${count(shown, 'alert')} at or above ${notifyAt}${test}${rest}.`
}
