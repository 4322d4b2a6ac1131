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
import type { Condition, Family, Relation } from './policy.ts'
import { type Truth, truthOf } from './truth.ts'

export function valueMatches(condition: Condition, wanted: string, given: { value: string; lookup: Lookup }): Truth {
  const base = condition.operator.base
  if (base === null || isTooLong(wanted)) return 'undecided'
  const { value, lookup } = given
  switch (base.family) {
    case 'string':
      return stringMatches(condition, wanted, given)
    case 'arn':
      return condition.variables && wanted.includes('${')
        ? arnMatches(base, patternOf(condition, wanted, lookup), value)
        : plainArnMatches(base, wanted, value)
    case 'numeric':
      return ordered(base, parseNumber(value), parseNumber(wanted))
    case 'date':
      return ordered(base, parseMoment(value), parseMoment(wanted))
    case 'bool':
      // What a policy variable is worth here, the IAM User Guide and Access Analyzer disagree on; nothing else is a boolean.
      return isBoolean(wanted) ? truthOf(value.toLowerCase() === wanted.toLowerCase()) : 'undecided'
    case 'binary':
      return isBinary(wanted) ? truthOf(value === wanted) : 'undecided'
    case 'ip':
      return addressMatches(base, wanted, value)
    case 'null':
      return 'undecided'
    default:
      return base.family satisfies never
  }
}

/** False for what IAM would not take as a value of these operators: stored all the same, nobody knows what it does. */
export function isReadable(family: Family, wanted: string): boolean {
  switch (family) {
    case 'arn':
      return wanted === '*' || arnFields(wanted) !== null
    case 'numeric':
      return parseNumber(wanted) !== null
    case 'date':
      return parseMoment(wanted) !== null
    case 'ip':
      return parseRange(wanted) !== null
    case 'bool':
    case 'null':
      return isBoolean(wanted)
    case 'binary':
      return isBinary(wanted)
    case 'string':
      return true
    default:
      return family satisfies never
  }
}

function isBoolean(text: string): boolean {
  return /^(?:true|false)$/i.test(text)
}

function isBinary(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
}

type Base = NonNullable<Condition['operator']['base']>

/** A request's value that is none of its kind matches nothing; what a negated operator makes of that is not documented. */
function unreadable(base: Base): Truth {
  return base.negated ? 'undecided' : 'no'
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
function arnMatches(base: Base, pattern: Glob | null, value: string): Truth {
  // An unresolved variable makes the value match nothing.
  if (pattern === null) return 'no'
  if (pattern.length === 1 && pattern[0] === STAR) return 'yes'
  const [fields, parts] = [globFields(pattern), arnFields(value)]
  if (fields === null) return 'undecided'
  if (parts === null) return unreadable(base)
  return truthOf(fields.every((field, i) => matches(field, parts[i] ?? '')))
}

/** The same of a value without variables. */
function plainArnMatches(base: Base, wanted: string, value: string): Truth {
  if (wanted === '*') return 'yes'
  const [fields, parts] = [arnFields(wanted), arnFields(value)]
  if (fields === null) return 'undecided'
  if (parts === null) return unreadable(base)
  return truthOf(fields.every((field, i) => matchesPattern(field, parts[i] ?? '')))
}

function ordered(base: Base, value: number | null, wanted: number | null): Truth {
  if (wanted === null) return 'undecided'
  return value === null ? unreadable(base) : truthOf(inOrder(base.relation, value, wanted))
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

function addressMatches(base: Base, wanted: string, value: string): Truth {
  const [range, address] = [parseRange(wanted), parseRange(value)]
  if (range === null) return 'undecided'
  if (address === null) return unreadable(base)
  // IPv4 is never within IPv6, nor the other way round.
  if (address.version !== range.version) return 'no'
  return truthOf(address.first >= range.first && address.last <= range.last)
}
