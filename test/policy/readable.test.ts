import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, foreign, GITHUB, OWN, policy, root, subject, tasks, WEB } from './build.ts'

const own = root(OWN)
const NUMBER = 'my:number'
const TIME = 'aws:TokenIssueTime'
const ADDRESS = 'aws:SourceIp'
const unlike = (pattern: string) => ({ StringLike: { 'my:key': pattern }, StringNotLike: { 'my:key': '*example*' } })

// principal, operator, key, values of the policy, the value shown
const VALUES: readonly (readonly [unknown, string, string, unknown, string])[] = [
  [tasks, 'ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:t*', 'arn:aws:sns:us-east-1:111122223333:texample'],
  [
    tasks,
    'ArnLike',
    'aws:SourceArn',
    'arn:aws:lambda:*:*:function:f',
    'arn:aws:lambda:us-east-1:111122223333:function:f',
  ],
  [tasks, 'ArnLike', 'aws:SourceArn', 'arn:aws:s3:::b?', 'arn:aws:s3:::bx'],
  [
    tasks,
    'ArnLike',
    'aws:SourceArn',
    'arn:aws:logs:eu-west-1:111122223333:*:a',
    'arn:aws:logs:eu-west-1:111122223333:example:a',
  ],
  [tasks, 'ArnLike', 'aws:SourceArn', 'arn:*:*:*:*:*', 'arn:aws:s3:::example-stranger'],
  [foreign, 'StringLike', 'sts:ExternalId', 'a*', 'aexample'],
  [foreign, 'StringLike', 'sts:ExternalId', 'a?c', 'axc'],
  [foreign, 'StringLike', 'sts:ExternalId', 'a*b*c', 'aexamplebexamplec'],
  [foreign, 'StringLike', 'sts:ExternalId', 'a?c*', 'axcexample'],
  [foreign, 'StringLike', 'sts:ExternalId', 'a:b:c:*:*:e', 'a:b:c:example:example:e'],
  [own, 'NumericEquals', NUMBER, '5', '5'],
  [own, 'NumericLessThan', NUMBER, '5', '4'],
  [own, 'NumericGreaterThan', NUMBER, ['5.5', '7'], '6.5'],
  [own, 'NumericLessThan', NUMBER, '1e999', '0'],
  [own, 'NumericLessThan', NUMBER, '-1e300', '-1.0000000000000005e+300'],
  [own, 'DateEquals', TIME, '2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z'],
  [own, 'DateLessThan', TIME, '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z'],
  [own, 'DateGreaterThan', TIME, '2026-12-31T23:59:59.5Z', '2027-01-01T00:00:00.5Z'],
  [own, 'DateGreaterThan', TIME, '2026-12-31T23:59:59.0625Z', '2027-01-01T00:00:00.0625Z'],
  [own, 'DateGreaterThan', TIME, '9999-12-31T23:59:59Z', '253402300800'],
  [own, 'IpAddress', ADDRESS, '203.0.113.0/24', '203.0.113.10'],
  [own, 'IpAddress', ADDRESS, '10.0.0.0/8', '10.0.0.10'],
  [own, 'IpAddress', ADDRESS, '10.1.2.0/30', '10.1.2.0'],
  [own, 'IpAddress', ADDRESS, '2001:db8::/32', '2001:db8::10'],
  [own, 'IpAddress', ADDRESS, ['255.255.255.255'], '255.255.255.255'],
  [own, 'IpAddress', ADDRESS, '0.0.0.0', '0.0.0.0'],
  [own, 'Bool', 'my:flag', 'true', 'true'],
  [own, 'Bool', 'my:flag', 'TRUE', 'true'],
  [own, 'Bool', 'my:flag', 'False', 'false'],
  [own, 'BinaryEquals', 'my:binary', 'QQ==', 'QQ=='],
]

