/** An entry says all who gained or lost, nobody else, and shows one of them. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import {
  ABOUT,
  allow,
  deny,
  everyone,
  externalId,
  FOREIGN,
  foreign,
  GITHUB,
  mfa,
  OWN,
  policy,
  role,
  root,
  subject,
  VENDOR,
  WEB,
} from './build.ts'

const TAGGING = ['sts:AssumeRole', 'sts:TagSession']
const HIS = `any principal of account ${FOREIGN}`
const is = (key: string, value: unknown, operator = 'StringEquals') => ({ [operator]: { [key]: value } })
const office = is('aws:SourceIp', '203.0.113.0/24', 'IpAddress')
const like = (value: unknown) => is('sts:ExternalId', value, 'StringLike')
const every = (value: unknown) => allow(foreign, is('aws:TagKeys', value, 'ForAllValues:StringEquals'), TAGGING)
const optional = (value: unknown) => allow(foreign, is('sts:ExternalId', value, 'StringEqualsIfExists'))

interface Said {
  readonly gained?: readonly string[]
  readonly lost?: readonly string[]
}

type Case = readonly [name: string, before: string | null, after: string | null, said: Said]

function check(_: string, before: string | null, after: string | null, { gained = [], lost = [] }: Said): void {
  const found = compareTrust(before, after, ABOUT)
  expect(found.undecided).toEqual([])
  expect({ gained: found.gained.map(({ says }) => says), lost: found.lost.map(({ says }) => says) }).toEqual({
    gained,
    lost,
  })
}

const VALUES: readonly Case[] = [
  [
    'a value that was bound to an address, and a new one',
    policy(allow(foreign, { ...externalId('a'), ...office })),
    policy(allow(foreign, externalId(['a', 'b']))),
    {
      gained: [
        `${HIS} that sends ExternalId a or b (before: only where sts:ExternalId is a and aws:SourceIp is within 203.0.113.0/24)`,
      ],
    },
  ],
  [
    'a new value beside one whose address still counts',
    policy(allow(foreign, { ...externalId('a'), ...office })),
    policy(allow(foreign, { ...externalId(['a', 'b']), ...office })),
    { gained: [`${HIS} that sends ExternalId b and from 203.0.113.0/24 (before: only where sts:ExternalId is a)`] },
  ],
  [
    'a pattern that was bound to a tag, and a new one',
    policy(allow(foreign, { ...like('a*'), ...is('aws:PrincipalTag/team', 'x') })),
    policy(allow(foreign, like(['a*', 'b*']))),
    {
      gained: [
        `${HIS} where sts:ExternalId is like a* or b* (before: only where sts:ExternalId is like a* and aws:PrincipalTag/team is x)`,
      ],
    },
  ],
  [
    'a value that a Deny kept out, and a new one',
    policy(allow(foreign, externalId('a')), deny(foreign, office)),
    policy(allow(foreign, externalId(['a', 'b']))),
    {
      gained: [`${HIS} that sends ExternalId a or b (before: only where sts:ExternalId is a)`],
    },
  ],
  [
    'a second value that a Deny keeps out',
    policy(allow(foreign), deny(foreign, externalId('a'))),
    policy(allow(foreign), deny(foreign, externalId(['a', 'b']))),
    { lost: [`${HIS} that sends ExternalId b (now: kept out by a Deny)`] },
  ],
  [
    'sets that may hold a further value',
    policy(every(['a', 'b'])),
    policy(every(['a', 'b', 'c'])),
    {
      gained: [
        `${HIS} where every aws:TagKeys is a, b or c (before: only where every aws:TagKeys is a or b, or is not sent)`,
      ],
    },
  ],
  [
    'sets, or none at all',
    policy(allow(foreign, is('aws:TagKeys', 'a', 'ForAnyValue:StringEquals'), TAGGING)),
    policy(every(['a', 'b'])),
    {
      gained: [`${HIS} where every aws:TagKeys is a or b, or is not sent (before: only where some aws:TagKeys is a)`],
      lost: [`${HIS} where some aws:TagKeys is a (now: only where every aws:TagKeys is a or b, or is not sent)`],
    },
  ],
  [
    'a further value of what need not be sent',
    policy(optional('a')),
    policy(optional(['a', 'b'])),
    { gained: [`${HIS} that sends ExternalId b (before: only where sts:ExternalId is a, or is not sent)`] },
  ],
  [
    'a further value of what need no longer be sent',
    policy(allow(foreign, externalId('a'))),
    policy(optional(['a', 'b'])),
    { gained: [`${HIS} where sts:ExternalId is b, or is not sent (before: only where sts:ExternalId is a)`] },
  ],
  [
    'what need no longer be sent',
    policy(allow(foreign, externalId('a'))),
    policy(optional('a')),
    { gained: [`${HIS} that sends no ExternalId (before: only where sts:ExternalId is a)`] },
  ],
]

describe('of values', () => it.each(VALUES)('%s', check))

const SUB = 'token.actions.githubusercontent.com:sub'
const X = 'repo:acme/x'
const runs = (condition: unknown) => allow(GITHUB, condition, WEB)
const all = runs(subject(`${X}:*`))
const held = (condition: unknown) => deny(GITHUB, condition, WEB)
const ours = { Federated: `arn:aws:iam::${OWN}:oidc-provider/idp.acme.com` }
const users = (condition: unknown) => allow(ours, condition, WEB)
const oursIs = (value: unknown, operator?: string) => is('idp.acme.com:sub', value, operator)
const USERS = `users of the identity provider ${ours.Federated}`
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/A1'
const eks = { Federated: `arn:aws:iam::${OWN}:oidc-provider/${EKS}` }
const pods = (value: unknown, operator = 'StringLike') => allow(eks, is(`${EKS}:sub`, value, operator), WEB)
const pulls = held(is(SUB, `${X}:pull_request`))
const ANY_RUN = 'any ref, pull request or environment'
const run = (of: string) => `GitHub Actions runs ${of}`

const SUBJECTS: readonly Case[] = [
  [
    'pull requests that a Deny keeps out',
    policy(all),
    policy(all, pulls),
    { lost: [run('of pull requests of acme/x (now: kept out by a Deny)')] },
  ],
  [
    'pull requests that no Deny keeps out any longer',
    policy(all, pulls),
    policy(all),
    { gained: [run('of pull requests of acme/x (before: kept out by a Deny)')] },
  ],
  [
    'all but pull requests',
    null,
    policy(all, pulls),
    { gained: [run(`of ${ANY_RUN} of acme/x where sub is not ${X}:pull_request`)] },
  ],
  [
    'a branch, by the narrower of two conditions',
    null,
    policy(runs({ ...is(SUB, 'repo:acme/*', 'StringLike'), ...is(SUB, `${X}:ref:refs/heads/main`) })),
    { gained: [run('of branch main of acme/x')] },
  ],
  [
    'those that meet two conditions',
    policy(all),
    policy(all, held(is(SUB, 'repo:acme/*:pull_request', 'StringLike'))),
    { lost: [run(`of ${ANY_RUN} of acme/x where sub is like repo:acme/*:pull_request (now: kept out by a Deny)`)] },
  ],
  [
    'users whom a Deny keeps out',
    policy(users(oursIs('a*', 'StringLike'))),
    policy(users(oursIs('a*', 'StringLike')), deny(ours, oursIs('ab'), WEB)),
    { lost: [`${USERS} whose sub is ab (now: kept out by a Deny)`] },
  ],
  [
    'users with a subject, or without',
    null,
    policy(users(oursIs('a', 'StringEqualsIfExists'))),
    { gained: [`${USERS} where sub is a, or is absent`] },
  ],
  [
    'users without a subject, of which there are none',
    null,
    policy(users({ Null: { 'idp.acme.com:sub': 'true' } })),
    { gained: [] },
  ],
  [
    'anybody who has a subject',
    null,
    policy(runs({ Null: { [SUB]: 'false' } })),
    { gained: ["GitHub Actions runs of anyone's repository where sub is present"] },
  ],
  [
    'those of a repository who have a subject',
    null,
    policy(runs({ ...subject(`${X}:*`), Null: { [SUB]: 'false' } })),
    { gained: [run(`of ${ANY_RUN} of acme/x`)] },
  ],
  [
    'users whose subject is a star',
    null,
    policy(users(oursIs('a*'))),
    { gained: [`${USERS} whose sub is a*, literally`] },
  ],
]

// subject as the document writes it, operator, what its runs are called
const RUNS: readonly (readonly [string | readonly string[], string, string])[] = [
  [`${X}:*`, 'StringLike', `of ${ANY_RUN} of acme/x`],
  [`${X}:ref:*`, 'StringLike', 'of any ref of acme/x'],
  [`${X}:ref:refs/heads/*`, 'StringLike', 'of any branch of acme/x'],
  [`${X}:ref:refs/heads/release/*`, 'StringLike', 'of branches like release/* of acme/x'],
  [`${X}:ref:refs/tags/v1`, 'StringLike', 'of tag v1 of acme/x'],
  [`${X}:environment:*`, 'StringLike', 'of any environment of acme/x'],
  [`${X}:environment:prod?`, 'StringLike', 'of environments like prod? of acme/x'],
  [`${X}:workflow:deploy`, 'StringLike', 'of workflow:deploy of acme/x'],
  [`${X}:pull*`, 'StringLike', `whose sub is ${X}:pull*`],
  ['repo:acme/*', 'StringLike', 'of any repository of acme'],
  ['repo:acme/web-*', 'StringLike', 'of any repository of acme like web-*'],
  ['repo:acme/web-*:*', 'StringLike', 'of any repository of acme like web-*'],
  ['repo:acme/*-x', 'StringLike', 'whose sub is repo:acme/*-x'],
  [
    ['repo:acme/*:pull_request', 'repo:acme/*:ref:refs/heads/main'],
    'StringLike',
    'of pull requests of any repository of acme or branch main of any repository of acme',
  ],
  [`${X}:*`, 'StringEquals', `whose sub is ${X}:*, literally`],
  [X, 'StringEquals', `whose sub is ${X}`],
  [X, 'StringLike', `whose sub is ${X}`],
]

const PODS: readonly (readonly [string, string, string])[] = [
  ['shop:web', 'StringEquals', 'pods of the service account shop/web'],
  ['shop:*', 'StringLike', 'pods of any service account of shop'],
  ['shop:web-*', 'StringLike', 'pods of any service account like shop/web-*'],
  ['*:web', 'StringLike', 'pods of any service account like */web'],
]

