/** One time on both keys of the clock, and credentials issued before; tags that have keys, and are passed on. Who is found, and what a request leaves unsaid. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { ABOUT, allow, deny, everyone, OWN, policy, root } from './build.ts'

const own = root(OWN)
const PASSING = ['sts:AssumeRole', 'sts:TagSession']
const some = (...keys: readonly string[]) => ({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': keys } })
const every = (...keys: readonly string[]) => ({ 'ForAllValues:StringEquals': { 'aws:TagKeys': keys } })
const tag = (key: string, value = 'x') => ({ StringEquals: { [`aws:RequestTag/${key}`]: value } })
const passed = (operator: string, ...keys: readonly string[]) => ({ [operator]: { 'sts:TransitiveTagKeys': keys } })
const none = (...keys: readonly string[]) => ({ Null: Object.fromEntries(keys.map((key) => [key, 'true'])) })
const sent = (...keys: readonly string[]) => ({ Null: Object.fromEntries(keys.map((key) => [key, 'false'])) })
const current = (operator: string, date: string) => ({ [operator]: { 'aws:CurrentTime': date } })
const epoch = (operator: string, date: string) => ({ [operator]: { 'aws:EpochTime': date } })
const issued = (operator: string, date: string) => ({ [operator]: { 'aws:TokenIssueTime': date } })
const YEAR = '2027-01-01T00:00:00Z'
const SECONDS = Date.parse(YEAR) / 1000

// name, statements, what who gets in shows; null: nobody does
const CASES: readonly (readonly [string, readonly unknown[], object | null])[] = [
  [
    'a tag has a key',
    [{ ...tag('team'), ...every('cost', 'team') }],
    { 'aws:RequestTag/team': 'x', 'aws:TagKeys': 'team' },
  ],
  ['in any case', [{ ...tag('team'), ...every('Team') }], { 'aws:RequestTag/team': 'x', 'aws:TagKeys': 'Team' }],
  ['none but other keys', [{ ...tag('team'), ...every('cost') }], null],
  ['no key at all', [{ ...tag('team'), ...none('aws:TagKeys') }], null],
  [
    'no tag of the only key',
    [{ Null: { 'aws:RequestTag/team': 'true', 'aws:TagKeys': 'false' }, ...every('team') }],
    null,
  ],
  [
    'another key beside it',
    [{ ...tag('team'), ...some('cost') }],
    { 'aws:RequestTag/team': 'x', 'aws:TagKeys': ['cost', 'team'] },
  ],
  ['a key whose tag is something', [some('team')], { 'aws:TagKeys': 'team' }],
  [
    'a key whose tag some document asks for',
    [some('team'), deny(own, tag('team'), PASSING)],
    { 'aws:TagKeys': 'team', 'aws:RequestTag/team': 'example' },
  ],
  ['what its tag must not be', [some('team'), deny(own, sent('aws:RequestTag/team'), PASSING)], null],
  [
    'two tags',
    [{ StringEquals: { 'aws:RequestTag/a': '1', 'aws:RequestTag/b': '2' }, ...every('a', 'b', 'c') }],
    { 'aws:RequestTag/a': '1', 'aws:RequestTag/b': '2', 'aws:TagKeys': ['a', 'b'] },
  ],
  [
    'no tag that nobody asks for here',
    [{ ...sent('aws:RequestTag/b'), ...every('a', 'b') }, deny(own, tag('a'), PASSING)],
    { 'aws:RequestTag/b': 'example', 'aws:TagKeys': 'b' },
  ],
  ['what is passed on has a key', [{ ...passed('ForAnyValue:StringEquals', 'a'), ...every('b') }], null],
  [
    'the one that does',
    [{ ...passed('ForAnyValue:StringEquals', 'a', 'b'), ...every('b', 'c') }],
    { 'sts:TransitiveTagKeys': 'b', 'aws:TagKeys': 'b' },
  ],
  ['and is a tag', [{ ...passed('ForAnyValue:StringEquals', 'team'), ...none('aws:RequestTag/team') }], null],
  [
    'whatever it is',
    [{ ...passed('ForAnyValue:StringEquals', 'team', 'cost'), ...none('aws:RequestTag/team') }],
    { 'sts:TransitiveTagKeys': 'cost' },
  ],
  [
    'one time, before and after',
    [{ ...current('DateGreaterThan', YEAR), ...epoch('NumericLessThan', String(SECONDS)) }],
    null,
  ],
  [
    'one time, between both',
    [{ ...current('DateGreaterThan', YEAR), ...epoch('DateLessThan', '2028') }],
    { 'aws:CurrentTime': '2027-01-01T00:00:01Z', 'aws:EpochTime': String(SECONDS + 1) },
  ],
  [
    'within one second',
    [{ ...current('DateGreaterThan', YEAR), ...epoch('DateEquals', YEAR) }],
    { 'aws:CurrentTime': '2027-01-01T00:00:00.5Z', 'aws:EpochTime': String(SECONDS) },
  ],
  ['not the time of the other', [{ ...current('DateEquals', YEAR), ...epoch('DateNotEquals', YEAR) }], null],
  [
    'a time before there were ten digits',
    [{ ...current('DateLessThan', '2001'), ...epoch('DateNotEquals', YEAR) }],
    null,
  ],
  [
    'the first second of ten digits',
    [{ ...current('DateLessThan', '2001-09-09T01:46:41Z'), ...epoch('DateNotEquals', YEAR) }],
    { 'aws:CurrentTime': '2001-09-09T01:46:40Z', 'aws:EpochTime': '1000000000' },
  ],
  [
    'a time between two seconds, of which both are taken',
    [
      { ...current('DateGreaterThan', YEAR), ...epoch('DateLessThan', '2027-01-01T00:00:02Z') },
      deny(everyone, current('DateEquals', '2027-01-01T00:00:01Z')),
    ],
    { 'aws:CurrentTime': '2027-01-01T00:00:00.5Z', 'aws:EpochTime': String(SECONDS) },
  ],
  [
    'seconds written as a number in full or not',
    [{ ...current('DateGreaterThan', '2027'), ...epoch('NumericEquals', '1.8e9') }],
    { 'aws:CurrentTime': '2027-01-15T08:00:00Z', 'aws:EpochTime': '1800000000' },
  ],
  [
    'a number that no clock shows',
    [{ ...current('DateGreaterThan', '2027'), ...epoch('NumericEquals', '1e999') }],
    null,
  ],
  [
    'the last second of ten digits, and not the next',
    [{ ...current('DateGreaterThan', '2286-11-20T17:46:39Z'), ...epoch('DateNotEquals', YEAR) }],
    null,
  ],
  [
    'the last second of ten digits',
    [{ ...current('DateGreaterThan', '2286-11-20T17:46:38Z'), ...epoch('NumericGreaterThan', '9999999998') }],
    { 'aws:CurrentTime': '2286-11-20T17:46:39Z', 'aws:EpochTime': '9999999999' },
  ],
  [
    'credentials older than they can be',
    [{ ...current('DateGreaterThan', '2027-01-02T12:00:00Z'), ...issued('DateLessThanEquals', YEAR) }],
    null,
  ],
  [
    'credentials as old as they can be',
    [{ ...current('DateGreaterThanEquals', '2027-01-02T12:00:00Z'), ...issued('DateLessThanEquals', YEAR) }],
    { 'aws:CurrentTime': '2027-01-02T12:00:00Z', 'aws:TokenIssueTime': YEAR },
  ],
  ['credentials from later', [{ ...current('DateLessThan', YEAR), ...issued('DateGreaterThan', YEAR) }], null],
  [
    'credentials of this second',
    [{ ...current('DateLessThanEquals', YEAR), ...issued('DateGreaterThanEquals', YEAR) }],
    { 'aws:CurrentTime': YEAR, 'aws:TokenIssueTime': YEAR },
  ],
  [
    'credentials by the seconds of the clock',
    [{ ...epoch('DateLessThanEquals', YEAR), ...issued('DateGreaterThanEquals', YEAR) }],
    { 'aws:EpochTime': String(SECONDS), 'aws:TokenIssueTime': YEAR },
  ],
  [
    'no such credentials',
    [{ ...current('DateLessThan', YEAR), ...issued('DateGreaterThanIfExists', YEAR) }],
    { 'aws:CurrentTime': '2026-11-21T12:00:00Z' },
  ],
]

// name, a condition that some time of a clock of whole seconds meets, one that it does not
const FRACTIONS: readonly (readonly [string, object, object])[] = [
  ['a date', {}, epoch('DateGreaterThan', '2026-11-21T00:00:00.500Z')],
  ['a date, or no clock', {}, epoch('DateGreaterThanEqualsIfExists', '2026-11-21T00:00:00.500001Z')],
  ['seconds', {}, epoch('NumericGreaterThan', '1795219200.5')],
  [
    'a date, beside the other clock',
    epoch('DateLessThan', '2026-11-21T00:00:00.500Z'),
    {
      ...epoch('DateLessThan', '2026-11-21T00:00:00.500Z'),
      ...current('DateGreaterThanEquals', '2026-11-21T00:00:00Z'),
    },
  ],
]

describe('a clock of whole seconds beside a fraction of one', () => {
  it.each(FRACTIONS)('%s', (_, one, other) => {
    const said = allow(everyone, sent('aws:EpochTime'), 'sts:SetContext')
    const { verdict, lost } = compareTrust(policy(allow(own, one), said), policy(allow(own, other), said), ABOUT)
    expect([verdict, lost.length]).toEqual(['narrowed', 1])
  })
})

describe('keys that are tied to each other', () => {
  it.each(CASES)('%s', (_, [condition, ...denies], expected) => {
    const document = policy(allow(own, condition as object, PASSING), ...denies)
    const { gained, undecided } = compareTrust(null, document, ABOUT)
    expect(undecided).toEqual([])
    expect(gained.map(({ witness }) => witness.context)).toEqual(expected === null ? [] : [expected])
    for (const { witness } of gained) expect(evaluateTrust(document, witness).decision).toBe('allow')
  })

  it.each([
    ['as many tags as are asked for', [], ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7']],
    ['none but where they are let in', [deny(own, some('k3'), PASSING)], null],
  ])('%s', (_, denies, expected) => {
    const keys = Array.from({ length: 8 }, (_, i) => `k${i}`)
    const values = Object.fromEntries(keys.map((key) => [`aws:RequestTag/${key}`, 'x']))
    const without = keys.map((key) => deny(own, { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': key } }, PASSING))
    const document = policy(allow(own, { StringEqualsIfExists: values }, PASSING), ...without, ...denies)
    const { gained, undecided } = compareTrust(null, document, ABOUT)
    const tags = gained.map(({ witness }) => [witness.context['aws:TagKeys'] ?? []].flat().toSorted())
    expect([tags, undecided]).toEqual([expected === null ? [] : [expected], []])
  })

  it('of more tags than are tried in every combination, those that are let in', () => {
    const keys = Array.from({ length: 7 }, (_, i) => `k${i}`)
    const values = Object.fromEntries([...keys, 'k7'].map((key) => [`aws:RequestTag/${key}`, 'x']))
    const without = keys.map((key) => deny(own, { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': key } }, PASSING))
    const document = policy(allow(own, { StringEqualsIfExists: values, ...every(...keys) }, PASSING), ...without)
    const { gained, undecided } = compareTrust(null, document, ABOUT)
    const tags = gained.map(({ witness }) => [witness.context['aws:TagKeys'] ?? []].flat().toSorted())
    expect([tags, undecided]).toEqual([[keys], []])
  })

  it('a fence around the keys of tags keeps out those with others, and no caller without tags', () => {
    const before = policy(allow(own, tag('team'), PASSING))
    const after = policy(allow(own, { ...tag('team'), ...every('Team', 'cost') }, PASSING))
    const { verdict, lost } = compareTrust(before, after, ABOUT)
    expect([verdict, lost.map(({ witness }) => witness.context)]).toEqual([
      'narrowed',
      [{ 'aws:RequestTag/team': 'x', 'aws:TagKeys': 'team' }],
    ])
  })

  it('with a beginning, both keys of the clock are after it', () => {
    const document = policy(allow(own, { ...current('DateLessThan', '2028'), ...epoch('DateGreaterThan', '2026') }))
    const at = (now: string) =>
      compareTrust(null, document, { ...ABOUT, now }).gained.map(({ witness }) => witness.context)
    expect(at('2027-03-04T05:06:07Z')).toEqual([
      { 'aws:CurrentTime': '2027-03-04T05:06:07Z', 'aws:EpochTime': String(Date.parse('2027-03-04T05:06:07Z') / 1000) },
    ])
    expect(at('2028-01-01T00:00:00Z')).toEqual([])
  })
})

describe('what a request leaves unsaid', () => {
  const caller = { type: 'AWS', id: `arn:aws:iam::${OWN}:role/App` } as const
  const decided = (condition: object, context: Record<string, string | readonly string[]>) =>
    evaluateTrust(policy(allow(everyone, condition, PASSING)), { principal: caller, action: 'sts:AssumeRole', context })
      .decision

  it.each([
    ['the seconds follow from the date', epoch('NumericEquals', String(SECONDS)), { 'aws:CurrentTime': YEAR }, 'allow'],
    [
      'whole seconds',
      epoch('NumericEquals', String(SECONDS)),
      { 'AWS:currenttime': '2027-01-01T00:00:00.9Z' },
      'allow',
    ],
    ['the date follows from the seconds', current('DateEquals', YEAR), { 'aws:epochtime': `${SECONDS}` }, 'allow'],
    ['also a list of one', current('DateEquals', YEAR), { 'aws:EpochTime': [`${SECONDS}`] }, 'allow'],
    ['not of what is no time', current('DateEquals', YEAR), { 'aws:EpochTime': 'noon' }, 'undecided'],
    ['not of several', current('DateEquals', YEAR), { 'aws:EpochTime': [`${SECONDS}`, '1'] }, 'undecided'],
    ['not of none', current('DateEquals', YEAR), { 'aws:EpochTime': [] }, 'undecided'],
    [
      'what is said counts',
      current('DateEquals', YEAR),
      { 'aws:EpochTime': `${SECONDS}`, 'aws:CurrentTime': '2026' },
      'implicit-deny',
    ],
    ['tags have keys', some('Team'), { 'aws:RequestTag/Team': 'a' }, 'allow'],
    ['each of them', every('Team', 'cost'), { 'aws:RequestTag/Team': 'a', 'AWS:requesttag/cost': 'b' }, 'allow'],
    ['as they are spelt', some('team'), { 'aws:RequestTag/Team': 'a' }, 'implicit-deny'],
    ['a key with a slash', some('a/b'), { 'aws:RequestTag/a/b': 'a' }, 'allow'],
    ['no tag, no key', sent('aws:TagKeys'), { 'aws:RequestTag/team': [] }, 'implicit-deny'],
    [
      'what is said of keys counts',
      some('team'),
      { 'aws:RequestTag/team': 'a', 'aws:TagKeys': ['cost'] },
      'implicit-deny',
    ],
  ])('%s', (_, condition, context, expected) => {
    expect(decided(condition, context)).toBe(expected)
  })
})
