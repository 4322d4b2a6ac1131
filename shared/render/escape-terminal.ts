/** Makes any text safe to show on a terminal. Whoever chose the text, what it means, and colours are not known here. */

import { speltOut } from './spelt-out.ts'

/** The same text with everything a terminal would act on spelt out: `\n`, `\u001b`, `\u202e`, `\u{e0041}`. */
export function escapeForTerminal(text: string): string {
  return speltOut(text)
}
