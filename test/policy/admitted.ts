/** Who is admitted by one statement, as the severity table divides the world. */

import {
  everyone,
  externalId,
  FOREIGN,
  foreign,
  GITHUB,
  lambda,
  MEMBER,
  mfa,
  OWN,
  ownOrg,
  role,
  root,
  subject,
  VENDOR,
} from './build.ts'

const GITHUB_ID = 'token.actions.githubusercontent.com'
const ANY = 'critical stranger-through-provider none'
const GROUP = 'medium provider-group weak'
const ONE = 'low provider-subject effective'

const ANY_MEMBER = 'medium provider-group none'

const COGNITO = { Federated: 'cognito-identity.amazonaws.com' }
const EKS = 'oidc.eks.us-east-1.amazonaws.com/id/A1B2C3'
const CIRCLE = 'oidc.circleci.com/org/0a1b'
const BITBUCKET = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc'

const provider = (id: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${id}` })

function pool(amr: string): unknown {
  return {
    StringEquals: { 'cognito-identity.amazonaws.com:aud': 'us-east-1:0c0ffee0' },
    'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
  }
}

// what a pattern of a shared provider's claim leaves open
const SHARED: readonly (readonly [string, string, string, string])[] = [
  ['cognito-identity.amazonaws.com', 'aud', 'us-east-1:*', ANY],
  ['cognito-identity.amazonaws.com', 'aud', 'us-east-1:0c0ffee0-1111-2222-3333-444455556666', GROUP],
  ['accounts.google.com', 'sub', '1*', ANY],
  ['accounts.google.com', 'sub', '112233445566778899', ONE],
  ['oidc.vercel.com', 'sub', 'owner:*', ANY],
  ['oidc.vercel.com', 'sub', 'owner:ac*:project:shop:environment:production', ANY],
  ['oidc.vercel.com', 'sub', 'owner:acme:*', GROUP],
  ['oidc.vercel.com', 'sub', 'owner:acme:project:shop:*', ONE],
  ['oidc.vercel.com', 'aud', 'https://vercel.com/*', ANY],
  ['oidc.codefresh.io', 'sub', 'account:*', ANY],
  ['oidc.codefresh.io', 'sub', 'account:64f0:pipeline:*', GROUP],
  ['oidc.codefresh.io', 'sub', 'account:64f0:pipeline:77aa:*', ONE],
  ['proidc.upbound.io', 'sub', 'mcp:acme/*', GROUP],
  [GITHUB_ID, 'repository_id', '1*', ANY],
  [GITHUB_ID, 'repository_id', '123456', ONE],
  [GITHUB_ID, 'repository', 'o*', ANY],
  [GITHUB_ID, 'repository', 'o/r*', GROUP],
  [GITHUB_ID, 'repository', 'o/r', ONE],
  [GITHUB_ID, 'job_workflow_ref', 'o/r/.github/workflows/deploy.yml@*', ONE],
  ['gitlab.com', 'project_path', 'acme/team/*', GROUP],
  ['gitlab.com', 'project_path', 'acme/team/app', ONE],
]

// who gets in, and how bad that is
export const WHO: readonly (readonly [string, unknown, unknown, string])[] = [
  ['the world', everyone, undefined, 'critical anyone none'],
  [
    'the world behind a range that is none',
    everyone,
    { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
    'critical anyone none',
  ],
  ['the world behind an ExternalId', everyone, externalId('k'), 'high anyone weak'],
  ['the world behind any ExternalId', everyone, { StringLike: { 'sts:ExternalId': '*' } }, 'critical anyone none'],
  [
    'the world but one account',
    everyone,
    { StringNotEquals: { 'aws:PrincipalAccount': FOREIGN } },
    'critical anyone none',
  ],
  [
    'the world with ForAllValues',
    everyone,
    { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-ownorg' } },
    'critical anyone none',
  ],
  ['the world with MFA', everyone, mfa, 'critical anyone none'],
  [
    'any account with a role of some name',
    everyone,
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Admin' } },
    'critical anyone none',
  ],
  ['an address range', everyone, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'high anyone weak'],
  ['the own organisation', everyone, ownOrg, 'low organization effective'],
  ['another organisation', everyone, { StringEquals: { 'aws:PrincipalOrgID': 'o-else' } }, 'high foreign-account none'],
  [
    'the world pinned to one account',
    everyone,
    { StringEquals: { 'aws:PrincipalAccount': FOREIGN } },
    'high foreign-account none',
  ],
  ['a foreign account', foreign, undefined, 'high foreign-account none'],
  ['a foreign account with ExternalId', foreign, externalId('k7'), 'medium foreign-account effective'],
  [
    'a foreign account, ExternalId if it likes',
    foreign,
    { StringEqualsIfExists: { 'sts:ExternalId': 'k7' } },
    'high foreign-account none',
  ],
  [
    'a foreign account, ExternalId by pattern',
    foreign,
    { StringLike: { 'sts:ExternalId': 'acme-*' } },
    'high foreign-account weak',
  ],
  ['a foreign account with MFA', foreign, mfa, 'medium foreign-account effective'],
  [
    'a foreign account with MFA of a certain age',
    foreign,
    { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } },
    'medium foreign-account effective',
  ],
  ['a wide address range', everyone, { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }, 'high anyone weak'],
  ['half of all addresses', everyone, { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } }, 'high anyone weak'],
  [
    'both halves of all addresses',
    everyone,
    { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
    'critical anyone none',
  ],
  ['all public addresses', everyone, { IpAddress: { 'aws:SourceIp': '2000::/3' } }, 'critical anyone none'],
  ['a role of a foreign account', role(FOREIGN, 'Deploy'), undefined, 'medium foreign-account effective'],
  ['a trusted account', root(VENDOR), undefined, 'medium trusted-account none'],
  ['a trusted account with ExternalId', root(VENDOR), externalId('k7'), 'low trusted-account effective'],
  ['an account of the organisation', root(MEMBER), undefined, 'low organization none'],
  ['the own account', root(OWN), undefined, 'low own-account none'],
  ['a compute service', lambda, undefined, 'medium compute-service none'],
  ['App Runner tasks', { Service: 'tasks.apprunner.amazonaws.com' }, undefined, 'medium compute-service none'],
  ['another service', { Service: 'sns.amazonaws.com' }, undefined, 'low service none'],
  ['any GitHub repository', GITHUB, subject('*'), 'critical stranger-through-provider none'],
  ['an owner that anybody can extend', GITHUB, subject('repo:acme*'), 'critical stranger-through-provider none'],
  [
    'a subject only if present',
    GITHUB,
    subject('repo:acme/x:*', 'StringNotLike'),
    'critical stranger-through-provider none',
  ],
  [
    'one loose value in a list',
    GITHUB,
    subject(['repo:acme/deploy:*', 'repo:*/deploy:*']),
    'critical stranger-through-provider none',
  ],
  ['a GitHub organisation', GITHUB, subject('repo:acme/*'), 'medium provider-group weak'],
  ['a GitHub repository', GITHUB, subject('repo:acme/deploy:*'), 'low provider-subject effective'],
  ['a GitHub repository by its ids', GITHUB, subject('repo:acme@12/deploy@34:*'), 'low provider-subject effective'],
  ['a Cognito identity pool with its guests', COGNITO, pool('unauthenticated'), GROUP],
  ['a Cognito identity pool without its guests', COGNITO, pool('authenticated'), ONE],
  ['any user of a provider of one’s own', provider('idp.example.com'), undefined, 'medium provider-group none'],
  [
    'users of a provider of one’s own',
    provider('idp.example.com'),
    { StringEquals: { 'idp.example.com:aud': 'app' } },
    ONE,
  ],
  ['any pod of a cluster', provider(EKS), { StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com' } }, ANY_MEMBER],
  ['a namespace', provider(EKS), { StringLike: { [`${EKS}:sub`]: 'system:serviceaccount:shop:*' } }, GROUP],
  ['one service account', provider(EKS), { StringEquals: { [`${EKS}:sub`]: 'system:serviceaccount:shop:api' } }, ONE],
  ['any job of a CircleCI organisation', provider(CIRCLE), undefined, ANY_MEMBER],
  ['a CircleCI project', provider(CIRCLE), { StringLike: { [`${CIRCLE}:sub`]: 'org/0a1b/project/2c3d/user/*' } }, ONE],
  ['any pipeline of a Bitbucket workspace', provider(BITBUCKET), undefined, ANY_MEMBER],
  ['a Bitbucket repository', provider(BITBUCKET), { StringLike: { [`${BITBUCKET}:sub`]: '{0a1b}:*' } }, ONE],
  ['any run of a GitHub enterprise', provider(`${GITHUB_ID}/acme`), undefined, ANY_MEMBER],
  [
    'a repository behind the issuer of an enterprise',
    provider(`${GITHUB_ID}/acme`),
    { StringLike: { [`${GITHUB_ID}/acme:sub`]: 'repo:acme/deploy:*' } },
    ONE,
  ],
  ['any run of a GitHub with data residency', provider('token.actions.acme.ghe.com'), undefined, ANY_MEMBER],
  ['any run of a GitHub server', provider('ghe.acme.example/_services/token'), undefined, ANY_MEMBER],
  ['any user of a SAML provider', { Federated: `arn:aws:iam::${OWN}:saml-provider/staff` }, undefined, ANY_MEMBER],
  [
    'a provider that another account holds',
    { Federated: `arn:aws:iam::${FOREIGN}:oidc-provider/${GITHUB_ID}` },
    subject('repo:acme/deploy:*'),
    'high foreign-account none',
  ],
  [
    'a provider that an account of the organisation holds',
    { Federated: `arn:aws:iam::${MEMBER}:oidc-provider/${GITHUB_ID}` },
    subject('repo:acme/deploy:*'),
    'low organization none',
  ],
  [
    'any Cognito identity pool',
    { Federated: 'cognito-identity.amazonaws.com' },
    { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
    'critical stranger-through-provider none',
  ],
  ...SHARED.map(([id, claim, value, expected]): readonly [string, unknown, unknown, string] => [
    `${value} as ${claim} of ${id}`,
    { Federated: id.includes('cognito') || id.includes('google') ? id : `arn:aws:iam::${OWN}:oidc-provider/${id}` },
    { StringLike: { [`${id}:${claim}`]: value } },
    expected,
  ]),
]
