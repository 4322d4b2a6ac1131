/** The command that puts the earlier trust policy back, and when it must not be offered. Pure. */

import type { InForce } from './alert.ts'
import type { DetailedComparison } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Version } from './ports.ts'
import type { Reader, Reading } from './reading.ts'
import { rule as selfGrant } from './rules/self-grant.ts'
import { isAtLeast } from './severity.ts'
import { writeCommand } from './write-command.ts'

export interface RestoreFacts {
  readonly roleName: string
  /** The version in force before; without a document, the role did not exist. */
  readonly before: Pick<Version, 'document' | 'change' | 'actor'>
  readonly comparison: DetailedComparison
  readonly inForce: InForce
  readonly about: RoleContext
  readonly read: Reader
}

/**
 * Offered while what was done may still be in force and somebody at medium or above got in; never where the earlier
 * document would itself admit anyone at high or above or whoever wrote it, could not be understood, or names a deleted principal
 * (IAM refuses that).
 */
export function restoreOf(facts: RestoreFacts): { readonly command: string } | null {
  const { before, comparison, inForce } = facts
  if (before.document === null || (inForce !== 'in-force' && inForce !== 'unknown')) return null
  if (!comparison.gained.some((gain) => isAtLeast(gain.severity, 'medium'))) return null
  const reading = facts.read(before.document)
  if (!isSafeToRestore(before, reading, facts.about)) return null
  return { command: writeCommand(facts.roleName, before.document) }
}

/** False for an earlier document that would itself let in somebody who should not be. */
export function isSafeToRestore(before: RestoreFacts['before'], reading: Reading, about: RoleContext): boolean {
  return isSafe(reading) && !admitsItsWriter(before, reading, about)
}

function isSafe({ policy, faults, admitted }: Reading): boolean {
  if (faults.length > 0 || namesDeletedPrincipal(policy)) return false
  return !admitted().admissions.some((admission) => isAtLeast(admission.severity, 'high'))
}

/**
 * What was told of the earlier version must not be undone by this command: whoever changed the role to let themselves in would
 * be let in again. What that version was held against is not known here, so it counts as if nobody could get in before.
 */
function admitsItsWriter(before: RestoreFacts['before'], reading: Reading, about: RoleContext): boolean {
  if (before.change === 'created' || before.actor === null) return false
  const { admissions, certain, undecided } = reading.admitted()
  const drift = { gained: certain, before: NOBODY, actor: before.actor, write: 'updated' } as const
  return selfGrant.check({ policy: reading.policy, admissions, undecided, about, drift }).length > 0
}

const NOBODY: TrustPolicy = { readable: true, version: null, statements: [], notUnderstood: [] }

function namesDeletedPrincipal(policy: TrustPolicy): boolean {
  return policy.statements.some(({ principal }) => principal.values.some((value) => value.form.kind === 'unique-id'))
}
