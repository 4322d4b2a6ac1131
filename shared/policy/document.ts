/** JSON text → a tree that knows where everything stands. Strict JSON, duplicate keys kept, never throws. Knows nothing of policies. */

import { type Node, type ParseError, parseTree } from 'jsonc-parser'

/** A value in the document. */
export interface Element {
  readonly type: Node['type']
  /** What it is, when it is text, a number, true, false or null. */
  readonly value: unknown
  /** Where it begins; 0 while positions are not needed. */
  readonly offset: number
  /** What an object or array holds, without positions. */
  readonly plain: object | null
  /** The same with positions. */
  readonly node: Node | null
}

/** No policy needs more; the parser recurses, so deeper texts must not reach it. */
const DEEPEST = 64

export type Document =
  | { readonly kind: 'tree'; readonly root: Element }
  | { readonly kind: 'not-json'; readonly offset: number; readonly tooDeep: boolean }

/**
 * The document without positions, several times faster. Null when that is not enough: it is no JSON, nests too deeply, or a key stands
 * twice. A text has one colon outside its strings for each member; JSON.parse keeps one member of each name.
 */
export function readPlain(text: string): Element | null {
  try {
    const value: unknown = JSON.parse(text)
    const members = countMembers(value, DEEPEST)
    if (members === null) return null
    return isCompact(text, value) || survey(text).colons === members ? plainElement(value) : null
  } catch {
    return null
  }
}

/** As most programs write it: then nothing of it was left out. */
function isCompact(text: string, value: unknown): boolean {
  return text.startsWith('{"') && JSON.stringify(value) === text
}

/** The document with positions. */
export function readPlaced(text: string): Document {
  const { deep } = survey(text)
  if (deep !== null) return { kind: 'not-json', offset: deep, tooDeep: true }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const fault = errors[0]
  if (root === undefined || fault !== undefined || !isJson(text))
    return { kind: 'not-json', offset: fault?.offset ?? 0, tooDeep: false }
  return { kind: 'tree', root: placedElement(root) }
}

function plainElement(value: unknown): Element {
  if (typeof value === 'string') return { type: 'string', value, offset: 0, plain: null, node: null }
  if (typeof value === 'object' && value !== null)
    return { type: Array.isArray(value) ? 'array' : 'object', value: undefined, offset: 0, plain: value, node: null }
  const type = typeof value
  return { type: type === 'number' || type === 'boolean' ? type : 'null', value, offset: 0, plain: null, node: null }
}

function placedElement(node: Node): Element {
  const { type, offset } = node
  return { type, offset, value: node.value, plain: null, node: node.children === undefined ? null : node }
}

/** Null: it nests deeper than that. */
function countMembers(value: unknown, deepest: number): number | null {
  if (typeof value !== 'object' || value === null) return 0
  if (deepest === 0) return null
  const isList = Array.isArray(value)
  const inner: readonly unknown[] = isList ? value : Object.values(value)
  let count = isList ? 0 : inner.length
  for (const item of inner) {
    if (typeof item !== 'object') continue
    const further = countMembers(item, deepest - 1)
    if (further === null) return null
    count += further
  }
  return count
}

// The tolerant parser knows positions; what JSON is, the engine's own parser decides.
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Where JSON text nests deeper than a recursing parser may be given; null where it does not. */
export function tooDeepAt(text: string): number | null {
  return survey(text).deep
}

/** Where the text first nests deeper than allowed, and how many members it has; what stands inside strings does not count. */
function survey(text: string): { readonly deep: number | null; readonly colons: number } {
  let depth = 0
  let colons = 0
  const escapes = text.includes('\\')
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) i = escapes ? endOfString(text, i) : endOfPlain(text, i)
    else if (code === 58) colons++
    else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return { deep: i, colons }
    } else if (code === 125 || code === 93) depth--
  }
  return { deep: null, colons }
}

/** The closing quote, or the end of the text where there is none. */
function endOfString(text: string, opening: number): number {
  let i = opening + 1
  for (; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++
  return i
}

function endOfPlain(text: string, opening: number): number {
  const closing = text.indexOf('"', opening + 1)
  return closing < 0 ? text.length : closing
}

export interface Member {
  readonly key: string
  readonly keyNode: Element
  readonly value: Element
}

/** The members of an object, duplicates included; empty for anything else. */
export function membersOf(element: Element): readonly Member[] {
  const { plain: inside, node, type } = element
  const members: Member[] = []
  if (type !== 'object') return members
  if (inside !== null)
    for (const [key, value] of Object.entries(inside))
      members.push({ key, keyNode: element, value: plainElement(value) })
  for (const property of node?.children ?? []) {
    const [key, value] = property.children ?? []
    if (key !== undefined && value !== undefined)
      members.push({ key: String(key.value), keyNode: placedElement(key), value: placedElement(value) })
  }
  return members
}

/** The items of an array; a single value stands for a list of one. */
export function itemsOf(element: Element): readonly Element[] {
  const { plain: inside, node, type } = element
  if (type !== 'array') return [element]
  if (node !== null) return (node.children ?? []).map(placedElement)
  const items: readonly unknown[] = Array.isArray(inside) ? inside : []
  return items.map(plainElement)
}

/** One step of a JSON pointer, escaped (RFC 6901). */
export function step(pointer: string, part: string | number): string {
  const text = String(part)
  const plain = !text.includes('/') && !text.includes('~')
  return `${pointer}/${plain ? text : text.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Line and column, from 1. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let start = 0
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
    line++
    start = i + 1
  }
  return { line, column: offset - start + 1 }
}

/** The value that counts: the last of that name, as in every JSON reader. */
export function find(members: readonly Member[], key: string): Member | undefined {
  for (let i = members.length - 1; i >= 0; i--) if (members[i]?.key === key) return members[i]
  return undefined
}

/** Written alike, but for white space: what JSON.parse yields, key by key in its order. */
export function isWrittenAlike(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  if (Array.isArray(one) || Array.isArray(other))
    return Array.isArray(one) && Array.isArray(other) && isSameList(one, other)
  return isSameList(Object.keys(one), Object.keys(other)) && isSameList(Object.values(one), Object.values(other))
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, i) => isWrittenAlike(item, other[i]))
}

/** What an object holds under a key; undefined for anything else. */
export function childOf(element: Element, key: string): Element | undefined {
  const { plain: inside } = element
  if (inside === null) return find(membersOf(element), key)?.value
  return Array.isArray(inside) || !Object.hasOwn(inside, key) ? undefined : plainElement(Reflect.get(inside, key))
}

/** A node as text, independent of white space. */
export function plain(node: Element): string {
  if (node.type === 'object')
    return `{${membersOf(node)
      .map(({ key, value }) => `${JSON.stringify(key)}:${plain(value)}`)
      .join()}}`
  return node.type === 'array' ? `[${itemsOf(node).map(plain).join()}]` : JSON.stringify(node.value)
}
