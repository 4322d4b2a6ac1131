/** Which callers a document tells apart: whom a star lets in when strangers are kept out, and who is left beside those it names. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import {
  ABOUT,
  allow,
  deny,
  everyone,
  FOREIGN,
  foreign,
  GITHUB,
  OWN,
  policy,
  role,
  tasks,
  VENDOR,
  WEB,
} from './build.ts'

const ANY = 'sts:*'
const SAML = 'sts:AssumeRoleWithSAML'
const NAME = 'token.actions.githubusercontent.com'
const unsigned = deny(everyone, { Null: { 'aws:PrincipalAccount': 'false' } }, ANY)
const builtIn = deny(
  { Federated: ['cognito-identity.amazonaws.com', 'accounts.google.com', 'graph.facebook.com', 'www.amazon.com'] },
  undefined,
  ANY,
)
const provider = (issuer: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${issuer}` })
const claim = (key: string, value: string) => ({ StringLike: { [key]: value } })
const aws = (...values: readonly string[]) => ({ AWS: values })
const arn = (resource: string, service = 'iam', account = FOREIGN) => `arn:aws:${service}::${account}:${resource}`
const session = (of: string, account = FOREIGN) => aws(arn(`assumed-role/${of}/ci`, 'sts', account))
const deploy = role(FOREIGN, 'Deploy')
const twoOrganizations = { StringEqualsIfExists: { 'aws:PrincipalOrgID': ['o-a', 'o-b'] } }
const owner = (key: string) => claim(`${key}:sub`, 'repo:acme/*')

const HIS = `of account ${FOREIGN}`
const OTHERS = `any other principal ${HIS}`
const runs = 'GitHub Actions runs of any repository of acme'
const users = (id: string) => `users of the identity provider ${id}`

type Told = readonly [says: string, id: string]

/** What is said of each, without what used to stand in the way, and who it is. */
function told(before: string | null, after: string, about: object = ABOUT): readonly Told[] {
  const { gained, undecided } = compareTrust(before, after, about)
  expect(undecided).toEqual([])
  return gained.map(({ severity, says, witness }) => [
    `${severity} ${says.replace(/ \((?:before|now): .*/, '')}`,
    witness.principal.id,
  ])
}