describe('of subjects', () => {
  it.each(SUBJECTS)('%s', check)

  it.each(RUNS)('%s under %s', (value, operator, words) => {
    check('', null, policy(runs(subject(value, operator))), { gained: [run(words)] })
  })

  it.each(PODS)('%s under %s', (value, operator, words) => {
    check('', null, policy(pods(`system:serviceaccount:${value}`, operator)), {
      gained: [`${words} (${EKS})`],
    })
  })

  it('what a set operator asks of tokens goes for each of them', () => {
    check('', null, policy(runs({ 'ForAllValues:StringLike': { [SUB]: `${X}:*` } })), {
      gained: [run(`whose sub is ${X}:*`)],
    })
  })

  it('other branches than those of before', () => {
    const branches = policy(runs(subject(`${X}:ref:refs/heads/*`)))
    check('', branches, policy(all), { gained: [run(`of ${ANY_RUN} of acme/x (before: only any branch of acme/x)`)] })
  })
})

const HER = role(FOREIGN, 'R')
const pathed = (path: string) => policy(allow(role(FOREIGN, `${path}X`)))
const region = (...names: readonly string[]) => allow(everyone, is('aws:RequestedRegion', names))
const DENIED = '(before: kept out by a Deny)'
const WORLD = 'anyone with an AWS account'
const numbered = is('my:number', '1', 'NumericEquals')

