/** Is there a value for one condition key that makes these conditions hold and those not? Exact where it says so. Knows nothing of statements. */

import { type Budget, spend } from './budget.ts'
import { holds, type Values } from './condition.ts'
import { ANY, FIELD_ANY, FIELD_STAR, type Glob, glob, globFields, matchesPattern, STAR } from './glob.ts'
import { findText, type Member } from './language.ts'
import type { Condition } from './policy.ts'
import { boundaries } from './sample.ts'
import { patternOf } from './value.ts'

/** A condition that must hold, or must not. */
export interface Literal {
  readonly condition: Condition
  readonly want: boolean
}

/** What a key may be in the situation looked at. */
export interface Domain {
  readonly absent: boolean
  /** Only these; null: any text. */
  readonly only: readonly string[] | null
  /** Any text that matches this. */
  readonly within: string | null
  /** None that matches one of these. */
  readonly except: readonly string[]
  /** Readable values to try first. */
  readonly samples: readonly string[]
}

export type Solution =
  | { readonly kind: 'value'; readonly values: Values }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }

const NONE: Solution = { kind: 'none' }
const UNKNOWN: Solution = { kind: 'unknown' }

export function solveKey(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  if (domain.absent && fits(literals, null)) return { kind: 'value', values: null }
  const single = solveValue(literals, domain, within)
  if (single.kind !== 'none') return single
  const qualified = literals.every(({ condition }) => condition.operator.qualifier !== null || isNull(condition))
  return qualified && domain.only === null ? solveSet(literals, domain, within) : NONE
}

function fits(literals: readonly Literal[], values: Values): boolean {
  for (const { condition, want } of literals) if (holds(condition, values) !== (want ? 'yes' : 'no')) return false
  return true
}

function isNull(condition: Condition): boolean {
  return condition.operator.base?.family === 'null'
}

/** One value for all. */
function solveValue(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  const exact = exactValues(literals)
  const candidates = domain.only ?? exact ?? [...domain.samples, ...boundaries(literals.map((l) => l.condition))]
  const cost = costOf(literals)
  for (const value of candidates) {
    if (!spend(within, cost)) return UNKNOWN
    if (allowed(value, domain) && fits(literals, [value])) return { kind: 'value', values: [value] }
  }
  if (domain.only !== null || exact !== null) return NONE
  return proveText(literals, domain, within)
}

function costOf(literals: readonly Literal[]): number {
  let cost = 0
  for (const { condition } of literals) cost += 1 + condition.values.length / 16
  return cost
}

function allowed(value: string, domain: Domain): boolean {
  if (domain.except.some((pattern) => matchesPattern(pattern, value))) return false
  if (domain.within === null) return true
  return matchesPattern(domain.within, value)
}

/** When a condition that must hold lists its values, no other value can do. */
function exactValues(literals: readonly Literal[]): readonly string[] | null {
  for (const { condition, want } of literals) {
    const { base } = condition.operator
    if (base === null || base.negated === want) continue
    if (base.family === 'binary' || (base.family === 'string' && base.relation === 'equals')) return condition.values
  }
  return null
}

const TEXTUAL = new Set(['string', 'arn', 'bool', 'binary'])

/** No readable candidate fits: is there any text at all? */
function proveText(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  const present = literals.filter(({ condition }) => isNull(condition))
  if (!fits(present, ['present'])) return NONE
  const rest = literals.filter(({ condition }) => !isNull(condition))
  const families = new Set(rest.map(({ condition }) => condition.operator.base?.family ?? 'null'))
  const isText = [...families].every((family) => TEXTUAL.has(family))
  // End points, midpoints and neighbours are all there is to try for numbers, dates and addresses.
  if (!isText) return families.size === 1 && domain.within === null ? NONE : UNKNOWN
  if (isPlainContradiction(rest)) return NONE
  const found = findText([...rest.map(memberOf), ...domainMembers(domain)], within)
  if (found === undefined) return UNKNOWN
  return found === null ? NONE : { kind: 'value', values: [found] }
}

/** The same condition wanted and not wanted. */
function isPlainContradiction(literals: readonly Literal[]): boolean {
  return literals.some(
    ({ condition, want }, i) =>
      condition.operator.qualifier === null &&
      literals.some((other, j) => j > i && other.want !== want && other.condition.canonical === condition.canonical),
  )
}

function memberOf({ condition, want }: Literal): Member {
  const base = condition.operator.base
  const ignoreCase = base?.family === 'bool' || base?.relation === 'equals-ignore-case'
  const globs = condition.values.flatMap((value) => {
    const pattern = patternOf(condition, value, () => null)
    if (pattern === null) return []
    return base?.family === 'arn' ? arnGlob(pattern) : [pattern]
  })
  return { globs, wanted: want !== base?.negated, ignoreCase }
}

function arnGlob(pattern: Glob): readonly Glob[] {
  if (pattern.length === 1 && pattern[0] === STAR) return [pattern]
  const fields = globFields(pattern)
  if (fields === null) return []
  const narrow = (token: number) => (token === STAR ? FIELD_STAR : token === ANY ? FIELD_ANY : token)
  return [fields.flatMap((field, i) => (i === 5 ? field : [...field.map(narrow), 58]))]
}

function domainMembers(domain: Domain): readonly Member[] {
  const inside = domain.within === null ? [] : [{ globs: [glob(domain.within)], wanted: true, ignoreCase: false }]
  const outside = {
    globs: domain.except.map(glob),
    wanted: false,
    ignoreCase: false,
  }
  return domain.except.length === 0 ? inside : [...inside, outside]
}

/** Several values: one for each "some value", each obeying every "all values". */
function solveSet(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  const needs = literals.filter((one) => !isNull(one.condition) && isSome(one))
  if (needs.length < 2) return NONE
  const everywhere = literals.filter((one) => isNull(one.condition) || !isSome(one))
  const values: string[] = []
  for (const need of needs) {
    const found = solveValue([need, ...everywhere], domain, within)
    if (found.kind !== 'value') return found
    values.push(...(found.values ?? []))
  }
  return { kind: 'value', values }
}

/** ForAnyValue wanted, or ForAllValues not wanted: some value must show it. */
function isSome({ condition, want }: Literal): boolean {
  return (condition.operator.qualifier === 'ForAnyValue') === want
}
