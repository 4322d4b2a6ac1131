/** Pairs of trust policies of the fragment that is put to a solver: one account calling sts:AssumeRole under conditions on five keys. */

import type { Random } from '../random.ts'

export interface Part {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export interface Told {
  readonly effect: 'Allow' | 'Deny'
  readonly parts: readonly Part[]
}

export interface Pair {
  readonly before: readonly Told[]
  readonly after: readonly Told[]
}

export const TEXTS = ['aws:PrincipalTag/team', 'aws:PrincipalTag/cost']
export const PRESENT = 'aws:MultiFactorAuthPresent'
export const AGE = 'aws:MultiFactorAuthAge'
export const ADDRESS = 'aws:SourceIp'

type Kind = readonly [keys: readonly string[], operators: string, values: string]

const TEXT: Kind = [
  TEXTS,
  'StringEquals StringNotEquals StringLike StringLike StringNotLike StringNotLike',
  'k7-31 k7-32 k7-* *-31 k?-3? *7*3* k*1 * ?* ab a*b*a *ab* *ba ??',
]
const KINDS: readonly Kind[] = [
  TEXT,
  TEXT,
  [
    [ADDRESS],
    'IpAddress NotIpAddress',
    '203.0.113.0/24 203.0.113.128/25 203.0.113.7 203.0.0.0/16 0.0.0.0/1 128.0.0.0/1',
  ],
  [
    [AGE],
    'NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals',
    '0 60 3599.5 3600 7200',
  ],
  [[PRESENT], 'Bool', 'true false'],
  [[...TEXTS, ADDRESS, AGE, PRESENT], 'Null', 'true false'],
]

function part(by: Random): Part {
  const [keys, operators, values] = by.pick(KINDS)
  const operator = by.pick(operators.split(' ')) + (operators !== 'Null' && by.below(4) === 0 ? 'IfExists' : '')
  return { operator, key: by.pick(keys), values: several(1, by, () => by.pick(values.split(' '))) }
}

function several<T>(least: number, by: Random, make: () => T): readonly T[] {
  return Array.from({ length: least + by.below(3) }, make)
}

/** An operator looks at a key once in a statement: JSON holds no more. */
function told(by: Random): Told {
  const parts = new Map(several(1, by, () => part(by)).map((one) => [`${one.operator} ${one.key}`, one]))
  return { effect: by.below(3) === 0 ? 'Deny' : 'Allow', parts: [...parts.values()] }
}

/** Two of their own, or one and what somebody made of it. */
export function pair(by: Random): Pair {
  const policy = () => several(2, by, () => told(by))
  const before = policy()
  if (by.below(3) === 0) return { before, after: policy() }
  const changed = before.toSpliced(by.below(before.length), by.below(2), told(by))
  return by.below(2) === 0 ? { before, after: changed } : { before: changed, after: before }
}

export function text(statements: readonly Told[]): string {
  const Statement = statements.map(({ effect, parts }) => {
    const condition: Record<string, Record<string, readonly string[]>> = {}
    for (const { operator, key, values } of parts) condition[operator] = { ...condition[operator], [key]: values }
    return { Effect: effect, Principal: { AWS: '444455556666' }, Action: 'sts:AssumeRole', Condition: condition }
  })
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
