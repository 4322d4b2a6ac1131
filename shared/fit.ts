/** Makes an alert fit: SNS takes 256 KiB, attributes included; e-mail and Slack far less. Pure. */

import type { Alert } from './alert.ts'
import { alertText } from './alert-text.ts'
import type { Finding } from './finding.ts'
import { byWorstFirst } from './severity.ts'

/** UTF-8 bytes of the alert's text. */
export const MOST_BYTES = 200 * 1024

const MOST_CHANGES = 100
const MOST_CHARACTERS = 1000

/** Each step loses something that the ones before it could keep. */
const STEPS: readonly ((alert: Alert) => Alert)[] = [
  onlyWorstFix,
  oneFindingPerRule,
  (alert) => ({ ...alert, restore: null }),
  worstChangesOnly,
  (alert) => ({ ...alert, findings: alert.findings.map((finding) => ({ ...finding, fix: null })) }),
  (alert) => clippedTexts(alert, MOST_CHARACTERS),
  (alert) => ({ ...alert, findings: [], actor: null, comparison: null }),
]

/** The alert itself where it fits, else the fullest version of it that does, with `truncated: true`. */
export function fitted(alert: Alert): Alert {
  let fitting = alert
  for (const step of STEPS) {
    if (fits(fitting)) return fitting
    fitting = { ...step(fitting), truncated: true }
  }
  return fitting
}

function fits(alert: Alert): boolean {
  return Buffer.byteLength(alertText(alert)) <= MOST_BYTES
}

function onlyWorstFix(alert: Alert): Alert {
  const worst = [...alert.findings].sort(byWorstFirst)[0]
  return {
    ...alert,
    findings: alert.findings.map((finding) => (finding === worst ? finding : { ...finding, fix: null })),
  }
}

function oneFindingPerRule(alert: Alert): Alert {
  const worstFirst = [...alert.findings].sort(byWorstFirst)
  const rules = [...new Set(worstFirst.map((finding) => finding.rule))]
  return {
    ...alert,
    findings: rules.flatMap((rule) => together(worstFirst.filter((finding) => finding.rule === rule))),
  }
}

function together(findings: readonly Finding[]): readonly Finding[] {
  const [worst, ...others] = findings
  if (!worst || others.length === 0) return findings
  return [{ ...worst, principal: null, says: `${findings.length} findings of this rule; the worst: ${worst.says}` }]
}

function worstChangesOnly(alert: Alert): Alert {
  if (alert.comparison === null) return alert
  const { gained, lost, undecided } = alert.comparison
  const most = <T>(list: readonly T[]) => list.slice(0, MOST_CHANGES)
  return {
    ...alert,
    comparison: { ...alert.comparison, gained: most(gained), lost: most(lost), undecided: most(undecided) },
  }
}

/** Cuts every text in the alert. */
function clippedTexts(alert: Alert, length: number): Alert {
  return JSON.parse(JSON.stringify(alert), (_, value: unknown) =>
    typeof value === 'string' && value.length > length ? `${value.slice(0, length - 1)}…` : value,
  )
}
