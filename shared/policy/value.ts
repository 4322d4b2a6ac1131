/** Does one value of a request satisfy one value of a condition? Per family of operators; knows nothing of absent keys or of negation. */

import { parseRange, type Range } from './address.ts'
import { arnFields } from './arn.ts'
import { type Glob, glob, globFields, type Lookup, literal, matches, resolve, STAR, textOf } from './glob.ts'
import { parseMoment } from './moment.ts'
import type { Condition, Relation } from './policy.ts'
import { type Truth, truthOf } from './truth.ts'

type Test = (value: string) => Truth

const compiled = new WeakMap<Condition, readonly Test[]>()

/** One test for each of the condition's values, in their order. */
export function valueTests(condition: Condition, lookup: Lookup): readonly Test[] {
  if (condition.variables && condition.values.some((value) => value.includes('${')))
    return condition.values.map((value) => valueTest(condition, value, lookup))
  const known = compiled.get(condition)
  if (known !== undefined) return known
  const tests = condition.values.map((value) => valueTest(condition, value, lookup))
  compiled.set(condition, tests)
  return tests
}

function valueTest(condition: Condition, wanted: string, lookup: Lookup): Test {
  const base = condition.operator.base
  if (base === null) return () => 'undecided'
  switch (base.family) {
    case 'string':
      return stringTest(base.relation, patternOf(condition, wanted, lookup), wanted)
    case 'arn':
      return arnTest(patternOf(condition, wanted, lookup))
    case 'numeric':
      return orderTest(base.relation, parseNumber(wanted), parseNumber)
    case 'date':
      return orderTest(base.relation, parseMoment(wanted), parseMoment)
    case 'bool':
      return (value) => truthOf(value.toLowerCase() === wanted.toLowerCase())
    case 'binary':
      return (value) => truthOf(value === wanted)
    case 'ip':
      return addressTest(parseRange(wanted))
    case 'null':
      return () => 'undecided'
    default:
      return base.family satisfies never
  }
}

/** The pattern of a string or ARN value. Null: a variable in it is unresolved. */
export function patternOf(condition: Condition, wanted: string, lookup: Lookup): Glob | null {
  const relation = condition.operator.base?.relation
  if (condition.variables && wanted.includes('${')) return resolve(wanted, relation === 'like', lookup)
  return relation === 'like' ? glob(wanted) : literal(wanted)
}

// An unresolved variable makes the value match nothing.
function stringTest(relation: Relation, pattern: Glob | null, wanted: string): Test {
  if (pattern === null) return () => 'no'
  const text = wanted.includes('${') ? textOf(pattern) : wanted
  if (relation === 'like') return (value) => truthOf(matches(pattern, value))
  if (relation === 'equals') return (value) => truthOf(value === text)
  return (value) => truthOf(value.toLowerCase() === text.toLowerCase())
}

// Exactly `*` is every ARN; otherwise the six fields are compared one by one, so that a star cannot cross a colon before the resource.
function arnTest(pattern: Glob | null): Test {
  if (pattern === null) return () => 'no'
  if (pattern.length === 1 && pattern[0] === STAR) return () => 'yes'
  const fields = globFields(pattern)
  if (fields === null) return () => 'no'
  return (value) => {
    const parts = arnFields(value)
    return truthOf(parts?.every((part, i) => matches(fields[i] ?? [], part)) === true)
  }
}

function orderTest(relation: Relation, wanted: number | null, parse: (text: string) => number | null): Test {
  if (wanted === null) return () => 'undecided'
  return (value) => {
    const number = parse(value)
    return truthOf(number !== null && inOrder(relation, number, wanted))
  }
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

function addressTest(wanted: Range | null): Test {
  if (wanted === null) return () => 'undecided'
  return (value) => {
    const address = parseRange(value)
    if (address === null || address.version !== wanted.version) return 'no'
    return truthOf(address.first >= wanted.first && address.last <= wanted.last)
  }
}
