/** Whom each form of principal covers: cases by the document that says so. Data only. */

import { FOREIGN, MEMBER, OWN, role, root } from './build.ts'

/** What it says, principal of the policy, who calls, the decision. */
export type Case = readonly [
  string,
  unknown,
  { readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'; readonly id: string },
  string,
]

const aws = (id: string) => ({ type: 'AWS' as const, id })
const service = (id: string) => ({ type: 'Service' as const, id })
const federated = (id: string) => ({ type: 'Federated' as const, id })

const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`
const federatedUser = `arn:aws:sts::${FOREIGN}:federated-user/ann`
const saml = `arn:aws:iam::${OWN}:saml-provider/Okta`
const oidc = `arn:aws:iam::${OWN}:oidc-provider/idp.example.com`

const ACCOUNTS: readonly Case[] = [
  ['an account id is everyone of the account', { AWS: FOREIGN }, aws(deployRole), 'allow'],
  ['dashes in an account id say nothing', { AWS: '4444-5555-6666' }, aws(user), 'allow'],
  ['a root ARN is everyone of the account', root(FOREIGN), aws(user), 'allow'],
  ['a session belongs to its account', root(FOREIGN), aws(session), 'allow'],
  ['a federated user belongs to its account', root(FOREIGN), aws(federatedUser), 'allow'],
  [
    'a root ARN of another partition is that account',
    { AWS: `arn:aws-cn:iam::${FOREIGN}:root` },
    aws(`arn:aws-cn:iam::${FOREIGN}:role/x`),
    'allow',
  ],
  ['another account is not', root(MEMBER), aws(deployRole), 'implicit-deny'],
  ['a service is of no account', root(FOREIGN), service('lambda.amazonaws.com'), 'implicit-deny'],
  ['one of several is enough', { AWS: [OWN, FOREIGN] }, aws(user), 'allow'],
  ['eleven digits are no account', { AWS: '44445555666' }, aws(user), 'undecided'],
]

const ROLES: readonly Case[] = [
  ['a role matches itself', role(FOREIGN, 'Deploy'), aws(deployRole), 'allow'],
  ['a role matches its sessions', role(FOREIGN, 'Deploy'), aws(session), 'allow'],
  [
    'a role with a path matches its sessions, which show none',
    { AWS: `arn:aws:iam::${FOREIGN}:role/ci/Deploy` },
    aws(session),
    'allow',
  ],
  ['a role is not another of nearly its name', role(FOREIGN, 'deploy'), aws(session), 'implicit-deny'],
  ['a role is not its namesake of another account', role(MEMBER, 'Deploy'), aws(session), 'implicit-deny'],
  ['a session is that session', { AWS: session }, aws(session), 'allow'],
  ['a session is no other session of its role', { AWS: session }, aws(`${session}2`), 'implicit-deny'],
  ['a session is not its role', { AWS: session }, aws(deployRole), 'implicit-deny'],
  ['a role is no user', role(FOREIGN, 'Deploy'), aws(`arn:aws:iam::${FOREIGN}:user/Deploy`), 'implicit-deny'],
  ['a principal takes no wildcard inside', { AWS: `arn:aws:iam::${FOREIGN}:role/*` }, aws(deployRole), 'undecided'],
  [
    'a session takes no wildcard inside',
    { AWS: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/*` },
    aws(session),
    'undecided',
  ],
]

const USERS: readonly Case[] = [
  ['a user is that user', { AWS: user }, aws(user), 'allow'],
  ['the path is part of a user', { AWS: `arn:aws:iam::${FOREIGN}:user/ann` }, aws(user), 'implicit-deny'],
  ['upper and lower case count', { AWS: user.replace('ann', 'Ann') }, aws(user), 'implicit-deny'],
  ['a federated user is that federated user', { AWS: federatedUser }, aws(federatedUser), 'allow'],
  ['a federated user is no other', { AWS: federatedUser }, aws(`${federatedUser}a`), 'implicit-deny'],
  [
    'a federated user is no user of the name',
    { AWS: `arn:aws:iam::${FOREIGN}:user/ann` },
    aws(federatedUser),
    'implicit-deny',
  ],
  ['a deleted role matches nobody', { AWS: 'AROAEXAMPLEDELETED123' }, aws(deployRole), 'implicit-deny'],
  ['a deleted user matches nobody', { AWS: 'AIDAEXAMPLEDELETED123' }, aws(user), 'implicit-deny'],
]

const EVERYBODY: readonly Case[] = [
  ['the star under AWS is everybody', { AWS: '*' }, aws(user), 'allow'],
  ['the star alone is everybody', '*', aws(session), 'allow'],
  ['the star covers services too', { AWS: '*' }, service('lambda.amazonaws.com'), 'allow'],
]

const SERVICES: readonly Case[] = [
  ['a service is its exact name', { Service: 'lambda.amazonaws.com' }, service('lambda.amazonaws.com'), 'allow'],
  [
    'upper and lower case count in a service',
    { Service: 'lambda.amazonaws.com' },
    service('Lambda.amazonaws.com'),
    'implicit-deny',
  ],
  [
    'a service of a region is another',
    { Service: 'logs.amazonaws.com' },
    service('logs.eu-west-1.amazonaws.com'),
    'implicit-deny',
  ],
  [
    'a service of another partition is another',
    { Service: 'ec2.amazonaws.com' },
    service('ec2.amazonaws.com.cn'),
    'implicit-deny',
  ],
  [
    'one of several services',
    { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] },
    service('lambda.amazonaws.com'),
    'allow',
  ],
  ['a service takes no wildcard', { Service: '*.amazonaws.com' }, service('lambda.amazonaws.com'), 'undecided'],
  [
    'services stand beside accounts',
    { AWS: OWN, Service: 'lambda.amazonaws.com' },
    service('lambda.amazonaws.com'),
    'allow',
  ],
  [
    'a name under another key is no service',
    { AWS: OWN, Federated: 'lambda.amazonaws.com' },
    service('lambda.amazonaws.com'),
    'implicit-deny',
  ],
]

const PROVIDERS: readonly Case[] = [
  ['a SAML provider is its exact ARN', { Federated: saml }, federated(saml), 'allow'],
  ['a SAML provider is no other', { Federated: saml }, federated(`${saml}2`), 'implicit-deny'],
  ['an OpenID Connect provider is its exact ARN', { Federated: oidc }, federated(oidc), 'allow'],
  [
    'a provider of another account is another',
    { Federated: oidc },
    federated(oidc.replace(OWN, FOREIGN)),
    'implicit-deny',
  ],
  [
    'what every account has goes by its name',
    { Federated: 'accounts.google.com' },
    federated('accounts.google.com'),
    'allow',
  ],
  ['a provider is named in full', { Federated: 'idp.*' }, federated('idp.example.com'), 'undecided'],
  ['a key that does not exist covers nobody knows whom', { Users: saml }, federated(saml), 'undecided'],
]

const canonical = (id: string) => ({ type: 'CanonicalUser' as const, id })
const OLD: readonly Case[] = [
  ['a canonical user is that one', { CanonicalUser: 'abc' }, canonical('abc'), 'allow'],
  ['and no other', { CanonicalUser: 'abc' }, canonical('abd'), 'implicit-deny'],
  [
    'nor a service of the name',
    { CanonicalUser: 'lambda.amazonaws.com' },
    service('lambda.amazonaws.com'),
    'implicit-deny',
  ],
  [
    'a provider is no canonical user',
    { Federated: 'accounts.google.com' },
    canonical('accounts.google.com'),
    'implicit-deny',
  ],
]

const PRINCIPAL = 'IAM User Guide, reference_policies_elements_principal'

/** By what says so. */
export const PRINCIPALS: readonly (readonly [string, readonly Case[]])[] = [
  [`${PRINCIPAL}, account principals`, ACCOUNTS],
  [`${PRINCIPAL}, role and session principals`, ROLES],
  [`${PRINCIPAL}, user principals, and "principal broken" by deletion`, USERS],
  [`${PRINCIPAL}, all principals; Access Analyzer's model of the star`, EVERYBODY],
  [`${PRINCIPAL}, service principals`, SERVICES],
  [`${PRINCIPAL}, federated principals`, PROVIDERS],
  ['not legal in a trust policy, but stored before IAM refused them', OLD],
]
