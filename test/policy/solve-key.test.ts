import { describe, expect, it } from 'vitest'
import { budget } from '../../shared/policy/budget.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { type Domain, type Literal, solveKey } from '../../shared/policy/solve-key.ts'
import { namesUnder } from '../../shared/policy/text-set.ts'
import { allow, own, policy } from './build.ts'

const KEY = 'my:key'
const USERS = 'arn:aws:iam::111122223333:user/'
const TEXT: Domain = { absent: false, only: null, within: null, except: [], samples: [] }
const NAMES: Domain = { ...TEXT, within: namesUnder(USERS), samples: [`${USERS}example-user`] }

const literals = (condition: object, want: boolean, of: { readonly part?: 'name' } = {}): readonly Literal[] =>
  (parseTrust(policy(allow(own, condition))).policy.statements[0]?.conditions ?? []).map((one) => ({
    condition: one,
    want,
    ...of,
  }))
const holds = (operator: string, ...values: readonly string[]) => literals({ [operator]: { [KEY]: values } }, true)
const fails = (operator: string, ...values: readonly string[]) => literals({ [operator]: { [KEY]: values } }, false)
const arn = (pattern: string) => literals({ ArnLike: { 'aws:PrincipalArn': USERS + pattern } }, true)
const named = (operator: string, ...values: readonly string[]) =>
  literals({ [operator]: { 'aws:username': values } }, true, { part: 'name' })

/** The values of the key; what else there is to say in a word. */
function solved(asked: readonly (readonly Literal[])[], domain: Domain, steps = 100_000): unknown {
  const solution = solveKey(asked.flat(), domain, budget(steps))
  return solution.kind === 'value' ? solution.values : solution.kind
}

type Case = readonly [name: string, asked: readonly (readonly Literal[])[], found: unknown]

const VALUES: readonly Case[] = [
  ['nothing asked: a readable one', [], ['example']],
  ['the same asked twice', [holds('StringEquals', 'a'), holds('StringEquals', 'a')], ['a']],
  ['the same asked and not', [holds('StringLike', 'a*'), fails('StringLike', 'a*')], 'none'],
  ['anything, and not something: nothing', [holds('StringLike', '*'), fails('StringLike', '?*')], ['']],
  ['which is no value of a set', [holds('ForAnyValue:StringLike', '*'), fails('ForAnyValue:StringLike', '?*')], 'none'],
  ['nor where one of two looks at a set', [holds('ForAnyValue:StringLike', '*'), fails('StringLike', '?*')], 'none'],
  ['less than 1 and more than 2', [holds('NumericLessThan', '1'), holds('NumericGreaterThan', '2')], 'none'],
  ['true, though not as usual', [holds('Bool', 'true'), fails('StringEquals', 'true', 'TRUE')], ['truE']],
  [
    'a letter but for some, and for one that is encoded',
    [holds('StringLike', '?'), fails('StringEquals', 'x', '?'), fails('BinaryEquals', 'eA==')],
    ['e'],
  ],
  ['absent, where it never is', [holds('Null', 'true')], 'none'],
  ['an ARN that is not of a bucket', [holds('ArnNotLike', 'arn:aws:s3:::*')], [':::::']],
  ['an ARN without its fields', [holds('ArnLike', 'a')], 'none'],
  ['an ARN with too few of them', [holds('ArnLike', '*:a')], 'none'],
  ['any ARN but for some', [holds('ArnLike', '*'), fails('StringLike', '*e*', '*')], 'none'],
  [
    'one of two, and the other',
    [holds('ForAnyValue:StringEquals', 'a'), holds('ForAnyValue:StringLike', 'b*')],
    ['a', 'bexample'],
  ],
  [
    'both, and no others',
    [
      holds('ForAnyValue:StringEquals', 'a'),
      holds('ForAnyValue:StringLike', 'b*'),
      holds('ForAllValues:StringLike', 'a', 'b*', 'c'),
    ],
    ['a', 'bexample'],
  ],
  [
    'both, and not the usual one',
    [
      holds('ForAnyValue:StringEquals', 'a'),
      holds('ForAnyValue:StringLike', 'b*'),
      holds('ForAllValues:StringNotLike', '*example'),
    ],
    ['a', 'b'],
  ],
  [
    'both, of which one is not to be',
    [
      holds('ForAnyValue:StringEquals', 'a'),
      holds('ForAnyValue:StringLike', 'b*'),
      holds('ForAllValues:StringNotLike', 'b*'),
    ],
    'none',
  ],
  [
    'both, where one condition looks at one value',
    [holds('ForAnyValue:StringEquals', 'a'), holds('ForAnyValue:StringLike', 'b*'), fails('StringEquals', 'c')],
    'none',
  ],
]

const USERNAMES: readonly Case[] = [
  ['a name by a pattern', [named('StringLike', 'a?')], [`${USERS}ax`]],
  ['a name by a pattern, behind a path', [named('StringLike', 'a?'), arn('team/*')], [`${USERS}team/ax`]],
  ['a name that no user has', [named('StringLike', 'a:b')], 'none'],
  ['a name with a path in it', [named('StringLike', 'a/b')], 'none'],
  ['a name whose star would cross a slash', [named('StringLike', 'a*'), arn('a*/c')], 'none'],
  ['a name whose question mark would be one', [named('StringLike', 'a?c'), arn('*a/c')], 'none'],
  ['a name that is no ARN', [named('ArnLike', 'ann')], 'none'],
  [
    'a name that is whatever it is, but for one',
    [named('ArnLike', '*'), named('StringNotEquals', 'example-user')],
    [`${USERS}e`],
  ],
]

describe('a value for one key', () => {
  it.each(VALUES)('%s', (_, asked, found) => {
    expect(solved(asked, TEXT)).toEqual(found)
  })

  it.each(USERNAMES)('%s', (_, asked, found) => {
    expect(solved(asked, NAMES)).toEqual(found)
  })

  it('is not said to be none where no work was left to look for it', () => {
    expect(solved([holds('StringEquals', 'a')], TEXT, 1)).toBe('unknown')
    expect(solved([holds('StringEquals', 'a')], TEXT, 2)).toEqual(['a'])
    expect(solved([holds('StringLike', '????????????????a', '*b'), fails('StringLike', '*a', '*b')], TEXT, 20)).toBe(
      'unknown',
    )
    const work = budget(100)
    solveKey(holds('StringEquals', 'a', 'b'), TEXT, work)
    expect(work.left).toBeLessThan(100)
  })
})
