/** What used to stand in a caller's way, or does now: which the other document asks for. Said only where it is true of every Allow there. */

import { callOf, conditionHolds } from './call.ts'
import type { Cell } from './cell.ts'
import { holds } from './condition.ts'
import { claimWords, entirely, list, type Narrowed, whereWords } from './condition-words.ts'
import { isMetBy } from './covering.ts'
import type { Hit } from './hit.ts'
import { presence } from './keys.ts'
import type { Condition } from './policy.ts'
import { issuerBehind, serviceBehind } from './principal.ts'
import { formerWords } from './provider-words.ts'
import type { Clause } from './side.ts'

const MOST_WAYS = 2

interface Told {
  readonly tense: 'gained' | 'lost'
  /** What the entry says of the caller. */
  readonly narrowed: readonly Narrowed[]
}

/** What stands in the way in the other document, where it trusts the same caller at all. */
export function contrast(hit: Hit, { tense, narrowed }: Told): string {
  const { allows, denies } = hit.quest.other
  if (allows.length + denies.length === 0) return ''
  const when = tense === 'gained' ? 'before' : 'now'
  const isDenied = denies.some(({ conditions, riddles }) => conditions.length + riddles.length === 0)
  if (hit.denial !== null || isDenied) return ` (${when}: kept out by a Deny)`
  const call = callOf(hit.request)
  // Some of those told fail one condition, some another: all that any of them may fail stood in the way.
  const told = narrowed.map(({ condition, values }) => ({ ...condition, values }))
  const ways = allows
    .filter((allow) => mayApply(allow, hit))
    .map(({ statement }) =>
      statement.conditions.filter((one) => conditionHolds(one, call) === 'no' || !isMetBy(one, told)),
    )
  if (ways.some((unmet) => isToldAlready(unmet, hit, narrowed))) return ''
  const words = [...new Set(together(ways).map((unmet) => contrastWords(unmet, hit.cell)))]
  return words.length === 0 || words.length > MOST_WAYS ? '' : ` (${when}: only ${list(words, 'or')})`
}

/** Of several ways that ask one key for different values, one: "where sts:ExternalId is a or b". */
function together(ways: readonly (readonly Condition[])[]): readonly (readonly Condition[])[] {
  const [first, ...others] = ways.map((unmet) => (unmet.length === 1 ? unmet[0] : undefined))
  const { base, qualifier } = first?.operator ?? {}
  if (first === undefined || base == null || base.negated || base.family === 'null' || qualifier !== null) return ways
  const isAlike = (one: Condition | undefined) => one?.name === first.name && one.operator.name === first.operator.name
  if (!others.every(isAlike)) return ways
  return [[{ ...first, values: ways.flat().flatMap(({ values }) => values) }]]
}

/** The same words beside what is new would tell of no difference. */
function isToldAlready(unmet: readonly Condition[], { cell }: Hit, narrowed: readonly Narrowed[]): boolean {
  const told = new Set(narrowed.map((one) => claimWords(one, issuerBehind(cell.form))))
  return unmet.every((condition) => told.has(claimWords(entirely(condition), issuerBehind(cell.form))))
}

/** False where it asks for what such a caller never has. */
function mayApply({ statement }: Clause, { cell, request: { action } }: Hit): boolean {
  const { form, type } = cell
  const at = { type, action, issuer: issuerBehind(form), service: serviceBehind(form), kind: form.kind }
  return statement.conditions.every((condition) => {
    if (presence(condition.name, at) === 'never') return holds(condition, null) !== 'no'
    const isHis = cell.open === null || (condition.name === 'aws:principalaccount' && !isOfMany(cell))
    const value = isHis ? cell.derived(condition.name) : undefined
    return value === undefined || holds(condition, [value]) !== 'no'
  })
}

function isOfMany({ fresh, like }: Cell): boolean {
  return fresh || like.length > 0
}

/** Whoever reads of runs of a repository knows what the subject of its token is. */
function contrastWords(unmet: readonly Condition[], cell: Cell): string {
  const issuer = issuerBehind(cell.form)
  const [only] = unmet
  const subject = issuer === null || unmet.length > 1 || only === undefined ? null : formerWords(issuer, only)
  if (subject !== null) return subject
  return whereWords(unmet, issuer)
}
