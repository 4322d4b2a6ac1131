/** The command that puts the earlier trust policy back, and when it must not be offered. Pure. */

import type { InForce } from './alert.ts'
import type { DetailedComparison } from './policy/comparison.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Reader } from './reading.ts'
import { isAtLeast } from './severity.ts'

export interface RestoreFacts {
  readonly roleName: string
  /** The document in force before; null: the role did not exist. */
  readonly before: string | null
  readonly comparison: DetailedComparison
  readonly inForce: InForce
  readonly read: Reader
}

/**
 * Offered while what was done may still be in force and somebody at medium or above got in; never where the earlier
 * document would itself admit anyone at high or above, could not be understood, or names a deleted principal (IAM refuses that).
 */
export function restoreOf(facts: RestoreFacts): { readonly command: string } | null {
  const { before, comparison, inForce } = facts
  if (before === null || (inForce !== 'in-force' && inForce !== 'unknown')) return null
  if (!comparison.gained.some((gain) => isAtLeast(gain.severity, 'medium'))) return null
  return isSafe(before, facts.read) ? { command: restoreCommand(facts.roleName, before) } : null
}

function isSafe(document: string, read: Reader): boolean {
  const { policy, faults, admitted } = read(document)
  if (faults.length > 0 || namesDeletedPrincipal(policy)) return false
  return !admitted().certain.some((admission) => isAtLeast(admission.severity, 'high'))
}

function namesDeletedPrincipal(policy: TrustPolicy): boolean {
  return policy.statements.some(({ principal }) => principal.values.some((value) => value.form.kind === 'unique-id'))
}

/** A command for any POSIX shell. @param document JSON text */
export function restoreCommand(roleName: string, document: string): string {
  const policy = JSON.stringify(JSON.parse(document))
  return `aws iam update-assume-role-policy --role-name ${quoted(roleName)} --policy-document ${quoted(policy)}`
}

/** POSIX single quotes: nothing inside them is special, and a quote itself is spelt '\''. */
function quoted(text: string): string {
  return /^[\w+=,.@-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`
}
