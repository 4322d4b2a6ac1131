/** The small parts that decisions are made of: what is a number, a date, an address, a principal, an operator, a pattern. */

import { describe, expect, it } from 'vitest'
import { coversPublic, parseRange, writeAddress } from '../../shared/policy/address.ts'
import { arnFields, isAccountId, lastName, parseArn } from '../../shared/policy/arn.ts'
import { isUndecidable } from '../../shared/policy/condition.ts'
import { glob, globFields, literal, matches, matchesPattern, textOf, variablesIn } from '../../shared/policy/glob.ts'
import { isMultivalued, issuerOf, presence } from '../../shared/policy/keys.ts'
import { parseMoment, writeMoment } from '../../shared/policy/moment.ts'
import { parseOperator } from '../../shared/policy/operator.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { callerAs, issuerBehind, parsePrincipal } from '../../shared/policy/principal.ts'
import { isTooLong, parseNumber } from '../../shared/policy/value.ts'
import { allow, OWN, policy } from './build.ts'

const variable = (inside: string) => '$'.concat(`{${inside}}`)

describe('numbers', () => {
  it.each([
    ['0', 0],
    ['-1', -1],
    ['10.50', 10.5],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['2e+2', 200],
  ])('%s is one', (text, number) => expect(parseNumber(text)).toBe(number))

  it.each(['', ' 1', '1 ', '1.', '.5', '+1', '0x10', '1e', '1,5', 'ten', '1e1.5', '--1'])('%j is none', (text) => {
    expect(parseNumber(text)).toBeNull()
  })
})

// Source: W3C NOTE-datetime; epochs as in IAM User Guide, reference_policies_elements_condition_operators.
describe('dates', () => {
  it.each([
    ['1970', 0],
    ['1970-02', 2_678_400_000],
    ['1970-01-02', 86_400_000],
    ['1970-01-01T01:02Z', 3_720_000],
    ['1970-01-01T00:00:01Z', 1000],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1970-01-01T00:00:00.125Z', 125],
    ['1970-01-01T00:00:01', 1000],
    ['1970-01-01T09:00:00+09:00', 0],
    ['1970-01-01T09:30:00+0930', 0],
    ['1969-12-31T19:00:00-05:00', 0],
    ['2000-02-29', Date.UTC(2000, 1, 29)],
    ['1900-03-01', Date.UTC(1900, 2, 1)],
    ['2026-11-21T12:00:00Z', Date.UTC(2026, 10, 21, 12)],
    ['1795262400', 1_795_262_400_000],
    ['10000', 10_000_000],
    ['1795262400.5', 1_795_262_400_500],
  ])('%s', (text, ms) => expect(parseMoment(text)).toBe(ms))

  it.each([
    '',
    '26',
    '2026-1',
    '2026-13',
    '2026-00',
    '2026-01-00',
    '2026-01-32',
    '2026-02-30',
    '2023-02-29',
    '1900-02-29',
    '2026-01-01T',
    '2026-01-01T12',
    '2026-01-01T25:00Z',
    '2026-01-01T12:60Z',
    '2026-01-01T12:00:61Z',
    '2026-01-01 12:00Z',
    '2026-01-01T12:00Y',
    'x2026',
    '2026x',
    '-1',
    '1234567890123',
    'today',
    '3599.5',
    '2026-01-01T12:00:00.Z',
  ])('%j is none', (text) => expect(parseMoment(text)).toBeNull())

  it.each([0, 1_795_262_400_000, 951_782_400_000, -86_400_000, 4_107_542_399_000, 1_735_689_599_000, 68_169_600_000])(
    '%d is written as it is read',
    (ms) => {
      expect(writeMoment(ms)).toBe(`${new Date(ms).toISOString().slice(0, 19)}Z`)
      expect(parseMoment(writeMoment(ms))).toBe(ms)
    },
  )
})

