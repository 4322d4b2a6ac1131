/** A Backfill for a terminal: what was open, then what happened, then what could not be read. Judges nothing. */

import type { Backfill, Exposure, Missing, RoleHistory, TimelineEntry } from '../backfill/report.ts'
import { byWorstFirst } from '../severity.ts'
import { severityMark } from './account.ts'
import { closedWords, doneWords, openedWords, roleWords, spanWords, summaryWords, useWords } from './past-words.ts'
import { type Line, type Section, upTo } from './section.ts'
import { IN_TERMINAL } from './terminal.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { timeWords, witnessWords } from './words.ts'

const ROOM = { ...IN_TERMINAL, most: 5 }

/** Ends in a newline. */
export function renderBackfill(backfill: Backfill, options: TerminalOptions): string {
  const { exposures, roles, missing } = backfill
  return layOut(
    [
      { label: 'BACKFILL', style: 'bold', lines: summary(backfill) },
      ...[...exposures].sort(byWorstFirst).map((exposure, index) => exposureBlock(exposure, index, backfill)),
      ...roles.map((role) => roleBlock(role, backfill)),
      { label: 'MISSING', style: 'yellow', lines: missing.flatMap(missingLines) },
    ],
    options,
  )
}

function summary(backfill: Backfill): readonly Line[] {
  const { account, from, to, complete } = backfill
  return [
    { text: `account ${account}, ${timeWords(from)} to ${timeWords(to)}` },
    { text: summaryWords(backfill) },
    ...(complete
      ? []
      : [{ text: 'Not everything could be read: what is missing stands at the end.', style: 'yellow' as const }]),
  ]
}

function exposureBlock(exposure: Exposure, index: number, backfill: Backfill): Section {
  const { severity, says, witness, uses } = exposure
  return {
    label: index === 0 ? 'EXPOSED' : '',
    style: 'bold',
    lines: [
      { text: `role ${roleWords(exposure, backfill)}: ${says}`, marks: [severityMark(severity)] },
      { text: spanWords(exposure, backfill.to), detail: true },
      { text: `${openedWords(exposure)}; ${closedWords(exposure)}`, detail: true },
      { text: `for example ${witnessWords(witness)}`, style: 'dim', detail: true },
      ...(uses ?? []).map((use): Line => ({ text: useWords(use), style: 'red', detail: true })),
      ...(uses?.length === 0
        ? [{ text: 'nobody of them came in', style: 'green' as const, detail: true as const }]
        : []),
    ],
  }
}

function roleBlock(history: RoleHistory, backfill: Backfill): Section {
  const name = roleWords(history, backfill)
  return {
    label: 'ROLE',
    style: 'bold',
    lines: [{ text: name, style: 'bold' }, ...history.timeline.flatMap(entryLines)],
  }
}

function entryLines(entry: TimelineEntry): readonly Line[] {
  const { at, gained, lost } = entry
  return [
    { text: `${timeWords(at)} ${doneWords(entry)}`, detail: true },
    ...upTo(ROOM, gained, (text) => [{ text, marks: [{ word: 'gained', style: 'red' }], detail: true }]),
    ...upTo(ROOM, lost, (text) => [{ text, marks: [{ word: 'lost', style: 'green' }], detail: true }]),
  ]
}

function missingLines({ from, to, region, what, why }: Missing): readonly Line[] {
  return [
    { text: what },
    { text: `${timeWords(from)} to ${timeWords(to)}, ${region}: ${why}`, style: 'dim', detail: true },
  ]
}
