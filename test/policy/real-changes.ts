/** Changes as teams make them to real roles, before and after; what a person should read of each stands in test/golden/changes. */

import {
  allow,
  deny,
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
  type Parts,
  policy,
  role,
  root,
  subject,
  VENDOR,
  WEB,
} from './build.ts'

type Change = readonly [string, string | null, string | null]

const own = root(OWN)
const user = (name: string) => ({ AWS: `arn:aws:iam::${OWN}:user/${name}` })
const provider = (id: string) => ({ Federated: `arn:aws:iam::${OWN}:oidc-provider/${id}` })
const saml = { Federated: `arn:aws:iam::${OWN}:saml-provider/Okta` }
const SAML = 'sts:AssumeRoleWithSAML'
const audience = (url: string) => ({ StringEquals: { 'SAML:aud': url } })
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE'
const serviceAccount = (name: string, operator = 'StringEquals') => ({
  [operator]: { [`${EKS}:sub`]: `system:serviceaccount:${name}` },
})
const anywhere = { Service: 'rolesanywhere.amazonaws.com' }
const ANYWHERE = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
const anchor = (id: string) => ({
  ArnEquals: { 'aws:SourceArn': `arn:aws:rolesanywhere:eu-west-1:${OWN}:trust-anchor/${id}` },
})
const fromAccount = { StringEquals: { 'aws:SourceAccount': OWN } }
const sourceArn = (arn: string) => ({ ArnLike: { 'aws:SourceArn': arn } })
const sso = (name: string) => ({
  ArnLike: {
    'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_${name}_*`,
  },
})
const fence: Parts = deny(everyone, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-ownorg' } })
const range = (...ranges: readonly string[]) => ({ IpAddress: { 'aws:SourceIp': ranges } })
const region = (...names: readonly string[]) => ({ StringEquals: { 'aws:RequestedRegion': names } })
const gitlab = (sub: string) => ({ StringLike: { 'gitlab.com:sub': sub } })
const terraform = (sub: string) => ({
  StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' },
  StringLike: { 'app.terraform.io:sub': sub },
})
const USERNAME = `\${aws:username}`
const TEAM = `\${aws:PrincipalTag/team}`

const VENDORS: readonly Change[] = [
  [
    'a vendor is let in with an ExternalId',
    policy(allow(own)),
    policy(allow(own), allow(foreign, externalId('acme-7f3'))),
  ],
  ['a vendor is let in without one', policy(allow(own)), policy(allow(own), allow(foreign))],
  [
    'a trusted vendor is let in with an ExternalId',
    policy(allow(own)),
    policy(allow(own), allow(root(VENDOR), externalId('x-19'))),
  ],
  [
    'a vendor’s ExternalId is rotated, both valid for a while',
    policy(allow(foreign, externalId('old-1'))),
    policy(allow(foreign, externalId(['old-1', 'new-2']))),
  ],
  [
    'the old ExternalId is dropped',
    policy(allow(foreign, externalId(['old-1', 'new-2']))),
    policy(allow(foreign, externalId('new-2'))),
  ],
  [
    'an ExternalId becomes a pattern',
    policy(allow(foreign, externalId('acme-7f3'))),
    policy(allow(foreign, { StringLike: { 'sts:ExternalId': 'acme-*' } })),
  ],
  [
    'an ExternalId becomes optional',
    policy(allow(foreign, externalId('acme-7f3'))),
    policy(allow(foreign, { StringEqualsIfExists: { 'sts:ExternalId': 'acme-7f3' } })),
  ],
  [
    'a vendor changes its account',
    policy(allow(foreign, externalId('k'))),
    policy(allow(root('555566667777'), externalId('k'))),
  ],
  [
    'a vendor’s account is narrowed to its scanner role',
    policy(allow(foreign, externalId('k'))),
    policy(allow(role(FOREIGN, 'scanner'), externalId('k'))),
  ],
  ['a vendor is off-boarded', policy(allow(own), allow(foreign, externalId('k'))), policy(allow(own))],
]

const PIPELINES: readonly Change[] = [
  [
    'GitHub: any branch of a repository becomes its main branch',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, subject('repo:acme/deploy:ref:refs/heads/main', 'StringEquals'), WEB)),
  ],
  [
    'GitHub: the main branch becomes an environment',
    policy(allow(GITHUB, subject('repo:acme/deploy:ref:refs/heads/main'), WEB)),
    policy(allow(GITHUB, subject('repo:acme/deploy:environment:production'), WEB)),
  ],
  [
    'GitHub: pull requests may deploy too',
    policy(allow(GITHUB, subject('repo:acme/deploy:ref:refs/heads/main'), WEB)),
    policy(allow(GITHUB, subject(['repo:acme/deploy:ref:refs/heads/main', 'repo:acme/deploy:pull_request']), WEB)),
  ],
  [
    'GitHub: one repository becomes the organization',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, subject('repo:acme/*'), WEB)),
  ],
  [
    'GitHub: a missing slash opens it to other owners',
    policy(allow(GITHUB, subject('repo:acme/*'), WEB)),
    policy(allow(GITHUB, subject('repo:acme*'), WEB)),
  ],
  [
    'GitHub: the subject condition gets lost',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, WEB)),
  ],
  [
    'GitHub: ForAllValues around the subject',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(
      allow(
        GITHUB,
        { 'ForAllValues:StringLike': { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:*' } },
        WEB,
      ),
    ),
  ],
  [
    'GitHub: a second repository',
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
    policy(allow(GITHUB, subject(['repo:acme/deploy:*', 'repo:acme/infra:*']), WEB)),
  ],
  [
    'GitLab: a project becomes its group',
    policy(allow(provider('gitlab.com'), gitlab('project_path:acme/app:ref_type:branch:ref:main'), WEB)),
    policy(allow(provider('gitlab.com'), gitlab('project_path:acme/*:ref_type:branch:ref:main'), WEB)),
  ],
  [
    'Terraform Cloud: one workspace becomes every workspace',
    policy(
      allow(provider('app.terraform.io'), terraform('organization:acme:project:web:workspace:prod:run_phase:*'), WEB),
    ),
    policy(allow(provider('app.terraform.io'), terraform('organization:acme:*'), WEB)),
  ],
  [
    'long-lived keys of a CI user give way to GitHub',
    policy(allow(user('ci'))),
    policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB)),
  ],
]

