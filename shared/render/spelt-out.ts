/** Spells out what no eye sees. Whoever chose the text, and where it will be shown, are not known here. */

/**
 * Control characters (C0, DEL, C1), format characters (bidi overrides, zero-width, tags), line and paragraph separators,
 * lone surrogates, what Unicode keeps for no character, and whatever else a font shows as nothing (fillers, variation selectors):
 * what a sink acts on, refuses, or what hides, breaks or reorders the text around it.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** The same text on one line, with everything unseen spelt: `\n`, `\u001b`, `\u202e`, `\u{e0041}`. */
export function speltOut(text: string): string {
  return text.replace(UNSEEN, (character) => SHORT[character] ?? spelt(character.codePointAt(0) ?? 0))
}

/** True when showing the text changes nothing of it. */
export function isShownAsIs(text: string): boolean {
  return speltOut(text) === text
}

function spelt(codePoint: number): string {
  const digits = codePoint.toString(16).padStart(4, '0')
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`
}
