/** The command's exit codes, as scripts rely on them. */

import { isAtLeast, type Severity } from '../../shared/severity.ts'

export const EXIT = { nothing: 0, reported: 1, usage: 2, failed: 3, interrupted: 130, closed: 141 } as const

/** From what severity on there is something to report. */
export type FailOn = Severity | 'never'

/** @param severities of everything that was found */
export function exitCodeFor(severities: readonly Severity[], failOn: FailOn): number {
  if (failOn === 'never') return EXIT.nothing
  return severities.some((severity) => isAtLeast(severity, failOn)) ? EXIT.reported : EXIT.nothing
}