// name, statements, who gets in
const STARS: readonly (readonly [string, readonly unknown[], readonly Told[]])[] = [
  [
    'a service, where no account is let in',
    [allow(everyone), unsigned],
    [['medium any AWS service', 'example.amazonaws.com']],
  ],
  [
    'a service that is named, and any other',
    [allow(everyone), unsigned, deny(tasks, { StringNotEquals: { 'aws:SourceAccount': OWN } })],
    [
      [`medium the service ecs-tasks.amazonaws.com where aws:SourceAccount is ${OWN}`, tasks.Service],
      ['medium any AWS service', 'example.amazonaws.com'],
    ],
  ],
  [
    'users of what every account has',
    [allow(everyone, undefined, WEB)],
    [["critical anybody's Cognito users", 'cognito-identity.amazonaws.com']],
  ],
  [
    'users of a provider, any',
    [allow(everyone, undefined, WEB), builtIn],
    [[`medium all ${users(provider('idp.example.com').Federated)}`, provider('idp.example.com').Federated]],
  ],
  [
    'nobody, where that one is denied by its name',
    [allow(everyone, undefined, WEB), builtIn, deny(provider('idp.example.com'), undefined, WEB)],
    [],
  ],
  [
    'users of a SAML provider',
    [allow(everyone, undefined, SAML)],
    [[`medium all ${users(arn('saml-provider/example', 'iam', OWN))}`, arn('saml-provider/example', 'iam', OWN)]],
  ],
  [
    'users of the provider whose claim is asked for',
    [allow(everyone, claim('accounts.google.com:sub', '1'), WEB)],
    [['low Google users whose sub is 1', 'accounts.google.com']],
  ],
  [
    'nobody, where he is denied by its name',
    [
      allow(everyone, claim('accounts.google.com:sub', '1'), WEB),
      deny({ Federated: 'accounts.google.com' }, undefined, WEB),
    ],
    [],
  ],
  ['runs of an owner, at GitHub', [allow(everyone, owner(NAME), WEB)], [[`medium ${runs}`, GITHUB.Federated]]],
  [
    'runs of an owner, at the GitHub that is named',
    [allow(everyone, owner(NAME), WEB), deny(GITHUB, claim(`${NAME}:aud`, 'x'), WEB)],
    [[`medium ${runs} where aud is not like x`, GITHUB.Federated]],
  ],
  [
    'runs of anybody, in whatever case the claim is written',
    [allow(everyone, claim('Token.Actions.GitHubUserContent.com:actor', 'ann'), WEB)],
    [
      [
        "critical GitHub Actions runs of anyone's repository where actor is like ann",
        provider('token.actions.githubusercontent.com').Federated,
      ],
    ],
  ],
  [
    'users of a provider that nobody shares, in whatever case the claim is written',
    [allow(everyone, claim('Login.Example.com:sub', 'u*'), WEB)],
    [
      [
        `low ${users(provider('login.example.com').Federated)} whose sub is u*`,
        provider('login.example.com').Federated,
      ],
    ],
  ],
  [
    'one provider, in whatever case its claims are written',
    [
      allow(provider('token.actions.githubusercontent.com'), undefined, WEB),
      allow(everyone, claim('TOKEN.ACTIONS.GITHUBUSERCONTENT.COM:actor', 'ann'), WEB),
    ],
    [
      [
        "critical GitHub Actions runs of anyone's repository",
        provider('token.actions.githubusercontent.com').Federated,
      ],
      [
        "critical GitHub Actions runs of anyone's repository where actor is like ann",
        provider('token.actions.githubusercontent.com').Federated,
      ],
    ],
  ],
  [
    'users of each provider in turn, where none is shared',
    [allow(everyone, undefined, WEB), builtIn, allow(everyone, claim('Login.Example.com:sub', 'u*'), WEB)],
    [
      [`medium all ${users(provider('login.example.com').Federated)}`, provider('login.example.com').Federated],
      [`medium all ${users(provider('idp.example.com').Federated)}`, provider('idp.example.com').Federated],
      [
        `low ${users(provider('login.example.com').Federated)} whose sub is u*`,
        provider('login.example.com').Federated,
      ],
    ],
  ],
  [
    'a service, and nobody in place of what was deleted',
    [allow(everyone), unsigned, deny(aws('AROAEXAMPLEDELETED123'))],
    [['medium any AWS service', 'example.amazonaws.com']],
  ],
  [
    'a cluster’s service account',
    [allow(everyone, claim('oidc.eks.us-east-1.amazonaws.com/id/A1:sub', 'system:serviceaccount:shop:api'), WEB)],
    [
      [
        'low pods of the service account shop/api (oidc.eks.us-east-1.amazonaws.com/id/A1)',
        provider('oidc.eks.us-east-1.amazonaws.com/id/A1').Federated,
      ],
    ],
  ],
  [
    'users of the provider whose claim a Deny demands',
    [
      allow(everyone, { StringEquals: { 'aws:PrincipalTag/a': 'b' } }, WEB),
      deny(everyone, { Null: { 'graph.facebook.com:id': 'true' } }, WEB),
    ],
    [['low Facebook users where aws:PrincipalTag/a is b, except where id is absent', 'graph.facebook.com']],
  ],
  [
    'the accounts that a Deny leaves, one by one',
    [allow(everyone), deny(everyone, { StringNotEquals: { 'aws:PrincipalAccount': [FOREIGN, VENDOR] } })],
    [
      [`medium any principal of account ${VENDOR} (Backup vendor)`, arn('role/ExampleRole', 'iam', VENDOR)],
      [`high any principal ${HIS}`, arn('role/ExampleRole')],
    ],
  ],
  [
    'the services that have no organization',
    [allow(everyone, twoOrganizations), unsigned],
    [['medium any AWS service where aws:PrincipalOrgID is o-a or o-b, or is absent', 'example.amazonaws.com']],
  ],
]

describe('a star lets in', () => {
  it.each(STARS)('%s', (_, statements, whom) => {
    expect(told(null, policy(...statements))).toEqual(whom)
  })

  it('users of a provider of the role’s own account and partition', () => {
    const id = `arn:aws-us-gov:iam::${FOREIGN}:oidc-provider/idp.example.com`
    const about = { roleArn: `arn:aws-us-gov:iam::${FOREIGN}:role/x` }
    expect(told(null, policy(allow(everyone, undefined, WEB), builtIn), about)).toEqual([
      [`medium all ${users(id)}`, id],
    ])
  })

  it('a canonical user as what he is', () => {
    const [{ witness } = {}] = compareTrust(null, policy(allow({ CanonicalUser: '79a5' })), ABOUT).gained
    expect(witness?.principal).toEqual({ type: 'CanonicalUser', id: '79a5' })
  })

  it('whom it names no longer', () => {
    const services = { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] }
    const canonical = { CanonicalUser: '79a5' }
    const star = (...denied: readonly unknown[]) => policy(allow(everyone, undefined, ANY), ...denied)
    expect(told(policy(allow(services)), policy(allow(everyone), unsigned))).toEqual([
      ['medium any AWS service', 'example.amazonaws.com'],
    ])
    expect(told(star(deny(services, undefined, ANY)), star()).map(([, id]) => id)).toEqual([
      'ec2.amazonaws.com',
      'lambda.amazonaws.com',
    ])
    expect(told(star(deny(canonical, undefined, ANY)), star())).toEqual([['medium the canonical user 79a5', '79a5']])
    expect(told(star(deny(builtIn.Principal, undefined, WEB)), star()).map(([, id]) => id)).toEqual([
      'accounts.google.com',
      'cognito-identity.amazonaws.com',
      'graph.facebook.com',
      'www.amazon.com',
    ])
    expect(told(star(deny(aws('AROAEXAMPLEDELETED123'))), star())).toEqual([])
  })
})