describe('addresses', () => {
  it.each([
    ['0.0.0.0', 4, 0n, 0n, 32],
    ['192.0.2.1', 4, 0xc0000201n, 0xc0000201n, 32],
    ['192.0.2.129/25', 4, 0xc0000280n, 0xc00002ffn, 25],
    ['255.255.255.255/0', 4, 0n, 0xffffffffn, 0],
    ['::', 6, 0n, 0n, 128],
    ['::1', 6, 1n, 1n, 128],
    ['1::', 6, 1n << 112n, 1n << 112n, 128],
    ['1:2:3:4:5:6:7:8', 6, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n, 128],
    ['::ffff:192.0.2.1', 6, 0xffffc0000201n, 0xffffc0000201n, 128],
    ['2001:DB8::/32', 6, 0x20010db8n << 96n, (0x20010db9n << 96n) - 1n, 32],
  ] as const)('%s', (text, version, first, last, prefix) => {
    expect(parseRange(text)).toEqual({ version, first, last, prefix })
  })

  it.each([
    '',
    'here',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.4/33',
    '1.2.3.4/',
    '1.2.3.4/-1',
    '1.2.3.4/x',
    '1.2.3.4/0008',
    '1.2.3.1234',
    '1..3.4',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:8::',
    '::1/129',
    ' ::1',
    '1.2.3.4 ',
  ])('%j is none', (text) => expect(parseRange(text)).toBeNull())

  it('are written as they are read', () => {
    expect(writeAddress(4, 0xc0000201n)).toBe('192.0.2.1')
    expect(writeAddress(6, (0x20010db8n << 96n) + 0xffn)).toBe('2001:db8:0:0:0:0:0:ff')
  })

  it('ranges leave no public address out, or do', () => {
    const covers = (version: 4 | 6, ...texts: readonly string[]) =>
      coversPublic(
        version,
        texts.map(parseRange).filter((range) => range !== null),
      )
    expect(covers(4, '0.0.0.0/0')).toBe(true)
    expect(covers(4, '128.0.0.0/1', '0.0.0.0/1')).toBe(true)
    expect(covers(4, '0.0.0.0/1', '192.0.0.0/2')).toBe(false)
    expect(covers(4, '0.0.0.0/1', '0.0.0.0/8', '128.0.0.0/1')).toBe(true)
    expect(covers(4, '::/0')).toBe(false)
    expect(covers(4)).toBe(false)
    expect(covers(6, '::/0')).toBe(true)
    expect(covers(6, '2000::/3')).toBe(true)
    expect(covers(6, '2000::/4')).toBe(false)
    expect(covers(6, '0.0.0.0/0')).toBe(false)
  })
})

describe('ARNs', () => {
  it('have six fields, the sixth with its colons', () => {
    expect(arnFields('arn:aws:s3:::a:b/c')).toEqual(['arn', 'aws', 's3', '', '', 'a:b/c'])
    expect(arnFields('arn:aws:s3::b')).toBeNull()
    expect(parseArn('arn:aws:iam:r:a:user/x')).toEqual({
      partition: 'aws',
      service: 'iam',
      region: 'r',
      account: 'a',
      resource: 'user/x',
    })
    expect(parseArn('urn:aws:iam::a:user/x')).toBeNull()
    expect(parseArn('arn')).toBeNull()
  })

  it('name something at their end', () => {
    expect([lastName('role/a/b'), lastName('b')]).toEqual(['b', 'b'])
    expect([isAccountId(OWN), isAccountId('11112222333'), isAccountId(`${OWN}1`), isAccountId('a11122223333')]).toEqual(
      [true, false, false, false],
    )
  })
})

