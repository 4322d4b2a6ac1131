/**
 * What a renderer hands over to be laid out: labelled lines, their text as it came. Knows no sink: each sink escapes, wraps and
 * marks up in one place of its own, so that no renderer can forget to.
 */

export interface Section {
  /** Words of ours in capitals, at most ten characters. */
  readonly label: string
  readonly style: Style
  readonly lines: readonly Line[]
}

export interface Line {
  readonly text: string
  readonly style?: Style
  /** Short words of ours before the text, each in a style of its own. */
  readonly marks?: readonly Mark[]
  /** Belongs to the line above. */
  readonly detail?: true
  /** Shown unwrapped, for copying. Only for text that `isShownAsIs`. */
  readonly whole?: true
}

export interface Mark {
  readonly word: string
  readonly style: Style
}

/** What a line is, in the colours a terminal has for it; a sink without colours goes by the words. */
export type Style = 'plain' | 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'alarm'

/** How much of a list a sink shows, and where all of it is. */
export interface Room {
  readonly most: number
  readonly rest: string
}

/** The first entries as lines, and how many more there are. */
export function upTo<T>(room: Room, entries: readonly T[], lines: (entry: T) => readonly Line[]): readonly Line[] {
  const more = entries.length - room.most
  const rest: readonly Line[] = more > 0 ? [{ text: `and ${more} more (${room.rest})` }] : []
  return [...entries.slice(0, room.most).flatMap(lines), ...rest]
}

/** One line, or none where there is nothing to say. */
export function sayLine(says: string | null, style: Style = 'plain'): readonly Line[] {
  return says === null || says === '' ? [] : [{ text: says, style }]
}
