/** The command's exit codes, as scripts rely on them. */

import { InputError } from '../../shared/local/input-error.ts'
import { isAtLeast, type Severity } from '../../shared/severity.ts'
import type { Output } from './streams.ts'

export const EXIT = { nothing: 0, reported: 1, usage: 2, failed: 3, interrupted: 130, closed: 141 } as const

/** From what severity on there is something to report. */
export type FailOn = Severity | 'never'

/** @param severities of everything that was found */
export function exitCodeFor(severities: readonly Severity[], failOn: FailOn): number {
  if (failOn === 'never') return EXIT.nothing
  return severities.some((severity) => isAtLeast(severity, failOn)) ? EXIT.reported : EXIT.nothing
}

/** Tells what went wrong. @returns the exit code */
export function failed(error: unknown, { note }: Pick<Output, 'note'>): number {
  note(...explained(error))
  return error instanceof InputError ? EXIT.usage : EXIT.failed
}

/** The message and everything that led to it, in lines. */
function explained(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)]
  const [first = '', ...more] = error.message.split('\n')
  const because = error.cause === undefined ? [] : explained(error.cause).map((line) => `  ${line}`)
  return [first, ...more, ...because]
}
