/** An Alert as a tired person reads it on a terminal. Says what the alert says; judges nothing. */

import type { Alert } from '../alert.ts'
import { accountSections, severityMark } from './account.ts'
import { eventLink, roleLink } from './console-link.ts'
import { type Line, type Room, type Section, sayLine } from './section.ts'
import { isShownAsIs } from './spelt-out.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { timeWords } from './words.ts'

/** More than this of one kind is a count. */
export const IN_TERMINAL: Room = { most: 10, rest: '--format json lists all' }

/** Ends in a newline. Never throws, whatever the strings. */
export function renderAlert(alert: Alert, options: TerminalOptions): string {
  return layOut(
    [
      header(alert),
      ...accountSections(alert, IN_TERMINAL),
      { label: 'RESTORE', style: 'green', lines: restore(alert) },
      { label: 'LOOK AT', style: 'bold', lines: lookAt(alert) },
    ],
    options,
  )
}

function header(alert: Alert): Section {
  const { role, service, account } = alert
  const subject = service ? `service ${service.arn}` : role ? (role.arn ?? `role ${role.name}`) : null
  const where = account !== null && !subject?.includes(account) ? `account ${account}` : null
  const lines: readonly Line[] = [
    { text: alert.headline, style: 'bold' },
    ...sayLine([subject, where].filter((part) => part !== null).join(' in ') || null),
    { text: timeWords(alert.at) },
  ]
  return { label: alert.severity.toUpperCase(), style: severityMark(alert.severity).style, lines }
}

/** The command stays as it is, on a line of its own, or is not shown at all: an altered command would do something else. */
function restore({ restore }: Alert): readonly Line[] {
  if (restore === null) return []
  if (!isShownAsIs(restore.command)) {
    return sayLine(
      'There is a command, but it holds characters that a terminal must not show. Take it from --format json: restore.command',
    )
  }
  return [{ text: 'Puts the trust policy back as it was:' }, { text: restore.command, style: 'bold', whole: true }]
}

function lookAt(alert: Alert): readonly Line[] {
  const { eventId, eventName, region, source } = alert.evidence
  const from = source === 'cloudtrail' ? 'CloudTrail event' : 'event'
  const named = [eventName, region].filter((part) => part).join(', ')
  return [
    ...sayLine(eventId && `${from} ${eventId}${named === '' ? '' : `, ${named}`}`),
    ...[eventLink(alert), roleLink(alert)].flatMap((link) =>
      link === null ? [] : [{ text: link, whole: true } as const],
    ),
    { text: `alert ${alert.id}`, style: 'dim' },
  ]
}
