/**
 * Lays sections out as plain text for e-mail, and is the one place that escapes and wraps for it. Knows nothing of alerts.
 *
 * Only words of ours begin a line: a label, a command, an address. Whatever else there is stands two columns in or more, and so
 * does what had to be wrapped. So no text, however it is chosen, can look like a line of ours.
 */

import { folded } from './folded.ts'
import type { Line, Section } from './section.ts'
import { speltOut } from './spelt-out.ts'
import { wrap } from './wrap.ts'

/** What a terminal's mail reader shows without breaking lines itself. */
const COLUMNS = 72

/** `LABEL: text`: how a mail opens. */
export function opened(label: string, text: string, most: number): readonly string[] {
  return hanging(`${label}: `, { text }, most)
}

/** Lines of `Label: text`, of at most `most` characters each. */
export function labelled(sections: readonly Section[], most: number): readonly string[] {
  return sections.flatMap(({ label, lines }) =>
    lines.flatMap((line, index) => hanging(index === 0 ? `${capital(label)}: ` : '  ', line, most)),
  )
}

/** The label on a line of its own, an empty line before it; nothing where there are no lines. */
export function headed({ label, lines }: Section, most: number): readonly string[] {
  return lines.length === 0 ? [] : ['', label, ...lines.flatMap((line) => indented(line, most))]
}

/** What is to be copied, on lines of its own. Only for what `isCarried`. */
export function copied(label: string, says: string, command: string): readonly string[] {
  return ['', label, ...indented({ text: says }, says.length), '', folded(command) ?? '']
}

/** True when mail carries the command as it is. */
export function isCarried(command: string): boolean {
  return speltOut(command) === command && folded(command) !== null
}

/** At most 99 printable ASCII characters, beginning with a letter: what SNS takes for a subject is not more. */
export function subjectLine(text: string): string {
  const ascii = speltOut(text)
    .replaceAll('’', "'")
    .replaceAll('…', '...')
    .replace(/[^ -~]/gu, '?')
  if (ascii.length <= MOST_OF_SUBJECT) return ascii
  // The end is kept: a role's name stands there.
  return `${ascii.slice(0, MOST_OF_SUBJECT - 33).trimEnd()}...${ascii.slice(-30)}`
}

const MOST_OF_SUBJECT = 99

function indented(line: Line, most: number): readonly string[] {
  if (line.whole) return [speltOut(line.text)]
  const marks = (line.marks ?? []).map(({ word }) => `${word}: `).join('')
  return hanging(`${line.detail ? '    ' : '  '}${marks}`, line, most)
}

/** What is wrapped stands two columns further in than its line. */
function hanging(begin: string, { text }: Line, most: number): readonly string[] {
  const indent = ' '.repeat((/^ */.exec(begin)?.[0].length ?? 0) + 2)
  const lines = wrap(speltOut(clipped(text, most)), COLUMNS - begin.length, COLUMNS - indent.length)
  return lines.map((each, index) => `${index === 0 ? begin : indent}${each}`.trimEnd())
}

function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most)}… (${text.length - most} more characters)`
}

function capital(label: string): string {
  return label.charAt(0) + label.slice(1).toLowerCase()
}
