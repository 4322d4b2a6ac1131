/**
 * Lays sections out as Slack's rich text, and is the one place that escapes for it. Knows nothing of alerts.
 *
 * Rich text rather than mrkdwn: its text is never parsed, so a mention, a link or a code block is an element of ours or it is not
 * there. What is ours is bold, a link, or preformatted; no text, however it is chosen, can become that. See docs/adr/0010.
 */

import type { HeaderBlock, KnownBlock, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types'
import type { Line, Section } from './section.ts'
import { speltOut } from './spelt-out.ts'

/** Slack's limits, from its reference of blocks; where it gives none for rich text, those of a section. */
export const SLACK_LIMITS = {
  blocks: 50,
  header: 150,
  block: 3000,
  /**
   * Of all blocks together, which Slack refuses as `msg_blocks_too_long`. Not documented; measured by others at about 13,200
   * characters of JSON (slackapi/bolt-js#2509, #2867). Counted here as JSON in ASCII, which is the most it can be.
   */
  message: 10_000,
} as const

/** The text for one line of Slack: nothing unseen, no row of spaces to push what follows into a line of its own, nobody called. */
export function forSlack(text: string): string {
  return speltOut(text)
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/@(?=(channel|here|everyone)\b)/gi, '＠')
    .replace(/<(?=[!@#])/g, '‹')
}

/** At most `most` characters, the end kept too: a role's name stands there. */
export function clippedInside(text: string, most: number): string {
  if (text.length <= most) return text
  const end = Math.floor(most / 3)
  return `${wholeCharacters(text.slice(0, most - end - 1)).trimEnd()}…${text.slice(-end).replace(/^[\udc00-\udfff]/, '')}`
}

export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${wholeCharacters(text.slice(0, most - 1))}…`
}

export function header(text: string): HeaderBlock {
  // Slack parses no markup in plain text; brackets are made harmless all the same.
  const harmless = forSlack(text).replaceAll('<', '‹').replaceAll('>', '›')
  return {
    type: 'header',
    text: { type: 'plain_text', text: clippedInside(harmless, SLACK_LIMITS.header), emoji: false },
  }
}

export function context(parts: readonly string[], most: number): KnownBlock {
  const elements = parts.map((part) => ({
    type: 'plain_text' as const,
    text: clipped(forSlack(part), most),
    emoji: false,
  }))
  return { type: 'context', elements: elements.slice(0, 10) }
}

/** Sections of a line or two, each behind its label, in one block. */
export function facts(sections: readonly Section[], most: number): readonly RichTextBlock[] {
  const lines = sections.flatMap((section) =>
    section.lines.map((line, index) => [
      ...(index === 0 ? [bold(`${capital(section.label)}: `)] : []),
      ...lineElements(line, most),
    ]),
  )
  return rich([{ type: 'rich_text_section', elements: joined(lines) }])
}

/** A section under its label, a point for each line. */
export function points({ label, lines }: Section, most: number): readonly RichTextBlock[] {
  if (lines.length === 0) return []
  const title: RichTextSection = { type: 'rich_text_section', elements: [bold(capital(label))] }
  return rich([...(label === '' ? [] : [title]), ...runs(lines).map((run) => list(run, most))])
}

/** Words of ours, then what is to be copied as it stands. */
export function code(label: string, says: string, command: string): readonly RichTextBlock[] {
  return rich([
    { type: 'rich_text_section', elements: [bold(`${capital(label)}: `), plain(says)] },
    { type: 'rich_text_preformatted', elements: [plain(command)] },
  ])
}

/** @param links an address of ours, and what is there */
export function links(links: readonly (readonly [url: string | null, text: string])[]): readonly RichTextBlock[] {
  const elements = links.flatMap(([url, text]) => (url === null ? [] : [[{ type: 'link' as const, url, text }]]))
  return elements.length === 0 ? [] : rich([{ type: 'rich_text_section', elements: joined(elements, '   ') }])
}

/** True when Slack takes these blocks. */
export function isTaken(blocks: readonly KnownBlock[]): boolean {
  if (blocks.length > SLACK_LIMITS.blocks || sizeOf(blocks) > SLACK_LIMITS.message) return false
  return blocks.every((block) => sizeOf(textsOf(block)) <= SLACK_LIMITS.block)
}

function sizeOf(value: unknown): number {
  const json = JSON.stringify(value)
  // A character beyond ASCII is six: \uXXXX.
  return json.length + 5 * (json.match(/[^\0-\x7f]/g)?.length ?? 0)
}

function textsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textsOf).join('')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([key, item]) => (key === 'text' && typeof item === 'string' ? item : textsOf(item)))
    .join('')
}

function lineElements({ marks = [], text }: Line, most: number): readonly RichTextElement[] {
  const words = marks.map(({ word }) => bold(`${word}: `))
  return [...words, plain(clipped(forSlack(text), most))]
}

interface Run {
  readonly indent: 0 | 1
  readonly lines: readonly Line[]
}

/** Neighbours of one depth together: Slack's lists know one depth each. */
function runs(lines: readonly Line[]): readonly Run[] {
  const found: Run[] = []
  for (const line of lines) {
    const indent = line.detail ? 1 : 0
    const last = found.at(-1)
    if (last?.indent === indent) found[found.length - 1] = { indent, lines: [...last.lines, line] }
    else found.push({ indent, lines: [line] })
  }
  return found
}

function list({ indent, lines }: Run, most: number) {
  const elements = lines.map(
    (line): RichTextSection => ({ type: 'rich_text_section', elements: [...lineElements(line, most)] }),
  )
  return { type: 'rich_text_list' as const, style: 'bullet' as const, indent, elements }
}

function rich(elements: RichTextBlock['elements']): readonly RichTextBlock[] {
  return [{ type: 'rich_text', elements }]
}

function joined(lines: readonly (readonly RichTextElement[])[], between = '\n'): RichTextElement[] {
  return lines.flatMap((line, index) => (index === 0 ? line : [plain(between), ...line]))
}

/** Slack refuses an empty text. */
function plain(text: string) {
  return { type: 'text' as const, text: text === '' ? ' ' : text }
}

function bold(text: string) {
  return { type: 'text' as const, text, style: { bold: true } }
}

function capital(label: string): string {
  return label.charAt(0) + label.slice(1).toLowerCase()
}

function wholeCharacters(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, '')
}
