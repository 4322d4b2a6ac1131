/** What `check` found in one policy, for a terminal. Says what it is given; judges nothing. */

import type { Finding } from '../finding.ts'
import type { Problem } from '../policy/problem.ts'
import { findingLines, upTo } from './terminal.ts'
import { type Line, layOut, type TerminalOptions } from './terminal-layout.ts'
import { count } from './words.ts'

/** JSON shape of `trustdrift check`. */
export interface Checked {
  readonly source: string
  readonly problems: readonly Problem[]
  readonly findings: readonly Finding[]
}

const MOST_PROBLEMS = 20

/** Ends in a newline. */
export function renderCheck(checked: Checked, options: TerminalOptions): string {
  const { source, problems, findings } = checked
  return layOut(
    [
      { label: 'CHECKED', style: 'bold', lines: [{ text: source, style: 'bold' }, { text: summary(checked) }] },
      { label: 'PROBLEMS', style: 'red', lines: upTo(MOST_PROBLEMS, problems, problem) },
      { label: 'FINDINGS', style: 'bold', lines: findingLines(findings) },
    ],
    options,
  )
}

function summary({ problems, findings }: Checked): string {
  if (problems.length === 0 && findings.length === 0) return 'Nothing to report.'
  const refused = problems.length === 0 ? '' : `IAM would refuse this policy: ${count(problems.length, 'problem')}. `
  return `${refused}${findings.length === 0 ? '' : `${count(findings.length, 'finding')}.`}`
}

function problem({ message, awsMessage, verified, path, line, column }: Problem): readonly Line[] {
  const place = `line ${line}, column ${column}${path === '' ? '' : ` (${path})`}`
  const wording = verified ? 'IAM says' : 'IAM may say'
  return [
    { text: message },
    { text: place, style: 'dim', detail: true },
    ...(awsMessage === null ? [] : [{ text: `${wording}: ${awsMessage}`, style: 'dim', detail: true } as const]),
  ]
}
