/** What differs between two texts, line by line, as `diff -u` and `patch` write it. Knows nothing of policies. */

import { structuredPatch } from 'diff'

/** Lines taken out and put in: nobody reads a difference of more. */
const MOST_EDITS = 1_500

/** Without lines where nothing differs; null where the texts differ in too much. */
export function unifiedDiff(
  before: string,
  after: string,
  names: { readonly before: string; readonly after: string },
): readonly string[] | null {
  const bounded = { context: 3, maxEditLength: MOST_EDITS }
  const patch = structuredPatch(names.before, names.after, `${before}\n`, `${after}\n`, undefined, undefined, bounded)
  if (patch === undefined) return null
  const hunks = patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ])
  return hunks.length === 0 ? [] : [`--- ${names.before}`, `+++ ${names.after}`, ...hunks]
}
