/**
 * What an alert says, in sections that every sink of plain lines shares: who did it, who gained and lost, what was found, why,
 * and whether it still holds. Says what the alert says; judges nothing, and knows no sink.
 */

import type { Actor, Alert } from '../alert.ts'
import type { Finding } from '../finding.ts'
import type { Change, Comparison, Undecided } from '../policy/comparison.ts'
import { byWorstFirst, type Severity } from '../severity.ts'
import { eventLink, roleLink } from './console-link.ts'
import { type Line, type Mark, type Room, type Section, type Style, sayLine, upTo } from './section.ts'
import {
  actorType,
  count,
  inForceWords,
  mfaWords,
  nobodyKnown,
  noComparisonWords,
  originWords,
  timeWords,
  witnessWords,
} from './words.ts'

const MOST_OF_AGENT = 70

const SEVERITY_STYLE = {
  critical: 'alarm',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
} as const satisfies Record<Severity, Style>

/** Everything between the opening and what to do; in which order is for the sink to say. */
export function accountOf(alert: Alert, room: Room) {
  return {
    who: whoSections(alert),
    inForce: { label: 'IN FORCE', style: 'bold', lines: sayLine(inForceWords(alert)) },
    cause: { label: 'CAUSE', style: 'bold', lines: cause(alert) },
    compared: { label: 'COMPARED', style: 'bold', lines: sayLine(noComparisonWords(alert)) },
    changes: comparisonSections(alert.comparison, room),
    findings: { label: 'FINDINGS', style: 'bold', lines: findings(alert, room) },
    usedBy: { label: 'USED BY', style: 'bold', lines: usedBy(alert, room) },
  } as const satisfies Readonly<Record<string, Section | readonly Section[]>>
}

function whoSections({ actor, evidence, kind }: Alert): readonly Section[] {
  if (actor === null && (!isSomebodysAct(kind) || evidence.source === 'channel')) return []
  if (actor === null) return [{ label: 'BY', style: 'bold', lines: sayLine(nobodyKnown(evidence)) }]
  const by: readonly Line[] = [
    { text: `${actor.name}, ${actorType(actor)}, ${mfaWords(actor)}` },
    ...(actor.arn === null ? [] : [{ text: actor.arn, style: 'dim', detail: true } as const]),
  ]
  return [
    { label: 'BY', style: 'bold', lines: by },
    { label: 'FROM', style: 'bold', lines: [{ text: originWords(actor) }, ...toolLines(actor)] },
  ]
}

function isSomebodysAct(kind: Alert['kind']): boolean {
  return kind !== 'test' && kind !== 'service-failed' && kind !== 'service-recovered'
}

/** Tools write a whole inventory into their user agent; the first words name the tool. */
function toolLines({ userAgent }: Actor): readonly Line[] {
  if (userAgent === null) return []
  const beginning = userAgent.length <= MOST_OF_AGENT ? userAgent : `${userAgent.slice(0, MOST_OF_AGENT)}…`
  return [{ text: `user agent ${beginning}`, style: 'dim', detail: true }]
}

/** Gained, lost and undecided, each left out when empty. */
function comparisonSections(comparison: Comparison | null, room: Room): readonly Section[] {
  if (comparison === null) return []
  return [
    { label: 'GAINED', style: 'red', lines: upTo(room, [...comparison.gained].sort(byWorstFirst), change) },
    { label: 'LOST', style: 'yellow', lines: upTo(room, [...comparison.lost].sort(byWorstFirst), change) },
    { label: 'UNDECIDED', style: 'yellow', lines: upTo(room, comparison.undecided, undecided) },
  ]
}

/** Findings of one rule and one severity together: a hundred accounts share one reason. */
export function findingLines(list: readonly Finding[], room: Room): readonly Line[] {
  const groups = new Map<string, readonly Finding[]>()
  for (const finding of [...list].sort(byWorstFirst)) {
    const key = JSON.stringify([finding.severity, finding.rule, finding.title, finding.why])
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return upTo(room, [...groups.values()], (alike) => findingsAlike(alike, room))
}

function change({ says, severity, witness }: Change): readonly Line[] {
  return [
    { text: says, marks: [severityMark(severity)] },
    { text: `for example ${witnessWords(witness)}`, style: 'dim', detail: true },
  ]
}

function undecided({ says, path }: Undecided): readonly Line[] {
  return [{ text: path === '' ? says : `${says} (at ${path})` }]
}

function findingsAlike(alike: readonly Finding[], room: Room): readonly Line[] {
  const [first] = alike
  if (!first) return []
  const fixes = new Set(alike.flatMap(({ fix }) => (fix === null ? [] : [fix.summary])))
  const says = upTo(room, alike, (finding) => [{ text: finding.says }])
  return [
    { text: `${first.title} [${first.rule}]`, marks: [severityMark(first.severity)] },
    ...says.map((line) => ({ ...line, detail: true }) as const),
    { text: `Why: ${first.why}`, style: 'dim', detail: true },
    ...upTo(room, [...fixes], (fix) => [{ text: `Fix: ${fix}`, detail: true }]),
  ]
}

function findings(alert: Alert, room: Room): readonly Line[] {
  const old = alert.oldFindings === 0 ? null : `${count(alert.oldFindings, 'finding')} more, as before this event`
  const cut = alert.truncated ? 'Cut to fit: some fixes, or findings of one rule, were put together or left out.' : null
  const { exceptedFindings: excepted = 0 } = alert
  const left = excepted === 0 ? null : `${count(excepted, 'finding')} left out by an exception in your configuration`
  return [
    ...findingLines(alert.findings, room),
    ...sayLine(left, 'yellow'),
    ...sayLine(old, 'dim'),
    ...sayLine(cut, 'yellow'),
  ]
}

function cause({ cause }: Alert): readonly Line[] {
  if (cause === null) return []
  const by = cause.changedBy
  return [
    { text: CAUSE[cause.verdict] },
    ...sayLine(cause.missing && `Missing: ${cause.missing}${cause.role === null ? '' : ` in role ${cause.role}`}`),
    ...sayLine(
      by &&
        `Changed by ${by.actor}, ${timeWords(by.at)}, ${count(by.minutesBefore, 'minute')} before (event ${by.eventId})`,
    ),
  ]
}

const CAUSE = {
  trust: 'A trust policy is the cause.',
  'not-trust': 'The trust policies are not the cause.',
  unknown: 'Whether a trust policy is the cause is not known.',
} as const

function usedBy({ usedBy }: Alert, room: Room): readonly Line[] {
  return upTo(room, usedBy, ({ service, arn, region, as }) => [{ text: `${service}, as ${as}, ${region}: ${arn}` }])
}

export function severityMark(severity: Severity): Mark {
  return { word: severity, style: SEVERITY_STYLE[severity] }
}

/** The event by its names, where to look further (unwrapped), and the alert's own id. */
export function lookAtLines(alert: Alert): readonly Line[] {
  const { eventId, eventName, region, source } = alert.evidence
  const from = source === 'cloudtrail' ? 'CloudTrail event' : 'event'
  const named = [eventName, region].filter((part) => part).join(', ')
  const links = [eventLink(alert), roleLink(alert)].flatMap((link) =>
    link === null ? [] : [{ text: link, whole: true } as const],
  )
  return [
    ...sayLine(eventId && `${from} ${eventId}${named === '' ? '' : `, ${named}`}`),
    ...links,
    { text: `alert ${alert.id}`, style: 'dim' },
  ]
}
