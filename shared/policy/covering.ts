/** Conditions that say no more than another on the same key does: whoever meets that one meets them. Asks nobody. */

import { holds } from './condition.ts'
import { entirely, type Narrowed } from './condition-words.ts'
import type { Condition } from './policy.ts'

/** Without those that another one makes needless; of two that say the same the first stays. */
export function telling(all: readonly Narrowed[]): readonly Narrowed[] {
  if (all.length < 2) return all
  return all.filter(
    (one, i) => !all.some((other, j) => other !== one && covers(one, other) && (j < i || !covers(other, one))),
  )
}

/** Does whoever meets one of these meet the condition? */
export function isMetBy(condition: Condition, others: readonly Condition[]): boolean {
  return others.some((other) => other.canonical === condition.canonical || covers(entirely(condition), entirely(other)))
}

/** Does whoever meets the one meet the wide? False: not that anybody could tell. */
function covers(wide: Narrowed, one: Narrowed): boolean {
  if (wide.condition.name !== one.condition.name || !isPlain(one)) return false
  const { operator, variables } = wide.condition
  if (variables && wide.values.some((value) => value.includes('${'))) return false
  const condition = { ...wide.condition, values: wide.values }
  if (one.values.every((value) => isOneText(one.condition, value)))
    return one.values.every((value) => holds(condition, [value]) === 'yes')
  if (operator.base?.family === 'null') return holds(condition, ['present']) === 'yes'
  // A star of the wide pattern takes a star of the other one as it takes any text; a question mark would take it for a single letter.
  const isPattern = isPlain(wide) && operator.base?.relation === 'like'
  const patterns = { ...condition, values: wide.values.filter((value) => !value.includes('?')) }
  return isPattern && one.values.every((value) => holds(patterns, [value]) === 'yes')
}

/** One of some texts, or of some patterns of texts. */
function isPlain({ condition: { operator, variables }, values }: Narrowed): boolean {
  const { base, qualifier, ifExists } = operator
  if (base?.family !== 'string' || base.negated || qualifier !== null || ifExists || values.length === 0) return false
  return ['equals', 'like'].includes(base.relation) && !(variables && values.some((value) => value.includes('${')))
}

function isOneText({ operator }: Condition, value: string): boolean {
  return operator.base?.relation === 'equals' || !/[*?]/.test(value)
}
