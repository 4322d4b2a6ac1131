/** What is a principal, and what follows from who calls. */

import { describe, expect, it } from 'vitest'
import { callerAs, issuerBehind, parsePrincipal } from '../../shared/policy/principal.ts'
import { OWN } from './build.ts'

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
