/** HTML that is also XML, built of elements: the one place that escapes for it. Knows nothing of alerts. */

/** Markup of ours. A string is text, and is escaped; nothing else becomes markup. */
export interface Markup {
  readonly markup: string
}

type Attributes = Readonly<Record<string, string | null>>

const VOID = new Set(['meta', 'input'])

/** @param attributes those that are null are left out */
export function element(tag: string, attributes: Attributes, ...children: readonly (Markup | string)[]): Markup {
  const written = Object.entries(attributes).map(([name, value]) =>
    value === null ? '' : ` ${name}="${escaped(value)}"`,
  )
  const open = `<${tag}${written.join('')}`
  if (VOID.has(tag)) return { markup: `${open} />` }
  return { markup: `${open}>${together(children).markup}</${tag}>` }
}

export function together(parts: readonly (Markup | string)[]): Markup {
  return { markup: parts.map((part) => (typeof part === 'string' ? escaped(part) : part.markup)).join('') }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
