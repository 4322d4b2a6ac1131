/** How exposed a role is by what one condition asks for, and what the caller sends who shows it. */

import { describe, expect, it } from 'vitest'
import { entrances } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { SENTINEL } from '../../shared/policy/providers.ts'
import {
  ABOUT,
  allow,
  everyone,
  externalId,
  FOREIGN,
  foreign,
  GITHUB,
  lambda,
  OWN,
  policy,
  role,
  tasks,
  WEB,
} from './build.ts'

const PASSING = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
const NAME = 'token.actions.githubusercontent.com'
const is = (key: string, value: unknown, operator = 'StringEquals') => ({ [operator]: { [key]: value } })
const like = (key: string, value: unknown) => is(key, value, 'StringLike')
const sent = (key: string) => ({ Null: { [key]: 'false' } })
const missing = (key: string) => ({ Null: { [key]: 'true' } })
const provider = (issuer: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` })
const user = { AWS: `arn:aws:iam::${FOREIGN}:user/ann` }
const session = { AWS: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci` }
const tagged = is('aws:PrincipalTag/team', 'a')
const paths = (...values: readonly string[]) => ({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': values } })

const OPEN = 'high foreign-account none'
const WEAK = 'high foreign-account weak'
const HELD = 'medium foreign-account effective'
const WORLD = 'critical anyone none'
const SERVICE = 'medium compute-service none'
const ANYBODY = 'critical stranger-through-provider none'
const GROUP = 'medium provider-group weak'
const ONE = 'low provider-subject effective'

/** The severity, who it is and what restrains him, and what he sends; null: nobody gets in. */
function exposed(principal: unknown, condition: object, action: unknown): readonly unknown[] | null {
  const { gained, undecided } = entrances(parseTrust(policy(allow(principal, condition, action))).policy, ABOUT)
  expect(undecided).toEqual([])
  const [entry] = gained
  return entry === undefined
    ? null
    : [`${entry.severity} ${entry.who.kind} ${entry.who.restraint}`, entry.witness.context]
}

// key, value asked for
const SET_BY_CALLERS: readonly (readonly [string, string])[] = [
  ['sts:RoleSessionName', 'deploy'],
  ['sts:SourceIdentity', 'ann'],
  ['aws:SourceIdentity', 'ann'],
  ['aws:RequestTag/team', 'a'],
  ['aws:UserAgent', 'deploy/1'],
  ['aws:Referer', 'https://example.com'],
  ['aws:RequestedRegion', 'eu-west-1'],
  ['sts:RoleExternalId', 'a'],
]

describe('what every caller sets himself holds nobody off', () => {
  it.each(SET_BY_CALLERS)('%s', (key, value) => {
    const who = [everyone, foreign, lambda].map((one) => exposed(one, is(key, value), PASSING))
    expect(who).toEqual([WORLD, OPEN, SERVICE].map((how) => [how, { [key]: value }]))
  })
})

// key; how it holds the world and a foreign account
const SIMILAR: readonly (readonly [string, string, string])[] = [
  ['sts:RoleSessionNames', 'medium anyone effective', HELD],
  ['aws:PrincipalTypes', 'medium anyone effective', HELD],
  ['aws:SourceVpces', 'medium anyone effective', HELD],
  ['corp:aws:UserAgent', 'high anyone weak', HELD],
  ['corp:aws:PrincipalTag/team', 'high anyone weak', HELD],
  ['corp:aws:SourceVpc', 'high anyone weak', HELD],
  ['aws:SourceVpc', 'high anyone weak', WEAK],
  ['aws:SourceVpce', 'high anyone weak', WEAK],
  ['aws:PrincipalTag/team', WORLD, HELD],
  ['my:key', 'high anyone weak', HELD],
]

describe('what is no secret, and what only reads so', () => {
  it.each(SIMILAR)('%s', (key, ...how) => {
    const who = [everyone, foreign, lambda].map((one) => exposed(one, is(key, 'v'), PASSING))
    expect(who).toEqual([...how, 'medium compute-service effective'].map((text) => [text, { [key]: 'v' }]))
  })
})

// key, what a stranger has there
const STRANGERS: readonly (readonly [string, string])[] = [
  ['aws:PrincipalOrgID', 'o-example0stranger'],
  ['aws:PrincipalOrgPaths', 'o-example0stranger/r-0000/ou-0000-00000000/'],
  ['aws:SourceVpc', 'example-stranger'],
  ['sts:ExternalId', 'example-stranger'],
  ['my:key', 'example-stranger'],
  ['aws:userid', 'AROAEXAMPLEEXAMPLE123:example-session'],
]

describe('any value at all keeps out nobody who has one', () => {
  it.each(STRANGERS)('%s', (key, value) => {
    const who = [everyone, foreign].map((one) => exposed(one, sent(key), PASSING))
    expect(who).toEqual([WORLD, OPEN].map((how) => [how, { [key]: value }]))
  })
})

// name, principal, condition, how exposed, what is sent
type Case = readonly [name: string, principal: unknown, condition: object, how: string | null, context: object | null]

const CALLERS: readonly Case[] = [
  ['an ExternalId with a star that is none', foreign, externalId('a*'), HELD, { 'sts:ExternalId': 'a*' }],
  [
    'a pattern of ExternalIds, and one',
    foreign,
    like('sts:ExternalId', ['k', 'a*']),
    WEAK,
    { 'sts:ExternalId': 'aexample' },
  ],
  ['a pattern without a star', foreign, like('sts:ExternalId', 'k'), HELD, { 'sts:ExternalId': 'k' }],
  [
    'any ExternalId but one',
    foreign,
    { ...is('sts:ExternalId', 'a', 'StringNotEquals'), ...sent('sts:ExternalId') },
    OPEN,
    { 'sts:ExternalId': 'example-stranger' },
  ],
  ['no ExternalId', foreign, missing('sts:ExternalId'), OPEN, {}],
  [
    'an ExternalId, if any, through a network',
    foreign,
    { ...is('sts:ExternalId', 'k', 'StringEqualsIfExists'), ...is('aws:SourceVpc', 'vpc-1') },
    WEAK,
    { 'aws:SourceVpc': 'vpc-1' },
  ],
  [
    'a pattern of tags is no pattern of ExternalIds',
    foreign,
    like('aws:PrincipalTag/team', 'a*'),
    HELD,
    { 'aws:PrincipalTag/team': 'aexample' },
  ],
  [
    'no MFA',
    foreign,
    is('aws:MultiFactorAuthPresent', 'false', 'Bool'),
    OPEN,
    { 'aws:MultiFactorAuthPresent': 'false' },
  ],
  ['long-term keys', foreign, missing('aws:MultiFactorAuthPresent'), OPEN, {}],
  [
    'long-term keys of those with a tag',
    foreign,
    { ...tagged, ...missing('aws:MultiFactorAuthPresent') },
    HELD,
    { 'aws:PrincipalTag/team': 'a' },
  ],
  ['no age of MFA', foreign, missing('aws:MultiFactorAuthAge'), OPEN, {}],
  [
    'MFA of the world',
    everyone,
    sent('aws:MultiFactorAuthAge'),
    WORLD,
    { 'aws:MultiFactorAuthAge': '600', 'aws:MultiFactorAuthPresent': 'true' },
  ],
  [
    'a tag of any value',
    lambda,
    { ...sent('aws:RequestTag/team'), ...is('sts:RoleSessionName', 'a') },
    SERVICE,
    { 'aws:RequestTag/team': 'example', 'sts:RoleSessionName': 'a' },
  ],
  ['a call without HTTPS', foreign, is('aws:SecureTransport', 'false', 'Bool'), null, null],
  ['a call that does not say', foreign, missing('aws:SecureTransport'), null, null],
  ['a call by HTTPS', foreign, is('aws:SecureTransport', 'true', 'Bool'), OPEN, { 'aws:SecureTransport': 'true' }],
  ['a caller without an ARN', foreign, missing('aws:PrincipalArn'), null, null],
  ['a service with one', lambda, sent('aws:PrincipalArn'), null, null],
  ['a service without one', lambda, missing('aws:PrincipalArn'), SERVICE, {}],
  ['a caller without a user’s name', foreign, missing('aws:username'), OPEN, {}],
  ['a role with one', role(FOREIGN, 'x'), sent('aws:username'), null, null],
]

const IDS: readonly Case[] = [
  [
    'of a session of any role',
    foreign,
    like('aws:userid', 'AROA*:ci'),
    HELD,
    { 'aws:userid': 'AROAEXAMPLEEXAMPLE123:ci' },
  ],
  ['of some user', foreign, is('aws:userid', 'AIDAEXAMPLEEXAMPLEABC'), HELD, { 'aws:userid': 'AIDAEXAMPLEEXAMPLEABC' }],
  ['of any user', foreign, like('aws:userid', 'AIDA*'), OPEN, { 'aws:userid': 'AIDAEXAMPLEEXAMPLE123' }],
  ['of neither', foreign, is('aws:userid', 'AROAEXAMPLE'), null, null],
  ['of nobody', foreign, missing('aws:userid'), null, null],
  ['of a session', session, sent('aws:userid'), HELD, { 'aws:userid': 'AROAEXAMPLEEXAMPLE123:ci' }],
  [
    'of a session, the role by its id',
    session,
    like('aws:userid', 'AROA1*:ci'),
    HELD,
    { 'aws:userid': 'AROA1EXAMPLEEXAMPLE12:ci' },
  ],
  ['of another session', session, like('aws:userid', '*:cd'), null, null],
  ['of a user', user, sent('aws:userid'), HELD, { 'aws:userid': 'AIDAEXAMPLEEXAMPLE123' }],
  ['of a user, by its beginning', user, like('aws:userid', 'AIDA7*'), HELD, { 'aws:userid': 'AIDA7EXAMPLEEXAMPLE12' }],
  ['of a role, for a user', user, like('aws:userid', 'AROA*'), null, null],
  ['of a user, for a role', role(FOREIGN, 'x'), like('aws:userid', 'AIDA*'), null, null],
]

const PLACES: readonly Case[] = [
  ['no address', foreign, missing('aws:SourceIp'), OPEN, {}],
  ...[
    ['203.0.113.0/24', '198.51.100.10'],
    ['192.0.2.0/24', '203.0.113.10'],
    [['203.0.113.0/24', '198.51.100.0/24'], '192.0.2.10'],
    ['0.0.0.0/2', '203.0.113.10'],
    ['::/96', '203.0.113.10'],
  ].map(
    ([range, address]): Case => [
      `outside ${range}`,
      everyone,
      { ...is('aws:SourceIp', range, 'NotIpAddress'), ...sent('aws:SourceIp') },
      WORLD,
      { 'aws:SourceIp': address },
    ],
  ),
  [
    'a bucket, any',
    tasks,
    { ...is('aws:SourceArn', 'arn:aws:s3:::*', 'ArnLike'), ...sent('aws:SourceArn') },
    SERVICE,
    { 'aws:SourceArn': 'arn:aws:s3:::example-stranger' },
  ],
]

const ORGANIZATIONS: readonly Case[] = [
  [
    'any, of those with a tag',
    foreign,
    { ...tagged, ...sent('aws:PrincipalOrgID') },
    HELD,
    { 'aws:PrincipalTag/team': 'a', 'aws:PrincipalOrgID': 'o-exampleorgid' },
  ],
  [
    'any unit, of those with a tag',
    foreign,
    { ...tagged, ...sent('aws:PrincipalOrgPaths') },
    HELD,
    { 'aws:PrincipalTag/team': 'a', 'aws:PrincipalOrgPaths': 'o-exampleorgid/r-0000/ou-0000-00000000/' },
  ],
  [
    'none, of those with a tag',
    foreign,
    { ...tagged, ...missing('aws:PrincipalOrgID') },
    HELD,
    { 'aws:PrincipalTag/team': 'a' },
  ],
  [
    'the first of two, by its units',
    everyone,
    paths('o-a/*', 'o-b/*'),
    OPEN,
    { 'aws:PrincipalOrgPaths': 'o-a/r-0000/ou-0000-00000000/' },
  ],
  [
    'units of two, without the organization',
    everyone,
    { ...missing('aws:PrincipalOrgID'), ...paths('o-a/*', 'o-b/*') },
    null,
    null,
  ],
  [
    'the second of two that a foreign account may be of',
    foreign,
    { ...is('aws:PrincipalOrgID', ['o-a', 'o-b']), ...is('aws:PrincipalOrgID', 'o-a', 'StringNotEquals') },
    HELD,
    { 'aws:PrincipalOrgID': 'o-b' },
  ],
]

const claim = (name: string) => `${NAME}:${name}`
const TOKENS: readonly Case[] = [
  ['without a subject', GITHUB, missing(claim('sub')), null, null],
  ['without an audience', GITHUB, missing(claim('aud')), null, null],
  ['without a claim that some have', GITHUB, missing(claim('repository')), ANYBODY, {}],
  [
    'with any subject',
    GITHUB,
    sent(claim('sub')),
    ANYBODY,
    { [claim('sub')]: 'repo:example-stranger/example:ref:refs/heads/main' },
  ],
  ['with any audience', GITHUB, sent(claim('aud')), ANYBODY, { [claim('aud')]: 'sts.amazonaws.com' }],
  ['with any repository', GITHUB, sent(claim('repository')), ANYBODY, { [claim('repository')]: 'example-stranger' }],
  ['with a claim that pins nobody', GITHUB, sent(claim('actor')), ANYBODY, { [claim('actor')]: 'example' }],
  ['with a claim that anybody can make', GITHUB, is(claim('actor'), 'ann'), ANYBODY, { [claim('actor')]: 'ann' }],
  [
    'of any repository but of an owner',
    GITHUB,
    is(claim('sub'), 'repo:acme/*', 'StringNotLike'),
    ANYBODY,
    { [claim('sub')]: 'repo:example-stranger/example:ref:refs/heads/main' },
  ],
  ['of no repository', GITHUB, is(claim('sub'), 'repo:*', 'StringNotLike'), ONE, { [claim('sub')]: 'example' }],
  [
    'of an owner with a repository of any owner',
    GITHUB,
    { ...like(claim('sub'), 'repo:*/deploy:*'), ...is(claim('repository_owner'), 'acme') },
    GROUP,
    { [claim('sub')]: 'repo:example-org/deploy:ref:refs/heads/main', [claim('repository_owner')]: 'acme' },
  ],
  ['with a star that is none', GITHUB, is(claim('sub'), 'repo:*'), ONE, { [claim('sub')]: 'repo:*' }],
  ['with a session of some name', GITHUB, is('sts:RoleSessionName', 'x'), ANYBODY, { 'sts:RoleSessionName': 'x' }],
  ['through a network', GITHUB, is('aws:SourceVpc', 'vpc-1'), ONE, { 'aws:SourceVpc': 'vpc-1' }],
  ['with a subject of somebody else', GITHUB, sent('gitlab.com:sub'), null, null],
  [
    'of an enterprise',
    provider(`${NAME}/acme`),
    like(`${NAME}/acme:sub`, 'repo:acme/*'),
    GROUP,
    { [`${NAME}/acme:sub`]: 'repo:acme/example:ref:refs/heads/main' },
  ],
  [
    'of an enterprise, by the claims of all',
    provider(`${NAME}/acme`),
    like(claim('sub'), 'repo:acme/*'),
    GROUP,
    { [claim('sub')]: 'repo:acme/example:ref:refs/heads/main' },
  ],
  [
    'of Sentinel, any workspace',
    provider(SENTINEL),
    sent(`${SENTINEL}:sub`),
    ANYBODY,
    { [`${SENTINEL}:sub`]: 'example-stranger' },
  ],
  [
    'of Sentinel, one workspace',
    provider(SENTINEL),
    is('sts:RoleSessionName', 'MicrosoftSentinel_w'),
    ONE,
    { 'sts:RoleSessionName': 'MicrosoftSentinel_w' },
  ],
  [
    'of Sentinel, workspaces by a pattern',
    provider(SENTINEL),
    like('sts:RoleSessionName', 'MicrosoftSentinel_*'),
    ANYBODY,
    { 'sts:RoleSessionName': 'MicrosoftSentinel_example' },
  ],
]

function check(action: unknown) {
  return (_: string, principal: unknown, condition: object, how: string | null, context: object | null) => {
    expect(exposed(principal, condition, action)).toEqual(how === null ? null : [how, context])
  }
}

describe('callers', () => it.each(CALLERS)('%s', check(PASSING)))
describe('ids', () => it.each(IDS)('%s', check(PASSING)))
describe('places', () => it.each(PLACES)('%s', check(PASSING)))
describe('organizations', () => it.each(ORGANIZATIONS)('%s', check(PASSING)))
describe('tokens', () => it.each(TOKENS)('%s', check(WEB)))

describe('tags without the action for them', () => {
  it('are sent by nobody', () => {
    expect(exposed(foreign, sent('aws:RequestTag/team'), 'sts:AssumeRole')).toBeNull()
    expect(exposed(foreign, missing('aws:RequestTag/team'), 'sts:AssumeRole')).toEqual([OPEN, {}])
  })
})

// pattern of the caller's ARN, how exposed, the ARN shown
const ARNS: readonly (readonly [unknown, object, string, string])[] = [
  [
    everyone,
    is('aws:PrincipalArn', 'arn:aws:iam::*:role/app-*', 'ArnLike'),
    WORLD,
    'arn:aws:iam::999988887777:role/app-example',
  ],
  [everyone, like('aws:PrincipalArn', '*:role/app'), WORLD, 'arn:aws:iam::999988887777:role/app'],
  [
    foreign,
    is('aws:PrincipalArn', `arn:aws:iam::${FOREIGN}:role/app-*`, 'ArnLike'),
    HELD,
    `arn:aws:iam::${FOREIGN}:role/app-example`,
  ],
  [
    foreign,
    is('aws:PrincipalArn', 'arn:aws:iam::*:role/*Role', 'ArnLike'),
    OPEN,
    `arn:aws:iam::${FOREIGN}:role/ExampleRole`,
  ],
  [foreign, is('aws:username', 'ann'), HELD, `arn:aws:iam::${FOREIGN}:user/ann`],
  [everyone, is('aws:PrincipalType', 'User'), WORLD, 'arn:aws:iam::999988887777:user/example-user'],
]

describe('who shows it', () => {
  it.each(ARNS)('%#', (principal, condition, how, arn) => {
    const [entry] = entrances(parseTrust(policy(allow(principal, condition))).policy, ABOUT).gained
    expect([`${entry?.severity} ${entry?.who.kind} ${entry?.who.restraint}`, entry?.witness.principal.id]).toEqual([
      how,
      arn,
    ])
    expect(entry?.witness.context).toEqual({})
  })
})
