import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { ABOUT, allow, deny, OWN, policy, role, root, tasks } from './build.ts'

const own = root(OWN)
const KEY = 'aws:PrincipalTag/a'
const like = (...values: readonly string[]) => ({ StringLike: { [KEY]: values } })
const both = (one: string, other: string) => ({ StringLike: { [KEY]: one }, StringLikeIfExists: { [KEY]: other } })
const unlike = (pattern: string, ...except: readonly string[]) => ({
  ...like(pattern),
  StringNotLike: { [KEY]: except },
})
const anyCase = (...values: readonly string[]) => ({ StringEqualsIgnoreCase: { [KEY]: values } })
const source = (operator: string, ...values: readonly string[]) => ({ [operator]: { 'aws:SourceArn': values } })
const present = (key: string) => ({ Null: { [key]: 'false' } })
const tags = (operator: string, ...values: readonly string[]) => ({ [operator]: { 'aws:TagKeys': values } })
const users = (path: string, name: string, operator = 'StringLike') => ({
  ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:user/${path}` },
  [operator]: { 'aws:username': name },
})
const PASSING = ['sts:AssumeRole', 'sts:TagSession']

type Case = readonly [name: string, before: object, after: object, verdict: string]

const TEXTS: readonly Case[] = [
  ['a letter between, or not', like('ab*', 'a?c*'), like('a?c', 'ab*', 'a?c?*'), 'equivalent'],
  ['anything, and nothing or something', like('*'), like('', '?*'), 'equivalent'],
  ['anything, and something', like('*'), like('?*'), 'narrowed'],
  ['one behind the other, in either order', both('*a*', '*b*'), like('*a*b*', '*b*a*'), 'equivalent'],
  ['one behind the other, in one order', both('*a*', '*b*'), like('*a*b*'), 'narrowed'],
  ['what is left when the usual texts are taken', like('a', '*e*'), like('*a*'), 'both'],
  ['texts of one letter', unlike('?', 'a', 'x', 'y', 'z'), like('b'), 'narrowed'],
  ['of two, the second another', unlike('a?', 'aa', 'ab*'), unlike('a?', 'aa'), 'widened'],
  ['all that begins so and does not', unlike('a*', 'a*'), like('\u0001nobody'), 'widened'],
  ['but for all that is longer', unlike('a*', 'a?*'), like('a'), 'equivalent'],
  ['in any case, letter by letter', anyCase('ab'), like('ab', 'aB', 'Ab', 'AB'), 'equivalent'],
  ['in any case, but for two', anyCase('ab'), like('ab', 'AB'), 'narrowed'],
  ['in any case, a text without letters', anyCase('12'), like('12'), 'equivalent'],
  ['a star where equality asks for it', { StringEquals: { [KEY]: 'a*' } }, unlike('a?', 'a_'), 'widened'],
  ['beginning and end that overlap', both('aba*', '*aba'), like('aba', 'ababa', 'aba*aba'), 'equivalent'],
  ['stars in a row', like('a**b'), like('a*b'), 'equivalent'],
  ['a question mark before a star, and behind it', like('?*'), like('*?'), 'equivalent'],
]

const ARNS: readonly Case[] = [
  [
    'any resource of any region',
    source('ArnLike', 'arn:aws:sns:*:1:*'),
    source('ArnLike', 'arn:aws:sns:*:1:*', 'arn:aws:sns:eu-?:1:t'),
    'equivalent',
  ],
  ['stars stop at a colon', source('ArnLike', 'arn:aws:sns:*:t'), source('ArnLike', 'arn:aws:sns:*:1:t'), 'undecided'],
  [
    'a text runs over colons',
    source('ArnLike', 'arn:aws:sns:*:1:t*'),
    source('StringLike', 'arn:aws:sns:*:1:t*'),
    'widened',
  ],
  [
    'a text without the colons',
    source('StringLike', 'arn:aws:sns:eu:1:t*'),
    source('ArnLike', 'arn:aws:sns:eu:1:t*'),
    'equivalent',
  ],
  [
    'a question mark is no colon',
    source('ArnLike', 'arn:aws:sns:e?:1:t'),
    source('StringLike', 'arn:aws:sns:e?:1:t'),
    'widened',
  ],
  [
    'colons in the resource',
    source('ArnLike', 'arn:aws:logs:eu:1:*'),
    source('ArnLike', 'arn:aws:logs:eu:1:*:*', 'arn:aws:logs:eu:1:*'),
    'equivalent',
  ],
  ['one star for all', source('ArnLike', '*'), present('aws:SourceArn'), 'equivalent'],
  [
    'equality takes wildcards',
    source('ArnEquals', 'arn:aws:s3:::a*'),
    source('ArnLike', 'arn:aws:s3:::a*'),
    'equivalent',
  ],
  [
    'all but one, of an ARN',
    { ...source('ArnLike', 'arn:aws:s3:::a*'), ...source('ArnNotLike', 'arn:aws:s3:::ab*') },
    source('ArnLike', 'arn:aws:s3:::ac*'),
    'narrowed',
  ],
]

const SETS: readonly Case[] = [
  [
    'some of them, and nothing else',
    tags('ForAnyValue:StringLike', 'a*'),
    { ...tags('ForAnyValue:StringLike', 'a*'), ...tags('ForAllValues:StringLike', 'a*') },
    'narrowed',
  ],
  ['an empty one is none', tags('ForAnyValue:StringLike', '*'), tags('ForAnyValue:StringLike', '?*'), 'equivalent'],
  [
    'each of two, and both at once',
    { ...tags('ForAnyValue:StringEquals', 'a'), ...tags('ForAnyValue:StringLike', 'b*') },
    {
      ...tags('ForAnyValue:StringEquals', 'a'),
      ...tags('ForAnyValue:StringLike', 'b*'),
      ...tags('ForAllValues:StringLike', 'a', 'b*'),
    },
    'narrowed',
  ],
  [
    'some of those that every one of them is not',
    {},
    {
      ...tags('ForAnyValue:StringEquals', 'a'),
      ...tags('ForAllValues:StringNotLike', 'a*'),
      Null: { 'sts:ExternalId': 'true' },
    },
    'narrowed',
  ],
]

const NAMES: readonly Case[] = [
  ['a user behind a path, by his name', users('team/*', 'a*'), users('team/*', '*', 'StringLike'), 'widened'],
  [
    'names that are not another',
    users('*', 'a?'),
    { ...users('*', 'a?'), StringNotLike: { 'aws:username': ['ab', 'ac'] } },
    'narrowed',
  ],
  ['a name of letters that names have not', users('*', 'a b'), users('*', 'a:b'), 'equivalent'],
  ['a name as a text with a slash', users('*', 'a'), users('*', 'a', 'StringEquals'), 'equivalent'],
]

function check(principal: unknown, action: readonly string[]) {
  return (_: string, before: object, after: object, verdict: string) => {
    const [old, now] = [before, after].map((condition) => policy(allow(principal, condition, action)))
    const found = compareTrust(old ?? null, now ?? null, ABOUT)
    expect(found.verdict).toBe(verdict)
    for (const { witness } of found.gained) expect(evaluateTrust(now ?? '', witness).decision).toBe('allow')
    for (const { witness } of found.lost) expect(evaluateTrust(now ?? '', witness).decision).toMatch(/deny$/)
  }
}

describe('patterns of texts', () => it.each(TEXTS)('%s', check(own, ['sts:AssumeRole'])))
describe('patterns of ARNs', () => it.each(ARNS)('%s', check(tasks, ['sts:AssumeRole'])))
describe('patterns of sets', () => it.each(SETS)('%s', check(own, PASSING)))
describe('patterns of names', () => it.each(NAMES)('%s', check(own, ['sts:AssumeRole'])))

describe('patterns of those whom somebody names', () => {
  const arn = (pattern: string) => ({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/${pattern}` } })

  it('a pattern that only one named role matches is that role', () => {
    const named = policy(allow(role(OWN, 'app')))
    expect(compareTrust(named, policy(allow(own, arn('app'))), ABOUT).verdict).toBe('equivalent')
    expect(compareTrust(named, policy(allow(own, arn('ap?'))), ABOUT).verdict).toBe('widened')
    expect(compareTrust(named, policy(allow(own, arn('app')), deny(role(OWN, 'app'))), ABOUT).verdict).toBe('narrowed')
  })
})
