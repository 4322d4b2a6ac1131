/** An Alert as a tired person reads it on a terminal. Says what the alert says; judges nothing. */

import type { Alert } from '../alert.ts'
import { accountOf, lookAtLines, severityMark } from './account.ts'
import { type Line, type Room, type Section, sayLine } from './section.ts'
import { isShownAsIs } from './spelt-out.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { openingWord, restoreWords, subjectLabel, subjectWords, timeWords } from './words.ts'

/** More than this of one kind is a count. */
export const IN_TERMINAL: Room = { most: 10, rest: '--format json lists all' }

/** Ends in a newline. Never throws, whatever the strings. */
export function renderAlert(alert: Alert, options: TerminalOptions): string {
  const account = accountOf(alert, IN_TERMINAL)
  return layOut(
    [
      header(alert),
      ...account.who,
      account.compared,
      ...account.changes,
      account.findings,
      account.cause,
      account.inForce,
      account.usedBy,
      { label: 'RESTORE', style: 'green', lines: restore(alert) },
      { label: 'LOOK AT', style: 'bold', lines: lookAtLines(alert) },
    ],
    options,
  )
}

function header(alert: Alert): Section {
  const subject = subjectWords(alert)
  const kind = alert.role?.arn && !alert.service ? '' : `${subjectLabel(alert).toLowerCase()} `
  const lines: readonly Line[] = [
    { text: alert.headline, style: 'bold' },
    ...sayLine(subject && `${kind}${subject}`),
    { text: timeWords(alert.at) },
  ]
  const style = alert.kind === 'service-recovered' ? 'green' : severityMark(alert.severity).style
  return { label: openingWord(alert), style, lines }
}

/** The command stays as it is, on a line of its own, or is not shown at all: an altered command would do something else. */
function restore(alert: Alert): readonly Line[] {
  const { restore } = alert
  if (restore === null) return []
  if (!isShownAsIs(restore.command)) {
    return sayLine(
      'There is a command, but it holds characters that a terminal must not show. Take it from --format json: restore.command',
    )
  }
  return [{ text: restoreWords(alert) }, { text: restore.command, style: 'bold', whole: true }]
}
