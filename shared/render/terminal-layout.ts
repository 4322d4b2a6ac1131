/**
 * Lays sections out for a terminal, and is the one place that escapes, wraps and colours for it. Knows nothing of alerts.
 *
 * A label stands in column one; a line begins in the text column, a line of detail two further right, and what had to be
 * wrapped four further right than its own line began. So no text, however it is chosen, can look like a line of ours.
 */

import { escapeForTerminal } from './escape-terminal.ts'
import type { Line, Section, Style } from './section.ts'
import { wrap } from './wrap.ts'

export interface TerminalOptions {
  readonly colour: boolean
  /** Columns. Less than 40 is taken as 40. */
  readonly width: number
}

/** Select Graphic Rendition parameters (ECMA-48). */
const SGR = {
  plain: '',
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
  alarm: '1;97;41',
} as const satisfies Record<Style, string>

const NARROWEST = 40
const TEXT_COLUMN = 11
const DETAIL_INDENT = 2
const CONTINUATION_INDENT = 4
const MARK_COLUMNS = 9
/** An error message or a user agent may be 1 KB; nobody reads more than this at a glance, and JSON has all of it. */
const MOST_CHARACTERS = 700

/** Every line ends in a newline; a section without lines is left out. */
export function layOut(sections: readonly Section[], options: TerminalOptions): string {
  return sections.flatMap((section) => linesOf(section, options)).join('')
}

/** The text in a style, or as it is without colour. The text must have been escaped. */
export function styled(text: string, style: Style, colour: boolean): string {
  return colour && SGR[style] !== '' && text !== '' ? `\u001b[${SGR[style]}m${text}\u001b[0m` : text
}

function linesOf(section: Section, options: TerminalOptions): readonly string[] {
  return section.lines.map((line, index) => {
    const label = index === 0 ? section.label : ''
    const indent = line.detail ? DETAIL_INDENT : 0
    const gap = ' '.repeat(TEXT_COLUMN - label.length + indent)
    const begin = `${styled(label, section.style, options.colour)}${gap}${marked(line, options)}`
    return `${begin}${body(line, TEXT_COLUMN + indent, options)}\n`
  })
}

function marked({ marks = [], text }: Line, { colour }: TerminalOptions): string {
  const padded = marks.map(({ word, style }, index) => {
    const isLast = text === '' && index === marks.length - 1
    return `${styled(word, style, colour)}${isLast ? '' : ' '.repeat(MARK_COLUMNS - word.length)}`
  })
  return padded.join('')
}

function body(line: Line, column: number, { colour, width }: TerminalOptions): string {
  const style = line.style ?? 'plain'
  if (line.whole) return styled(escapeForTerminal(line.text), style, colour)
  const room = Math.max(width, NARROWEST) - column
  const text = escapeForTerminal(clipped(line.text))
  const lines = wrap(text, room - MARK_COLUMNS * (line.marks?.length ?? 0), room - CONTINUATION_INDENT)
  const indent = ' '.repeat(column + CONTINUATION_INDENT)
  return lines.map((each) => styled(each, style, colour)).join(`\n${indent}`)
}

function clipped(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text
  return `${text.slice(0, MOST_CHARACTERS)}… (${text.length - MOST_CHARACTERS} more characters)`
}
