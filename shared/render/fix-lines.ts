/** What findings propose, for whoever checks a policy: what would change in the document, and the command that writes it. Judges nothing. */

import type { Finding } from '../finding.ts'
import { writeCommand } from '../write-command.ts'
import { ONE_OF_THESE } from './remedy.ts'
import { type Line, type Room, type Style, sayLine, upTo } from './section.ts'
import { isShownAsIs } from './spelt-out.ts'
import { unifiedDiff } from './unified-diff.ts'

/** The policy that was checked. */
export interface CheckedDocument {
  /** As it was named. */
  readonly source: string
  readonly text: string
  /** Null: not known, so there is no command. */
  readonly roleName: string | null
}

const ROOM: Room = { most: 3, rest: '--format json has the policies all propose' }
/** Longer ones are cut like any text. */
const LONGEST_LINE = 500

/** Each proposed document once. */
export function fixLines(findings: readonly Finding[], document: CheckedDocument): readonly Line[] {
  const fixing = findings.filter(
    ({ fix }, at) => fix !== null && findings.findIndex((other) => other.fix?.policy === fix.policy) === at,
  )
  const lines = upTo(ROOM, fixing, ({ rule, fix }) =>
    fix === null
      ? []
      : [
          { text: `What ${rule} proposes: ${fix.summary}` },
          ...diffLines(fix.policy, document),
          ...commandLines(fix.policy, document),
        ],
  )
  return fixing.length > 1 ? [...lines, ...sayLine(ONE_OF_THESE)] : lines
}

const STYLES: ReadonlyMap<string, Style> = new Map([
  ['-', 'red'],
  ['+', 'green'],
  ['@', 'cyan'],
])

/** Both in the same layout: what differs is what the fix changes, and not how somebody indents. */
function diffLines(policy: string, { source, text }: CheckedDocument): readonly Line[] {
  const names = { before: source, after: `${source} (proposed)` }
  const diff = unifiedDiff(laidOut(text), laidOut(policy), names)
  if (diff === null) return [{ text: 'too long to show what differs: --format json has the policy', detail: true }]
  return diff.map((line) => ({
    text: line,
    style: STYLES.get(line.charAt(0)) ?? 'dim',
    detail: true,
    ...(line.length > LONGEST_LINE ? {} : { whole: true }),
  }))
}

function laidOut(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), null, 2)
  } catch {
    return policy
  }
}

function commandLines(policy: string, { roleName }: CheckedDocument): readonly Line[] {
  if (roleName === null) return []
  const command = writeCommand(roleName, policy)
  // An altered command would do something else.
  if (!isShownAsIs(command))
    return [{ text: 'The command holds characters that a terminal must not show.', detail: true }]
  return [{ text: command, style: 'bold', detail: true, whole: true }]
}
