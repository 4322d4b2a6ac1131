/** What a pair of trust policies asks, as a solver reads it (SMT-LIB 2.6). Shares no code with what it is held against. */

import { ADDRESS, AGE, type Part, PRESENT, TEXTS, type Told } from './fragment.ts'

const there = (key: string) => `|${key}?|`
const said = (key: string) => `|${key}|`
const joined = (operator: 'and' | 'or', parts: readonly string[]) =>
  parts.length === 0 ? 'false' : `(${operator} ${parts.join(' ')})`

/** What is known about callers: who used MFA has an age of it, nobody else, and none below zero. */
const WORLD = [
  ...[...TEXTS, PRESENT, AGE, ADDRESS].map((key) => `(declare-const ${there(key)} Bool)`),
  ...TEXTS.map((key) => `(declare-const ${said(key)} String)`),
  `(declare-const ${said(PRESENT)} Bool)`,
  `(declare-const ${said(AGE)} Real)`,
  `(declare-const ${said(ADDRESS)} Int)`,
  '(declare-const is-ipv4 Bool)',
  `(assert (and (<= 0 ${said(ADDRESS)}) (< ${said(ADDRESS)} 4294967296) (<= 0.0 ${said(AGE)})))`,
  `(assert (= ${there(AGE)} (and ${there(PRESENT)} ${said(PRESENT)})))`,
].join('\n')

/** Is there somebody whom the one lets in and the other does not? */
export function formulaOf(holder: readonly Told[], other: readonly Told[]): string {
  return `${WORLD}\n(assert (and ${allows(holder)} (not ${allows(other)})))`
}

function allows(statements: readonly Told[]): string {
  const some = (effect: Told['effect']) => {
    const clauses = statements.filter((one) => one.effect === effect)
    return joined(
      'or',
      clauses.map(({ parts }) => joined('and', parts.map(holds))),
    )
  }
  return `(and ${some('Allow')} (not ${some('Deny')}))`
}

function holds({ operator, key, values }: Part): string {
  const each = (truth: (value: string) => string) => joined('or', values.map(truth))
  if (operator === 'Null') return each((value) => (value === 'true' ? `(not ${there(key)})` : there(key)))
  const base = operator.replace('IfExists', '')
  const matched = each((value) => matches(base.replace('Not', ''), key, value))
  if (base.includes('Not')) return `(or (not ${there(key)}) (not ${matched}))`
  return operator === base ? `(and ${there(key)} ${matched})` : `(or (not ${there(key)}) ${matched})`
}

const RELATIONS: ReadonlyMap<string, string> = new Map([
  ['NumericEquals', '='],
  ['NumericLessThan', '<'],
  ['NumericLessThanEquals', '<='],
  ['NumericGreaterThan', '>'],
  ['NumericGreaterThanEquals', '>='],
])

function matches(operator: string, key: string, value: string): string {
  const own = said(key)
  if (operator === 'StringEquals') return `(= ${own} "${value}")`
  if (operator === 'StringLike') return `(str.in_re ${own} ${languageOf(value)})`
  if (operator === 'Bool') return `(= ${own} ${value})`
  if (operator === 'IpAddress') return within(own, value)
  return `(${RELATIONS.get(operator)} ${own} ${Number(value).toFixed(1)})`
}

function languageOf(pattern: string): string {
  const pieces = (pattern.match(/\*|\?|[^*?]+/g) ?? []).map((piece) =>
    piece === '*' ? 're.all' : piece === '?' ? 're.allchar' : `(str.to_re "${piece}")`,
  )
  return pieces.length === 1 ? pieces.join('') : `(re.++ ${pieces.join(' ')})`
}

function within(own: string, range: string): string {
  const [base = '', prefix = '32'] = range.split('/')
  const first = base.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return `(and is-ipv4 (<= ${first} ${own}) (< ${own} ${first + 2 ** (32 - Number(prefix))}))`
}
