import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, everyone, externalId, foreign, OWN, policy, root, WEB } from './build.ts'

const own = root(OWN)
const ageSent = { Null: { 'aws:MultiFactorAuthAge': 'false' } }
const user = {
  ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:user/team/*` },
  StringEquals: { 'aws:username': 'bob' },
}
const spelt = (key: string) => ({ StringEquals: { [key]: 'vendor-7' } })
const tags = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } }
const twoTags = {
  'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' },
  'ForAnyValue:StringLike': { 'aws:TagKeys': 'b*' },
}
const PASSING = ['sts:AssumeRole', 'sts:TagSession']

// name, before, after, id, context
const SENT: readonly (readonly [string, string | null, string, string, object])[] = [
  ['nothing demanded, nothing sent', null, policy(allow(own)), `arn:aws:iam::${OWN}:role/ExampleRole`, {}],
  [
    'who shows an age of MFA shows MFA',
    null,
    policy(allow(own, ageSent)),
    `arn:aws:iam::${OWN}:user/example-user`,
    { 'aws:MultiFactorAuthAge': '600', 'aws:MultiFactorAuthPresent': 'true' },
  ],
  [
    'who he is says his ARN and name: they are not sent',
    null,
    policy(allow(own, user)),
    `arn:aws:iam::${OWN}:user/team/bob`,
    {},
  ],
  [
    'a user under a path that could be, beside the one without',
    policy(allow({ AWS: `arn:aws:iam::${OWN}:user/bob` })),
    policy(allow(own, { StringEquals: { 'aws:username': 'bob' } })),
    `arn:aws:iam::${OWN}:user/example/bob`,
    {},
  ],
  [
    'an account under a unit',
    null,
    policy(allow(everyone, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ownorg/r-ab12/ou-1/*' } })),
    'arn:aws:iam::999988887777:role/ExampleRole',
    { 'aws:PrincipalOrgPaths': 'o-ownorg/r-ab12/ou-1/' },
  ],
  [
    'the time in seconds',
    null,
    policy(allow(own, { DateGreaterThan: { 'aws:EpochTime': '2027-01-01T00:00:00Z' } })),
    `arn:aws:iam::${OWN}:role/ExampleRole`,
    { 'aws:EpochTime': '1798761601' },
  ],
  [
    'a key as the document that gives writes it',
    policy(allow(own, externalId('vendor-6'))),
    policy(allow(own, spelt('STS:ExternalID'))),
    `arn:aws:iam::${OWN}:role/ExampleRole`,
    { 'STS:ExternalID': 'vendor-7' },
  ],
  [
    'several values where one does not do',
    null,
    policy(allow(own, twoTags, PASSING)),
    `arn:aws:iam::${OWN}:role/ExampleRole`,
    { 'aws:TagKeys': ['a', 'bexample'] },
  ],
  [
    'a key that may be absent is absent',
    null,
    policy(allow(own, tags, PASSING)),
    `arn:aws:iam::${OWN}:role/ExampleRole`,
    {},
  ],
]

const tagged = (value: string) => ({ 'aws:PrincipalTag/a': value })
const passing = { StringEquals: tagged('y'), 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'cost' } }
const between = { NumericGreaterThan: { 'my:number': '1' }, NumericLessThan: { 'my:number': '2' } }

describe('a witness', () => {
  it.each(SENT)('%s', (_, before, after, id, context) => {
    const [{ witness } = {}] = compareTrust(before, after, ABOUT).gained
    expect(witness).toEqual({ principal: { type: 'AWS', id }, action: 'sts:AssumeRole', context })
  })

  it('holds claims that their issuer makes', () => {
    const cognito = { Federated: 'cognito-identity.amazonaws.com' }
    const amr = (value: string) => ({
      StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:1' },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': value },
    })
    const [before, after] = ['authenticated', '*authenticated'].map((value) => policy(allow(cognito, amr(value), WEB)))
    const [{ witness } = {}] = compareTrust(before ?? null, after ?? null, ABOUT).gained
    expect(witness?.context['cognito-identity.amazonaws.com:amr']).toBe('unauthenticated')
    const okta = { Federated: `arn:aws:iam::${OWN}:saml-provider/Okta` }
    const regional = { StringLike: { 'SAML:aud': 'https://*.signin.aws.amazon.com/saml' } }
    const [entry] = compareTrust(null, policy(allow(okta, regional, 'sts:AssumeRoleWithSAML')), ABOUT).gained
    expect(entry?.witness.context).toEqual({ 'SAML:aud': 'https://us-east-1.signin.aws.amazon.com/saml' })
  })

  it('is not shown where one of the actions it needs is refused', () => {
    const text = policy(allow(foreign, passing), allow(foreign, { StringEquals: tagged('x') }, 'sts:TagSession'))
    expect(compareTrust(null, text, ABOUT)).toMatchObject({
      verdict: 'equivalent',
      gained: [],
      undecided: [],
    })
  })

  it('is not shown where nobody can tell what a key may hold', () => {
    const text = policy(allow(foreign, { StringLike: { 'my:number': '?????7*3' }, ...between }))
    expect(compareTrust(null, text, ABOUT)).toMatchObject({
      gained: [],
      undecided: [
        {
          says: 'which values my:number can have is too hard to tell',
          path: '/Statement/0/Condition/StringLike/my:number',
        },
      ],
    })
  })

  it('is whoever is left when every Deny has spoken', () => {
    const fence = deny(everyone, { StringNotEquals: { 'aws:PrincipalAccount': OWN } })
    const [{ witness } = {}, ...more] = compareTrust(null, policy(allow(everyone), fence), ABOUT).gained
    expect([witness?.principal.id, more]).toEqual([`arn:aws:iam::${OWN}:role/ExampleRole`, []])
  })
})
