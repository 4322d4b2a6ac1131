/** Makes any text safe to show on a terminal. Whoever chose the text, what it means, and colours are not known here. */

/**
 * Control characters (C0, DEL, C1), format characters (bidi overrides, zero-width, tags), line and paragraph separators,
 * lone surrogates: what a terminal acts on, or what hides or reorders the text around it.
 */
const ACTED_ON = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The same text with everything a terminal would act on spelt out: `\n`, `\u001b`, `\u202e`, `\u{e0041}`. */
export function escapeForTerminal(text: string): string {
  return text.replace(ACTED_ON, (character) => SHORT[character] ?? spelt(character.codePointAt(0) ?? 0))
}

/** True when showing the text changes nothing of it. */
export function isShownAsIs(text: string): boolean {
  return escapeForTerminal(text) === text
}

function spelt(codePoint: number): string {
  const digits = codePoint.toString(16).padStart(4, '0')
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`
}
