/** What callers can be, and what they cannot: members of the organization, services, roles with MFA, endpoints, sources, users of a provider. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { allow, deny, everyone, FOREIGN, foreign, OWN, policy, role, root, WEB } from './build.ts'

const MEMBER = '222233334444'
const ABOUT = { account: OWN, organization: { id: 'o-own1234567', accounts: [OWN, MEMBER] } }
const member = root(MEMBER)
const is = (key: string, value: unknown, operator = 'StringEquals') => ({ [operator]: { [key]: value } })
const org = (value: unknown, operator?: string) => is('aws:PrincipalOrgID', value, operator)
const byService = is('aws:PrincipalIsAWSService', 'true', 'Bool')
const withMfa = is('aws:MultiFactorAuthPresent', 'true', 'Bool')
const absent = (key: string) => is(key, 'true', 'Null')
const address = is('aws:SourceIp', '203.0.113.0/24', 'IpAddress')
const endpoint = is('aws:SourceVpce', 'vpce-1a2b3c4d')
const scheduler = { Service: 'scheduler.amazonaws.com' }
const topics = { Service: 'sns.amazonaws.com' }
const schedules = (account: string) => is('aws:SourceArn', `arn:aws:scheduler:*:${account}:schedule/*`, 'ArnLike')
const account = is('aws:SourceAccount', OWN)
const users = { Federated: `arn:aws:iam::${OWN}:oidc-provider/idp.acme.io` }
const OWN_ORGANIZATION = '$\u007baws:ResourceOrgID}'

// name, the statement that lets in, what it is narrowed by
const SAME: readonly (readonly [string, object, object])[] = [
  ['a member is in the organization', allow(member), allow(member, org('o-own1234567'))],
  [
    'and in it by a path',
    allow(member),
    allow(member, is('aws:PrincipalOrgPaths', 'o-own1234567/*', 'ForAnyValue:StringLike')),
  ],
  ['a role of a member', allow(role(MEMBER, 'x')), allow(role(MEMBER, 'x'), org('o-own1234567'))],
  ['the role is in its account', allow(foreign), allow(foreign, is('aws:ResourceAccount', OWN))],
  ['and in its organization', allow(foreign), allow(foreign, is('aws:ResourceOrgID', 'o-own1234567'))],
  ['by a path', allow(foreign), allow(foreign, is('aws:ResourceOrgPaths', 'o-own1234567/*', 'ForAnyValue:StringLike'))],
  ['every session has a name', allow(foreign), allow(foreign, is('sts:RoleSessionName', '*', 'StringLike'))],
  [
    'every user of a provider has a subject',
    allow(users, {}, WEB),
    allow(users, is('idp.acme.io:sub', '*', 'StringLike'), WEB),
  ],
  ['Scheduler says its account', allow(scheduler, schedules(OWN)), allow(scheduler, { ...schedules(OWN), ...account })],
]

// name, statements
const NOBODY: readonly (readonly [string, ...object[]])[] = [
  ['a member of another organization', allow(member, org('o-other12345'))],
  ['a member of none', allow(member, absent('aws:PrincipalOrgID'))],
  ['a member whom a Deny takes for a stranger', allow(member), deny(everyone, org('o-own1234567'))],
  ['a role of another account than its own', allow(foreign, is('aws:ResourceAccount', FOREIGN))],
  [
    'a principal that says for which resource it calls',
    allow(foreign, is('aws:SourceArn', 'arn:aws:s3:::*', 'ArnLike')),
  ],
  ['for which account', allow(foreign, account)],
  ['for which organization', allow(foreign, is('aws:SourceOrgID', 'o-own1234567'))],
  ['a user who does', allow(users, account, WEB)],
  ['a service that does not', allow({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] }, account)],
  ['a session without a name', allow(foreign, absent('sts:RoleSessionName'))],
  ['a user without a subject', allow(users, absent('idp.acme.io:sub'), WEB)],
  ['a role with credentials of no time', allow(role(FOREIGN, 'R'), absent('aws:TokenIssueTime'))],
  ['an account that is none', allow(topics, is('aws:SourceAccount', '1111'))],
  ['a role with MFA', allow(role(FOREIGN, 'R'), withMfa)],
  ['a session with MFA', allow({ AWS: `arn:aws:sts::${FOREIGN}:assumed-role/R/s` }, withMfa)],
  ['a role with an age of MFA', allow(role(FOREIGN, 'R'), is('aws:MultiFactorAuthAge', '3600', 'NumericLessThan'))],
  ['who comes over the internet and through an endpoint', allow(foreign, { ...address, ...endpoint })],
  [
    'who has two addresses',
    allow(foreign, is('aws:SourceIp', '0.0.0.0/0', 'IpAddress'), 'sts:AssumeRole'),
    deny(everyone, absent('aws:VpcSourceIp')),
  ],
  ['a schedule of another account', allow(scheduler, { ...schedules(FOREIGN), ...account })],
  ['Scheduler that does not say its account', allow(scheduler, absent('aws:SourceAccount'))],
  [
    'a topic of another account',
    allow(topics, { ...is('aws:SourceArn', `arn:aws:sns:*:${FOREIGN}:*`, 'ArnLike'), ...account }),
  ],
]

// name, statements, who gets in and what he shows
type Shown = readonly (readonly [says: string, context: object])[]
const SOMEBODY: readonly (readonly [string, readonly object[], Shown])[] = [
  [
    'a service, whichever',
    [allow(everyone, byService)],
    [['medium any AWS service where aws:PrincipalIsAWSService is true', {}]],
  ],
  [
    'the service that a condition names',
    [allow(everyone, is('aws:PrincipalServiceName', 'ec2.amazonaws.com'))],
    [['medium the service ec2.amazonaws.com where aws:PrincipalServiceName is ec2.amazonaws.com', {}]],
  ],
  [
    'one that a pattern covers, and runs its users’ code',
    [allow(everyone, is('aws:PrincipalServiceName', 'ec*', 'StringLike'))],
    [['medium the service ec2.amazonaws.com where aws:PrincipalServiceName is like ec*', {}]],
  ],
  [
    'services that send an ExternalId',
    [allow(everyone, { ...byService, ...is('sts:ExternalId', 'z') })],
    ['cognito-idp', 'firehose', 'pinpoint'].map((name) => [
      `low the service ${name}.amazonaws.com where aws:PrincipalIsAWSService is true and that sends ExternalId z`,
      { 'sts:ExternalId': 'z' },
    ]),
  ],
  [
    'a service for an account, and nobody else',
    [allow(everyone, account)],
    [[`medium any AWS service where aws:SourceAccount is ${OWN}`, { 'aws:SourceAccount': OWN }]],
  ],
  [
    'users with MFA',
    [allow(foreign, withMfa)],
    [[`medium any principal of account ${FOREIGN} signed in with MFA`, { 'aws:MultiFactorAuthPresent': 'true' }]],
  ],
  [
    'roles too, where it is asked if it is there',
    [allow(role(FOREIGN, 'R'), is('aws:MultiFactorAuthPresent', 'true', 'BoolIfExists'))],
    [[`medium role R of account ${FOREIGN} where aws:MultiFactorAuthPresent is true, or is absent`, {}]],
  ],
  [
    'who comes through an endpoint has no address of the internet',
    [allow(foreign, endpoint), deny(everyone, is('aws:SourceIp', '0.0.0.0/0', 'IpAddress'))],
    [
      [
        `high any principal of account ${FOREIGN} where aws:SourceVpce is vpce-1a2b3c4d`,
        { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
      ],
    ],
  ],
  [
    'a schedule of the account',
    [allow(scheduler, { ...schedules(OWN), ...account })],
    [
      [
        `low the service scheduler.amazonaws.com where aws:SourceArn is like arn:aws:scheduler:*:${OWN}:schedule/* and where aws:SourceAccount is ${OWN}`,
        { 'aws:SourceAccount': OWN, 'aws:SourceArn': `arn:aws:scheduler:us-east-1:${OWN}:schedule/example` },
      ],
    ],
  ],
  [
    'a bucket, whose ARN names no account',
    [allow(topics, { ...is('aws:SourceArn', 'arn:aws:s3:::bucket', 'ArnLike'), ...account })],
    [
      [
        `low the service sns.amazonaws.com where aws:SourceArn is like arn:aws:s3:::bucket and where aws:SourceAccount is ${OWN}`,
        { 'aws:SourceAccount': OWN, 'aws:SourceArn': 'arn:aws:s3:::bucket' },
      ],
    ],
  ],
  [
    'a topic of an account, by a pattern that takes any',
    [allow(topics, { ...is('aws:SourceArn', 'arn:aws:sns:*:*:t', 'ArnLike'), ...is('aws:SourceAccount', FOREIGN) })],
    [
      [
        `low the service sns.amazonaws.com where aws:SourceArn is like arn:aws:sns:*:*:t and where aws:SourceAccount is ${FOREIGN}`,
        { 'aws:SourceAccount': FOREIGN, 'aws:SourceArn': `arn:aws:sns:us-east-1:${FOREIGN}:t` },
      ],
    ],
  ],
  [
    'Scheduler for anything but a schedule',
    [allow(scheduler, is('aws:SourceAccount', FOREIGN)), deny(scheduler, schedules('*'))],
    [
      [
        `low the service scheduler.amazonaws.com where aws:SourceAccount is ${FOREIGN} and where aws:SourceArn is not like arn:aws:scheduler:*:*:schedule/*`,
        { 'aws:SourceAccount': FOREIGN, 'aws:SourceArn': `arn:aws:sns:us-east-1:${FOREIGN}:example` },
      ],
    ],
  ],
  [
    'a bucket by two patterns',
    [
      allow(topics, { ...is('aws:SourceArn', 'arn:aws:s3:::a*', 'ArnLike'), ...account }),
      deny(topics, is('aws:SourceArn', ['arn:aws:s3:::*b', 'arn:aws:sns:*:*:*'], 'ArnNotLike')),
    ],
    [
      [
        `low the service sns.amazonaws.com where aws:SourceArn is like arn:aws:s3:::a*, where aws:SourceAccount is ${OWN} and where aws:SourceArn is like arn:aws:s3:::*b or arn:aws:sns:*:*:*`,
        { 'aws:SourceAccount': OWN, 'aws:SourceArn': 'arn:aws:s3:::ab' },
      ],
    ],
  ],
  [
    'a topic without an account',
    [allow(topics, { ...is('aws:SourceArn', 'arn:aws:sns:*:*:t', 'ArnLike'), ...absent('aws:SourceAccount') })],
    [
      [
        'low the service sns.amazonaws.com where aws:SourceArn is like arn:aws:sns:*:*:t and where aws:SourceAccount is absent',
        { 'aws:SourceArn': 'arn:aws:sns:us-east-1:111122223333:t' },
      ],
    ],
  ],
  [
    'a topic by the same pattern on both',
    [
      allow(scheduler, {
        ...is('aws:SourceArn', 'arn:aws:scheduler:*:1111*:*', 'ArnLike'),
        ...is('aws:SourceAccount', '1111*', 'StringLike'),
      }),
    ],
    [
      [
        'low the service scheduler.amazonaws.com where aws:SourceArn is like arn:aws:scheduler:*:1111*:* and where aws:SourceAccount is like 1111*',
        { 'aws:SourceAccount': '111100000000', 'aws:SourceArn': 'arn:aws:scheduler::111100000000:x' },
      ],
    ],
  ],
  [
    'a topic by patterns on both',
    [
      allow(topics, {
        ...is('aws:SourceArn', 'arn:aws:sns:*:1*:t', 'ArnLike'),
        ...is('aws:SourceAccount', '*2', 'StringLike'),
      }),
    ],
    [
      [
        'low the service sns.amazonaws.com where aws:SourceArn is like arn:aws:sns:*:1*:t and where aws:SourceAccount is like *2',
        { 'aws:SourceArn': 'arn:aws:sns::122222222222:t' },
      ],
    ],
  ],
]

const compared = (before: readonly object[] | null, after: readonly object[], about: object = ABOUT) =>
  compareTrust(before === null ? null : policy(...before), policy(...after), about)

describe('what every such caller is', () => {
  it.each(SAME)('%s', (_, one, other) => {
    expect(compared([one], [other])).toEqual({ verdict: 'equivalent', gained: [], lost: [], undecided: [] })
  })
})

describe('nobody is', () => {
  it.each(NOBODY.map(([name, ...statements]) => ({ name, statements })))('$name', ({ statements }) => {
    expect(compared(null, statements)).toEqual({ verdict: 'equivalent', gained: [], lost: [], undecided: [] })
  })
})

describe('somebody is', () => {
  it.each(SOMEBODY)('%s', (_, statements, expected) => {
    const { gained, undecided } = compared(null, statements)
    expect(undecided).toEqual([])
    expect(gained.map(({ severity, says }) => `${severity} ${says}`)).toEqual(expected.map(([says]) => says))
    for (const [i, { witness }] of gained.entries()) {
      expect(witness.context).toMatchObject(expected[i]?.[1] ?? {})
      expect(evaluateTrust(policy(...statements), witness).decision).toBe('allow')
    }
  })
})

describe('what one service loses', () => {
  it('is told of a service under a star', () => {
    const before = [allow(everyone, byService)]
    const { verdict, lost } = compared(before, [
      ...before,
      deny(everyone, is('aws:PrincipalServiceName', 'lambda.amazonaws.com')),
    ])
    expect([verdict, lost.map(({ witness }) => witness.principal.id)]).toEqual(['narrowed', ['lambda.amazonaws.com']])
  })
})

describe('an organization that nobody says is the role’s own', () => {
  const fence = (value: string) => [allow(everyone, org(value))]

  it('may be the one named: whether that changes anything is not known', () => {
    const found = compared(fence('o-abcdefghij'), fence(OWN_ORGANIZATION), { account: OWN })
    expect(found).toMatchObject({ verdict: 'undecided', gained: [], lost: [] })
    expect(found.undecided[0]?.says).toContain('whether o-abcdefghij is the role’s own organization is not known')
  })

  const variable = org(OWN_ORGANIZATION)
  it.each([
    ['a pattern', null, { ...variable, ...org('o-abc*', 'StringLike') }],
    ['a pattern of a Deny', [], { ...org('o-abc*', 'StringLike') }],
    ['one in capitals', variable, org('O-ABCDEFGHIJ', 'StringEqualsIgnoreCase')],
    [
      'the source of a call',
      null,
      { ...is('aws:SourceOrgID', OWN_ORGANIZATION), ...is('aws:SourceOrgID', 'o-abcdefghij', 'StringLike') },
    ],
    [
      'the role’s own key',
      null,
      { StringEquals: { 'aws:PrincipalOrgID': OWN_ORGANIZATION, 'aws:ResourceOrgID': 'o-abcdefghij' } },
    ],
  ])('may be %s', (_, before, after) => {
    const isDeny = Array.isArray(before)
    const old = before === null ? null : isDeny ? fence(OWN_ORGANIZATION) : [allow(everyone, before)]
    const now = isDeny
      ? [...fence(OWN_ORGANIZATION), deny(everyone, after)]
      : [allow({ AWS: '*', Service: 'sns.amazonaws.com' }, after)]
    expect(compared(old, now, { account: OWN })).toMatchObject({ verdict: 'undecided', gained: [], lost: [] })
  })

  it('may be one of more than can be compared', () => {
    const many = Array.from({ length: 9 }, (_, i) => `o-abcdefghi${i}`)
    const found = compared(null, [allow(everyone, org([OWN_ORGANIZATION, ...many]))], { account: OWN })
    expect(found.undecided).toEqual([
      { says: 'which of the organizations named is the role’s own is not known', path: '' },
    ])
  })

  it('is decided where it makes no difference', () => {
    const both = [...fence('o-abcdefghij'), ...fence(OWN_ORGANIZATION)]
    expect(compared(both, [allow(everyone)], { account: OWN }).verdict).toBe('widened')
    expect(compared([...both].reverse(), both, { account: OWN }).verdict).toBe('equivalent')
  })

  it('is called what it is', () => {
    const { gained } = compared(null, fence(OWN_ORGANIZATION), { account: OWN })
    expect(gained.map(({ says }) => says)).toEqual(['any principal of the role’s own organization'])
  })
})

describe('one request', () => {
  const app = { type: 'AWS', id: `arn:aws:iam::${MEMBER}:role/App` } as const
  const decided = (condition: object, context: Record<string, string>, about: object = ABOUT) =>
    evaluateTrust(policy(allow(everyone, condition)), { principal: app, action: 'sts:AssumeRole', context }, about)
      .decision

  it.each([
    ['the role’s account is known', is('aws:ResourceAccount', OWN), {}, ABOUT, 'allow'],
    ['or not', is('aws:ResourceAccount', OWN), {}, {}, 'implicit-deny'],
    ['its organization too', is('aws:ResourceOrgID', 'o-own1234567'), {}, ABOUT, 'allow'],
    ['what is said counts', is('aws:ResourceAccount', OWN), { 'AWS:resourceaccount': '1' }, ABOUT, 'implicit-deny'],
    ['a principal has no source, whatever is said', account, { 'aws:SourceAccount': OWN }, ABOUT, 'implicit-deny'],
    ['a session has a name that is not said', is('sts:RoleSessionName', 'x'), {}, ABOUT, 'undecided'],
    [
      'no role has an age of MFA',
      is('aws:MultiFactorAuthAge', '9', 'NumericLessThan'),
      { 'aws:MultiFactorAuthAge': '1' },
      ABOUT,
      'implicit-deny',
    ],
  ])('%s', (_, condition, context, about, expected) => {
    expect(decided(condition, context, about)).toBe(expected)
  })
})