const PEOPLE: readonly Case[] = [
  [
    'an account kept out before, beside a new value for all',
    policy(allow(everyone, externalId('x')), deny(foreign)),
    policy(allow(everyone, externalId(['x', 'y']))),
    {
      gained: [
        `${WORLD} that sends ExternalId y (before: only where sts:ExternalId is x)`,
        `${HIS} that sends ExternalId x or y ${DENIED}`,
      ],
    },
  ],
  [
    'an account kept out before, beside a new region for all',
    policy(region('eu-west-1'), deny(foreign)),
    policy(region('eu-west-1', 'eu-west-2')),
    {
      gained: [
        `${WORLD} where aws:RequestedRegion is eu-west-2 (before: only where aws:RequestedRegion is eu-west-1)`,
        `${HIS} where aws:RequestedRegion is eu-west-1 or eu-west-2 ${DENIED}`,
      ],
    },
  ],
  [
    'an account kept out everywhere, beside all who were kept out of a region',
    policy(allow(everyone), deny(everyone, is('aws:RequestedRegion', 'eu-west-1')), deny(foreign)),
    policy(allow(everyone)),
    { gained: [`${WORLD} where aws:RequestedRegion is eu-west-1 ${DENIED}`, `${HIS} ${DENIED}`] },
  ],
  [
    'an account that is like all others',
    policy(allow(everyone, externalId('x')), deny(root(VENDOR), externalId('z'))),
    policy(allow(everyone, externalId(['x', 'y'])), deny(root(VENDOR), externalId('z'))),
    {
      gained: [
        `${WORLD} that sends ExternalId y, except account ${VENDOR} where sts:ExternalId is z (before: only where sts:ExternalId is x)`,
      ],
    },
  ],
  [
    'a role kept out before, beside a new value for its account',
    policy(allow(foreign, externalId('x')), deny(HER)),
    policy(allow(foreign, externalId(['x', 'y']))),
    {
      gained: [
        `${HIS} that sends ExternalId y (before: only where sts:ExternalId is x)`,
        `role R of account ${FOREIGN} that sends ExternalId x or y ${DENIED}`,
      ],
    },
  ],
  [
    'a role that needs its ExternalId no longer',
    policy(allow(HER, externalId('z'))),
    policy(allow(foreign)),
    { gained: [HIS] },
  ],
  [
    'an account beside its role',
    policy(allow(HER)),
    policy(allow(foreign)),
    { gained: [`any other principal of account ${FOREIGN}`] },
  ],
  [
    'an account beside its role, with a condition that the role has, or a wider one',
    policy(allow(foreign, externalId('z'))),
    policy(allow(HER, externalId(['y', 'z']))),
    {
      gained: [`role R of account ${FOREIGN} that sends ExternalId y (before: only where sts:ExternalId is z)`],
      lost: [`any other principal of account ${FOREIGN} that sends ExternalId z`],
    },
  ],
  [
    'an account beside two of its roles, one of which gained as well',
    policy(allow(HER), allow(role(FOREIGN, 'Q'), externalId('z'))),
    policy(allow(foreign)),
    { gained: [`${HIS}, not only role R`] },
  ],
  [
    'an account beside its role that a Deny kept out',
    policy(allow(HER), deny(HER, numbered)),
    policy(allow(foreign)),
    { gained: [HIS] },
  ],
  [
    'everybody but an account',
    policy(allow(everyone)),
    policy(allow(foreign)),
    { lost: [`${WORLD} but account ${FOREIGN}`] },
  ],
  [
    'everybody but the own account',
    policy(allow(root(OWN))),
    policy(allow(everyone)),
    { gained: [`${WORLD}, not only the role’s own`] },
  ],
  [
    'everybody, one of them by an ExternalId before',
    policy(allow(foreign, externalId('x'))),
    policy(allow(everyone)),
    { gained: [WORLD] },
  ],
  [
    'everybody, one of them kept out for himself before',
    policy(allow(foreign), deny(HER)),
    policy(allow(everyone)),
    { gained: [WORLD] },
  ],
  [
    'everybody whom no Deny names',
    null,
    policy(allow(everyone), deny(foreign)),
    { gained: [`${WORLD}, except account ${FOREIGN}`] },
  ],
  [
    'everybody of an account whom no Deny names',
    null,
    policy(allow(foreign), deny(HER), deny(role(VENDOR, 'R'))),
    { gained: [`${HIS}, except role R`] },
  ],
  [
    'a role, but one of its sessions',
    null,
    policy(allow(HER), deny({ AWS: `arn:aws:sts::${FOREIGN}:assumed-role/R/ci` })),
    { gained: [`role R of account ${FOREIGN}, except session ci of role R`] },
  ],
  [
    'an account, but a role that a Deny names with a condition',
    null,
    policy(allow(foreign), deny(HER, numbered)),
    { gained: [`${HIS}, except role R where my:number is 1`] },
  ],
  [
    'an account that a pattern does not stand for',
    policy(allow(root(OWN))),
    policy(allow(root(OWN)), allow(everyone, is('aws:PrincipalAccount', '2*', 'StringLike'))),
    { gained: [`${WORLD} whose id is like 2*`] },
  ],
  [
    'more than are worth a name',
    null,
    policy(allow(foreign), deny({ AWS: [...'abcdefg'].map((name) => role(FOREIGN, name).AWS) })),
    { gained: [`${HIS}, except role a, role b, role c, role d, role e or 2 more`] },
  ],
  [
    'a role of a name under another path',
    pathed('a/'),
    pathed('b/'),
    { gained: [`role b/X of account ${FOREIGN}`], lost: [`role a/X of account ${FOREIGN}`] },
  ],
]

