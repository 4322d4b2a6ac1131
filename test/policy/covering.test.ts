/** Which condition says no more than another: of every pair, whether whoever meets the second meets the first. */

import { expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { entirely } from '../../shared/policy/condition-words.ts'
import { isMetBy, telling } from '../../shared/policy/covering.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { Condition } from '../../shared/policy/policy.ts'
import { ABOUT, allow, externalId, foreign, policy } from './build.ts'

type Written = readonly [operator: string, values: unknown, key?: string]

function conditionOf([operator, values, key = 'my:key']: Written): Condition {
  const { statements } = parseTrust(policy(allow(foreign, { [operator]: { [key]: values } }))).policy
  const [condition] = statements.flatMap(({ conditions }) => conditions)
  if (condition === undefined) throw new Error('no condition')
  return condition
}

const NAME = '$\u007baws:username}'

// the wide one, the other, is it met?
const PAIRS: readonly (readonly [Written, Written, boolean])[] = [
  [['StringEquals', ['a', 'b']], ['StringEquals', 'a'], true],
  [['StringEquals', 'a'], ['StringEquals', ['a', 'b']], false],
  [['StringEquals', 'a'], ['StringEquals', 'a', 'other:key'], false],
  [['StringLike', 'a*'], ['StringEquals', ['ab', 'ac']], true],
  [['StringLike', 'a*'], ['StringEquals', ['ab', 'bc']], false],
  [['StringLike', 'a*'], ['StringLike', 'ab*'], true],
  [['StringLike', 'a*'], ['StringLike', ['ab*', 'b']], false],
  [['StringLike', 'a*'], ['StringLike', ['ab*', 'ac']], true],
  [['StringLike', 'ab*'], ['StringLike', 'a*'], false],
  [['StringLike', 'a?'], ['StringLike', 'a*'], false],
  [['StringLike', ['a?', 'a*']], ['StringLike', 'ab*'], true],
  [['StringLike', 'a*'], ['StringLike', 'ab'], true],
  [['StringEquals', 'a*'], ['StringLike', 'a*'], false],
  [['StringEquals', 'a*'], ['StringEquals', 'a*'], true],
  [['StringLike', 'a*'], ['StringEquals', 'a*'], true],
  [['StringNotEquals', 'b'], ['StringEquals', 'a'], true],
  [['StringNotEquals', 'a'], ['StringEquals', 'a'], false],
  [['StringNotLike', 'b*'], ['StringLike', 'a*'], false],
  [['StringEquals', 'a'], ['StringNotEquals', 'b'], false],
  [['StringEquals', 'a'], ['StringEqualsIfExists', 'a'], false],
  [['StringEqualsIfExists', 'a'], ['StringEquals', 'a'], true],
  [['StringEqualsIgnoreCase', 'A'], ['StringEquals', 'a'], true],
  [['StringEquals', 'a'], ['StringEqualsIgnoreCase', 'a'], false],
  [['Null', 'false'], ['StringEquals', 'a'], true],
  [['Null', 'false'], ['StringLike', 'a*'], true],
  [['Null', 'true'], ['StringLike', 'a*'], false],
  [['NumericLessThan', '5'], ['StringEquals', '3'], true],
  [['NumericLessThan', '5'], ['NumericLessThan', '3'], false],
  [['NumericLessThan', '5'], ['NumericLessThan', '5'], true],
  [['ArnLike', 'arn:aws:s3:::*'], ['StringLike', 'arn:aws:s3:::a*'], false],
  [['StringLike', [NAME, 'a*']], ['StringEquals', 'ab'], false],
  [['StringLike', 'a*'], ['StringLike', ['ab*', NAME]], false],
  [['ForAnyValue:StringEquals', ['a', 'b']], ['ForAnyValue:StringEquals', 'a'], false],
]

it.each(PAIRS)('%j beside %j: %s', (wide, one, expected) => {
  expect(isMetBy(conditionOf(wide), [conditionOf(['StringEquals', 'x', 'x:y']), conditionOf(one)])).toBe(expected)
})

// what is said, what is left
const LISTS: readonly (readonly [readonly Written[], readonly number[]])[] = [
  [
    [
      ['StringLike', 'a*'],
      ['StringEquals', 'ab'],
    ],
    [1],
  ],
  [
    [
      ['StringEquals', 'ab'],
      ['StringLike', 'a*'],
    ],
    [0],
  ],
  [
    [
      ['StringEquals', 'a'],
      ['StringLike', 'a'],
    ],
    [0],
  ],
  [
    [
      ['StringEquals', 'a'],
      ['StringEquals', 'b'],
    ],
    [0, 1],
  ],
  [
    [
      ['StringLike', '*'],
      ['StringLike', 'a*'],
      ['StringEquals', 'ab'],
    ],
    [2],
  ],
  [[['StringLike', 'a*']], [0]],
]

it.each(LISTS)('of %j are told %j', (written, left) => {
  const all = written.map((one) => entirely(conditionOf(one)))
  expect(telling(all)).toEqual(left.map((i) => all[i]))
})

it('nothing is said to have stood in the way that reads like what is said already, whatever else did', () => {
  const [number, text] = [{ NumericEquals: { 'my:n': '1' } }, { StringEquals: { 'my:n': '1' } }]
  const after = policy(allow(foreign, text), allow(foreign, externalId('a')))
  const { lost } = compareTrust(policy(allow(foreign, number)), after, ABOUT)
  expect(lost.map(({ says }) => says)).toEqual([expect.not.stringContaining('now:')])
})
