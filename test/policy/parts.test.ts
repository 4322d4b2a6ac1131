/** The small parts that decisions are made of: what is an ARN, a pattern, an operator. */

import { describe, expect, it } from 'vitest'
import { arnFields, isAccountId, lastName, parseArn } from '../../shared/policy/arn.ts'
import { glob, globFields, literal, matches, matchesPattern, textOf, variablesIn } from '../../shared/policy/glob.ts'
import { parseOperator } from '../../shared/policy/operator.ts'
import { OWN } from './build.ts'

const variable = (inside: string) => '$'.concat(`{${inside}}`)

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