describe('of people', () => it.each(PEOPLE)('%s', check))

const either = policy(allow(foreign, externalId('a')), allow(foreign, externalId('b')))
const signedIn = allow(everyone, mfa)
const ec2 = { Service: 'ec2.amazonaws.com' }
const number = (operator: string) => policy(allow(foreign, is('my:number', '1', operator)))

const CONTRASTS: readonly Case[] = [
  [
    'of two values, each in a statement of its own',
    either,
    policy(allow(foreign)),
    { gained: [`${HIS} (before: only where sts:ExternalId is a or b)`] },
  ],
  [
    'of two different conditions',
    policy(allow(foreign, externalId('a')), allow(foreign, mfa)),
    policy(allow(foreign)),
    { gained: [`${HIS} (before: only where sts:ExternalId is a or where aws:MultiFactorAuthPresent is true)`] },
  ],
  [
    'of three, which are too many',
    policy(allow(foreign, externalId('a')), allow(foreign, mfa), allow(foreign, office)),
    policy(allow(foreign)),
    { gained: [HIS] },
  ],
  [
    'of the same words under another operator',
    number('NumericEquals'),
    number('StringEquals'),
    { lost: [`${HIS} where my:number is 1`] },
  ],
  [
    'of what a service never has',
    policy(signedIn),
    policy(signedIn, allow(ec2)),
    { gained: ['the service ec2.amazonaws.com'] },
  ],
  [
    'of an account that is another one',
    policy(allow(everyone, is('aws:PrincipalAccount', VENDOR))),
    policy(allow(foreign)),
    { gained: [HIS], lost: [`any principal of account ${VENDOR} (Backup vendor)`] },
  ],
]

