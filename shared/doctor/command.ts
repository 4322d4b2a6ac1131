/** AWS CLI commands to copy: for any POSIX shell, with the region said, whatever the names. */

import type { Stack } from './stack.ts'

/** @param call service and operation, `events enable-rule`; @param options without the hyphens; a list is several words; null: a flag */
export function awsCommand(
  { region }: Pick<Stack, 'region'>,
  call: string,
  options: Readonly<Record<string, string | readonly string[] | null>>,
): string {
  const words = Object.entries({ region, ...options }).map(([name, value]) => optionWords(name, value))
  return ['aws', call, ...words].join(' ')
}

function optionWords(name: string, value: string | readonly string[] | null): string {
  if (value === null) return `--${name}`
  if (typeof value !== 'string') return [`--${name}`, ...value.map(shellWord)].join(' ')
  // A value that begins with a hyphen would be read as an option, quoted or not.
  return value.startsWith('-') ? `--${name}=${shellWord(value)}` : `--${name} ${shellWord(value)}`
}

/** Single quotes: nothing inside them is special, and a quote itself is spelt '\''. */
export function shellWord(text: string): string {
  return /^[\w+=,.@:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** What an ARN ends in: the name of a queue or a topic. */
export function lastOf(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1)
}
