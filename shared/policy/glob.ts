/** Patterns with `*` and `?`, matched in time pattern × text at worst: patterns are chosen by strangers. Knows nothing of keys. */

/** A pattern as a row of character codes; the negative ones are wildcards. */
export type Glob = readonly number[]

export const STAR = -1
export const ANY = -2
/** The wildcards of an ARN's first five fields: they stop at a colon. */
export const FIELD_STAR = -3
export const FIELD_ANY = -4
/** The wildcards of a name of a role or user: they stop at what no name holds, a slash above all. */
export const NAME_STAR = -5
export const NAME_ANY = -6
/** Those of an id as AWS makes them: small letters and digits. */
export const ID_STAR = -7
export const ID_ANY = -8
/** Those of an account: digits. */
export const DIGIT_STAR = -9
export const DIGIT_ANY = -10

/** What a policy variable stands for; null: the request does not carry it; undefined: it does, but does not say what. */
export type Lookup = (key: string) => string | null | undefined

/** Characters only: what StringEquals takes. */
export function literal(text: string): Glob {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
}

export function glob(pattern: string): Glob {
  return literal(pattern).map((code) => (code === 42 ? STAR : code === 63 ? ANY : code))
}

/** The characters of a pattern without wildcards. */
export function textOf(pattern: Glob): string {
  return pattern.map((code) => (code >= 0 ? String.fromCharCode(code) : '')).join('')
}

// No brace inside: a row of openings must not be read once for each of them.
const VARIABLE = /\$\{([^{}]*)\}/g

/** Replaces variables; what they stand for is literal, wildcards included. Null: a variable is unresolved. */
export function resolve(value: string, wild: boolean, lookup: Lookup): Glob | null {
  const out: number[] = []
  let from = 0
  // One by one: a spread of a long text would overflow the stack.
  const plain = (text: string) => {
    for (const code of wild ? glob(text) : literal(text)) out.push(code)
  }
  for (const match of value.matchAll(VARIABLE)) {
    plain(value.slice(from, match.index))
    const replaced = substitute(match[1] ?? '', lookup)
    if (replaced === null) return null
    for (const code of literal(replaced)) out.push(code)
    from = match.index + match[0].length
  }
  plain(value.slice(from))
  return out
}

function isEscape(inside: string): boolean {
  return inside === '*' || inside === '?' || inside === '$'
}

function substitute(inside: string, lookup: Lookup): string | null {
  if (isEscape(inside)) return inside
  const variable = parseVariable(inside)
  if (variable === null) return null
  const found = lookup(variable.key)
  return found === undefined ? null : (found ?? variable.otherwise)
}

interface Variable {
  readonly key: string
  /** Its default; null: it has none. */
  readonly otherwise: string | null
}

/** `aws:username, 'nobody'`. Null: no variable IAM knows. */
function parseVariable(inside: string): Variable | null {
  const parts = /^\s*([^,\s]+)\s*(?:,\s*'([^']*)'\s*)?$/.exec(inside)
  return parts === null ? null : { key: parts[1] ?? '', otherwise: parts[2] ?? null }
}

/** The variables of a value, escapes aside; null stands for one that cannot be read. */
export function variablesIn(value: string): readonly (Variable | null)[] {
  const found: (Variable | null)[] = []
  for (const [, inside = ''] of value.matchAll(VARIABLE)) if (!isEscape(inside)) found.push(parseVariable(inside))
  return value.replaceAll(VARIABLE, '').includes('${') ? [...found, null] : found
}

/** The keys that these values ask for as variables. */
export function keysOf(values: readonly string[]): readonly string[] {
  const found: string[] = []
  for (const value of values)
    if (value.includes('${')) for (const one of variablesIn(value)) if (one !== null) found.push(one.key)
  return found
}

/** Greedy with one way back, to the last star: never exponential. */
export function matches(pattern: Glob, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    const token = pattern[p]
    if (token === STAR) {
      star = p++
      mark = t
    } else if (token === ANY || token === text.charCodeAt(t)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (pattern[p] === STAR) p++
  return p === pattern.length
}

/** As `matches`, on a pattern as written, without variables. */
export function matchesPattern(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    const code = pattern.charCodeAt(p)
    if (code === 42) {
      star = p++
      mark = t
    } else if (code === 63 || code === text.charCodeAt(t)) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++mark
    } else return false
  }
  while (pattern.charCodeAt(p) === 42) p++
  return p === pattern.length
}

/** Splits a pattern at its first five colons, as an ARN is split. Null: fewer than six fields. */
export function globFields(pattern: Glob): readonly Glob[] | null {
  const fields: Glob[] = []
  let from = 0
  for (let i = 0; i < 5; i++) {
    const colon = pattern.indexOf(58, from)
    if (colon < 0) return null
    fields.push(pattern.slice(from, colon))
    from = colon + 1
  }
  fields.push(pattern.slice(from))
  return fields
}