describe('beside what stood in the way', () => it.each(CONTRASTS)('%s', check))

const saml = { Federated: `arn:aws:iam::${OWN}:saml-provider/Okta` }
const SIGN_IN = 'https://signin.aws.amazon.com/saml'
const signIn = is('SAML:aud', SIGN_IN)
const asked = is('idp.acme.com:aud', 'sts.amazonaws.com')
const through = (condition: unknown, principal: unknown = saml) =>
  policy(allow(principal, condition, principal === saml ? 'sts:AssumeRoleWithSAML' : WEB))

// policy, severity, what is said
const AUDIENCES: readonly (readonly [string, string, string])[] = [
  [through(undefined), 'medium', `all users of the identity provider ${saml.Federated}`],
  [through(signIn), 'low', `users of the identity provider ${saml.Federated} where aud is ${SIGN_IN}`],
  [
    through(is('SAML:aud', 'https://acme.com')),
    'low',
    `users of the identity provider ${saml.Federated} where aud is https://acme.com`,
  ],
  [
    through({ ...signIn, ...is('SAML:eduPersonOrgDN', 'staff', 'StringLike') }),
    'low',
    `users of the identity provider ${saml.Federated} where aud is ${SIGN_IN} and where eduPersonOrgDN is like staff`,
  ],
  [through(asked, ours), 'medium', `all ${USERS} where aud is sts.amazonaws.com`],
  [through(is('idp.acme.com:aud', 'acme'), ours), 'low', `${USERS} where aud is acme`],
  [
    through({ ...asked, ...oursIs('a*', 'StringLike') }, ours),
    'low',
    `${USERS} whose sub is a* where aud is sts.amazonaws.com`,
  ],
]

