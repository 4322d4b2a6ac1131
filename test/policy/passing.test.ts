import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, everyone, externalId, foreign, OWN, policy, root } from './build.ts'

const own = root(OWN)
const OWNERS = `any principal of account ${OWN} (the role’s own account)`
const anywhere = { Service: 'rolesanywhere.amazonaws.com' }
const ALL = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
const TAGS = 'sts:TagSession'
const withoutMfa = deny(own, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })
const some = `arn:aws:iam::${OWN}:role/ExampleRole`

// name, before, after, what is said of who gained; his call
const GAINED: readonly (readonly [string, string | null, string, string, object])[] = [
  [
    'Roles Anywhere, its actions in statements of their own',
    null,
    policy(allow(anywhere), allow(anywhere, undefined, TAGS), allow(anywhere, undefined, 'sts:SetSourceIdentity')),
    'the service rolesanywhere.amazonaws.com',
    { principal: { type: 'Service', id: anywhere.Service }, action: 'sts:AssumeRole', context: {} },
  ],
  [
    'tags, for those who send what assuming demands',
    policy(allow(own, externalId('a'))),
    policy(allow(own, externalId('a')), allow(own, undefined, TAGS)),
    `${OWNERS} that sends ExternalId a may now also pass session tags (sts:TagSession)`,
    { principal: { type: 'AWS', id: some }, action: TAGS, context: { 'sts:ExternalId': 'a' } },
  ],
  [
    'tags, for those whom a Deny lets assume',
    policy(allow(own), withoutMfa),
    policy(allow(own), withoutMfa, allow(own, undefined, TAGS)),
    `${OWNERS} signed in with MFA may now also pass session tags (sts:TagSession)`,
    {
      principal: { type: 'AWS', id: `arn:aws:iam::${OWN}:user/example-user` },
      action: TAGS,
      context: { 'aws:MultiFactorAuthPresent': 'true' },
    },
  ],
  [
    'tags, through the second of two ways in',
    policy(allow(own, externalId('a')), allow(own, externalId('b'))),
    policy(allow(own, externalId('a')), allow(own, externalId('b')), allow(own, externalId('b'), TAGS)),
    `${OWNERS} that sends ExternalId b may now also pass session tags (sts:TagSession)`,
    { principal: { type: 'AWS', id: some }, action: TAGS, context: { 'sts:ExternalId': 'b' } },
  ],
  [
    'a source identity',
    policy(allow(own)),
    policy(allow(own, undefined, ['sts:AssumeRole', 'sts:SetSourceIdentity'])),
    `${OWNERS} may now also set a source identity (sts:SetSourceIdentity)`,
    { principal: { type: 'AWS', id: some }, action: 'sts:SetSourceIdentity', context: {} },
  ],
  [
    'a context',
    policy(allow(own)),
    policy(allow(own, undefined, ['sts:AssumeRole', 'sts:SetContext'])),
    `${OWNERS} may now also pass contexts (sts:SetContext)`,
    { principal: { type: 'AWS', id: some }, action: 'sts:SetContext', context: {} },
  ],
]

// name, before, after
const NOBODY: readonly (readonly [string, string | null, string])[] = [
  ['Roles Anywhere without the actions it needs', null, policy(allow(anywhere))],
  [
    'Roles Anywhere with one of them',
    null,
    policy(
      allow(anywhere),
      allow(anywhere, undefined, TAGS),
      allow({ Service: 'ec2.amazonaws.com' }, undefined, 'sts:SetSourceIdentity'),
    ),
  ],
  [
    'tags under a condition that who assumes never meets',
    policy(allow(own, externalId('a'))),
    policy(allow(own, externalId('a')), allow(own, externalId('b'), TAGS)),
  ],
  ['tags, of those who may not assume', policy(allow(own)), policy(allow(own), allow(foreign, undefined, TAGS))],
  [
    'tags, of those whom a Deny keeps from assuming',
    policy(allow(own), deny(own)),
    policy(allow(own), deny(own), allow(own, undefined, TAGS)),
  ],
]

describe('what goes with a call', () => {
  it.each(GAINED)('%s', (_, before, after, says, witness) => {
    const { gained, lost, undecided } = compareTrust(before, after, ABOUT)
    expect(gained.map((one) => one.says)).toEqual([says])
    expect([gained[0]?.witness, gained[0]?.severity, lost, undecided]).toEqual([witness, 'low', [], []])
  })

  it.each(NOBODY)('is nothing: %s', (_, before, after) => {
    expect(compareTrust(before, after, ABOUT).verdict).toBe('equivalent')
  })

  it('is lost where one of the actions that Roles Anywhere needs is denied', () => {
    const { verdict, lost } = compareTrust(
      policy(allow(anywhere, undefined, ALL)),
      policy(allow(anywhere, undefined, ALL), deny(anywhere, undefined, TAGS)),
      ABOUT,
    )
    expect([verdict, lost.map((one) => one.says)]).toEqual([
      'narrowed',
      ['the service rolesanywhere.amazonaws.com (now: kept out by a Deny)'],
    ])
  })

  it('is told of each organization once, beside who gets in', () => {
    const both = { StringEquals: { 'aws:PrincipalOrgID': ['o-a', 'o-b'] } }
    const { gained } = compareTrust(policy(allow(own)), policy(allow(own), allow(everyone, both, ALL)), {
      account: OWN,
    })
    expect(gained.map((one) => one.says)).toEqual([
      'any principal of the organization o-a (not known to be yours)',
      'any principal of the organization o-b (not known to be yours)',
      `${OWNERS} where aws:PrincipalOrgID is o-a or o-b may now also pass session tags (sts:TagSession)`,
      `${OWNERS} where aws:PrincipalOrgID is o-a or o-b may now also set a source identity (sts:SetSourceIdentity)`,
    ])
  })
})
