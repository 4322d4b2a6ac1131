/** Does a condition hold for the values a request carries under its key? The table of absent keys, set operators and negation. */

import type { Lookup } from './glob.ts'
import { isMultivalued } from './keys.ts'
import type { Condition } from './policy.ts'
import { all, any, not, type Truth, truthOf } from './truth.ts'
import { isTooLong, valueMatches } from './value.ts'

/** The values under the condition's key; null: the request does not carry it. */
export type Values = readonly string[] | null

const NO_VARIABLES: Lookup = () => null

export function holds(condition: Condition, values: Values, lookup: Lookup = NO_VARIABLES): Truth {
  const { base, qualifier, ifExists } = condition.operator
  if (base === null) return 'undecided'
  if (base.family === 'null') return nullHolds(condition, values)
  if (values === null) return absentHolds(condition)
  if (values.length === 0) return qualifier === null && ifExists ? 'yes' : absentHolds(condition)
  if (qualifier === null) {
    // Without a qualifier AWS only says that a key of several values needs one.
    const [first] = values
    return values.length > 1 || first === undefined ? 'undecided' : satisfied(condition, first, lookup)
  }
  const test = (value: string) => satisfied(condition, value, lookup)
  return qualifier === 'ForAllValues' ? all(values, test) : any(values, test)
}

function satisfied(condition: Condition, value: string, lookup: Lookup): Truth {
  const matched = matchesSome(condition, { value, lookup })
  if (condition.operator.base?.negated !== true) return matched
  // What a negated operator does with an unresolved variable is not documented.
  return matched === 'no' && hasUnresolved(condition, lookup) ? 'undecided' : not(matched)
}

function matchesSome(condition: Condition, given: { readonly value: string; readonly lookup: Lookup }): Truth {
  let result: Truth = 'no'
  for (const wanted of condition.values) {
    const truth = valueMatches(condition, wanted, given)
    if (truth === 'yes') return truth
    if (truth === 'undecided') result = truth
  }
  return result
}

function hasUnresolved(condition: Condition, lookup: Lookup): boolean {
  if (!condition.variables) return false
  return condition.values.some((value) =>
    [...value.matchAll(/\$\{\s*([^{},\s*?$]+)[^{}]*\}/g)].some(
      (match) => !match[0].includes(',') && lookup(match[1] ?? '') === null,
    ),
  )
}

/** Positive operators need the key; negated ones, IfExists and ForAllValues hold without it; ForAnyValue never does. */
function absentHolds(condition: Condition): Truth {
  const { base, qualifier, ifExists } = condition.operator
  if (ifExists || qualifier === 'ForAllValues') return 'yes'
  if (qualifier === 'ForAnyValue') return 'no'
  return truthOf(base?.negated === true)
}

// Sources disagree on what a qualifier does to Null.
function nullHolds(condition: Condition, values: Values): Truth {
  if (condition.operator.qualifier !== null) return 'undecided'
  const absent = values === null
  return any(condition.values, (value) => {
    const wanted = value.toLowerCase()
    return wanted === 'true' || wanted === 'false' ? truthOf((wanted === 'true') === absent) : 'undecided'
  })
}

/** True when no request can decide it: an unknown operator, a disputed form, a value that is none. */
export function isUndecidable(condition: Condition): boolean {
  const { base, qualifier } = condition.operator
  if (base === null) return true
  if (base.family === 'null') return qualifier !== null
  if (qualifier === null && isMultivalued(condition.name)) return true
  return condition.values.some(
    (value) => isTooLong(value) || isVariable(condition, value) || isUnreadable(condition, value),
  )
}

function isVariable(condition: Condition, value: string): boolean {
  return condition.variables && value.includes('${') && /\$\{(?![*?$]\})/.test(value)
}

function isUnreadable(condition: Condition, value: string): boolean {
  const family = condition.operator.base?.family
  if (family !== 'numeric' && family !== 'date' && family !== 'ip') return false
  return valueMatches(condition, value, { value: '0', lookup: NO_VARIABLES }) === 'undecided'
}
