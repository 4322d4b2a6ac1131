import { describe, expect, it } from 'vitest'
import { admissions, compareTrust, compareTrusts } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import {
  ABOUT,
  allow,
  deny,
  externalId,
  FOREIGN,
  foreign,
  lambda,
  OWN,
  policy,
  role,
  root,
  tasks,
  VENDOR,
} from './build.ts'

const own = root(OWN)
const SOMEBODY = `any principal of account ${FOREIGN}`
const entries = (text: string) => admissions(parseTrust(text).policy, ABOUT)
const gains = (before: string | null, after: string) =>
  compareTrust(before, after, ABOUT).gained.map(({ says }) => says)
const tag = (value: unknown, operator = 'StringEquals') => ({ [operator]: { 'aws:PrincipalTag/a': value } })
// Which numbers match the pattern nobody can tell within reason.
const hard = {
  StringLike: { 'my:number': '?????7*3' },
  NumericGreaterThan: { 'my:number': '1' },
  NumericLessThan: { 'my:number': '2' },
}
const turned = {
  NumericLessThan: { 'MY:number': ['2', '2'] },
  NumericGreaterThan: { 'my:number': '1' },
  StringLike: hard.StringLike,
}

// name, before, after, what is said of who gained
const SAID: readonly (readonly [string, string | null, string, readonly string[]])[] = [
  [
    'of several values those that no pattern covered',
    policy(allow(foreign, { StringLike: { 'sts:ExternalId': 'acme-*' } })),
    policy(allow(foreign, externalId(['acme-1', 'other']))),
    [`${SOMEBODY} that sends ExternalId other (before: only where sts:ExternalId is like acme-*)`],
  ],
  [
    'a value that another key had is news',
    policy(allow(foreign, { ...externalId('a'), StringEqualsIfExists: { 'aws:PrincipalTag/a': 'b' } })),
    policy(allow(foreign, externalId(['b', 'c']))),
    [
      `${SOMEBODY} that sends ExternalId b or c (before: only where sts:ExternalId is a and aws:PrincipalTag/a is b, or is absent)`,
    ],
  ],
  [
    'values without news are said all, where something else changed',
    policy(allow(foreign, { ...externalId(['a', 'b']), ...tag('x', 'StringLike') })),
    policy(allow(foreign, externalId(['a', 'b']))),
    [`${SOMEBODY} that sends ExternalId a or b (before: only where aws:PrincipalTag/a is like x)`],
  ],
  [
    'of two Denies taken away each is told for itself',
    policy(allow(foreign), deny(foreign, externalId('a')), deny(foreign, externalId('b'))),
    policy(allow(foreign)),
    ['a', 'b'].map((id) => `${SOMEBODY} that sends ExternalId ${id} (before: kept out by a Deny)`),
  ],
  [
    'a Deny nobody can read is no exception',
    null,
    policy(allow(lambda), deny(lambda, { ...tag('x'), StringMatches: { 'aws:x': 'a' } }), deny(lambda, tag('y'))),
    ['the service lambda.amazonaws.com where aws:PrincipalTag/a is not y'],
  ],
  [
    'a Deny of ARNs, of sets, of numbers, and of what is true',
    null,
    policy(
      allow(tasks),
      deny(tasks, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::a*' } }),
      deny(tasks, { 'ForAnyValue:StringEquals': { 'my:list': 'a' } }),
      deny(tasks, { NumericLessThan: { 'my:number': '5' } }),
      deny(tasks, { Bool: { 'my:flag': 'TRUE' } }),
      deny(tasks, { Bool: { 'my:other': ['true', 'false'] } }),
    ),
    [
      'the service ecs-tasks.amazonaws.com where aws:SourceArn is not like arn:aws:s3:::a* and where my:flag is false, or is absent, except where some my:list is a, where my:number is less than 5 or where my:other is true or false',
    ],
  ],
  [
    'a Deny of some addresses, and of those with a key at all',
    null,
    policy(
      allow(lambda),
      deny(lambda, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      deny(lambda, { Null: { 'my:key': 'false' } }),
      deny(lambda, { BoolIfExists: { 'my:flag': 'false' } }),
    ),
    [
      'the service lambda.amazonaws.com where aws:SourceIp is not within 203.0.113.0/24 and where my:flag is true, except where my:key is present',
    ],
  ],
]

describe('an entry', () => {
  it.each(SAID)('says %s', (_, before, after, says) => {
    expect(gains(before, after)).toEqual(says)
  })

  it('of more than twenty new values says some, and how many more', () => {
    const many = Array.from({ length: 21 }, (_, i) => `new-${i}`)
    const [says] = gains(policy(allow(foreign, externalId('old'))), policy(allow(foreign, externalId(many))))
    expect(says).toContain('that sends ExternalId new-0, new-1, new-2, new-3, new-4 or 16 more')
  })

  it('knows whether the document names this very caller', () => {
    const named = (principal: unknown) => entries(policy(allow(principal))).map((one) => one.named)
    expect([role(FOREIGN, 'x'), foreign, { AWS: '*' }, lambda].map(named)).toEqual([[true], [false], [false], [true]])
  })

  it('knows what goes with a call that could be made before', () => {
    const [before, after] = [policy(allow(own)), policy(allow(own, undefined, ['sts:AssumeRole', 'sts:TagSession']))]
    const of = (text: string) => parseTrust(text).policy
    expect(compareTrusts(of(before), of(after), ABOUT).gained.map((one) => one.accompanying)).toEqual([true])
    expect(entries(after).map((one) => one.accompanying)).toEqual([undefined])
  })

  it('has one fingerprint for one meaning of its conditions', () => {
    const of = (condition?: unknown) => entries(policy(allow(foreign, condition)))[0]?.fingerprint
    const two = { ...externalId(['b', 'a']), ...tag('x', 'StringLike') }
    const same = { ...tag(['x', 'x'], 'StringLike'), StringEquals: { 'STS:ExternalID': ['a', 'b', 'a'] } }
    expect(of(two)).toBe(of(same))
    expect(of(two)).not.toBe(of(externalId(['b', 'a'])))
    expect([of(), of({})]).toEqual(['', ''])
  })
})

describe('a statement that both documents have, however hard', () => {
  const verdict = (before: string, after: string) => {
    const found = compareTrust(before, after, ABOUT)
    return [found.verdict, found.undecided.length]
  }

  it('is no difference, in another order and spelling', () => {
    const again = policy({ ...allow({ AWS: [FOREIGN, FOREIGN] }, turned), Sid: 'X' }, allow(own), allow(foreign, hard))
    expect(verdict(policy(allow(own), allow(foreign, hard)), again)).toEqual(['equivalent', 0])
    expect(verdict(policy(allow(own), allow(foreign, hard)), policy(allow(own)))).toEqual(['undecided', 1])
    expect(verdict(policy(allow(own)), policy(allow(own), allow(foreign, hard)))).toEqual(['undecided', 1])
  })

  it('is not looked into where another one is added', () => {
    const hardly = allow(foreign, hard)
    expect(verdict(policy(hardly), policy(hardly, allow(root(VENDOR))))).toEqual(['widened', 0])
    expect(verdict(policy(hardly, allow(root(VENDOR))), policy(hardly))).toEqual(['narrowed', 0])
    expect(
      verdict(policy(hardly, deny(role(FOREIGN, 'x'))), policy(deny(role(FOREIGN, 'x')), hardly, allow(own))),
    ).toEqual(['widened', 0])
  })

  it('is looked into where one document denies more', () => {
    const hardly = allow(foreign, hard)
    expect(verdict(policy(hardly, deny(role(FOREIGN, 'x'))), policy(hardly))[0]).toBe('undecided')
    expect(verdict(policy(allow(own), deny(role(OWN, 'x'))), policy(allow(own)))).toEqual(['widened', 0])
    const both = policy(allow(own), deny(role(OWN, 'x')), deny(role(OWN, 'y')))
    expect(verdict(both, policy(allow(own), deny(role(OWN, 'x'))))).toEqual(['widened', 0])
  })
})