// name, before, after, who is let in
const BESIDE: readonly (readonly [string, string | null, string, readonly Told[]])[] = [
  [
    'a role of the very name that is shown',
    policy(allow(role(FOREIGN, 'ExampleRole'))),
    policy(allow(role(FOREIGN, 'ExampleRole')), allow(foreign)),
    [[`high ${OTHERS}`, arn('role/ExampleRole2')]],
  ],
  [
    'two roles of such names',
    policy(allow(aws(arn('role/ExampleRole'), arn('role/ExampleRole2')))),
    policy(allow(aws(arn('role/ExampleRole'), arn('role/ExampleRole2'), FOREIGN))),
    [[`high ${OTHERS}`, arn('role/ExampleRole3')]],
  ],
  [
    'a role of that name elsewhere',
    policy(allow(role(VENDOR, 'ExampleRole'))),
    policy(allow(role(VENDOR, 'ExampleRole')), allow(foreign)),
    [[`high any principal ${HIS}`, arn('role/ExampleRole')]],
  ],
  [
    'a user of that name',
    policy(allow(aws(arn('user/ExampleRole')))),
    policy(allow(aws(arn('user/ExampleRole'))), allow(foreign)),
    [[`high ${OTHERS}`, arn('role/ExampleRole')]],
  ],
  [
    'a user of the name that is shown of users',
    policy(allow(aws(arn('user/example-user')))),
    policy(allow(aws(arn('user/example-user'))), allow(foreign, { StringEquals: { 'aws:PrincipalType': 'User' } })),
    [[`high ${OTHERS} where aws:PrincipalType is User`, arn('user/example-user2')]],
  ],
  [
    'a session of the role',
    policy(allow(session('Deploy'))),
    policy(allow(deploy)),
    [[`medium role Deploy ${HIS}`, deploy.AWS]],
  ],
  [
    'a session that was kept out',
    policy(allow(deploy), deny(session('Deploy'))),
    policy(allow(deploy)),
    [[`medium session ci of role Deploy ${HIS}`, session('Deploy').AWS[0] ?? '']],
  ],
  ['a session of another role, kept out', policy(allow(deploy), deny(session('Other'))), policy(allow(deploy)), []],
  [
    'a session of the same role elsewhere, kept out',
    policy(allow(deploy), deny(session('Deploy', VENDOR))),
    policy(allow(deploy)),
    [],
  ],
  [
    'a role that was kept out of another account',
    policy(allow(foreign), deny(role(VENDOR, 'x'))),
    policy(allow(foreign)),
    [],
  ],
  [
    'a federated user who was kept out',
    policy(allow(foreign), deny(aws(arn('federated-user/ann', 'sts')))),
    policy(allow(foreign)),
    [[`medium federated user ann ${HIS}`, arn('federated-user/ann', 'sts')]],
  ],
  [
    'canonical users, each',
    null,
    policy(allow({ CanonicalUser: ['79a5', '80b6'] })),
    [
      ['medium the canonical user 79a5', '79a5'],
      ['medium the canonical user 80b6', '80b6'],
    ],
  ],
  ['what was deleted', null, policy(allow(aws('AROAEXAMPLEDELETED123'))), []],
  [
    'a role of another partition',
    policy(allow(aws(`arn:aws-cn:iam::${FOREIGN}:role/a`))),
    policy(allow(aws(`arn:aws-cn:iam::${FOREIGN}:role/a`, FOREIGN))),
    [[`high ${OTHERS}`, `arn:aws-cn:iam::${FOREIGN}:role/ExampleRole`]],
  ],
  [
    'one organization of two',
    policy(allow(foreign, { StringEquals: { 'aws:PrincipalOrgID': ['o-a'] } })),
    policy(allow(foreign, { StringEquals: { 'aws:PrincipalOrgID': ['o-a', 'o-b'] } })),
    [[`medium any principal ${HIS} where aws:PrincipalOrgID is o-b`, arn('role/ExampleRole')]],
  ],
]

describe('beside those who are named', () => {
  it.each(BESIDE)('%s', (_, before, after, whom) => {
    expect(told(before, after)).toEqual(whom)
  })
})
