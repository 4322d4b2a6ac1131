/** The one sentence an alert opens with. Pure; what it quotes is escaped by the sink that shows it. */

import type { AlertKind } from './alert.ts'
import type { Finding } from './finding.ts'
import type { Comparison } from './policy/comparison.ts'
import { byWorstFirst } from './severity.ts'

/** Longer names and lists are cut: a subject line and a phone's first line must hold it. */
const MOST_CHARACTERS = 240

/** Who, in a headline: short enough that the role behind it is never cut off. */
const MOST_OF_WHO = 110

export interface HeadlineParts {
  readonly kind: AlertKind
  readonly role: string
  readonly comparison: Comparison | null
  readonly findings: readonly Finding[]
}

export function headlineOf(parts: HeadlineParts): string {
  return clipped(sentence(parts), MOST_CHARACTERS)
}

function sentence({ kind, role, comparison, findings }: HeadlineParts): string {
  if (kind === 'unreadable') return `The new trust policy of role ${role} could not be read`
  if (kind === 'role-deleted') return `Role ${role} was deleted`
  if (kind === 'role-created') return `Role ${role} was created${who(comparison, '; ', ' can assume it')}`
  if (comparison === null) return `The trust policy of role ${role} was written; no earlier version is known`
  return changed(role, comparison) ?? found(role, findings)
}

function changed(role: string, comparison: Comparison): string | null {
  const { gained, lost, undecided } = comparison
  if (gained.length > 0 && lost.length > 0) {
    return `${capital(some(gained))} can now assume role ${role}; ${some(lost)} no longer can`
  }
  if (gained.length > 0) return `${capital(some(gained))} can now assume role ${role}`
  if (lost.length > 0) return `${capital(some(lost))} can no longer assume role ${role}`
  return undecided.length > 0 ? `Who can assume role ${role} changed, and how could not be decided` : null
}

function found(role: string, findings: readonly Finding[]): string {
  const worst = [...findings].sort(byWorstFirst)[0]
  return worst ? `Role ${role}: ${worst.title}` : `The trust policy of role ${role} was written`
}

function who(comparison: Comparison | null, before: string, after: string): string {
  return comparison && comparison.gained.length > 0 ? `${before}${some(comparison.gained)}${after}` : ''
}

/** The worst of them, and how many more. */
function some(changes: Comparison['gained']): string {
  const [worst, ...others] = [...changes].sort(byWorstFirst)
  if (!worst) return 'nobody'
  return others.length === 0 ? brief(worst.says) : `${brief(worst.says)} and ${others.length} more`
}

/** Without what stood in the way before or stands there now: the alert says that below its headline. */
function brief(says: string): string {
  const short = says.replace(/ \((before|now): .*\)/s, '')
  return clipped(short, MOST_OF_WHO)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}