describe('patterns', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['*', '', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*b', 'aab', true],
    ['a*b*', 'acbd', true],
    ['*ab', 'aab', true],
    ['*a?b', 'aaxb', true],
    ['?', 'a', true],
    ['??', 'a', false],
    ['a?', 'a', false],
    ['a**b', 'ab', true],
    ['*b*', 'aac', false],
    ['ab', 'ab', true],
    ['ab', 'aB', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect([matches(glob(pattern), text), matchesPattern(pattern, text)]).toEqual([expected, expected])
  })

  it('a pattern made to be slow is not', () => {
    const started = performance.now()
    expect(matchesPattern(`${'*a'.repeat(2000)}b`, 'a'.repeat(8000))).toBe(false)
    expect(matches(glob(`${'*a'.repeat(2000)}b`), 'a'.repeat(8000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
  })

  it('are split as ARNs are', () => {
    expect(globFields(glob('a:b:c:d:e:f:*'))?.map(textOf)).toEqual(['a', 'b', 'c', 'd', 'e', 'f:'])
    expect(globFields(literal('a:b:c:d:e'))).toBeNull()
    expect(textOf(literal('a*?'))).toBe('a*?')
  })

  it('variables are found, escapes are none', () => {
    const found = (text: string) => variablesIn(text).map((one) => (one === null ? null : [one.key, one.otherwise]))
    expect(found('plain')).toEqual([])
    expect(found(`${variable('*')}${variable('?')}${variable('$')}`)).toEqual([])
    expect(found(`a${variable('aws:x')}b${variable(" aws:y , 'z' ")}`)).toEqual([
      ['aws:x', null],
      ['aws:y', 'z'],
    ])
    expect(found(variable("aws:y, ''"))).toEqual([['aws:y', '']])
    expect(found(variable('aws:x, z'))).toEqual([null])
    expect(found(variable(''))).toEqual([null])
    expect(found(variable('a b'))).toEqual([null])
    expect(found('$'.concat('{aws:x'))).toEqual([null])
    expect(found(`${variable('aws:x')}${'$'.concat('{')}`)).toEqual([['aws:x', null], null])
  })
})

describe('operators', () => {
  const FAMILIES = ['string', 'arn', 'numeric', 'date', 'bool', 'binary', 'ip', 'null']

  it.each([
    ['StringEquals', 'string equals'],
    ['StringNotEquals', 'string equals not'],
    ['StringEqualsIgnoreCase', 'string equals-ignore-case'],
    ['StringNotEqualsIgnoreCase', 'string equals-ignore-case not'],
    ['StringLike', 'string like'],
    ['StringNotLike', 'string like not'],
    ['ArnEquals', 'arn like'],
    ['ArnLike', 'arn like'],
    ['ArnNotEquals', 'arn like not'],
    ['ArnNotLike', 'arn like not'],
    ['NumericEquals', 'numeric equals'],
    ['NumericNotEquals', 'numeric equals not'],
    ['NumericLessThan', 'numeric less'],
    ['NumericLessThanEquals', 'numeric less-or-equal'],
    ['NumericGreaterThan', 'numeric greater'],
    ['NumericGreaterThanEquals', 'numeric greater-or-equal'],
    ['DateEquals', 'date equals'],
    ['DateNotEquals', 'date equals not'],
    ['DateLessThan', 'date less'],
    ['DateLessThanEquals', 'date less-or-equal'],
    ['DateGreaterThan', 'date greater'],
    ['DateGreaterThanEquals', 'date greater-or-equal'],
    ['Bool', 'bool equals'],
    ['BinaryEquals', 'binary equals'],
    ['IpAddress', 'ip within'],
    ['NotIpAddress', 'ip within not'],
    ['Null', 'null null'],
  ])('%s is %s', (name, meaning) => {
    const read = (written: string) => {
      const { base, qualifier, ifExists } = parseOperator(written)
      const is = base === null ? null : `${base.family} ${base.relation}${base.negated ? ' not' : ''}`
      return [is, qualifier, ifExists]
    }
    expect(FAMILIES).toContain(meaning.split(' ')[0])
    expect(read(name)).toEqual([meaning, null, false])
    expect(read(name.toUpperCase())).toEqual([meaning, null, false])
    expect(read(`${name}IfExists`)).toEqual([name === 'Null' ? null : meaning, null, true])
    expect(read(`ForAllValues:${name}`)).toEqual([meaning, 'ForAllValues', false])
    expect(read(`ForAnyValue:${name}IfExists`)).toEqual([name === 'Null' ? null : meaning, 'ForAnyValue', true])
    expect(read(`ForSomeValues:${name}`)).toEqual([null, null, false])
    expect(read(`${name}s`)).toEqual([null, null, false])
  })
})

describe('principals', () => {
  it.each([
    ['*', '*', { kind: 'everyone' }],
    ['AWS', '*', { kind: 'everyone' }],
    ['AWS', OWN, { kind: 'account', account: OWN, partition: 'aws' }],
    ['AWS', `arn:aws-cn:iam::${OWN}:root`, { kind: 'account', account: OWN, partition: 'aws-cn' }],
    [
      'AWS',
      `arn:aws:iam::${OWN}:role/a/b`,
      { kind: 'role', account: OWN, arn: `arn:aws:iam::${OWN}:role/a/b`, name: 'b' },
    ],
    ['AWS', `arn:aws:iam::${OWN}:user/b`, { kind: 'user', account: OWN, arn: `arn:aws:iam::${OWN}:user/b`, name: 'b' }],
    [
      'AWS',
      `arn:aws:sts::${OWN}:assumed-role/r/s`,
      { kind: 'session', account: OWN, arn: `arn:aws:sts::${OWN}:assumed-role/r/s`, role: 'r', session: 's' },
    ],
    [
      'AWS',
      `arn:aws:sts::${OWN}:federated-user/u`,
      { kind: 'federated-user', account: OWN, arn: `arn:aws:sts::${OWN}:federated-user/u`, name: 'u' },
    ],
    ['AWS', 'AROAEXAMPLEDELETED123', { kind: 'unique-id', id: 'AROAEXAMPLEDELETED123' }],
    ['AWS', 'AIDAEXAMPLEDELETED123', { kind: 'unique-id', id: 'AIDAEXAMPLEDELETED123' }],
    ['Service', 'x.amazonaws.com', { kind: 'service', name: 'x.amazonaws.com' }],
    ['CanonicalUser', 'abc', { kind: 'canonical-user', id: 'abc' }],
    [
      'Federated',
      'Idp.example.com',
      { kind: 'provider', protocol: 'oidc', id: 'Idp.example.com', issuer: 'idp.example.com' },
    ],
    [
      'Federated',
      `arn:aws:iam::${OWN}:oidc-provider/a.b/C`,
      { kind: 'provider', protocol: 'oidc', id: `arn:aws:iam::${OWN}:oidc-provider/a.b/C`, issuer: 'a.b/c' },
    ],
    [
      'Federated',
      `arn:aws:iam::${OWN}:saml-provider/O`,
      { kind: 'provider', protocol: 'saml', id: `arn:aws:iam::${OWN}:saml-provider/O`, issuer: 'saml' },
    ],
  ])('%s %s', (key, value, form) => expect(parsePrincipal(key, value)).toEqual(form))

  it.each([
    ['AWS', 'x', 'it is neither an account id nor an ARN'],
    ['AWS', 'AROASHORT', 'it is neither an account id nor an ARN'],
    ['AWS', 'ABIAEXAMPLEDELETED123', 'it is neither an account id nor an ARN'],
    ['AWS', 'xAROAEXAMPLEDELETED123', 'it is neither an account id nor an ARN'],
    ['AWS', 'AROAEXAMPLEDELETED12!', 'it is neither an account id nor an ARN'],
    ['AWS', 'arn:aws:iam::1:root', 'it names no account'],
    ['AWS', `arn:aws:iam:eu-west-1:${OWN}:root`, 'it names no account'],
    ['AWS', `arn:gcp:iam::${OWN}:root`, 'it names no account'],
    ['AWS', `arn:xaws:iam::${OWN}:root`, 'it names no account'],
    ['AWS', `arn:aws-c n:iam::${OWN}:root`, 'it names no account'],
    ['AWS', `arn:aws:iam::${OWN}:role/*`, 'a principal takes no wildcard inside'],
    ['AWS', `arn:aws:iam::${OWN}:role/a?`, 'a principal takes no wildcard inside'],
    ...[
      'iam::@:group/x',
      'iam::@:role/',
      'iam::@:user/',
      'sts::@:assumed-role/r',
      'sts::@:assumed-role/r/',
      'sts::@:federated-user/',
      'sts::@:role/x',
      'sts::@:root',
      'iam::@:assumed-role/r/s',
      'iam::@:federated-user/u',
      's3::@:role/x',
    ].map((rest) => ['AWS', `arn:aws:${rest.replace('@', OWN)}`, 'it is no account, user, role or session']),
    ['Service', '*.amazonaws.com', 'a service is named in full'],
    ['Service', 'x?.amazonaws.com', 'a service is named in full'],
    ['Federated', '*', 'a provider is named in full'],
    ['Federated', `arn:aws:iam::${OWN}:oidc-provider/a?`, 'a provider is named in full'],
    ['Federated', `arn:aws:iam::${OWN}:role/x`, 'it is neither a SAML nor an OpenID Connect provider'],
    ['Users', 'x', 'principals of that key do not exist'],
  ])('%s %s is none', (key = '', value = '', why) => {
    expect(parsePrincipal(key, value)).toEqual({ kind: 'not-understood', why })
  })

  it('only signed callers and services say something of themselves', () => {
    const facts = [
      'principalarn',
      'principalaccount',
      'principaltype',
      'principalisawsservice',
      'username',
      'userid',
      'principalservicename',
      'x',
    ]
    const of = (key: string, value: string) => {
      const { account, derived } = callerAs(parsePrincipal(key, value))
      return [account, ...facts.map((name) => derived(`aws:${name}`) ?? null)]
    }
    const arn = `arn:aws:iam::${OWN}:user/p/b`
    expect(of('AWS', arn)).toEqual([OWN, arn, OWN, 'User', 'false', 'b', null, null, null])
    expect(of('AWS', `arn:aws:sts::${OWN}:assumed-role/r/s`)).toEqual([
      OWN,
      `arn:aws:iam::${OWN}:role/r`,
      OWN,
      'AssumedRole',
      'false',
      null,
      null,
      null,
      null,
    ])
    expect(of('Service', 's')).toEqual([null, null, null, null, 'true', null, null, 's', null])
    expect(of('Federated', 'a.b')).toEqual([null, ...facts.map(() => null)])
    expect(issuerBehind(parsePrincipal('Federated', 'A.b'))).toBe('a.b')
    expect(issuerBehind(parsePrincipal('AWS', OWN))).toBeNull()
  })
})

describe('keys', () => {
  it.each([
    ['accounts.google.com:sub', 'accounts.google.com'],
    ['oidc.eks.eu-west-1.amazonaws.com/id/1:sub', 'oidc.eks.eu-west-1.amazonaws.com/id/1'],
    ['aws:x.y:z', null],
    ['sts:x.y:z', null],
    ['saml:sub', null],
    ['a/b.c:sub', null],
    ['nothing', null],
  ])('%s speaks of %s', (name, issuer) => expect(issuerOf(name)).toBe(issuer))

  const AWS = { type: 'AWS', action: 'sts:AssumeRole', issuer: null } as const
  const provider = (issuer: string) => ({ type: 'Federated', action: 'sts:AssumeRoleWithWebIdentity', issuer }) as const

  it.each([
    ['saml:sub', AWS, 'optional'],
    ['saml:namequalifier', AWS, 'optional'],
    ['saml:sub_type', AWS, 'optional'],
    ['saml:aud', AWS, 'never'],
    ['saml:aud', provider('saml'), 'optional'],
    ['saml:sub', provider('a.b'), 'never'],
    ['a.b:sub', provider('a.b'), 'optional'],
    ['a.b:sub', provider('a.b/'), 'optional'],
    ['a.b:sub', provider('a.c'), 'never'],
    ['a.b:sub', provider('a.b/x'), 'never'],
    ['token.actions.githubusercontent.com:sub', provider('token.actions.githubusercontent.com/acme'), 'optional'],
    ['sts:externalid', AWS, 'optional'],
    ['sts:externalid', { ...AWS, action: 'sts:TagSession' }, 'optional'],
    ['sts:externalid', { ...AWS, action: 'sts:AssumeRoleWithSAML' }, 'never'],
    ['aws:userid', AWS, 'always'],
    ['aws:userid', provider('a.b'), 'optional'],
    ['aws:username', AWS, 'optional'],
    ['aws:username', { ...AWS, kind: 'user' }, 'optional'],
    ['aws:username', { ...AWS, kind: 'role' }, 'never'],
    ['aws:currenttime', AWS, 'always'],
    ['aws:principalservicename', AWS, 'never'],
    ['aws:principalservicename', { ...AWS, type: 'Service' }, 'optional'],
    ['anything', AWS, 'optional'],
  ] as const)('%s for %j is there: %s', (name, call, expected) => expect(presence(name, call)).toBe(expected))

  it('some hold several values', () => {
    for (const name of [
      'aws:principalorgpaths',
      'aws:principalservicenameslist',
      'aws:tagkeys',
      'aws:calledvia',
      'aws:sourceorgpaths',
      'sts:transitivetagkeys',
      'sts:requestcontextproviders',
      'cognito-identity.amazonaws.com:amr',
      'saml:edupersonaffiliation',
      'saml:edupersonentitlement',
    ])
      expect([name, isMultivalued(name)]).toEqual([name, true])
    expect(isMultivalued('aws:principalorgid')).toBe(false)
  })
})

describe('what no request can decide', () => {
  const undecidable = (operator: string, values: unknown, key = 'aws:x', version = '2012-10-17') => {
    const text = policy(allow({ AWS: OWN }, { [operator]: { [key]: values } })).replace('2012-10-17', version)
    return parseTrust(text).policy.statements.flatMap(({ conditions }) => conditions.map(isUndecidable))[0]
  }

  it.each([
    ['StringMatches', 'a'],
    ['NullIfExists', 'true'],
    ['ForAllValues:Null', 'true'],
    ['Null', 'perhaps'],
    ['NumericEquals', 'ten'],
    ['NumericEquals', ['1', 'ten']],
    ['DateEquals', 'today'],
    ['IpAddress', 'here'],
    ['NotIpAddress', 'here'],
    ['Bool', 'yes'],
    ['BinaryEquals', 'QQ'],
    ['ArnLike', 'arn:*'],
    ['StringEquals', variable('aws:username')],
    ['StringEquals', '$'.concat('{aws:username')],
    ['ArnLike', `arn:aws:iam::*:user/${variable('aws:username')}`],
    ['StringEquals', 'x'.repeat(8193)],
  ])('%s %j', (operator, values) => expect(undecidable(operator, values)).toBe(true))

  it.each([
    ['StringEquals', 'a'],
    ['StringEquals', variable('*')],
    ['StringLike', 'x'.repeat(8192)],
    ['Null', 'true'],
    ['Null', 'FALSE'],
    ['NumericEquals', '10'],
    ['DateEquals', '2026'],
    ['NotIpAddress', '::/0'],
    ['Bool', 'True'],
    ['BinaryEquals', 'QQ=='],
    ['ArnLike', '*'],
    ['ArnLike', 'a:b:c:d:e:f'],
    ['StringEquals', []],
  ])('but not %s %j', (operator, values) => expect(undecidable(operator, values)).toBe(false))

  it('a key of several values without a qualifier; a variable only where there are variables', () => {
    expect(undecidable('StringEquals', 'a', 'aws:TagKeys')).toBe(true)
    expect(undecidable('ForAnyValue:StringEquals', 'a', 'aws:TagKeys')).toBe(false)
    expect(undecidable('Null', 'true', 'aws:TagKeys')).toBe(false)
    expect(undecidable('StringEquals', variable('aws:username'), 'aws:x', '2008-10-17')).toBe(false)
    expect([isTooLong('x'.repeat(8192)), isTooLong('x'.repeat(8193))]).toEqual([false, true])
  })
})