// subject of the policy, subject shown
const SUBJECTS: readonly (readonly [string, string])[] = [
  ['repo:acme/deploy:*', 'repo:acme/deploy:ref:refs/heads/main'],
  ['repo:acme/*', 'repo:acme/example:ref:refs/heads/main'],
  ['repo:*/deploy:*', 'repo:example-org/deploy:ref:refs/heads/main'],
  ['repo:*', 'repo:example-stranger/example:ref:refs/heads/main'],
  ['repo:acme*', 'repo:acme-example-org/example:ref:refs/heads/main'],
  ['repo:acme/de*:ref:refs/heads/*', 'repo:acme/de-example:ref:refs/heads/main'],
  ['repo:acme/deploy:environment:*', 'repo:acme/deploy:environment:example'],
  ['repo:acme/deploy:ref:refs/tags/v?', 'repo:acme/deploy:ref:refs/tags/v1'],
  ['repo:acme/deploy*', 'repo:acme/deploy-example:ref:refs/heads/main'],
  ['repo:ac*/deploy:pull_request', 'repo:ac-example-org/deploy:pull_request'],
  ['repo:acme/*:environment:prod', 'repo:acme/example:environment:prod'],
  ['repo:acme/deploy:*:job', 'repo:acme/deploy:example:job'],
  ['repo:acme/repo:*', 'repo:acme/repo:ref:refs/heads/main'],
  ['repo:acme/deploy:ref:refs/tags/v?.*', 'repo:acme/deploy:ref:refs/tags/vx.example'],
]

// demands on one key, the value shown
const BETWEEN: readonly (readonly [string, object, string])[] = [
  ['two numbers', { NumericGreaterThan: { [NUMBER]: '1' }, NumericLessThan: { [NUMBER]: '2' } }, '1.5'],
  [
    'two of three numbers, in whichever order',
    {
      NumericLessThan: { [NUMBER]: '2' },
      NumericNotEquals: { [NUMBER]: '9' },
      NumericGreaterThan: { [NUMBER]: '1' },
    },
    '1.5',
  ],
  [
    'no number but the one that is none',
    { NumericLessThan: { [NUMBER]: '1e999' }, StringNotEquals: { [NUMBER]: '0' } },
    '-1.7976931348623157e+308',
  ],
  ['a text that a star stands for', unlike('a*b'), 'ab'],
  ['a text that a star stands for, and a letter', unlike('a*b?'), 'abx'],
  [
    'two times',
    { DateGreaterThan: { [TIME]: '2026-01-01T00:00:00Z' }, DateLessThan: { [TIME]: '2026-01-01T00:00:01Z' } },
    '2026-01-01T00:00:00.5Z',
  ],
  [
    'addresses taken out of a range',
    { IpAddress: { [ADDRESS]: '10.0.0.0/30' }, NotIpAddress: { [ADDRESS]: ['10.0.0.0', '10.0.0.3', '10.0.0.1'] } },
    '10.0.0.2',
  ],
  [
    'the end of a range taken out',
    { IpAddress: { [ADDRESS]: '10.0.0.0/29' }, NotIpAddress: { [ADDRESS]: ['10.0.0.0/30', '10.0.0.7'] } },
    '10.0.0.4',
  ],
  [
    'the beginning of one',
    { IpAddress: { [ADDRESS]: '10.0.0.0/29' }, NotIpAddress: { [ADDRESS]: ['10.0.0.4/30', '10.0.0.0'] } },
    '10.0.0.3',
  ],
  ...[
    ['10.0.0.0/8', '203.0.113.10'],
    ['203.0.113.0/24', '198.51.100.10'],
    [['203.0.113.0/24', '198.51.100.0/24'], '192.0.2.10'],
  ].map(([range, address]): readonly [string, object, string] => [
    `${range}, inside a network`,
    { NotIpAddress: { 'aws:VpcSourceIp': range }, Null: { 'aws:VpcSourceIp': 'false' } },
    String(address),
  ]),
  [
    'all addresses of the one kind taken out',
    {
      NotIpAddress: { [ADDRESS]: ['0.0.0.0/1', '128.0.0.0/1'] },
      Null: { [ADDRESS]: 'false' },
    },
    '2001:db8::10',
  ],
]

function shown(principal: unknown, condition: object, action = 'sts:AssumeRole'): readonly unknown[] {
  const [{ witness } = {}] = compareTrust(null, policy(allow(principal, condition, action)), ABOUT).gained
  return Object.values(witness?.context ?? {})
}

describe('a value that somebody could really send', () => {
  it.each(VALUES)('%#', (principal, operator, key, values, value) => {
    expect(shown(principal, { [operator]: { [key]: values } })).toEqual([value])
  })

  it.each(SUBJECTS)('%s', (pattern, value) => {
    expect(shown(GITHUB, subject(pattern), WEB)).toContain(value)
  })

  it.each(BETWEEN)('beside %s', (_, condition, value) => {
    expect(shown(own, condition)).toEqual([value])
  })
})
