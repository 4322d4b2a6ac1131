/** Breaks a line of escaped text so that no terminal has to. Knows columns, not meaning. */

/**
 * Columns a text may take. Everything beyond ASCII counts as two: an East Asian terminal shows many of these characters
 * that wide, and a line that is longer than counted would be continued by the terminal itself in column one, where only
 * our own words may stand.
 */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += columnsOfOne(character)
  return columns
}

/**
 * Lines of at most `first` columns, then at most `rest`. Breaks at spaces; a word longer than a line is cut.
 * A continuation never begins with a space, so that where it begins is for the caller to say.
 */
export function wrap(text: string, first: number, rest: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const room = lines.length === 0 ? first : rest
    const joined = line === '' ? word : `${line} ${word}`
    if (columnsOf(joined) <= room) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = cut(word, lines.length === 0 ? first : rest, rest)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

/** Pieces of one word, never through the middle of a character, and behind a separator where one stands late enough. */
function cut(word: string, first: number, rest: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  let columns = 0
  for (const character of word) {
    const room = pieces.length === 0 ? first : rest
    if (columns + columnsOfOne(character) > room && piece !== '') {
      const [whole, begun] = atSeparator(piece)
      pieces.push(whole)
      piece = begun
      columns = columnsOf(begun)
    }
    piece += character
    columns += columnsOfOne(character)
  }
  return [...pieces, piece]
}

/** An ARN reads better broken between its parts, as long as the line is not left half empty. */
function atSeparator(piece: string): readonly [string, string] {
  const at = Math.max(...['/', ':', ',', '-'].map((separator) => piece.lastIndexOf(separator))) + 1
  return at > piece.length / 2 ? [piece.slice(0, at), piece.slice(at)] : [piece, '']
}

function columnsOfOne(character: string): number {
  return character < '\u0080' ? 1 : 2
}
