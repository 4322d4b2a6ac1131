/** Does one value of a request satisfy one value of a condition? Per family of operators; knows nothing of absent keys or of negation. */

import { parseRange } from './address.ts'
import { arnFields } from './arn.ts'
import {
  type Glob,
  glob,
  globFields,
  type Lookup,
  literal,
  matches,
  matchesPattern,
  resolve,
  STAR,
  textOf,
} from './glob.ts'
import { parseMoment } from './moment.ts'
import type { Condition, Relation } from './policy.ts'
import { type Truth, truthOf } from './truth.ts'

export function valueMatches(condition: Condition, wanted: string, given: { value: string; lookup: Lookup }): Truth {
  const base = condition.operator.base
  if (base === null || isTooLong(wanted)) return 'undecided'
  const { value, lookup } = given
  switch (base.family) {
    case 'string':
      return stringMatches(condition, wanted, given)
    case 'arn':
      return truthOf(arnMatches(patternOf(condition, wanted, lookup), value))
    case 'numeric':
      return ordered(base.relation, parseNumber(value), parseNumber(wanted))
    case 'date':
      return ordered(base.relation, parseMoment(value), parseMoment(wanted))
    case 'bool':
      return truthOf(value.toLowerCase() === wanted.toLowerCase())
    case 'binary':
      return truthOf(value === wanted)
    case 'ip':
      return addressMatches(wanted, value)
    case 'null':
      return 'undecided'
    default:
      return base.family satisfies never
  }
}

/** Longer than any policy IAM stores: nothing that could be in force, and matching takes pattern × text. */
export function isTooLong(wanted: string): boolean {
  return wanted.length > 8192
}

/** The pattern of a string or ARN value. Null: a variable in it is unresolved. */
export function patternOf(condition: Condition, wanted: string, lookup: Lookup): Glob | null {
  const relation = condition.operator.base?.relation
  if (condition.variables && wanted.includes('${')) return resolve(wanted, relation === 'like', lookup)
  return relation === 'like' ? glob(wanted) : literal(wanted)
}

function stringMatches(condition: Condition, wanted: string, given: { value: string; lookup: Lookup }): Truth {
  const relation = condition.operator.base?.relation
  const { value, lookup } = given
  if (!condition.variables || !wanted.includes('${')) {
    if (relation === 'equals') return truthOf(value === wanted)
    if (relation === 'like') return truthOf(matchesPattern(wanted, value))
    return truthOf(value.toLowerCase() === wanted.toLowerCase())
  }
  const pattern = patternOf(condition, wanted, lookup)
  // An unresolved variable makes the value match nothing.
  if (pattern === null) return 'no'
  if (relation === 'like') return truthOf(matches(pattern, value))
  const text = textOf(pattern)
  return truthOf(relation === 'equals' ? value === text : value.toLowerCase() === text.toLowerCase())
}

// Exactly `*` is every ARN; otherwise the six fields are compared one by one, so that a star cannot cross a colon before the resource.
function arnMatches(pattern: Glob | null, value: string): boolean {
  if (pattern === null) return false
  if (pattern.length === 1 && pattern[0] === STAR) return true
  const [fields, parts] = [globFields(pattern), arnFields(value)]
  return parts?.every((part, i) => matches(fields?.[i] ?? NOTHING, part)) ?? false
}

/** Matches no text. */
const NOTHING: Glob = [Number.NaN]

function ordered(relation: Relation, value: number | null, wanted: number | null): Truth {
  if (wanted === null) return 'undecided'
  return truthOf(value !== null && inOrder(relation, value, wanted))
}

function inOrder(relation: Relation, value: number, wanted: number): boolean {
  switch (relation) {
    case 'less':
      return value < wanted
    case 'less-or-equal':
      return value <= wanted
    case 'greater':
      return value > wanted
    case 'greater-or-equal':
      return value >= wanted
    default:
      return value === wanted
  }
}

export function parseNumber(text: string): number | null {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null
}

function addressMatches(wanted: string, value: string): Truth {
  const [range, address] = [parseRange(wanted), parseRange(value)]
  if (range === null) return 'undecided'
  if (address === null || address.version !== range.version) return 'no'
  return truthOf(address.first >= range.first && address.last <= range.last)
}
