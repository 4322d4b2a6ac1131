/** One change held against one version before it: who gained, who lost, which findings are new. Pure. */

import { findingKeys, newFindings } from './check.ts'
import type { IsExcepted } from './config.ts'
import type { Finding } from './finding.ts'
import { compareTrusts } from './policy/compare.ts'
import type { Admission, DetailedComparison } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import type { TrustPolicy } from './policy/policy.ts'
import type { Version } from './ports.ts'
import type { Reader, Reading } from './reading.ts'
import type { Drift as RuleDrift } from './rules/rule.ts'
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
  /** New ones that the user has excepted. */
  readonly excepted: number
  readonly severity: Severity
}

/** What a change is judged by. */
export interface Grounds {
  readonly change: TrustChange
  readonly about: RoleContext
  readonly read: Reader
  readonly isExcepted: IsExcepted
}

export function driftOf(grounds: Grounds, baseline: Baseline): Drift {
  const { change, about } = grounds
  const [before, after] = [readingBefore(grounds, baseline), readingAfter(grounds)]
  const [old, now] = [before?.policy ?? null, after?.policy ?? null]
  const compared = baseline.kind === 'unknown' ? null : compareTrusts(old, now, about)
  const told = after === null ? NOTHING : findingsOf(grounds, { before, after, compared })
  const comparison = compared && weighed(change, compared, told.findings)
  const findings = withoutExcepted(grounds, comparison, told.findings)
  return {
    baseline,
    comparison,
    findings,
    oldFindings: told.old,
    excepted: told.findings.length - findings.length,
    severity: severityOf(change, comparison, findings),
  }
}

/**
 * An exception is for what is known: whoever gains is told with every finding and at full severity, and so is everything where
 * nobody knows what was there before.
 */
function withoutExcepted(
  { isExcepted }: Grounds,
  comparison: DetailedComparison | null,
  findings: readonly Finding[],
): readonly Finding[] {
  if (comparison === null) return findings
  const gained = new Set(comparison.gained.map(({ principal }) => principal))
  return findings.filter((finding) => !isExcepted(finding) || gained.has(finding.principal ?? ''))
}

const NOTHING = { findings: [], old: 0 }

/** True when there is nothing to tell: nobody gained or lost, nothing undecided, no finding new. */
export function isQuiet(drift: Drift): boolean {
  if (drift.comparison === null || drift.findings.length > 0) return false
  const { gained, lost, undecided, verdict } = drift.comparison
  return gained.length + lost.length + undecided.length === 0 && verdict === 'equivalent'
}

function readingAfter({ change, read }: Grounds): Reading | null {
  return change.kind === 'role-deleted' ? null : read(change.document)
}

function readingBefore({ read }: Grounds, baseline: Baseline): Reading | null {
  if (baseline.kind !== 'version' || baseline.version.document === null) return null
  return read(baseline.version.document)
}

interface Compared {
  readonly before: Reading | null
  readonly after: Reading
  readonly compared: DetailedComparison | null
}

function findingsOf({ change, about }: Grounds, { before, after, compared }: Compared) {
  const { account, name: role } = change.role
  const old = (asked: ReadonlySet<string>): ReadonlySet<string> => {
    if (before === null) return new Set()
    const admitted = before.admitted(after)
    return findingKeys({ about, account, role, policy: before.policy, admitted, drift: null }, asked)
  }
  const { policy, sources } = after
  const drift = compared && gainOf(change, compared.gained, before?.policy)
  return newFindings({ about, account, role, policy, sources, admitted: after.admitted(), drift }, old)
}

/** What the rules are told of a change. */
function gainOf(change: TrustChange, gained: readonly Admission[], before: TrustPolicy | undefined): RuleDrift {
  const write = change.kind === 'trust-written' ? change.write : 'updated'
  const { actor } = change.origin
  return before === undefined ? { gained, actor, write } : { gained, actor, write, before }
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
