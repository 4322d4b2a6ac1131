/** JSON text → a tree that knows where everything stands. Strict JSON, duplicate keys kept, never throws. Knows nothing of policies. */

import { type Node, type ParseError, parseTree } from 'jsonc-parser'

export type Element = Node

/** No policy needs more; the parser recurses, so deeper texts must not reach it. */
const DEEPEST = 64

export type Document =
  | { readonly kind: 'tree'; readonly root: Element }
  | { readonly kind: 'not-json'; readonly offset: number; readonly tooDeep: boolean }

export function readDocument(text: string): Document {
  const deep = tooDeepAt(text)
  if (deep !== null) return { kind: 'not-json', offset: deep, tooDeep: true }
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true })
  const fault = errors[0]
  if (root === undefined || fault !== undefined || !isJson(text))
    return { kind: 'not-json', offset: fault?.offset ?? 0, tooDeep: false }
  return { kind: 'tree', root }
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

/** Where the text first nests deeper than allowed; brackets inside strings do not count. */
function tooDeepAt(text: string): number | null {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (quoted) {
      if (code === 92) i++
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 123 || code === 91) {
      if (++depth > DEEPEST) return i
    } else if (code === 125 || code === 93) depth--
  }
  return null
}

export interface Member {
  readonly key: string
  readonly keyNode: Element
  readonly value: Element
}

/** The members of an object, duplicates included; empty for anything else. */
export function membersOf(node: Element): readonly Member[] {
  if (node.type !== 'object') return []
  const members: Member[] = []
  for (const property of node.children ?? []) {
    const [keyNode, value] = property.children ?? []
    if (keyNode !== undefined && value !== undefined) members.push({ key: String(keyNode.value), keyNode, value })
  }
  return members
}

/** The items of an array; a single value stands for a list of one. */
export function itemsOf(node: Element): readonly Element[] {
  return node.type === 'array' ? (node.children ?? []) : [node]
}

/** One step of a JSON pointer, escaped (RFC 6901). */
export function step(pointer: string, part: string | number): string {
  return `${pointer}/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`
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
  return members.findLast((member) => member.key === key)
}

/** A node as text, independent of white space. */
export function plain(node: Element): string {
  if (node.type === 'object')
    return `{${membersOf(node)
      .map(({ key, value }) => `${JSON.stringify(key)}:${plain(value)}`)
      .join()}}`
  return node.type === 'array' ? `[${itemsOf(node).map(plain).join()}]` : JSON.stringify(node.value)
}
