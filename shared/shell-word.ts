/** One word of a command line for any POSIX shell. Knows no command. */

/** POSIX single quotes: nothing inside them is special, and a quote itself is spelt '\''. */
export function quoted(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
