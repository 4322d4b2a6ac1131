/** What one check found, why that matters and what to do about it. Knows no AWS and no terminal. */

import type { NotKnown } from './answer.ts'

/** `warned` works and deserves a look; `failed` does not work, or it could not be learnt whether it does. */
export type CheckStatus = 'ok' | 'failed' | 'warned' | 'skipped'

/** What to do: a sentence, and commands for a POSIX shell where there are any. */
export interface Remedy {
  readonly says: string
  readonly commands: readonly string[]
}

export interface Check extends Subject {
  readonly status: CheckStatus
  /** False where it could not be learnt: AWS refused or did not answer. Such a check is never `ok`. */
  readonly known: boolean
  readonly found: string
  readonly remedy: Remedy | null
}

/** What is checked, before it is. */
export interface Subject {
  /** Stable: `stack`, or what is checked and of which resource, `queue:SweepQueue`. */
  readonly id: string
  readonly title: string
  /** Why it matters. */
  readonly why: string
}

/** The document of `doctor --format json`. */
export interface Report {
  readonly version: 1
  readonly stack: string
  readonly account: string
  readonly region: string
  /** Nothing failed; what is warned of does not count. */
  readonly healthy: boolean
  readonly checks: readonly Check[]
}

export function ok(subject: Subject, found: string): Check {
  return { ...subject, status: 'ok', known: true, found, remedy: null }
}

export function failed(subject: Subject, found: string, remedy: Remedy): Check {
  return { ...subject, status: 'failed', known: true, found, remedy }
}

export function warned(subject: Subject, found: string, remedy: Remedy): Check {
  return { ...subject, status: 'warned', known: true, found, remedy }
}

/** @param remedy how to turn on what is not configured; null where there is nothing to do */
export function skipped(subject: Subject, found: string, remedy: Remedy | null = null): Check {
  return { ...subject, status: 'skipped', known: true, found, remedy }
}

/** Nobody may take silence for health: what could not be asked counts as failed. */
export function notKnown(subject: Subject, { why }: NotKnown): Check {
  const remedy = toDo(
    'Run doctor again with credentials that may ask; docs/first-ten-minutes.md lists the permissions under "What doctor may ask".',
  )
  return { ...subject, status: 'failed', known: false, found: `could not be learnt: ${why}`, remedy }
}

export function toDo(says: string, ...commands: readonly string[]): Remedy {
  return { says, commands }
}

export function isHealthy(checks: readonly Check[]): boolean {
  return checks.every(({ status }) => status !== 'failed')
}
