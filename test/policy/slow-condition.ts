/** Conditions for the second opinion: operator after operator as the IAM User Guide lists them. Null: it does not say. */

import type { Asked } from './slow-evaluator.ts'
import { bits, dateOf, isBase64, isInRange, numberOf } from './slow-values.ts'

export type Maybe = boolean | null

export interface Asking {
  readonly asked: Asked
  readonly version: string
  /** Null: the request does not carry the key. */
  readonly valuesOf: (key: string) => readonly string[] | null
  /** The request carries the key and does not say what. */
  readonly isUnsaid: (key: string) => boolean
}

/** Does one value of the policy match one of the request? Null: nobody knows. */
type Test = (wanted: string, value: string, asking: Asking) => Maybe

/** reference_policies_multi-value-conditions, and "multivalued" in reference_policies_condition-keys. */
const SEVERAL =
  /^(aws:(principalorgpaths|principalservicenameslist|tagkeys|calledvia|sourceorgpaths)|sts:(transitivetagkeys|requestcontextproviders)|cognito-identity\.amazonaws\.com:amr|saml:eduperson(affiliation|entitlement))$/i

export function slowlyMeets(operator: string, key: string, wanted: readonly string[], asking: Asking): Maybe {
  const [, qualifier = '', name = '', ifExists = ''] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(operator) ?? []
  const set = qualifier.toLowerCase()
  if (/^null$/i.test(name)) return ifExists !== '' || set !== '' ? null : meetsNull(key, wanted, asking)
  const found = OPERATORS.find(([pattern]) => pattern.test(name))
  if (found === undefined || asking.isUnsaid(key)) return null
  const negated = /not/i.test(name)
  const given = asking.valuesOf(key)
  const open = isPathOpen(key, wanted, asking)
  const result = meets({ set, negated, ifExists: ifExists !== '' }, given, {
    one: (value) => one(found[1], negated, wanted, value, asking),
    several: SEVERAL.test(key),
  })
  return open ? null : result
}

interface Form {
  readonly set: string
  readonly negated: boolean
  readonly ifExists: boolean
}

function meets(
  { set, negated, ifExists }: Form,
  given: readonly string[] | null,
  { one, several }: { readonly one: (value: string) => Maybe; readonly several: boolean },
): Maybe {
  if (given === null) return ifExists || set === 'forallvalues' || (set === '' && negated)
  // "If the key values in the request resolve to an empty data set (for example, an empty string)"
  const empty = given.length === 0 || (set !== '' && given.length === 1 && given[0] === '')
  if (empty && (set === 'forallvalues' || (set === '' && negated))) return true
  if (empty) return ifExists ? null : false
  const results = given.map(one)
  if (set === 'forallvalues') return results.includes(false) ? false : results.includes(null) ? null : true
  if (set === 'foranyvalue') return results.includes(true) ? true : results.includes(null) ? null : false
  if (given.length === 1 && !several) return results[0] ?? null
  // Without a qualifier: either nothing matches or any does.
  return !negated && results.every((result) => result === false) ? false : null
}

/** Values are OR; with a negated operator none may match. */
function one(test: Test, negated: boolean, wanted: readonly string[], value: string, asking: Asking): Maybe {
  const results = wanted.map((want) => test(want, value, asking))
  if (results.includes(true)) return !negated
  if (results.includes(null)) return null
  const missing = isTextual(test) ? wanted.map((want) => expand(want, asking)) : []
  if (missing.includes('unsaid')) return null
  if (missing.includes('absent') && negated) return null
  if (negated && WRONG.get(test)?.(value) === true) return null
  return negated
}

function meetsNull(key: string, wanted: readonly string[], asking: Asking): Maybe {
  const given = asking.isUnsaid(key) ? ['something'] : asking.valuesOf(key)
  if (given?.length === 0) return null
  const results = wanted.map((want) =>
    /^true$/i.test(want) ? given === null : /^false$/i.test(want) ? given !== null : null,
  )
  return results.includes(true) ? true : results.includes(null) ? null : false
}

/** A session does not show its role's path: an ARN with one may or may not be its role's. */
function isPathOpen(key: string, wanted: readonly string[], { asked }: Asking): boolean {
  if (key.toLowerCase() !== 'aws:principalarn' || !asked.principal.id.includes(':assumed-role/')) return false
  if (Object.keys(asked.context).some((one) => one.toLowerCase() === 'aws:principalarn')) return false
  const role = asked.principal.id.split('/')[1] ?? ''
  return wanted.some((want) => want.split('/').length > 2 && like(want.split('/').at(-1) ?? '', role))
}

// A value is a row of characters, and those that are wildcards.
type Piece = string | { readonly wild: '*' | '?' }

