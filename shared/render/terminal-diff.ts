/** A Comparison as a table of who, before and after, for a terminal. Says what it is given; judges nothing. */

import type { Change, Comparison, Undecided, Verdict } from '../policy/comparison.ts'
import { byWorstFirst } from '../severity.ts'
import { severityMark } from './account.ts'
import { type Asking, canCommand } from './can-command.ts'
import { type Line, type Mark, type Room, upTo } from './section.ts'
import { isShownAsIs } from './spelt-out.ts'
import { layOut, type TerminalOptions } from './terminal-layout.ts'
import { witnessWords } from './words.ts'

const ROOM: Room = { most: 50, rest: '--format json lists all' }
/** Three short columns stand before the words. */
const NARROWEST = 72

const VERDICTS = {
  equivalent: 'Both admit the same callers.',
  widened: 'The second admits more callers.',
  narrowed: 'The second admits fewer callers.',
  both: 'The second admits some callers that the first does not, and the other way round.',
  undecided: 'Not everything could be decided.',
} as const satisfies Record<Verdict, string>

const denied: Mark = { word: 'denied', style: 'green' }
const allowed: Mark = { word: 'allowed', style: 'red' }
const unsure: Mark = { word: '?', style: 'yellow' }

/** The two policies as a person names them, the role's account where it was given by hand, and the configuration. */
export interface Compared {
  readonly before: string
  readonly after: string
  readonly account: string | null
  readonly config: string | null
}

/** Ends in a newline. */
export function renderComparison(comparison: Comparison, of: Compared, options: TerminalOptions): string {
  const { verdict, gained, lost, undecided } = comparison
  const rows: readonly Line[] = [
    ...upTo(ROOM, [...gained].sort(byWorstFirst), (change) =>
      row(change, [denied, allowed], { ...of, policy: of.after }),
    ),
    ...upTo(ROOM, [...lost].sort(byWorstFirst), (change) =>
      row(change, [allowed, denied], { ...of, policy: of.before }),
    ),
    ...upTo(ROOM, undecided, undecidedRow),
  ]
  const tally = [`${gained.length} gained`, `${lost.length} lost`, `${undecided.length} undecided`]
  return layOut(
    [
      {
        label: 'VERDICT',
        style: 'bold',
        lines: [{ text: `${verdict}: ${VERDICTS[verdict]}` }, { text: tally.join(', ') }],
      },
      { label: 'WHO', style: 'bold', lines: rows.length === 0 ? [] : [head, ...rows] },
    ],
    { ...options, width: Math.max(options.width, NARROWEST) },
  )
}

const head: Line = {
  text: '',
  marks: [
    { word: 'before', style: 'dim' },
    { word: 'after', style: 'dim' },
  ],
}

function row({ says, severity, witness }: Change, marks: readonly [Mark, Mark], asking: Asking): readonly Line[] {
  const command = canCommand(witness, asking)
  return [
    { text: says, marks: [...marks, severityMark(severity)] },
    { text: `for example ${witnessWords(witness)}`, style: 'dim', detail: true },
    // Only where it can be copied as it stands: a word that had to be escaped for the terminal would be another.
    ...(command !== null && isShownAsIs(command)
      ? [{ text: command, style: 'cyan', detail: true, whole: true } as const]
      : []),
  ]
}

function undecidedRow({ says, path }: Undecided): readonly Line[] {
  return [{ text: path === '' ? says : `${says} (at ${path})`, marks: [unsure, unsure, severityMark('high')] }]
}
