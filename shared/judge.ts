/** Situation → Alert, or nothing to tell. Pure: no SDK, no clock, no environment. */

import type { Alert, AlertKind } from './alert.ts'
import { alertId } from './alert-id.ts'
import type { IsExcepted } from './config.ts'
import type { Baseline, Drift, Grounds } from './drift.ts'
import { driftOf, isQuiet, severityOfParts } from './drift.ts'
import type { Situation } from './gather.ts'
import { headlineOf } from './headline.ts'
import { sortKey } from './lineage.ts'
import { type Comparison, type DetailedComparison, verdictOf } from './policy/comparison.ts'
import type { RoleContext } from './policy/context.ts'
import type { Version } from './ports.ts'
import { type Reader, reader } from './reading.ts'
import { restoreOf } from './restore.ts'
import { byWorstFirst, mostSevere } from './severity.ts'
import type { TrustChange } from './signal.ts'
import { versionOf } from './version.ts'

/** A situation, with what is known about the role. */
export interface Facts extends Situation {
  readonly about: RoleContext
  /** Absent: nothing is excepted. */
  readonly isExcepted?: IsExcepted
}

/** The facts, and what reads their documents. */
type Given = Facts & Grounds

/** Judges a change for the first time. */
export function judge(facts: Facts): Alert | null {
  const given = { isExcepted: () => false, ...facts, read: reader(facts.about) }
  const [first, ...others] = baselines(facts)
  const drift = together(
    driftOf(given, first),
    others.map((baseline) => driftOf(given, baseline)),
  )
  if (kindOf(given) === 'trust-changed' && isQuiet(drift)) return null
  return alertOf(given, drift)
}

/**
 * Judges a change anew after a version turned up between it and those it was judged against: tells only what is newly
 * gained. `facts.before` holds the versions it was not yet judged against, `told` those it was.
 */
export function judgeAnew(facts: Facts, told: readonly Version[]): Alert | null {
  if (facts.change.kind === 'role-deleted' || facts.change.write === 'created') return null
  const given = { isExcepted: () => false, ...facts, read: reader(facts.about) }
  const earlier = told.map((version) => driftOf(given, { kind: 'version', version }))
  const anew = facts.before.map((version) => withoutTold(driftOf(given, { kind: 'version', version }), earlier))
  const [first, ...others] = anew.filter((drift) => !isQuiet(drift))
  if (!first) return null
  const drift = together(first, others)
  return { ...alertOf(given, drift), headline: `${headline(given, drift)} (${whyAnew(facts, drift)})` }
}

function whyAnew({ change }: Facts, { baseline }: Drift): string {
  const beside = baseline.kind === 'version' && baseline.version.at === change.origin.at
  return beside ? 'changed more than once in that second' : 'an earlier change arrived late'
}

function baselines({ change, before }: Facts): readonly [Baseline, ...Baseline[]] {
  if (change.kind === 'trust-written' && change.write === 'created') return [{ kind: 'nobody' }]
  const [first, ...others] = before.map((version): Baseline => ({ kind: 'version', version }))
  return first ? [first, ...others] : [{ kind: 'unknown' }]
}

/**
 * Where several versions of one second were in force before: the most severe comparison is told, and with it whoever gained
 * compared with any other of them, so that what has been told of this version is everything gained on all of them.
 */
function together(first: Drift, others: readonly Drift[]): Drift {
  const [worst = first, ...rest] = [first, ...others].sort(worstFirst)
  if (worst.comparison === null || rest.length === 0) return worst
  const compared = rest.flatMap(({ comparison }) => (comparison === null ? [] : [comparison]))
  const gained = unique(
    [worst.comparison, ...compared].flatMap((comparison) => comparison.gained),
    (gain) => gain.says,
  )
  const undecided = unique(
    [worst.comparison, ...compared].flatMap((comparison) => comparison.undecided),
    (open) => open.says,
  )
  const findings = unique(
    [worst, ...rest].flatMap((drift) => drift.findings),
    (finding) => finding.id,
  )
  const { lost } = worst.comparison
  return {
    ...worst,
    findings,
    comparison: { verdict: verdictOf({ gained, lost, undecided }), gained, lost, undecided },
  }
}

function unique<T>(parts: readonly T[], nameOf: (part: T) => string): readonly T[] {
  return [...new Map([...parts].reverse().map((part) => [nameOf(part), part])).values()].reverse()
}

