/** What `check` found in one policy, for a terminal. Says what it is given; judges nothing. */

import type { Finding } from '../finding.ts'
import type { Change, Undecided } from '../policy/comparison.ts'
import type { Problem } from '../policy/problem.ts'
import { byWorstFirst } from '../severity.ts'
import { findingLines, severityMark } from './account.ts'
import { type CheckedDocument, fixLines } from './fix-lines.ts'
import { type Line, type Room, upTo } from './section.ts'
import { IN_TERMINAL } from './terminal.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { count, witnessWords } from './words.ts'

/** JSON shape of `trustdrift check`. */
export interface Checked {
  readonly source: string
  readonly problems: readonly Problem[]
  readonly findings: readonly Finding[]
}

/** What comparing the policy with nobody says: who can get in, whether a rule objects or not. And the policy itself. */
export interface WhoGetsIn {
  readonly document: CheckedDocument
  readonly admitted: readonly Change[]
  readonly undecided: readonly Undecided[]
}

const ROOM: Room = { most: 20, rest: '--format json lists all' }

/** Ends in a newline. @param who those of them that are to be shown */
export function renderCheck(checked: Checked, who: WhoGetsIn, options: TerminalOptions): string {
  const { source, problems, findings } = checked
  return layOut(
    [
      { label: 'CHECKED', style: 'bold', lines: [{ text: source, style: 'bold' }, { text: summary(checked, who) }] },
      { label: 'PROBLEMS', style: 'red', lines: upTo(ROOM, problems, problem) },
      { label: 'FINDINGS', style: 'bold', lines: findingLines(findings, IN_TERMINAL) },
      { label: 'FIX', style: 'green', lines: fixLines(findings, who.document) },
      { label: 'ADMITTED', style: 'bold', lines: upTo(ROOM, [...who.admitted].sort(byWorstFirst), admitted) },
      { label: 'UNDECIDED', style: 'yellow', lines: upTo(ROOM, who.undecided, undecided) },
    ],
    options,
  )
}

function summary({ problems, findings }: Checked, who: WhoGetsIn): string {
  const parts = [
    problems.length === 0 ? '' : `IAM would refuse this policy: ${count(problems.length, 'problem')}.`,
    findings.length === 0 ? '' : `${count(findings.length, 'finding')}.`,
    who.undecided.length === 0 ? '' : 'Who can get in could not be decided in full.',
  ].filter((part) => part !== '')
  if (parts.length > 0) return parts.join(' ')
  return who.admitted.length === 0 ? 'Nothing to report.' : 'No findings, but look at who can get in.'
}

function admitted({ says, severity, witness }: Change): readonly Line[] {
  return [
    { text: says, marks: [severityMark(severity)] },
    { text: `for example ${witnessWords(witness)}`, style: 'dim', detail: true },
  ]
}

function undecided({ says, path }: Undecided): readonly Line[] {
  return [{ text: path === '' ? says : `${says} (at ${path})`, marks: [severityMark('high')] }]
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