describe('the audience that AWS asks for', () => {
  it.each(AUDIENCES)('%#', (after, severity, says) => {
    expect(compareTrust(null, after, ABOUT).gained.map((one) => [one.severity, one.says])).toEqual([[severity, says]])
  })
})

const typed = (...kinds: readonly string[]) => is('aws:PrincipalType', kinds)
const callers = (...patterns: readonly string[]) => allow(everyone, is('aws:PrincipalArn', patterns, 'ArnLike'))
const deployers = ['arn:aws:iam::*:role/Deploy', 'arn:aws:iam::4444*:role/*']
const not = (key: string) => is(key, 'a', 'StringNotEquals')

const KINDS: readonly Case[] = [
  [
    'users and roles, though a role is shown',
    policy(allow(foreign, typed('User', 'AssumedRole'))),
    null,
    { lost: [`${HIS} where aws:PrincipalType is User or AssumedRole`] },
  ],
  [
    'users who gained more than roles did',
    policy(allow(foreign, { ...like('a'), ...typed('AssumedRole') })),
    policy(allow(foreign, like(['a', 'b']))),
    {
      gained: [
        `${HIS} where sts:ExternalId is like a or b (before: only where sts:ExternalId is like a and aws:PrincipalType is AssumedRole)`,
      ],
    },
  ],
  [
    'roles, where a Deny keeps out users',
    null,
    policy(allow(foreign), deny(foreign, typed('User'))),
    { gained: [`${HIS} where aws:PrincipalType is not User`] },
  ],
  [
    'accounts that more patterns stand for than strangers’',
    policy(callers(...deployers)),
    policy(callers(...deployers), deny(everyone)),
    {
      lost: [
        `${WORLD} where aws:PrincipalArn is like arn:aws:iam::*:role/Deploy (now: kept out by a Deny)`,
        'anyone with an AWS account whose id is like 4444* where aws:PrincipalArn is like arn:aws:iam::*:role/Deploy or arn:aws:iam::4444*:role/* (now: kept out by a Deny)',
      ],
    },
  ],
  [
    'a role for two reasons',
    policy(allow(HER)),
    policy(allow(HER, not('aws:PrincipalTag/team')), deny(HER, not('sts:ExternalId'))),
    {
      lost: [
        `role R of account ${FOREIGN} where sts:ExternalId is not a (now: kept out by a Deny)`,
        `role R of account ${FOREIGN} (now: only where aws:PrincipalTag/team is not a)`,
      ],
    },
  ],
  [
    'all, where an account that is let in anyway loses its session tags',
    policy(allow(everyone, undefined, TAGGING)),
    policy(allow(root(OWN))),
    { lost: [WORLD] },
  ],
]

describe('of kinds of people', () => it.each(KINDS)('%s', check))
