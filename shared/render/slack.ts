/** Alerts as Slack shows them: Block Kit. Says what the alert says; judges nothing, and sends nothing. */

import type { KnownBlock } from '@slack/types'
import type { Alert } from '../alert.ts'
import { byWorstFirst, SEVERITIES, type Severity } from '../severity.ts'
import { accountOf } from './account.ts'
import { eventLink, roleLink } from './console-link.ts'
import { nextStep, ONE_OF_THESE, type Remedy, remediesOf } from './remedy.ts'
import type { Line, Section } from './section.ts'
import {
  clipped,
  clippedInside,
  code,
  context,
  facts,
  forSlack,
  header,
  isTaken,
  links,
  points,
  SLACK_LIMITS,
} from './slack-layout.ts'
import { isShownAsIs } from './spelt-out.ts'
import { briefSubject, count, openingWord, severitiesWords, subjectLabel, subjectWords, timeWords } from './words.ts'

/** What `chat.postMessage` and an incoming webhook take. */
export interface SlackMessage {
  /** The notification's line, which no markup is in. */
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/** How much is shown; the first that Slack takes is sent. */
interface Detail {
  /** Of one kind. */
  readonly most: number
  /** Of one line. */
  readonly characters: number
  /** The longest command shown. */
  readonly command: number
  readonly commands: number
}

const DETAILS: readonly [Detail, ...Detail[]] = [
  { most: 5, characters: 600, command: 2500, commands: 3 },
  { most: 3, characters: 300, command: 2500, commands: 2 },
  { most: 3, characters: 200, command: 2500, commands: 1 },
  { most: 2, characters: 100, command: 0, commands: 1 },
  // Whatever the characters are, six times this many lines of it fit.
  { most: 1, characters: 25, command: 0, commands: 1 },
]

/** One alert. Never throws, whatever the strings. */
export function slackMessage(alert: Alert): SlackMessage {
  const messages = DETAILS.map((detail) => () => blocksOf(alert, detail))
  return { text: notification(`${openingWord(alert)}: ${alert.headline}`), blocks: firstTaken(messages) }
}

/** Many alerts in one message: every role, the worst first. */
export function slackDigest(alerts: readonly Alert[]): SlackMessage {
  const worstFirst = [...alerts].sort(byWorstFirst)
  const title = `${count(alerts.length, 'alert')}: ${severitiesWords(alerts)}`
  const worst = worstFirst[0]?.severity ?? 'info'
  const around = (lists: readonly KnownBlock[]) => [
    header(`${MARKS[worst]} ${title}`),
    ...facts(ABOUT_DIGEST, 600),
    ...lists,
  ]
  const lists = [160, 80, 40, 0].map((most) => () => around(digestLines(worstFirst, most)))
  const names = SHORT_LISTS.map((short) => () => around(namesOnly(worstFirst, short)))
  return { text: notification(title), blocks: firstTaken([...lists, ...names]) }
}

/** Shorter names rather than fewer: the last two only where more wait than one digest ever holds. */
const SHORT_LISTS = [
  { most: 300, characters: 64 },
  { most: 300, characters: 24 },
  { most: 100, characters: 24 },
  { most: 30, characters: 24 },
  { most: 10, characters: 24 },
] as const

const ABOUT_DIGEST: readonly Section[] = [
  { label: 'TO DO', style: 'bold', lines: [{ text: 'Begin at the top of the list: the worst comes first.' }] },
  {
    label: 'IN FULL',
    style: 'bold',
    lines: [
      { text: 'in the e-mail, if your stack sends any, and on the topic alerts; the event of each is in CloudTrail.' },
    ],
  },
]

/** How bad, for whoever sees no colours and reads no English. */
const MARKS = { critical: '■■■■', high: '■■■□', medium: '■■□□', low: '■□□□', info: '□□□□' } as const satisfies Record<
  Severity,
  string
>

/** Makes them one by one until Slack takes one; the last is made to fit. */
function firstTaken(candidates: readonly (() => readonly KnownBlock[])[]): readonly KnownBlock[] {
  let blocks: readonly KnownBlock[] = []
  for (const candidate of candidates) {
    blocks = candidate()
    if (isTaken(blocks)) return blocks
  }
  return blocks
}

function notification(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  return clipped(forSlack(text), 300).replace(/[&<>]/g, (character) => entities[character] ?? '')
}

function blocksOf(alert: Alert, detail: Detail): readonly KnownBlock[] {
  const { characters, most } = detail
  const account = accountOf(alert, { most, rest: 'the message on the topic alerts has all' })
  const title = `${markOf(alert)}: ${alert.headline}`
  return [
    header(title),
    ...facts(opening(alert, forSlack(title).length), characters),
    ...facts([whenOf(alert), ...account.who.map(withoutAgent), account.inForce], characters),
    ...[account.cause, account.compared, ...account.changes].flatMap((section) => points(section, characters)),
    ...remediesOf(alert)
      .slice(0, detail.commands)
      .flatMap((remedy) => command(remedy, alert, detail)),
    ...several(alert, detail),
    ...[account.findings, account.usedBy].flatMap((section) => points(section, characters)),
    ...links([
      [eventLink(alert), 'Event in CloudTrail'],
      [roleLink(alert), 'Role in the console'],
    ]),
    context(signature(alert), Math.min(characters, 200)),
  ]
}

function opening(alert: Alert, titleLength: number): readonly Section[] {
  const { headline } = alert
  const whole =
    titleLength > SLACK_LIMITS.header ? [{ label: 'WHAT', style: 'bold', lines: [{ text: headline }] } as const] : []
  const subject = subjectWords(alert)
  return [
    ...whole,
    { label: subjectLabel(alert), style: 'bold', lines: subject === null ? [] : [{ text: subject }] },
    { label: 'TO DO', style: 'bold', lines: [{ text: nextStep(alert) }] },
  ]
}

function whenOf({ at }: Alert): Section {
  return { label: 'WHEN', style: 'bold', lines: [{ text: timeWords(at) }] }
}

/** The tool's name is enough for ten seconds; the e-mail has what it wrote of itself. */
function withoutAgent(section: Section): Section {
  return section.label === 'FROM' ? { ...section, lines: section.lines.filter(({ detail }) => !detail) } : section
}

/** The command as it is, or where it is: an altered command would do something else. */
function command({ label, says, command, field }: Remedy, { id }: Alert, detail: Detail): readonly KnownBlock[] {
  const place = `Take it from the e-mail, or from the message on the topic alerts: ${field} of alert ${id}.`
  if (!isShownAsIs(command) || /<[!@#]|```/.test(command))
    return facts(
      [{ label, style: 'bold', lines: [{ text: `The command holds characters that Slack must not show. ${place}` }] }],
      600,
    )
  if (command.length > detail.command)
    return facts(
      [{ label, style: 'bold', lines: [{ text: `The command is too long for this message. ${place}` }] }],
      600,
    )
  return code(label, says, command)
}

function several(alert: Alert, { characters, commands }: Detail): readonly KnownBlock[] {
  const all = remediesOf(alert).length
  if (all < 2) return []
  const rest = all > commands ? ` ${all - commands} more in the e-mail and on the topic alerts.` : ''
  return facts(
    [{ label: 'NOTE', style: 'bold', lines: [{ text: `${ONE_OF_THESE}${rest}` }] }],
    Math.max(characters, 200),
  )
}

function signature({ evidence, account, id }: Alert): readonly string[] {
  const event = evidence.eventId === null ? [] : [`event ${evidence.eventId}`]
  return [...event, ...(account === null ? [] : [`account ${account}`]), `alert ${id}`]
}

function digestLines(alerts: readonly Alert[], most: number): readonly KnownBlock[] {
  const lines = alerts.map((alert): Line => {
    const told = most === 0 ? '' : `: ${clippedInside(forSlack(alert.headline), most)}`
    return { marks: [{ word: markOf(alert), style: 'bold' }], text: `${briefSubject(alert)}${told}` }
  })
  return inParts(lines, 10).flatMap((part, index) =>
    points({ label: index === 0 ? 'ROLES' : '', style: 'bold', lines: part }, most + 140),
  )
}

/** When even a line each is too much: names, severity by severity, and how many more. */
function namesOnly(
  alerts: readonly Alert[],
  { most, characters }: (typeof SHORT_LISTS)[number],
): readonly KnownBlock[] {
  const groups = [...SEVERITIES].reverse().flatMap((severity) => {
    const here = alerts.slice(0, most).filter((alert) => alert.severity === severity)
    const names = here.map((alert) =>
      clippedInside(forSlack(alert.service?.name ?? alert.role?.name ?? 'no role known'), characters),
    )
    return inParts([...new Set(names)], 30).map(
      (part): Section => ({ label: severity.toUpperCase(), style: 'bold', lines: [{ text: part.join(', ') }] }),
    )
  })
  const rest =
    alerts.length > most
      ? [{ label: 'MORE', style: 'bold', lines: [{ text: `${alerts.length - most}` }] } as const]
      : []
  return [...groups, ...rest].flatMap((section) => facts([section], 2500))
}

function markOf(alert: Alert): string {
  const mark = alert.kind === 'service-recovered' ? MARKS.info : MARKS[alert.severity]
  return `${mark} ${openingWord(alert)}`
}

function inParts<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const number = Math.ceil(list.length / most)
  return Array.from({ length: number }, (_, index) => list.slice(index * most, (index + 1) * most))
}
