/** How bad something is. What makes it so is decided by who gets access (policy/severity-table.ts), never here. */

/** From harmless to worst. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const

export type Severity = (typeof SEVERITIES)[number]

/** True when `severity` is `floor` or worse. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor)
}

/** The worst of the given severities; `info` when there are none. */
export function mostSevere(severities: Iterable<Severity>): Severity {
  let worst: Severity = 'info'
  for (const severity of severities) if (isAtLeast(severity, worst)) worst = severity
  return worst
}

/** Sorts the worst first; equal ones keep their order. */
export function byWorstFirst(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity)
}
