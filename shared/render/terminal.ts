/** An Alert as a tired person reads it on a terminal. Says what the alert says; judges nothing. */

import type { Actor, Alert } from '../alert.ts'
import type { Finding } from '../finding.ts'
import type { Change, Comparison, Undecided } from '../policy/comparison.ts'
import { byWorstFirst, type Severity } from '../severity.ts'
import { eventLink, roleLink } from './console-link.ts'
import { isShownAsIs } from './escape-terminal.ts'
import { type Block, type Line, layOut, type Mark, type Style, type TerminalOptions } from './terminal-layout.ts'
import {
  actorType,
  count,
  inForceWords,
  mfaWords,
  nobodyKnown,
  noComparisonWords,
  originWords,
  restoreWords,
  timeWords,
  witnessWords,
} from './words.ts'

/** More than this of one kind is a count; `--format json` has them all. */
const MOST_SHOWN = 10

const MOST_OF_AGENT = 70

const SEVERITY_STYLE = {
  critical: 'alarm',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
} as const satisfies Record<Severity, Style>

/** Ends in a newline. Never throws, whatever the strings. */
export function renderAlert(alert: Alert, options: TerminalOptions): string {
  return layOut(
    [
      header(alert),
      ...who(alert),
      { label: 'COMPARED', style: 'bold', lines: text(noComparisonWords(alert)) },
      ...comparisonBlocks(alert.comparison),
      { label: 'FINDINGS', style: 'bold', lines: findings(alert) },
      { label: 'CAUSE', style: 'bold', lines: cause(alert) },
      { label: 'IN FORCE', style: 'bold', lines: text(inForceWords(alert)) },
      { label: 'USED BY', style: 'bold', lines: usedBy(alert) },
      { label: 'RESTORE', style: 'green', lines: restore(alert) },
      { label: 'LOOK AT', style: 'bold', lines: lookAt(alert) },
    ],
    options,
  )
}

/** Gained, lost and undecided, each block left out when empty. */
export function comparisonBlocks(comparison: Comparison | null): readonly Block[] {
  if (comparison === null) return []
  return [
    { label: 'GAINED', style: 'red', lines: upTo(MOST_SHOWN, [...comparison.gained].sort(byWorstFirst), change) },
    { label: 'LOST', style: 'yellow', lines: upTo(MOST_SHOWN, [...comparison.lost].sort(byWorstFirst), change) },
    { label: 'UNDECIDED', style: 'yellow', lines: upTo(MOST_SHOWN, comparison.undecided, undecided) },
  ]
}

