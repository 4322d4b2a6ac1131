/** Is there a value for one condition key that makes these conditions hold and those not? Exact where it says so. Knows nothing of statements. */

import { lastName } from './arn.ts'
import { type Budget, spend } from './budget.ts'
import { holds, type Values } from './condition.ts'
import {
  ANY,
  DIGIT_ANY,
  DIGIT_STAR,
  FIELD_ANY,
  FIELD_STAR,
  type Glob,
  glob,
  globFields,
  ID_ANY,
  ID_STAR,
  matchesPattern,
  NAME_ANY,
  NAME_STAR,
  STAR,
} from './glob.ts'
import { isSingleValued } from './keys.ts'
import { findText, type Member } from './language.ts'
import type { Condition } from './policy.ts'
import { boundaries } from './sample.ts'
import type { TextSet } from './text-set.ts'
import { patternOf } from './value.ts'

/** A condition that must hold, or must not. */
export interface Literal {
  readonly condition: Condition
  readonly want: boolean
  /** The condition looks at a part of the value only. */
  readonly part?: Part
}

/** aws:username behind the last slash of the user's ARN, aws:PrincipalOrgID before the first of a path, aws:SourceAccount in an ARN. */
type Part = 'name' | 'organization' | 'account'

/** What a key may be in the situation looked at. */
export interface Domain {
  readonly absent: boolean
  /** Only these; null: any text. */
  readonly only: readonly string[] | null
  /** Any text of this set. */
  readonly within: TextSet | null
  /** None that matches one of these. */
  readonly except: readonly string[]
  /** Readable values to try first. */
  readonly samples: readonly string[]
  /** More of them, which are only made when they are needed. */
  readonly further?: () => readonly string[]
}

export type Solution =
  | { readonly kind: 'value'; readonly values: Values }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' }

const NONE: Solution = { kind: 'none' }
const UNKNOWN: Solution = { kind: 'unknown' }

export function solveKey(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  if (isPlainContradiction(literals)) return NONE
  if (domain.absent && fits(literals, null)) return { kind: 'value', values: null }
  const single = solveValue(literals, domain, within)
  if (single.kind !== 'none' || domain.only !== null || literals.length === 0) return single
  const qualified = literals.every(({ condition }) => condition.operator.qualifier !== null || isNull(condition))
  const severally = literals.every(({ condition }) => !isSingleValued(condition.name))
  return qualified && severally ? solveSet(literals, domain, within) : NONE
}

function fits(literals: readonly Literal[], values: Values): boolean {
  for (const { condition, want, part } of literals) {
    const looked = part === undefined ? values : (values?.map(PARTS[part].of) ?? null)
    if (holds(condition, looked) !== (want ? 'yes' : 'no')) return false
  }
  return true
}

function isNull(condition: Condition): boolean {
  return condition.operator.base?.family === 'null'
}

/** One value for all. */
function solveValue(literals: readonly Literal[], domain: Domain, within: Budget): Solution {
  const exact = exactValues(literals)
  const candidates = domain.only ?? exact ?? readable(literals, domain)
  const cost = costOf(literals)
  for (const value of candidates) {
    if (!spend(within, cost)) return UNKNOWN
    if (allowed(value, domain) && fits(literals, [value])) return { kind: 'value', values: [value] }
  }
  if (domain.only !== null || exact !== null) return NONE
  return proveText(literals, domain, within)
}

/** One after the other: the first often fits. */
function* readable(literals: readonly Literal[], { samples, further }: Domain): Generator<string> {
  yield* samples
  if (further !== undefined) yield* further()
  yield* boundaries(literals.map(({ condition }) => condition))
}

function costOf(literals: readonly Literal[]): number {
  let cost = 0
  for (const { condition } of literals) cost += 1 + condition.values.length / 4
  return cost
}

function allowed(value: string, domain: Domain): boolean {
  if (domain.except.some((pattern) => matchesPattern(pattern, value))) return false
  return domain.within === null || domain.within.has(value)
}