const CLUSTERS: readonly Change[] = [
  [
    'EKS: a service account is renamed',
    policy(allow(provider(EKS), serviceAccount('shop:web'), WEB)),
    policy(allow(provider(EKS), serviceAccount('shop:frontend'), WEB)),
  ],
  [
    'EKS: one service account becomes the namespace',
    policy(allow(provider(EKS), serviceAccount('shop:web'), WEB)),
    policy(allow(provider(EKS), serviceAccount('shop:*', 'StringLike'), WEB)),
  ],
  [
    'EKS: StringEquals with a star admits nobody',
    policy(allow(provider(EKS), serviceAccount('shop:*', 'StringLike'), WEB)),
    policy(allow(provider(EKS), serviceAccount('shop:*'), WEB)),
  ],
  [
    'EKS: the subject condition gets lost',
    policy(allow(provider(EKS), serviceAccount('shop:web'), WEB)),
    policy(allow(provider(EKS), { StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com' } }, WEB)),
  ],
  [
    'EKS: from IRSA to Pod Identity',
    policy(allow(provider(EKS), serviceAccount('shop:web'), WEB)),
    policy(allow({ Service: 'pods.eks.amazonaws.com' }, undefined, ['sts:AssumeRole', 'sts:TagSession'])),
  ],
  [
    'EKS: a new cluster, both valid',
    policy(allow(provider(EKS), serviceAccount('shop:web'), WEB)),
    policy(
      allow(provider(EKS), serviceAccount('shop:web'), WEB),
      allow(
        provider(EKS.replace('EXAMPLED', 'NEWONED0')),
        { StringEquals: { [`${EKS.replace('EXAMPLED', 'NEWONED0')}:sub`]: 'system:serviceaccount:shop:web' } },
        WEB,
      ),
    ),
  ],
]

const FENCES: readonly Change[] = [
  ['everybody, then fenced by the organization', policy(allow(everyone)), policy(allow(everyone, ownOrg))],
  ['a fence as a Deny is taken away', policy(allow(everyone), fence), policy(allow(everyone))],
  ['a fence written the other way', policy(allow(everyone, ownOrg)), policy(allow(everyone), fence)],
  [
    'a fence that IfExists opens',
    policy(allow(everyone, ownOrg)),
    policy(allow(everyone, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-ownorg' } })),
  ],
  [
    'the organization becomes one of its units',
    policy(allow(everyone, ownOrg)),
    policy(
      allow(everyone, { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-ownorg/r-ab12/ou-ab12-11111111/*' } }),
    ),
  ],
  [
    'a partner’s organization is added',
    policy(allow(everyone, ownOrg)),
    policy(allow(everyone, { StringEquals: { 'aws:PrincipalOrgID': ['o-ownorg', 'o-partner'] } })),
  ],
  ['an account of the organization is added', policy(allow(own)), policy(allow({ AWS: [OWN, MEMBER] }))],
  [
    'an account pinned to a role by its name',
    policy(allow(root(MEMBER))),
    policy(allow(root(MEMBER), { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${MEMBER}:role/deployer` } })),
  ],
  ['a fence to the office’s addresses', policy(allow(own)), policy(allow(own, range('203.0.113.0/24')))],
  [
    'a second office',
    policy(allow(own, range('203.0.113.0/24'))),
    policy(allow(own, range('203.0.113.0/24', '198.51.100.0/24'))),
  ],
  ['addresses opened to all', policy(allow(own, range('203.0.113.0/24'))), policy(allow(own, range('0.0.0.0/0')))],
  [
    'through a VPC endpoint only',
    policy(allow(own)),
    policy(allow(own, { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })),
  ],
]

const SERVICES: readonly Change[] = [
  [
    'Lambda may use the role beside EC2',
    policy(allow({ Service: 'ec2.amazonaws.com' })),
    policy(allow({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })),
  ],
  ['a role for Lambda is opened to its account', policy(allow(lambda)), policy(allow(lambda), allow(own))],
  [
    'a confused deputy is stopped',
    policy(allow({ Service: 'events.amazonaws.com' })),
    policy(allow({ Service: 'events.amazonaws.com' }, fromAccount)),
  ],
  [
    'SourceArn widened from one rule to all',
    policy(allow({ Service: 'events.amazonaws.com' }, sourceArn(`arn:aws:events:eu-west-1:${OWN}:rule/nightly`))),
    policy(allow({ Service: 'events.amazonaws.com' }, sourceArn(`arn:aws:events:*:${OWN}:rule/*`))),
  ],
  [
    'SourceAccount gets lost',
    policy(allow({ Service: 'sns.amazonaws.com' }, fromAccount)),
    policy(allow({ Service: 'sns.amazonaws.com' })),
  ],
  [
    'App Runner: the build service instead of the tasks',
    policy(allow({ Service: 'tasks.apprunner.amazonaws.com' })),
    policy(allow({ Service: 'build.apprunner.amazonaws.com' })),
  ],
  ['a role made for one service', null, policy(allow({ Service: 'backup.amazonaws.com' }))],
  [
    'Roles Anywhere with a trust anchor',
    policy(allow(own)),
    policy(allow(own), allow(anywhere, anchor('1111'), ANYWHERE)),
  ],
  [
    'Roles Anywhere loses its trust anchor',
    policy(allow(anywhere, anchor('1111'), ANYWHERE)),
    policy(allow(anywhere, undefined, ANYWHERE)),
  ],
  [
    'Roles Anywhere without the actions it needs',
    policy(allow(anywhere, anchor('1111'), ANYWHERE)),
    policy(allow(anywhere, anchor('1111'))),
  ],
]

const PEOPLE: readonly Change[] = [
  ['MFA is demanded', policy(allow(own)), policy(allow(own, mfa))],
  ['MFA is no longer demanded', policy(allow(own, mfa)), policy(allow(own))],
  [
    'MFA becomes optional',
    policy(allow(own, mfa)),
    policy(allow(own, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })),
  ],
  [
    'a Deny without MFA that misses long-term keys',
    policy(allow(own, mfa)),
    policy(allow(own), deny(everyone, { Bool: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ],
  [
    'a Deny without MFA that misses nobody',
    policy(allow(own, mfa)),
    policy(allow(own), deny(everyone, { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
  ],
  [
    'MFA within the last hour',
    policy(allow(own, mfa)),
    policy(allow(own, { ...mfa, NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })),
  ],
  [
    'a new colleague by name',
    policy(allow({ AWS: [user('ann').AWS] })),
    policy(allow({ AWS: [user('ann').AWS, user('bob').AWS] })),
  ],
  [
    'a deleted colleague is cleaned up',
    policy(allow({ AWS: [user('ann').AWS, 'AIDAEXAMPLEDELETED123'] })),
    policy(allow(user('ann'))),
  ],
  [
    'Identity Center: one permission set becomes another',
    policy(allow(own, sso('Admin'))),
    policy(allow(own, sso('PowerUser'))),
  ],
  ['Identity Center: any permission set', policy(allow(own, sso('Admin'))), policy(allow(own, sso('*')))],
  [
    'sessions carry their users’ names',
    policy(allow(own)),
    policy(allow(own, { StringEquals: { 'sts:RoleSessionName': USERNAME } })),
  ],
  [
    'teams by tags',
    policy(allow(own, { StringEquals: { 'aws:PrincipalTag/team': 'payments' } })),
    policy(allow(own, { StringEquals: { 'aws:PrincipalTag/team': ['payments', 'billing'] } })),
  ],
  [
    'tags passed along must be one’s own',
    policy(allow(own, undefined, ['sts:AssumeRole', 'sts:TagSession'])),
    policy(allow(own, { StringEquals: { 'aws:RequestTag/team': TEAM } }, ['sts:AssumeRole', 'sts:TagSession'])),
  ],
  [
    'SAML: only the regional sign-in address',
    policy(allow(saml, audience('https://signin.aws.amazon.com/saml'), SAML)),
    policy(allow(saml, audience('https://eu-west-1.signin.aws.amazon.com/saml'), SAML)),
  ],
  [
    'SAML: the audience gets lost',
    policy(allow(saml, audience('https://signin.aws.amazon.com/saml'), SAML)),
    policy(allow(saml, undefined, SAML)),
  ],
  [
    'SAML: everyone instead of one department',
    policy(allow(saml, { 'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': 'staff' } }, SAML)),
    policy(allow(saml, undefined, SAML)),
  ],
  [
    'access until the end of the year',
    policy(allow(foreign, externalId('k'))),
    policy(allow(foreign, { ...externalId('k'), DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })),
  ],
  ['only in two regions', policy(allow(own)), policy(allow(own, region('eu-west-1', 'eu-central-1')))],
  ['a break-glass user is denied by name', policy(allow(own)), policy(allow(own), deny(user('intern')))],
  [
    'everybody but one role',
    policy(allow(own)),
    policy(allow(own), deny(own, { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/admin` } })),
  ],
]

export const PAIRS: readonly Change[] = [...VENDORS, ...PIPELINES, ...CLUSTERS, ...FENCES, ...SERVICES, ...PEOPLE]