/** Among equals the one whose predecessor comes first by id, so that every delivery tells the same. */
function worstFirst(a: Drift, b: Drift): number {
  return byWorstFirst(a, b) || (comparedWith(a) < comparedWith(b) ? -1 : 1)
}

/** The event id of the version compared with. What the sweep saw has none, and may be seen again: there the time counts too. */
function comparedWith({ baseline }: Drift): string {
  if (baseline.kind !== 'version') return ''
  return baseline.version.evidence.source === 'sweep' ? sortKey(baseline.version) : baseline.version.eventId
}

/** What no earlier judgement has told. With none earlier, all findings were told, and nothing was called gained. */
function withoutTold(drift: Drift, earlier: readonly Drift[]): Drift {
  const says = (parts: readonly { readonly says: string }[]) => parts.map((part) => part.says)
  const gainedBefore = new Set(earlier.flatMap((told) => says(told.comparison?.gained ?? [])))
  const undecidedBefore = new Set(earlier.flatMap((told) => says(told.comparison?.undecided ?? [])))
  const foundBefore = new Set(earlier.flatMap((told) => told.findings.map((finding) => finding.id)))
  const gained = (drift.comparison?.gained ?? []).filter((gain) => !gainedBefore.has(gain.says))
  const undecided = (drift.comparison?.undecided ?? []).filter((open) => !undecidedBefore.has(open.says))
  const findings = earlier.length === 0 ? [] : drift.findings.filter((finding) => !foundBefore.has(finding.id))
  const left = { gained, lost: [], undecided }
  const comparison: DetailedComparison = { ...left, verdict: verdictOf(left) }
  return { ...drift, comparison, findings, severity: severityOfParts(comparison, findings) }
}

function alertOf(given: Given, drift: Drift): Alert {
  const { change, inForce } = given
  const kind = kindOf(given)
  const { origin, role } = change
  return {
    version: 1,
    id: alertId(role, eventPart(change), comparedWith(drift)),
    truncated: false,
    kind,
    severity: kind === 'unreadable' ? mostSevere([drift.severity, 'high']) : drift.severity,
    headline: headline(given, drift),
    at: origin.at,
    account: role.account,
    role: { name: role.name, arn: role.arn },
    service: null,
    actor: origin.actor,
    comparison: drift.comparison && told(drift.comparison),
    findings: drift.findings,
    oldFindings: drift.oldFindings,
    ...(drift.excepted > 0 ? { exceptedFindings: drift.excepted } : {}),
    inForce,
    usedBy: [],
    cause: null,
    restore: restoration(given, drift),
    evidence: { eventId: origin.eventId, eventName: origin.eventName, region: origin.region, source: origin.source },
  }
}

function headline(given: Given, drift: Drift): string {
  const { comparison, findings } = drift
  return headlineOf({ kind: kindOf(given), role: given.change.role.name, comparison, findings })
}

/** Without an event id: what was seen, as memory names it. */
function eventPart(change: TrustChange): string {
  return change.origin.eventId ?? versionOf(change, 'announced').eventId
}

function kindOf({ change, read }: Grounds): AlertKind {
  if (change.kind === 'role-deleted') return 'role-deleted'
  if (isUnreadable(change.document, read)) return 'unreadable'
  return change.write === 'created' ? 'role-created' : 'trust-changed'
}

function isUnreadable(document: string, read: Reader): boolean {
  const { policy } = read(document)
  return !policy.readable || policy.statements.length === 0
}

/** Where several versions share the second before, nobody knows which was in force: there is nothing sure to go back to. */
function restoration(given: Given, { baseline, comparison }: Drift): Alert['restore'] {
  const { change, before, inForce, about, read } = given
  if (comparison === null || baseline.kind !== 'version' || change.kind === 'role-deleted') return null
  if (before.length > 1) return null
  return restoreOf({ roleName: change.role.name, before: baseline.version, comparison, inForce, about, read })
}

/** Cut to the contract's fields: what rules need to know of an admission never leaves the process. */
function told({ verdict, gained, lost, undecided }: DetailedComparison): Comparison {
  const public_ = ({ says, severity, witness }: Comparison['gained'][number]) => ({ says, severity, witness })
  return {
    verdict,
    gained: [...gained].sort(byWorstFirst).map(public_),
    lost: [...lost].sort(byWorstFirst).map(public_),
    undecided,
  }
}
