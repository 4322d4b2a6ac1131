/** Collects what is wrong with a document, with its place. */

import { type Element, type Member, plain, step } from './document.ts'
import type { FaultCode } from './fault-table.ts'
import type { NotUnderstood } from './policy.ts'

/** What is wrong, where, and what the document says there. */
export interface Fault {
  readonly code: FaultCode
  readonly path: string
  readonly offset: number
  readonly what: string
}

export interface Report {
  readonly faults: Fault[]
}

/** Where in the document a statement is being read. */
export interface Place {
  readonly index: number
  readonly path: string
  /** Are policy variables replaced? */
  readonly variables: boolean
  readonly to: Report
}

/** With the list of what could not be given a meaning. */
export interface Remarks extends Place {
  readonly notUnderstood: NotUnderstood[]
}

/** The same remarks, further down in the document. */
export function under({ index, variables, to, notUnderstood }: Remarks, path: string): Remarks {
  return { index, path, variables, to, notUnderstood }
}

export type { FaultCode }

export function report(
  to: Report,
  code: FaultCode,
  at: { readonly path: string; readonly offset: number; readonly what?: string },
): void {
  to.faults.push({ code, path: at.path, offset: at.offset, what: at.what ?? '' })
}

/** Where a node stands. */
export function at(
  node: Element,
  path: string,
  what?: string,
): { readonly path: string; readonly offset: number; readonly what?: string } {
  return { path, offset: node.offset, ...(what === undefined ? {} : { what }) }
}

/** A value as the document shows it, cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length <= 120 ? text : `${text.slice(0, 120)}…`
}

/** Reports keys that stand twice. Which of them IAM would heed is not known. */
export function duplicates(members: readonly Member[], path: string, to: Report): readonly NotUnderstood[] {
  // Without positions no key stands twice: see readPlain.
  if (members.length < 2 || members[0]?.keyNode.plain !== null) return []
  const seen = new Set<string>()
  const twice: NotUnderstood[] = []
  for (const { key, keyNode, value } of members) {
    if (seen.has(key)) {
      const where = step(path, key)
      report(to, 'duplicate-key', at(keyNode, where, shown(key)))
      twice.push({ says: `${shown(key)} stands here twice`, path: where, canonical: `twice ${plain(value)}` })
    }
    seen.add(key)
  }
  return twice
}
