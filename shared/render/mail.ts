/** Alerts as e-mail: plain text. Says what the alert says; judges nothing, and sends nothing. */

import type { Alert } from '../alert.ts'
import { byWorstFirst } from '../severity.ts'
import { accountOf, lookAtLines } from './account.ts'
import { copied, headed, isCarried, labelled, opened, subjectLine } from './mail-layout.ts'
import { nextStep, ONE_OF_THESE, type Remedy, remediesOf } from './remedy.ts'
import { type Section, sayLine } from './section.ts'
import { briefSubject, count, openingWord, severitiesWords, subjectLabel, subjectWords, timeWords } from './words.ts'

/** What the topic `mail` takes. */
export interface Mail {
  /** At most 100 printable ASCII characters, the first a letter: what SNS allows. */
  readonly subject: string
  /** At most 200 KB. */
  readonly body: string
}

/** UTF-8 bytes of a body: what SNS takes, less what travels with it. */
const MOST_BYTES = 200 * 1024

/** How much is said; the first that fits is sent. */
interface Detail {
  /** Of one kind. */
  readonly most: number
  /** Of one line. */
  readonly characters: number
}

const DETAILS: readonly Detail[] = [
  { most: 50, characters: 1000 },
  { most: 20, characters: 300 },
  { most: 5, characters: 100 },
]

/** One alert. Never throws, whatever the strings. */
export function mailMessage(alert: Alert): Mail {
  const bodies = DETAILS.map((detail) => () => text(linesOf(alert, detail)))
  return { subject: subjectLine(`${openingWord(alert)}: ${alert.headline}`), body: firstFitting(bodies) }
}

/** Many alerts in one mail: every role in a list, the worst first, then each in full as long as there is room. */
export function mailDigest(alerts: readonly Alert[]): Mail {
  const worstFirst = [...alerts].sort(byWorstFirst)
  const worst = worstFirst[0]?.severity.toUpperCase() ?? 'INFO'
  const told = `${count(alerts.length, 'alert')} at once: ${severitiesWords(alerts)}`
  const bodies = [200, 60, 0].map((most) => () => text([...opened(worst, told, 300), ...digestLines(worstFirst, most)]))
  return { subject: subjectLine(`${worst}: ${told}`), body: withAll(firstFitting(bodies), worstFirst) }
}

function linesOf(alert: Alert, { most, characters }: Detail): readonly string[] {
  const account = accountOf(alert, { most, rest: 'the message on the topic alerts has all' })
  const sections = [account.cause, account.compared, ...account.changes]
  const looking: Section = { label: 'LOOK AT', style: 'bold', lines: lookAtLines(alert) }
  return [
    ...opened(openingWord(alert), alert.headline, characters),
    ...labelled([...opening(alert), ...account.who, account.inForce], characters),
    ...sections.flatMap((section) => headed(section, characters)),
    ...remedies(alert),
    ...[account.findings, account.usedBy, looking].flatMap((section) => headed(section, characters)),
  ]
}

/** Behind how bad and what: which role, and what to do. A phone shows no more of a mail before it is opened. */
function opening(alert: Alert): readonly Section[] {
  return [
    { label: subjectLabel(alert), style: 'bold', lines: sayLine(subjectWords(alert)) },
    { label: 'TO DO', style: 'bold', lines: [{ text: nextStep(alert) }] },
    { label: 'WHEN', style: 'bold', lines: [{ text: timeWords(alert.at) }] },
  ]
}

function remedies(alert: Alert): readonly string[] {
  const all = remediesOf(alert)
  const note: Section = { label: 'NOTE', style: 'bold', lines: all.length > 1 ? [{ text: ONE_OF_THESE }] : [] }
  return [...all.flatMap((remedy) => remedyLines(remedy, alert)), ...headed(note, ONE_OF_THESE.length)]
}

/** The command as it is, or where it is: an altered command would do something else. */
function remedyLines({ label, says, command, field }: Remedy, { id }: Alert): readonly string[] {
  if (isCarried(command)) return copied(label, says, command)
  const place = `Take it from the message on the topic alerts: ${field} of alert ${id}.`
  return headed(
    { label, style: 'bold', lines: [{ text: `The command is not one that mail carries as it is. ${place}` }] },
    300,
  )
}

function digestLines(alerts: readonly Alert[], most: number): readonly string[] {
  const [worst] = alerts
  const facts: readonly Section[] = [
    { label: 'WORST', style: 'bold', lines: worst ? [{ text: headlineOf(worst, 240) }] : [] },
    {
      label: 'TO DO',
      style: 'bold',
      lines: [
        { text: 'Read the list, and begin at its top. Each alert follows in full below, as long as there is room.' },
      ],
    },
  ]
  const lines = alerts.map((alert) => ({
    text: headlineOf(alert, most),
    marks: [{ word: alert.severity, style: 'bold' as const }],
  }))
  return [...labelled(facts, 300), ...headed({ label: 'ROLES', style: 'bold', lines }, most + 140)]
}

function headlineOf(alert: Alert, most: number): string {
  const role = briefSubject(alert)
  return most === 0 ? role : `${role}: ${alert.headline.slice(0, most)}`
}

/** Alerts in full behind the list until the next would not fit. */
function withAll(list: string, alerts: readonly Alert[]): string {
  let body = list
  for (const [index, alert] of alerts.entries()) {
    const next = `${body}\n\nALERT ${index + 1} OF ${alerts.length}\n\n${mailMessage(alert).body}`
    const left = alerts.length - index
    if (Buffer.byteLength(next) > MOST_BYTES - 200)
      return `${body}\n${text(headed({ label: 'MORE', style: 'bold', lines: [{ text: `${count(left, 'alert')} had no room here; the topic alerts has them.` }] }, 200))}`
    body = next
  }
  return body
}

function firstFitting(candidates: readonly (() => string)[]): string {
  let body = ''
  for (const candidate of candidates) {
    body = candidate()
    if (Buffer.byteLength(body) <= MOST_BYTES) return body
  }
  return clippedToLine(body)
}

/** Whole lines only: the beginning of one could be taken for all of it. */
function clippedToLine(body: string): string {
  const cut = Buffer.from(body)
    .subarray(0, MOST_BYTES - 100)
    .toString()
  return `${cut.slice(0, cut.lastIndexOf('\n'))}\n\nMORE\n  There is more: the topic alerts has it.\n`
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
