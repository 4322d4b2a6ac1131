/** Does a condition hold for the values a request carries under its key? The table of absent keys, set operators and negation. */

import { type Lookup, variablesIn } from './glob.ts'
import { isMultivalued } from './keys.ts'
import type { Condition } from './policy.ts'
import { all, any, not, type Truth, truthOf } from './truth.ts'
import { isReadable, isTooLong, valueMatches } from './value.ts'

/** The values under the condition's key; null: the request does not carry it. */
export type Values = readonly string[] | null

const NO_VARIABLES: Lookup = () => null

export function holds(condition: Condition, values: Values, lookup: Lookup = NO_VARIABLES): Truth {
  const { base, qualifier } = condition.operator
  if (base === null) return 'undecided'
  if (base.family === 'null') return nullHolds(condition, values)
  if (values === null) return absentHolds(condition)
  const [first] = values
  if (first === undefined) return emptyHolds(condition)
  if (qualifier === null) return unqualifiedHolds(condition, values, lookup)
  // An empty text is an empty set to them (IAM User Guide, reference_policies_multi-value-conditions).
  if (values.length === 1 && first === '') return emptyHolds(condition)
  const test = (value: string) => satisfied(condition, value, lookup)
  return qualifier === 'ForAllValues' ? all(values, test) : any(values, test)
}

/**
 * AWS says no more than that a key of several values needs a qualifier. Without one, some take it to match nothing and others to match
 * when any value does: they agree where no value does.
 */
function unqualifiedHolds(condition: Condition, values: readonly string[], lookup: Lookup): Truth {
  const [first = ''] = values
  if (values.length === 1 && !isMultivalued(condition.name)) return satisfied(condition, first, lookup)
  const none = values.every((value) => satisfied(condition, value, lookup) === 'no')
  return none && condition.operator.base?.negated === false ? 'no' : 'undecided'
}

function satisfied(condition: Condition, value: string, lookup: Lookup): Truth {
  const matched = matchesSome(condition, { value, lookup })
  const negated = condition.operator.base?.negated === true
  if (matched === 'no' && condition.variables) {
    const open = unresolvedIn(condition, lookup)
    // What a negated operator does with an unresolved variable is not documented.
    if (open === 'unsaid' || (open === 'absent' && negated)) return 'undecided'
  }
  return negated ? not(matched) : matched
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

/** `absent`: a variable has no value and no default. `unsaid`: the request carries it but does not say what, or nobody can read it. */
function unresolvedIn(condition: Condition, lookup: Lookup): 'none' | 'absent' | 'unsaid' {
  let result: 'none' | 'absent' = 'none'
  for (const value of condition.values) {
    if (!value.includes('${')) continue
    for (const variable of variablesIn(value)) {
      const found = variable === null ? undefined : lookup(variable.key)
      if (found === undefined) return 'unsaid'
      if (found === null && variable?.otherwise === null) result = 'absent'
    }
  }
  return result
}

/** Positive operators need the key; negated ones, IfExists and ForAllValues hold without it; ForAnyValue never does. */
function absentHolds(condition: Condition): Truth {
  const { base, qualifier, ifExists } = condition.operator
  if (ifExists || qualifier === 'ForAllValues') return 'yes'
  if (qualifier === 'ForAnyValue') return 'no'
  return truthOf(base?.negated === true)
}

/** The key is there, and holds nothing. Whether that counts as "exists" is not documented. */
function emptyHolds(condition: Condition): Truth {
  const { base, qualifier, ifExists } = condition.operator
  if (qualifier === 'ForAllValues' || (qualifier === null && base?.negated === true)) return 'yes'
  return ifExists ? 'undecided' : 'no'
}

// Sources disagree on what a qualifier does to Null; and an empty list is neither clearly there nor clearly not.
function nullHolds(condition: Condition, values: Values): Truth {
  if (condition.operator.qualifier !== null || values?.length === 0) return 'undecided'
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
  if (base.family === 'null' && qualifier !== null) return true
  if (base.family !== 'null' && qualifier === null && isMultivalued(condition.name)) return true
  return condition.values.some(
    (value) => isTooLong(value) || isVariable(condition, value) || !isReadable(base.family, value),
  )
}

function isVariable(condition: Condition, value: string): boolean {
  return condition.variables && value.includes('${') && variablesIn(value).length > 0
}
