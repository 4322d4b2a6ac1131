/** What a call passes along must be allowed by the statement for it: who is let in by both, where each asks for something. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { ABOUT, allow, deny, externalId, OWN, policy, root } from './build.ts'

const own = root(OWN)
const user = { AWS: `arn:aws:iam::${OWN}:user/x` }
const TAG = 'sts:TagSession'
const SOURCE = 'sts:SetSourceIdentity'
const any = (...keys: readonly string[]) => ({ StringLike: Object.fromEntries(keys.map((key) => [key, '*'])) })
const tag = (value: unknown, operator = 'StringEquals') => ({ [operator]: { 'aws:RequestTag/team': value } })
const source = (value: unknown, operator = 'StringEquals') => ({ [operator]: { 'sts:SourceIdentity': value } })
const [PROJECT, DEPARTMENT] = ['aws:RequestTag/Project', 'aws:RequestTag/Department']

// name, statements, what who gets in passes along; null: nobody gets in
const CASES: readonly (readonly [string, readonly unknown[], object | null])[] = [
  [
    'tags of which each statement asks for some (IAM User Guide, id_session-tags)',
    [
      allow(user, { ...any(PROJECT, DEPARTMENT), ...externalId('Example987') }),
      allow(
        user,
        {
          ...any(PROJECT),
          StringEquals: { [DEPARTMENT]: ['Engineering', 'Marketing'] },
          'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': ['Project', 'Department'] },
        },
        TAG,
      ),
    ],
    { [PROJECT]: 'example', [DEPARTMENT]: 'Engineering', 'sts:ExternalId': 'Example987' },
  ],
  [
    'a tag of one value',
    [allow(own, tag('*', 'StringLike')), allow(own, tag('a'), TAG)],
    { 'aws:RequestTag/team': 'a' },
  ],
  ['a tag of two values', [allow(own, tag('a')), allow(own, tag('b'), TAG)], null],
  [
    'a tag but for those denied',
    [allow(own, tag('*', 'StringLike'), ['sts:AssumeRole', TAG]), deny(own, tag('a', 'StringNotEquals'), TAG)],
    { 'aws:RequestTag/team': 'a' },
  ],
  ['a tag where none may be passed', [allow(own, tag('*', 'StringLike'), 'sts:*'), deny(own, undefined, TAG)], null],
  [
    'a source identity',
    [allow(own, source('*', 'StringLike')), allow(own, source('a'), SOURCE)],
    { 'sts:SourceIdentity': 'a' },
  ],
  [
    'a source identity by a pattern',
    [allow(own, source('*', 'StringLike')), allow(own, source('b*', 'StringLike'), SOURCE)],
    { 'sts:SourceIdentity': 'bexample' },
  ],
  [
    'both',
    [allow(own, { ...source('*', 'StringLike'), ...tag('*', 'StringNotLike') }), allow(own, source('a'), SOURCE)],
    { 'sts:SourceIdentity': 'a' },
  ],
  [
    'both, each by its own statement',
    [
      allow(own, { StringLike: { 'sts:SourceIdentity': '*', 'aws:RequestTag/team': '*' } }),
      allow(own, source('a'), SOURCE),
      allow(own, tag('b'), TAG),
    ],
    { 'sts:SourceIdentity': 'a', 'aws:RequestTag/team': 'b' },
  ],
  [
    'the second of two ways',
    [allow(own, tag(['a', 'b'])), allow(own, tag('c'), TAG), allow(own, tag('b'), TAG)],
    { 'aws:RequestTag/team': 'b' },
  ],
  ['nothing, where that will do', [allow(own, tag('a', 'StringNotEquals')), allow(own, tag('b'), TAG)], {}],
]

describe('what a call passes along', () => {
  it.each(CASES)('%s', (_, statements, expected) => {
    const document = policy(...statements)
    const { gained, undecided } = compareTrust(null, document, ABOUT)
    expect(undecided).toEqual([])
    expect(gained.map(({ witness }) => witness.context)).toEqual(expected === null ? [] : [expected])
    for (const { witness } of gained) expect(evaluateTrust(document, witness).decision).toBe('allow')
  })

  it('is lost where the other statement no longer lets it in', () => {
    const before = policy(allow(own, tag('a', 'StringNotEquals'), 'sts:*'), allow(own))
    const after = policy(allow(own, tag('a', 'StringNotEquals'), 'sts:*'))
    expect(compareTrust(before, after, ABOUT).verdict).toBe('equivalent')
  })

  it('by more ways than are told apart is decided all the same, where one will do', () => {
    const ways = Array.from({ length: 20 }, (_, i) => allow(own, tag(`v${i}`), TAG))
    const { verdict } = compareTrust(null, policy(allow(own, tag('*', 'StringLike')), ...ways), ABOUT)
    expect(verdict).not.toBe('equivalent')
  })
})
