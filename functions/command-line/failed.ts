/** What went wrong, told with everything that led to it, and the exit code that says whose fault it was. */

import { InputError } from '../../shared/local/input-error.ts'
import { EXIT } from './exit.ts'
import type { Output } from './streams.ts'

/** @returns the exit code */
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
