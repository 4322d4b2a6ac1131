/** One change held against one version before it: who gained, who lost, which findings are new. Pure. */

import { findingIds, judgePolicy } from './check.ts'
import type { Finding } from './finding.ts'
import { compareTrusts } from './policy/compare.ts'
import type { Admission, DetailedComparison } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import { parseTrust } from './policy/parse.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Version } from './ports.ts'
import type { Severity } from './severity.ts'
import { isAtLeast, mostSevere } from './severity.ts'
import type { TrustChange } from './signal.ts'

/** What a change is held against. */
export type Baseline =
  | { readonly kind: 'version'; readonly version: Version }
  /** The role was created: nobody could assume it before. */
  | { readonly kind: 'nobody' }
  /** No earlier version is known: nothing can be called gained. */
  | { readonly kind: 'unknown' }

export interface Drift {
  readonly baseline: Baseline
  readonly comparison: DetailedComparison | null
  /** Those the baseline did not have. */
  readonly findings: readonly Finding[]
  readonly oldFindings: number
  readonly severity: Severity
}

export function driftOf(change: TrustChange, baseline: Baseline, about: RoleContext): Drift {
  const after = policyAfter(change)
  const compared = baseline.kind === 'unknown' ? null : compareTrusts(policyBefore(baseline), after, about)
  const all = after === null ? [] : findingsOf({ change, after, baseline, compared, about })
  const old = findingIdsBefore(change, baseline, about)
  const findings = all.filter((finding) => !old.has(finding.id))
  const comparison = compared && weighed(change, compared, findings)
  return {
    baseline,
    comparison,
    findings,
    oldFindings: all.length - findings.length,
    severity: severityOf(change, comparison, findings),
  }
}

/** True when there is nothing to tell: nobody gained or lost, nothing undecided, no finding new. */
export function isQuiet(drift: Drift): boolean {
  if (drift.comparison === null || drift.findings.length > 0) return false
  const { gained, lost, undecided, verdict } = drift.comparison
  return gained.length + lost.length + undecided.length === 0 && verdict === 'equivalent'
}

function policyAfter(change: TrustChange): TrustPolicy | null {
  return change.kind === 'role-deleted' ? null : parseTrust(change.document).policy
}

function policyBefore(baseline: Exclude<Baseline, { kind: 'unknown' }>): TrustPolicy | null {
  if (baseline.kind === 'nobody' || baseline.version.document === null) return null
  return parseTrust(baseline.version.document).policy
}

function findingsOf(of: {
  readonly change: TrustChange
  readonly after: TrustPolicy
  readonly baseline: Baseline
  readonly compared: DetailedComparison | null
  readonly about: RoleContext
}): readonly Finding[] {
  const { change, after, baseline, compared, about } = of
  const write = change.kind === 'trust-written' ? change.write : 'updated'
  const before = baseline.kind === 'unknown' ? null : policyBefore(baseline)
  const drift = compared && { gained: compared.gained, actor: change.origin.actor, write, ...(before && { before }) }
  return judgePolicy({ policy: after, about, account: change.role.account, role: change.role.name, drift })
}

function findingIdsBefore(change: TrustChange, baseline: Baseline, about: RoleContext): ReadonlySet<string> {
  if (baseline.kind !== 'version' || baseline.version.document === null) return new Set()
  const { policy } = parseTrust(baseline.version.document)
  return findingIds({ policy, about, account: change.role.account, role: change.role.name, drift: null })
}

/** Severity where the circumstances of the change decide: routine is quiet, helping oneself is not. */
function weighed(
  change: TrustChange,
  comparison: DetailedComparison,
  findings: readonly Finding[],
): DetailedComparison {
  const created = change.kind === 'trust-written' && change.write === 'created'
  return {
    ...comparison,
    gained: comparison.gained.map((gain) => (created ? atCreation(gain) : raisedBySelfGrant(gain, findings))),
    lost:
      change.kind === 'role-deleted' ? comparison.lost.map((loss) => ({ ...loss, severity: 'info' })) : comparison.lost,
  }
}

/** A role created for services and its own account is routine. */
function atCreation(gain: Admission): Admission {
  const routine = gain.who.kind === 'service' || gain.who.kind === 'compute-service' || gain.who.kind === 'own-account'
  return routine ? { ...gain, severity: 'info' } : gain
}

function raisedBySelfGrant(gain: Admission, findings: readonly Finding[]): Admission {
  const grant = findings.find((finding) => finding.rule === 'self-grant' && finding.principal === gain.principal)
  return grant && !isAtLeast(gain.severity, grant.severity) ? { ...gain, severity: grant.severity } : gain
}

function severityOf(
  change: TrustChange,
  comparison: DetailedComparison | null,
  findings: readonly Finding[],
): Severity {
  const told = findings.map((finding) => finding.severity)
  if (comparison === null) return mostSevere(change.kind === 'role-deleted' ? told : [...told, 'low'])
  return severityOfParts(comparison, findings)
}

/** The worst among who gained, who lost and what was found; what is undecided counts as high. */
export function severityOfParts(
  comparison: Pick<DetailedComparison, 'gained' | 'lost' | 'undecided'>,
  findings: readonly Finding[],
): Severity {
  const parts = [...comparison.gained, ...comparison.lost, ...findings].map((part) => part.severity)
  return mostSevere(comparison.undecided.length > 0 ? [...parts, 'high'] : parts)
}
