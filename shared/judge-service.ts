/** A failure of a service, and what was gathered around it → Alert: is a role's trust the cause, and whose change. Pure. */

import type { Alert } from './alert.ts'
import type { Closed } from './episode.ts'
import { failureId, recoveryId } from './episode.ts'
import { failureFindings } from './failure-findings.ts'
import type { ServiceFailure, UsedRole } from './gather-service.ts'
import { nothingJudged } from './judge-unreadable.ts'
import type { RoleContext } from './policy/context.ts'
import { readmitting } from './readmit.ts'
import type { Service, ServiceSignal } from './service-signal.ts'
import { clippedTo, countWords, failedWords, serviceWords } from './service-words.ts'
import { mostSevere } from './severity.ts'

/** What was gathered, the episode it belongs to, and what the configuration says of each role. */
export interface FailureFacts extends ServiceFailure {
  readonly episode: string
  readonly aboutOf: (role: UsedRole) => RoleContext
}

type Cause = NonNullable<Alert['cause']>

export function judgeFailure(facts: FailureFacts): Alert {
  const { signal, episode } = facts
  const guilty = guiltyOf(facts)
  const verdict = verdictOf(facts, guilty)
  const findings = failureFindings(facts, verdict)
  const severity = mostSevere([guilty === null ? 'medium' : 'high', ...findings.map((finding) => finding.severity)])
  return {
    ...nothingJudged,
    ...about(signal),
    id: failureId(signal.service, episode, severity),
    kind: 'service-failed',
    severity,
    headline: headlineOf(facts, guilty, verdict),
    role: guilty && { name: guilty.role.name, arn: guilty.role.arn },
    findings,
    cause: causeOf(facts, guilty, verdict),
    restore: guilty && restoration(guilty, facts.aboutOf(guilty)),
  }
}

/** Closes an episode: short, and with the severity of what it closes. */
export function judgeRecovery(signal: ServiceSignal, { episode, failures, severity, since }: Closed): Alert {
  const after = failures === 1 ? '1 failure' : `${countWords(failures)} failures`
  return {
    ...nothingJudged,
    ...about(signal),
    id: recoveryId(signal.service, episode),
    kind: 'service-recovered',
    severity,
    headline: clippedTo(`${serviceWords(signal.service)} works again, after ${after} since ${clockWords(since)}`),
    role: null,
    findings: [],
  }
}

function about({ service, origin }: ServiceSignal) {
  const { name, region, account } = service
  return {
    at: origin.at,
    account,
    service: { name, arn: service.arn ?? arnWithoutId(service), region },
    actor: origin.actor,
    evidence: origin.evidence,
  }
}

/** A service that was never made has no id; its ARN ends before it. */
function arnWithoutId({ account, region, name }: Service): string {
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws'
  return `arn:${partition}:apprunner:${region}:${account}:service/${name}`
}

/** The role that shuts the service out: one with a culprit before one without. */
export function guiltyOf({ roles }: Pick<ServiceFailure, 'roles'>): UsedRole | null {
  const shut = roles.filter(({ could }) => could === 'no')
  return shut.find(({ search }) => search.kind === 'found') ?? shut[0] ?? null
}

function verdictOf({ signal, reading, roles }: ServiceFailure, guilty: UsedRole | null): Cause['verdict'] {
  if (guilty !== null) return needsRole(signal, guilty) ? 'trust' : 'unknown'
  if (roles.some(({ could }) => could === 'undecided')) return 'unknown'
  // Without the service's description nobody knows whether it has another role.
  return reading.kind === 'service' || signal.kind === 'service-call-failed' ? 'not-trust' : 'unknown'
}

/** Pausing and deleting assume no role: a trust that is broken meanwhile is told, and not blamed. */
function needsRole(signal: ServiceSignal, { workload }: UsedRole): boolean {
  if (signal.kind === 'service-operation') return workload.operations.includes(signal.operation)
  return signal.kind === 'service-call-failed' || signal.status !== 'DELETE_FAILED'
}

function causeOf({ signal }: ServiceFailure, guilty: UsedRole | null, verdict: Cause['verdict']): Cause {
  if (guilty === null) return { verdict, role: null, as: null, missing: null, changedBy: null }
  const { role, workload } = guilty
  return {
    verdict,
    role: role.name,
    as: workload.as,
    missing: workload.principal,
    changedBy: changedBy(signal, guilty),
  }
}

function changedBy({ origin }: ServiceSignal, { search }: UsedRole): Cause['changedBy'] {
  if (search.kind !== 'found') return null
  const { eventId, at, actor } = search.culprit
  const minutesBefore = Math.max(0, Math.round((Date.parse(origin.at) - Date.parse(at)) / 60_000))
  return { eventId, at, actor: actor?.name ?? 'somebody not known', minutesBefore }
}

function headlineOf(facts: FailureFacts, guilty: UsedRole | null, verdict: Cause['verdict']): string {
  const failed = failedWords(facts.signal)
  if (guilty === null) {
    const trust = verdict === 'not-trust' ? 'the trust of its roles is intact' : WHETHER
    return clippedTo(`${failed}; ${trust}`)
  }
  const by = changedBy(facts.signal, guilty)
  const who = by === null ? '' : `: ${by.actor} changed that ${minutes(by.minutesBefore)} before`
  return clippedTo(`${failed}; ${brokenWords(guilty)}${who}`)
}

const WHETHER = 'whether the trust of a role is the cause could not be seen'

function brokenWords({ role, workload, then }: UsedRole): string {
  const named = `its ${workload.as} ${role.name}`
  return then.kind === 'missing' ? `${named} does not exist` : `${workload.principal} could not assume ${named}`
}

function minutes(number: number): string {
  return number === 1 ? '1 minute' : `${number} minutes`
}

/** `12:09 UTC` is too little once an episode lasts for days. */
function clockWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
}

/** Against what is in force now: where the trust has been put right since, there is nothing left to do. */
function restoration(
  { role, workload, now, then, search, circumstances }: UsedRole,
  about: RoleContext,
): Alert['restore'] {
  const document = now.kind === 'role' ? now.document : now.kind === 'unknown' ? lastKnown(then) : null
  const before = search.kind === 'found' ? search.before : null
  const { principal } = workload
  return readmitting({ roleName: role.name, principal, document, before, about, circumstances })
}

function lastKnown(then: UsedRole['then']): string | null {
  return then.kind === 'trust' ? (then.documents[0] ?? null) : null
}
