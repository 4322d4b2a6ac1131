/** A Backfill for a terminal: what was open, then what happened, then what could not be read. Judges nothing. */

import type { Backfill, Exposure, Missing, RoleHistory, TimelineEntry, Use } from '../backfill/report.ts'
import { byWorstFirst } from '../severity.ts'
import { severityMark, upTo } from './terminal.ts'
import { type Block, type Line, layOut, type TerminalOptions } from './terminal-layout.ts'
import { count, durationWords, timeWords, witnessWords } from './words.ts'

const DONE = {
  created: 'created',
  updated: 'changed',
  deleted: 'deleted',
  failed: 'refused by IAM',
} as const satisfies Record<TimelineEntry['kind'], string>

const MOST_SHOWN = 5

/** Ends in a newline. */
export function renderBackfill(backfill: Backfill, options: TerminalOptions): string {
  const { exposures, roles, missing } = backfill
  return layOut(
    [
      { label: 'BACKFILL', style: 'bold', lines: summary(backfill) },
      ...[...exposures].sort(byWorstFirst).map((exposure, index) => exposureBlock(exposure, index, backfill)),
      ...roles.map(roleBlock),
      { label: 'MISSING', style: 'yellow', lines: missing.flatMap(missingLines) },
    ],
    options,
  )
}

function summary({ account, from, to, events, roles, exposures, complete }: Backfill): readonly Line[] {
  const open = exposures.filter((exposure) => exposure.to === null).length
  const said =
    exposures.length === 0
      ? 'no role was open to a stranger'
      : `${count(exposures.length, 'exposure')}, ${open} still open`
  return [
    { text: `account ${account}, ${timeWords(from)} to ${timeWords(to)}` },
    { text: `${count(events, 'event')} about ${count(roles.length, 'role')}: ${said}` },
    ...(complete
      ? []
      : [{ text: 'Not everything could be read: what is missing stands at the end.', style: 'yellow' as const }]),
  ]
}

function exposureBlock(exposure: Exposure, index: number, { to }: Backfill): Block {
  const { role, severity, says, witness, uses } = exposure
  return {
    label: index === 0 ? 'EXPOSED' : '',
    style: 'bold',
    lines: [
      { text: `role ${role}: ${says}`, marks: [severityMark(severity)] },
      { text: spanWords(exposure, to), detail: true },
      { text: handWords(exposure), detail: true },
      { text: `for example ${witnessWords(witness)}`, style: 'dim', detail: true },
      ...(uses ?? []).map((use): Line => ({ text: useWords(use), style: 'red', detail: true })),
      ...(uses?.length === 0
        ? [{ text: 'nobody of them came in', style: 'green' as const, detail: true as const }]
        : []),
    ],
  }
}

function spanWords({ from, to }: Exposure, end: string): string {
  if (to === null) return `since ${timeWords(from)}, still open (${durationWords(from, end)} so far)`
  return `${timeWords(from)} to ${timeWords(to)} (${durationWords(from, to)})`
}

function handWords({ openedBy, closedBy, to }: Exposure): string {
  const opened = `opened by ${openedBy.actor}${eventWords(openedBy.eventId)}`
  if (closedBy !== null) return `${opened}; closed by ${closedBy.actor}${eventWords(closedBy.eventId)}`
  return to === null ? opened : `${opened}; closed by a change that the history does not show`
}

function eventWords(eventId: string | null): string {
  return eventId === null ? '' : ` (event ${eventId})`
}

function useWords({ caller, count: times, first, last, sources }: Use): string {
  const when = times === 1 ? timeWords(first) : `${timeWords(first)} to ${timeWords(last)}`
  return `used by ${caller}: ${count(times, 'call')}, ${when}, from ${sources.join(', ')}`
}

function roleBlock({ role, timeline }: RoleHistory): Block {
  return { label: 'ROLE', style: 'bold', lines: [{ text: role, style: 'bold' }, ...timeline.flatMap(entryLines)] }
}

function entryLines({ at, kind, actor, verdict, gained, lost }: TimelineEntry): readonly Line[] {
  const quiet = kind === 'updated' && verdict === 'equivalent' ? ', with the same meaning' : ''
  const unknown = kind === 'updated' && verdict === null ? ', from a trust policy that is not known' : ''
  return [
    { text: `${timeWords(at)} ${DONE[kind]} by ${actor}${quiet}${unknown}`, detail: true },
    ...upTo(MOST_SHOWN, gained, (text) => [{ text, marks: [{ word: 'gained', style: 'red' }], detail: true }]),
    ...upTo(MOST_SHOWN, lost, (text) => [{ text, marks: [{ word: 'lost', style: 'green' }], detail: true }]),
  ]
}

function missingLines({ from, to, region, what, why }: Missing): readonly Line[] {
  return [
    { text: what },
    { text: `${timeWords(from)} to ${timeWords(to)}, ${region}: ${why}`, style: 'dim', detail: true },
  ]
}