/** Findings of one rule and one severity together: a hundred accounts share one reason. */
export function findingLines(list: readonly Finding[]): readonly Line[] {
  const groups = new Map<string, readonly Finding[]>()
  for (const finding of [...list].sort(byWorstFirst)) {
    const key = JSON.stringify([finding.severity, finding.rule, finding.title, finding.why])
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return upTo(MOST_SHOWN, [...groups.values()], findingsAlike)
}

export function severityMark(severity: Severity): Mark {
  return { word: severity, style: SEVERITY_STYLE[severity] }
}

/** The first `most` entries as lines, and how many more there are. */
export function upTo<T>(most: number, entries: readonly T[], lines: (entry: T) => readonly Line[]): readonly Line[] {
  const more = entries.length - most
  const rest: readonly Line[] = more > 0 ? [{ text: `and ${more} more (--format json lists all)` }] : []
  return [...entries.slice(0, most).flatMap(lines), ...rest]
}

function header(alert: Alert): Block {
  const { role, service, account } = alert
  const subject = service ? `service ${service.arn}` : role ? (role.arn ?? `role ${role.name}`) : null
  const where = account !== null && !subject?.includes(account) ? `account ${account}` : null
  const lines: readonly Line[] = [
    { text: alert.headline, style: 'bold' },
    ...text([subject, where].filter((part) => part !== null).join(' in ') || null),
    { text: timeWords(alert.at) },
  ]
  return { label: alert.severity.toUpperCase(), style: SEVERITY_STYLE[alert.severity], lines }
}

function who({ actor, evidence, kind }: Alert): readonly Block[] {
  if (kind === 'test') return []
  if (actor === null) return [{ label: 'BY', style: 'bold', lines: text(nobodyKnown(evidence)) }]
  const by: readonly Line[] = [
    { text: `${actor.name}, ${actorType(actor)}, ${mfaWords(actor)}` },
    ...(actor.arn === null ? [] : [{ text: actor.arn, style: 'dim', detail: true } as const]),
  ]
  return [
    { label: 'BY', style: 'bold', lines: by },
    { label: 'FROM', style: 'bold', lines: [{ text: originWords(actor) }, ...toolLines(actor)] },
  ]
}

/** Tools write a whole inventory into their user agent; the first words name the tool. */
function toolLines({ userAgent }: Actor): readonly Line[] {
  if (userAgent === null) return []
  const beginning = userAgent.length <= MOST_OF_AGENT ? userAgent : `${userAgent.slice(0, MOST_OF_AGENT)}…`
  return [{ text: `user agent ${beginning}`, style: 'dim', detail: true }]
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

function findingsAlike(alike: readonly Finding[]): readonly Line[] {
  const [first] = alike
  if (!first) return []
  const fixes = new Set(alike.flatMap(({ fix }) => (fix === null ? [] : [fix.summary])))
  const says = upTo(MOST_SHOWN, alike, (finding) => [{ text: finding.says }])
  return [
    { text: `${first.title} [${first.rule}]`, marks: [severityMark(first.severity)] },
    ...says.map((line) => ({ ...line, detail: true }) as const),
    { text: `Why: ${first.why}`, style: 'dim', detail: true },
    ...upTo(MOST_SHOWN, [...fixes], (fix) => [{ text: `Fix: ${fix}`, detail: true }]),
  ]
}

function findings(alert: Alert): readonly Line[] {
  const old = alert.oldFindings === 0 ? null : `${count(alert.oldFindings, 'finding')} more, as before this event`
  const cut = alert.truncated ? 'Cut to fit: some fixes, or findings of one rule, were put together or left out.' : null
  return [...findingLines(alert.findings), ...text(old, 'dim'), ...text(cut, 'yellow')]
}

function cause({ cause }: Alert): readonly Line[] {
  if (cause === null) return []
  const by = cause.changedBy
  return [
    { text: CAUSE[cause.verdict] },
    ...text(cause.missing && `Missing: ${cause.missing}${cause.role === null ? '' : ` in role ${cause.role}`}`),
    ...text(
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

function usedBy({ usedBy }: Alert): readonly Line[] {
  return upTo(MOST_SHOWN, usedBy, ({ service, arn, region, as }) => [
    { text: `${service}, as ${as}, ${region}: ${arn}` },
  ])
}

/** The command stays as it is, on a line of its own, or is not shown at all: an altered command would do something else. */
function restore(alert: Alert): readonly Line[] {
  const { restore } = alert
  if (restore === null) return []
  if (!isShownAsIs(restore.command)) {
    return text(
      'There is a command, but it holds characters that a terminal must not show. Take it from --format json: restore.command',
    )
  }
  return [{ text: restoreWords(alert) }, { text: restore.command, style: 'bold', whole: true }]
}

function lookAt(alert: Alert): readonly Line[] {
  const { eventId, eventName, region, source } = alert.evidence
  const from = source === 'cloudtrail' ? 'CloudTrail event' : 'event'
  const named = [eventName, region].filter((part) => part).join(', ')
  return [
    ...text(eventId && `${from} ${eventId}${named === '' ? '' : `, ${named}`}`),
    ...[eventLink(alert), roleLink(alert)].flatMap((link) =>
      link === null ? [] : [{ text: link, whole: true } as const],
    ),
    { text: `alert ${alert.id}`, style: 'dim' },
  ]
}

/** One line, or none where there is nothing to say. */
function text(says: string | null, style: Style = 'plain'): readonly Line[] {
  return says === null || says === '' ? [] : [{ text: says, style }]
}
