/** All the situations an entry speaks of, though its caller was found in one of them. Searches nothing. */

import type { Cell } from './cell.ts'
import type { Quest } from './state.ts'

/**
 * What was found out in another situation does not count. Callers are told apart by their organizations; of strangers each organization
 * has an entry of its own, otherwise one stands for all. Of an account, an entry speaks of users and roles.
 */
export function wholeOf(quest: Quest): readonly Quest[] {
  const { cell, stage } = quest.situation
  const isOne = cell.organization === null ? cell.outside.length === 0 : cell.fresh
  const all = isOne ? cell : { ...cell, organization: null, outside: [] }
  const first = isOne && stage === 'anybody' ? quest : inCell(all, quest)
  const { organization, outside, sibling } = all
  return sibling === null ? [first] : [first, inCell({ ...sibling, organization, outside }, quest)]
}

function inCell(cell: Cell, quest: Quest): Quest {
  const nothingFound = { known: new Map(), solved: new Map(), linked: new Map() }
  return { ...quest, situation: { ...quest.situation, cell, stage: 'anybody', ...nothingFound } }
}
