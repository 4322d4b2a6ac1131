/** Pairs of trust policies at IAM's full size, made to be hard to compare: by a seed, so that every run measures the same. */

export interface Pair {
  readonly before: string
  readonly after: string
  readonly family: string
}

type Random = (below: number) => number
type Condition = Record<string, Record<string, readonly string[]>>

interface Statement {
  readonly Effect: string
  readonly Principal: unknown
  readonly Action: unknown
  readonly Condition?: Condition
}

/** mulberry32: small, and the same everywhere. */
function randomOf(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const some = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** `*ab*ba*a`: stars everywhere, of two letters, so that patterns overlap. */
function starry(random: Random): string {
  return some(
    2 + random(7),
    () => `${'*?'[random(5) === 0 ? 1 : 0]}${some(1 + random(3), () => 'ab'[random(2)]).join('')}`,
  ).join('')
}

const account = (random: Random) => String(100_000_000_000 + random(9_000_000) * 90_000)
const effect = (random: Random) => (random(2) === 0 ? 'Deny' : 'Allow')
const KEYS = [
  'aws:PrincipalTag/a',
  'aws:PrincipalTag/b',
  'aws:PrincipalTag/c',
  'aws:PrincipalTag/d',
  'aws:RequestTag/e',
  'sts:ExternalId',
  'sts:RoleSessionName',
  'my:f',
]
const key = (random: Random) => KEYS[random(KEYS.length)] ?? ''

function statement(Effect: string, Condition: Condition, Principal: unknown = { AWS: '*' }): Statement {
  return { Effect, Principal, Action: 'sts:AssumeRole', Condition }
}

/** How each family makes one more statement. */
const FAMILIES: Readonly<Record<string, (random: Random) => Statement>> = {
  'patterns of one key': (random) =>
    statement(effect(random), {
      [random(2) === 0 ? 'StringLike' : 'StringNotLike']: {
        'sts:ExternalId': some(1 + random(4), () => starry(random)),
      },
    }),
  'a Deny for every combination of keys': (random) =>
    statement(random(4) === 0 ? 'Allow' : 'Deny', {
      StringEquals: Object.fromEntries(some(2, () => [key(random), some(1 + random(2), () => 'abc'[random(3)] ?? '')])),
      StringNotEquals: Object.fromEntries(
        some(2, () => [key(random), some(1 + random(2), () => 'abc'[random(3)] ?? '')]),
      ),
    }),
  'patterns of many keys': (random) =>
    statement(effect(random), {
      StringLike: Object.fromEntries(some(1 + random(3), () => [key(random), [starry(random)]])),
      StringNotLike: Object.fromEntries(some(1 + random(3), () => [key(random), [starry(random)]])),
    }),
  'sets against sets': (random) =>
    statement(effect(random), {
      'ForAllValues:StringLike': { 'aws:TagKeys': some(1 + random(3), () => starry(random)) },
      'ForAnyValue:StringNotLike': { 'aws:TagKeys': some(1 + random(3), () => starry(random)) },
      'ForAnyValue:StringLike': { 'my:list': some(1 + random(3), () => starry(random)) },
    }),
  'many accounts and patterns of ARNs': (random) =>
    statement(
      effect(random),
      {
        [random(2) === 0 ? 'ArnLike' : 'ArnNotLike']: { 'aws:PrincipalArn': [`arn:aws:iam::*:role/${starry(random)}`] },
      },
      { AWS: some(6, () => account(random)) },
    ),
  'patterns of account ids': (random) =>
    statement(effect(random), {
      StringLike: { 'aws:PrincipalAccount': [`${random(10)}*${random(10)}${random(2) === 0 ? '' : '*'}`] },
      StringNotLike: { 'aws:PrincipalArn': [`*${starry(random)}`] },
    }),
  'address ranges and ages': (random) =>
    statement(effect(random), {
      [random(2) === 0 ? 'IpAddress' : 'NotIpAddress']: {
        'aws:SourceIp': some(6, () => `10.${random(8) * 32}.0.0/${9 + random(6)}`),
      },
      [random(2) === 0 ? 'NumericLessThan' : 'NumericGreaterThan']: {
        'aws:MultiFactorAuthAge': [String(random(9999))],
      },
      [random(2) === 0 ? 'DateLessThan' : 'DateGreaterThan']: {
        'aws:CurrentTime': [`2026-1${random(3)}-0${1 + random(9)}T00:00:00Z`],
      },
    }),
  'organizations and users': (random) =>
    statement(effect(random), {
      [random(2) === 0 ? 'StringEquals' : 'StringNotEquals']: {
        'aws:PrincipalOrgID': some(2, () => `o-${random(12)}`),
      },
      [random(2) === 0 ? 'StringLike' : 'StringNotLike']: {
        'aws:username': [starry(random)],
        'aws:PrincipalArn': [`*${starry(random)}`],
      },
    }),
}

export const FAMILY_NAMES = Object.keys(FAMILIES)

const isFree = /\s/g

/** As many statements as the size has room for. */
function policyOf(family: string, size: number, random: Random): readonly Statement[] {
  const make = FAMILIES[family]
  const statements: Statement[] = [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }]
  for (let tries = 0; make !== undefined && tries < 60; tries++) {
    const next = [...statements, make(random)]
    if (textOf(next).replace(isFree, '').length <= size) statements.push(...next.slice(-1))
  }
  // The open statement only makes room for a Deny to matter: not in every one.
  return random(3) === 0 ? statements : statements.slice(1)
}

function textOf(Statement: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

/** Every other pair differs in a few statements only: most of what there is to show is that nobody gained. */
export function hostilePairs(count: number, seed: number): readonly Pair[] {
  const random = randomOf(seed)
  return some(count, (i) => {
    const family = FAMILY_NAMES[i % FAMILY_NAMES.length] ?? ''
    const size = random(2) === 0 ? 2048 : 4096
    const before = policyOf(family, size, random)
    const edited = before.filter(() => random(8) > 0).reverse()
    const after = random(2) === 0 ? policyOf(family, size, random) : edited
    return { before: textOf(before), after: textOf(after), family }
  })
}
