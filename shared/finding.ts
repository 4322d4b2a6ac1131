/** One rule's judgement on one policy. */

import { hash } from 'node:crypto'
import type { Severity } from './severity.ts'

/** JSON shape of the package API, `trustdrift check` and the topic. */
export interface Finding {
  /** Stable over time: no event id in it. See `findingId`. */
  readonly id: string
  /** The rule's id, kebab-case; never renamed once shipped. */
  readonly rule: string
  readonly severity: Severity
  readonly title: string
  /** Who, through which statement, under which condition. */
  readonly says: string
  /** Why it matters. */
  readonly why: string
  /** Index of the statement, from 0. */
  readonly statement: number | null
  readonly principal: string | null
  /** A corrected policy (JSON text), where one follows mechanically. */
  readonly fix: { readonly summary: string; readonly policy: string } | null
  readonly reference: string
}

/** What makes two findings the same finding: account, role, rule, principal and the condition's fingerprint, unambiguous. Of any, the id. */
export function findingId(of: {
  readonly account: string
  readonly role: string
  readonly rule: string
  readonly principal: string | null
  readonly fingerprint: string
}): string {
  return digest('finding', of.account, of.role, of.rule, of.principal ?? '', of.fingerprint)
}

/** 32 hexadecimal digits of a SHA-256 over the parts, unambiguous whatever they contain. */
export function digest(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts)).slice(0, 32)
}