/** Replaces policy variables, by hand. */
function expand(wanted: string, { version, valuesOf, isUnsaid }: Asking): readonly Piece[] | 'absent' | 'unsaid' {
  const pieces: Piece[] = []
  let absent = false
  for (let i = 0; i < wanted.length; i++) {
    const rest = wanted.slice(i)
    const end = rest.indexOf('}')
    if (version !== '2012-10-17' || !rest.startsWith('${')) {
      const letter = wanted.charAt(i)
      pieces.push(letter === '*' || letter === '?' ? { wild: letter } : letter)
      continue
    }
    if (end < 0) return 'unsaid'
    const inside = rest.slice(2, end)
    i += end
    if (inside === '*' || inside === '?' || inside === '$') {
      pieces.push(inside)
      continue
    }
    const [, key = '', , otherwise] = /^ *([^, ]+) *(, *'(.*)' *)?$/.exec(inside) ?? []
    if (key === '' || isUnsaid(key) || SEVERAL.test(key)) return 'unsaid'
    const value = valuesOf(key)
    if (value !== null && value.length !== 1) return 'unsaid'
    const text = value?.[0] ?? otherwise
    if (text === undefined) absent = true
    else pieces.push(...text.split(''))
  }
  return absent ? 'absent' : pieces
}

/** By trying every length for every star. */
function fits(pieces: readonly Piece[], text: string): boolean {
  const [first, ...rest] = pieces
  if (first === undefined) return text === ''
  if (typeof first === 'object' && first.wild === '*') {
    for (let i = 0; i <= text.length; i++) if (fits(rest, text.slice(i))) return true
    return false
  }
  return text !== '' && (typeof first === 'object' || first === text[0]) && fits(rest, text.slice(1))
}

export function like(pattern: string, text: string): boolean {
  return fits(
    pattern.split('').map((letter) => (letter === '*' || letter === '?' ? { wild: letter } : letter)),
    text,
  )
}

function written(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'object' ? piece.wild : piece)).join('')
}

const isEqual: Test = (wanted, value, asking) => {
  const pieces = expand(wanted, asking)
  return typeof pieces === 'string' ? false : written(pieces) === value
}
const isEqualIgnoringCase: Test = (wanted, value, asking) => {
  const pieces = expand(wanted, asking)
  return typeof pieces === 'string' ? false : written(pieces).toLowerCase() === value.toLowerCase()
}
const isLike: Test = (wanted, value, asking) => {
  const pieces = expand(wanted, asking)
  return typeof pieces === 'string' ? false : fits(pieces, value)
}

/** "Each of the six colon-delimited components of the ARN is checked separately". */
const isArn: Test = (wanted, value, asking) => {
  const pieces = expand(wanted, asking)
  if (typeof pieces === 'string') return false
  if (wanted === '*') return true
  const colons = pieces.flatMap((piece, i) => (piece === ':' ? [i] : [])).slice(0, 5)
  if (colons.length < 5) return null
  const parts = value.split(':')
  if (parts.length < 6) return false
  const fields = [...parts.slice(0, 5), parts.slice(5).join(':')]
  return fields.every((field, i) => fits(pieces.slice((colons[i - 1] ?? -1) + 1, colons[i] ?? pieces.length), field))
}

function isTextual(test: Test): boolean {
  return [isEqual, isEqualIgnoringCase, isLike, isArn].includes(test)
}

function comparing(read: (text: string) => number, compare: (value: number, wanted: number) => boolean): Test {
  const test: Test = (wanted, value) => {
    if (Number.isNaN(read(wanted))) return null
    return !Number.isNaN(read(value)) && compare(read(value), read(wanted))
  }
  WRONG.set(test, (value) => Number.isNaN(read(value)))
  return test
}

/** Values of a request that are none of the operator's kind. */
const WRONG = new Map<Test, (value: string) => boolean>([[isArn, (value) => value.split(':').length < 6]])

const isTrue: Test = (wanted, value) =>
  /^(true|false)$/i.test(wanted) ? wanted.toLowerCase() === value.toLowerCase() : null
const isSame: Test = (wanted, value) => (isBase64(wanted) ? wanted === value : null)
const isWithin: Test = (wanted, value) => isInRange(wanted, value)
WRONG.set(isWithin, (value) => bits(value) === null)

const OPERATORS: readonly (readonly [RegExp, Test])[] = [
  [/^String(Not)?Equals$/i, isEqual],
  [/^String(Not)?EqualsIgnoreCase$/i, isEqualIgnoringCase],
  [/^String(Not)?Like$/i, isLike],
  [/^Arn(Not)?(Equals|Like)$/i, isArn],
  [/^Numeric(Not)?Equals$/i, comparing(numberOf, (a, b) => a === b)],
  [/^NumericLessThan$/i, comparing(numberOf, (a, b) => a < b)],
  [/^NumericLessThanEquals$/i, comparing(numberOf, (a, b) => a <= b)],
  [/^NumericGreaterThan$/i, comparing(numberOf, (a, b) => a > b)],
  [/^NumericGreaterThanEquals$/i, comparing(numberOf, (a, b) => a >= b)],
  [/^Date(Not)?Equals$/i, comparing(dateOf, (a, b) => a === b)],
  [/^DateLessThan$/i, comparing(dateOf, (a, b) => a < b)],
  [/^DateLessThanEquals$/i, comparing(dateOf, (a, b) => a <= b)],
  [/^DateGreaterThan$/i, comparing(dateOf, (a, b) => a > b)],
  [/^DateGreaterThanEquals$/i, comparing(dateOf, (a, b) => a >= b)],
  [/^Bool$/i, isTrue],
  [/^BinaryEquals$/i, isSame],
  [/^(Not)?IpAddress$/i, isWithin],
]
