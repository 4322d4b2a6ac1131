/** Which keys a call carries, and which conditions no call decides. */

import { describe, expect, it } from 'vitest'
import { isUndecidable } from '../../shared/policy/condition.ts'
import { isMultivalued, issuerOf, presence } from '../../shared/policy/keys.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { isTooLong } from '../../shared/policy/value.ts'
import { allow, OWN, policy } from './build.ts'

const variable = (inside: string) => '$'.concat(`{${inside}}`)

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
