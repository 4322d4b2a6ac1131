/** Breaks a command that is longer than mail carries in one line, so that a shell still reads the same. Pure. */

/** RFC 5322, 2.1.1: at most 998 octets. What is longer may be broken by any server on the way, wherever it likes. */
export const MOST_OF_LINE = 900

/**
 * Line ends between the parts of the JSON inside the quotes, where JSON allows them; the command itself where it is short enough.
 * Null where one part alone is too long.
 */
export function folded(command: string): string | null {
  if (octets(command) <= MOST_OF_LINE) return command
  const lines: string[] = []
  for (const part of parts(command)) {
    const last = lines.at(-1)
    if (last === undefined || octets(last + part) > MOST_OF_LINE) lines.push(part)
    else lines[lines.length - 1] = last + part
  }
  return lines.every((line) => octets(line) <= MOST_OF_LINE) ? lines.join('\n') : null
}

/** Each ends behind a comma or an opening bracket of the JSON, never inside a text of it. */
function parts(command: string): readonly string[] {
  const begin = command.indexOf("'{") + 1
  if (begin === 0) return [command]
  return [command.slice(0, begin), ...(command.slice(begin).match(/(?:"(?:[^"\\]|\\.)*"|[^",[{])*(?:[,[{]|$)/gs) ?? [])]
}

function octets(text: string): number {
  return Buffer.byteLength(text)
}
