/** Why a text is no JSON, where that is a mistake people make. Knows nothing of policies. */

/** Continues "This is not JSON"; '' where there is nothing to say. @param offset where reading it stopped */
export function jsonHint(text: string, offset: number): string {
  if (text.trim() === '') return ': there is nothing in it'
  if (text.startsWith('\ufeff')) return ': it begins with a byte order mark, which some editors add'
  const before = text.slice(0, offset).trimEnd()
  const after = text.slice(offset).trimStart()
  if (/^(?:\/\/|\/\*|#)/.test(after)) return ': it has a comment, and JSON has none'
  if (after.startsWith("'")) return ': text stands in double quotes'
  if (before.endsWith(',') && /^[}\]]/.test(after)) return ': there is a comma before the closing bracket'
  return after === '' ? ': it ends before its last bracket or quote is closed' : ''
}