/** When a condition that must hold lists its values, no other value can do. */
function exactValues(literals: readonly Literal[]): readonly string[] | null {
  for (const { condition, want, part } of literals) {
    const { base } = condition.operator
    if (base === null || base.negated === want || part !== undefined) continue
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
  if (!isText) return families.size === 1 && !domain.within?.globs ? NONE : UNKNOWN
  const named = proveName(rest, domain, within)
  if (named !== null) return named
  const found = findText([...rest.map(memberOf), ...domainMembers(domain), ...shapes(rest)], within)
  if (found === null) return NONE
  if (found === undefined || !allowed(found, domain) || !fits(literals, [found])) return UNKNOWN
  return { kind: 'value', values: [found] }
}

/** What is asked of the name alone is told sooner: often there is no such name, or one under the usual path will do. Null: neither. */
function proveName(literals: readonly Literal[], domain: Domain, within: Budget): Solution | null {
  const names = literals.filter(({ part }) => part === 'name')
  if (names.length === 0) return null
  const members = names.map(({ condition, want }) => memberOf({ condition, want }))
  const found = findText([...members, { globs: [[NAME_ANY, NAME_STAR]], wanted: true, ignoreCase: false }], within)
  if (found === null) return NONE
  if (found === undefined) return UNKNOWN
  const arn = `${domain.samples[0]?.replace(/[^/]*$/, '')}${found}`
  return allowed(arn, domain) && fits(literals, [arn]) ? { kind: 'value', values: [arn] } : null
}

/** Of a text that is no ARN a negated operator cannot say what it does; an empty one counts as absent behind a set operator. */
function shapes(literals: readonly Literal[]): readonly Member[] {
  const isNegatedArn = ({ condition: { operator } }: Literal) =>
    operator.base?.family === 'arn' && operator.base.negated
  const anyText = { wanted: true, ignoreCase: false }
  return [
    ...(literals.some(isNegatedArn) ? [{ globs: [ARN_SHAPE], ...anyText }] : []),
    ...(literals.some(({ condition }) => condition.operator.qualifier !== null)
      ? [{ globs: [[ANY, STAR]], ...anyText }]
      : []),
  ]
}

const ARN_SHAPE = glob('*:*:*:*:*:*')

/** The same condition wanted and not wanted. */
function isPlainContradiction(literals: readonly Literal[]): boolean {
  return literals.some(({ condition, want }, i) =>
    literals.some((other, j) => j > i && other.want !== want && other.condition.canonical === condition.canonical),
  )
}

function memberOf({ condition, want, part }: Literal): Member {
  const base = condition.operator.base
  const ignoreCase = base?.family === 'bool' || base?.relation === 'equals-ignore-case'
  const globs = condition.values.flatMap((value) => {
    const pattern = patternOf(condition, value, () => null)
    if (pattern === null) return []
    if (part !== undefined) return base?.family === 'arn' && value !== '*' ? [] : PARTS[part].globs(pattern)
    return base?.family === 'arn' ? arnGlob(pattern) : [pattern]
  })
  return { globs, wanted: want !== base?.negated, ignoreCase }
}

function arnGlob(pattern: Glob): readonly Glob[] {
  if (pattern.length === 1 && pattern[0] === STAR) return [pattern]
  const fields = globFields(pattern)
  if (fields === null) return []
  const narrow = (token: number) => (token === STAR ? FIELD_STAR : token === ANY ? FIELD_ANY : token)
  return [fields.flatMap((field, i) => (i === 5 ? field : [...field.map(narrow), COLON]))]
}

const SLASH = 47
const COLON = 58

/** How to come by a part, and the texts of which it matches a pattern. */
const PARTS: Readonly<
  Record<Part, { readonly of: (text: string) => string; readonly globs: (one: Glob) => readonly Glob[] }>
> = {
  name: {
    of: lastName,
    globs: (pattern) =>
      pattern.includes(SLASH) ? [] : [[STAR, SLASH, ...narrowed(pattern, { any: NAME_ANY, star: NAME_STAR })]],
  },
  account: {
    of: (arn) => arn.split(':')[4] ?? '',
    globs: (pattern) => {
      const field = [FIELD_STAR, COLON]
      if (pattern.includes(COLON)) return []
      return [
        [
          ...field,
          ...field,
          ...field,
          ...field,
          ...narrowed(pattern, { any: DIGIT_ANY, star: DIGIT_STAR }),
          COLON,
          STAR,
        ],
      ]
    },
  },
  organization: {
    of: (path) => path.split('/')[0] ?? '',
    globs: (pattern) =>
      pattern.includes(SLASH) ? [] : [[...narrowed(pattern, { any: ID_ANY, star: ID_STAR }), SLASH, STAR]],
  },
}

function narrowed(pattern: Glob, { any, star }: { readonly any: number; readonly star: number }): Glob {
  return pattern.map((token) => (token === STAR ? star : token === ANY ? any : token))
}

function domainMembers(domain: Domain): readonly Member[] {
  const globs = domain.within?.globs?.()
  const inside = globs ? [{ globs, wanted: true, ignoreCase: false }] : []
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
    if (values.some((value) => fits([need], [value]))) continue
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
