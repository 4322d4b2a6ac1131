/** Trust in identity providers: as published, as found in accounts, as it goes wrong. Names and numbers are examples. */

import { github, trusting, webIdentity } from '../../../shared/example-trust.ts'
import type { Json } from '../../../shared/rules/rule.ts'
import type { Labelled } from './label.ts'

const GH = 'token.actions.githubusercontent.com'
const GL = 'gitlab.com'
const TF = 'app.terraform.io'
const BK = 'agent.buildkite.com'
const CC = 'oidc.circleci.com/org/0a1b2c3d-0000-4000-8000-000000000001'
const BB = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc'
const EKS = 'oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE'
const COGNITO = 'cognito-identity.amazonaws.com'
const GOOGLE = 'accounts.google.com'
const POOL = 'us-east-1:12345678-dc56-48a9-98c5-123456790123'
const STAFF = 'arn:aws:iam::111122223333:saml-provider/staff'
const SIGN_IN = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } }
const OWN = { account: '111122223333' }

const DOCS = {
  awsGithub: 'IAM User Guide: Create a role for OpenID Connect federation (console), section on GitHub',
  awsOidc: 'IAM User Guide: Create a role for OpenID Connect federation (console)',
  awsShared: 'IAM User Guide: Identity-provider controls for shared OIDC providers',
  awsSaml: 'IAM User Guide: Create a role for SAML 2.0 federation (console)',
  awsOperators: 'IAM User Guide: IAM JSON policy elements: Condition operators',
  awsSets: 'IAM User Guide: Single-valued vs. multivalued context keys',
  irsa: 'Amazon EKS User Guide: Assign IAM roles to Kubernetes service accounts',
  cognito: 'Amazon Cognito Developer Guide: IAM roles',
  identityCenter:
    'IAM Identity Center User Guide: Referencing permission sets in resource policies, Amazon EKS Cluster config maps, and AWS KMS key policies',
  githubAws: 'GitHub Docs: Configuring OpenID Connect in Amazon Web Services',
  githubOidc: 'GitHub Docs: OpenID Connect reference',
  githubIds: 'GitHub changelog: Immutable subject claims for GitHub Actions OIDC tokens',
  githubHarden: 'github/docs issue 17463',
  datadog: 'Datadog Security Labs: No keys attached: Exploring GitHub-to-AWS keyless authentication flaws',
  tinder: 'Tinder Tech Blog: Identifying vulnerabilities in GitHub Actions & AWS OIDC Configurations',
  unc6426: 'GitHub Actions OIDC on AWS: IAM Trust Policy Mistake That Exposes Your Role (on UNC6426)',
  checkov: 'Checkov: Ensure AWS GitHub Actions OIDC authorization policies only allow safe claims and claim order',
  hardening: 'Hardening GitHub Actions OIDC trust policies on AWS (Cloud Upload)',
  actionScope: 'ActionScope: GitHub Actions OIDC Trust Policy Misconfigurations',
  gitlab: 'GitLab Docs: Configure OpenID Connect in AWS to retrieve temporary credentials',
  terraform: 'HashiCorp: Use dynamic credentials with the AWS provider in HCP Terraform',
  wiz: 'Wiz: Avoiding mistakes with AWS OIDC integration conditions',
  circle: 'CircleCI Docs: Using OpenID Connect tokens in jobs',
  bitbucket: 'Bitbucket Cloud Docs: Deploy on AWS using Bitbucket Pipelines OpenID Connect',
  buildkite: 'Buildkite Docs: OIDC with AWS',
  vercel: 'Vercel Docs: Connect to Amazon Web Services',
} as const

type Row = readonly [name: string, policy: Json, expected: string, source: keyof typeof DOCS | null]

/** Claims of an issuer, equal. */
function is(issuer: string, claims: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return { StringEquals: keyed(issuer, claims) }
}

/** Claims of an issuer, alike. */
function like(issuer: string, claims: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return { StringLike: keyed(issuer, claims) }
}

function keyed(issuer: string, claims: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]))
}

const STS = 'sts.amazonaws.com'

const STRANGERS: readonly Row[] = [
  [
    'GitHub: the audience alone',
    webIdentity(GH, is(GH, { aud: STS })),
    'stranger-through-provider critical',
    'datadog',
  ],
  ['GitHub: no condition', webIdentity(GH), 'stranger-through-provider critical', 'tinder'],
  [
    'GitHub: a role found open by a scan, audience like anything',
    webIdentity(GH, like(GH, { aud: '*' })),
    'stranger-through-provider critical',
    'unc6426',
  ],
  [
    'GitHub: only the actor, who can act in his own repository',
    webIdentity(GH, is(GH, { aud: STS, actor: 'octocat' })),
    'stranger-through-provider critical',
    'githubOidc',
  ],
  [
    'GitHub: only the branch',
    webIdentity(GH, is(GH, { aud: STS, ref: 'refs/heads/main' })),
    'stranger-through-provider critical',
    'githubOidc',
  ],
  ['GitHub: any subject', github('*'), 'any-subject critical', 'checkov'],
  ['GitHub: any repository', github('repo:*'), 'any-subject critical', 'checkov'],
  [
    'GitHub: any owner’s repository of that name',
    github('repo:*/deploy:ref:refs/heads/main'),
    'any-subject critical',
    'tinder',
  ],
  ['GitHub: any repository’s main branch', github('*:ref:refs/heads/main'), 'any-subject critical', 'hardening'],
  [
    'GitHub: one value of three is a star',
    github(['repo:acme/a:*', '*', 'repo:acme/b:*']),
    'any-subject critical',
    'checkov',
  ],
  [
    'GitHub: the last of a list lets everybody in',
    github(['repo:acme/a:ref:refs/heads/main', 'repo:*/*:environment:prod']),
    'any-subject critical',
    null,
  ],
  ['GitHub: the slash forgotten', github('repo:octo-org*'), 'open-owner critical', 'checkov'],
  ['GitHub: the owner cut short', github('repo:octo-*/deploy:*'), 'open-owner critical', 'tinder'],
  [
    'GitHub: one pattern for both forms of subject',
    github('repo:octocat*/my-repo*:ref:refs/heads/main'),
    'open-owner critical',
    'githubIds',
  ],
  ['GitHub: a question mark in the owner', github('repo:acm?/deploy:*'), 'open-owner critical', null],
  ['GitHub: a workflow’s name comes first', github('workflow:deploy:*'), 'abusable-first-claim critical', 'checkov'],
  [
    'GitHub: an environment comes first',
    github('environment:production:*'),
    'abusable-first-claim critical',
    'checkov',
  ],
  [
    'GitHub: a ref comes first',
    github('ref:refs/heads/main', 'StringEquals'),
    'abusable-first-claim critical',
    'checkov',
  ],
  [
    'GitHub: a context comes first',
    github('context:ref:refs/heads/main:*'),
    'abusable-first-claim critical',
    'checkov',
  ],
  ['GitHub: head_ref comes first', github('head_ref:main:*'), 'abusable-first-claim critical', 'checkov'],
  ['GitHub: base_ref comes first', github('base_ref:main:*'), 'abusable-first-claim critical', 'checkov'],
  [
    'GitHub: all subjects but those of one fork',
    github('repo:acme/fork:*', 'StringNotLike'),
    'subject-not-demanded critical',
    'githubHarden',
  ],
  [
    'GitHub: not equal to one',
    github('repo:acme/fork:pull_request', 'StringNotEquals'),
    'subject-not-demanded critical',
    'awsOperators',
  ],
  [
    'GitHub: the owner, if it is said',
    webIdentity(GH, { StringEqualsIfExists: { [`${GH}:repository_owner`]: 'acme' } }),
    'subject-not-demanded critical',
    'awsOperators',
  ],
  [
    'GitHub: for all owners there are',
    webIdentity(GH, { 'ForAllValues:StringEquals': { [`${GH}:repository_owner`]: 'acme' } }),
    'subject-not-demanded critical',
    'awsSets',
  ],
  [
    'GitHub: the subject has to be there',
    webIdentity(GH, { Null: { [`${GH}:sub`]: 'false' } }),
    'subject-not-demanded critical',
    'githubHarden',
  ],
  [
    'GitLab: no subject',
    webIdentity(GL, is(GL, { aud: 'https://gitlab.com' })),
    'stranger-through-provider critical',
    'wiz',
  ],
  ['GitLab: any project', webIdentity(GL, like(GL, { sub: 'project_path:*' })), 'any-subject critical', 'wiz'],
  ['GitLab: a group cut short', webIdentity(GL, like(GL, { sub: 'project_path:acme*' })), 'open-owner critical', null],
  [
    'Terraform Cloud: the audience alone',
    webIdentity(TF, is(TF, { aud: 'aws.workload.identity' })),
    'stranger-through-provider critical',
    'wiz',
  ],
  [
    'Terraform Cloud: any organisation’s workspace of that name',
    webIdentity(TF, like(TF, { sub: 'organization:*:project:*:workspace:prod:run_phase:*' })),
    'any-subject critical',
    'wiz',
  ],
  [
    'Terraform Cloud: an organisation cut short',
    webIdentity(TF, like(TF, { sub: 'organization:acme*' })),
    'open-owner critical',
    'wiz',
  ],
  [
    'Buildkite: the audience alone',
    webIdentity(BK, is(BK, { aud: STS })),
    'stranger-through-provider critical',
    'awsShared',
  ],
  [
    'Vercel: nothing of the team',
    webIdentity('oidc.vercel.com', like('oidc.vercel.com', { sub: 'owner:*' })),
    'any-subject critical',
    'wiz',
  ],
  ['Google: any login', webIdentity(GOOGLE), 'login-without-app critical', 'awsShared'],
  [
    'Google: any application',
    webIdentity(GOOGLE, like(GOOGLE, { aud: '*.apps.googleusercontent.com' })),
    'login-without-app critical',
    null,
  ],
  ['Facebook: any login', webIdentity('graph.facebook.com'), 'login-without-app critical', 'awsOidc'],
  [
    'Amazon: any login',
    webIdentity('www.amazon.com', like('www.amazon.com', { app_id: '*' })),
    'login-without-app critical',
    'awsOidc',
  ],
  [
    'Cognito: any pool, signed in',
    webIdentity(COGNITO, { 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'authenticated' } }),
    'open-identity-pool critical',
    'awsShared',
  ],
  [
    'Cognito: any pool of a region',
    webIdentity(COGNITO, like(COGNITO, { aud: 'us-east-1:*' })),
    'open-identity-pool critical',
    'cognito',
  ],
]

const GROUPS: readonly Row[] = [
  ['GitHub: a whole organisation', github('repo:octo-org/*'), 'whole-organisation medium', 'actionScope'],
  [
    'GitHub: a whole organisation, main branches',
    github('repo:octo-org/*:ref:refs/heads/main'),
    'whole-organisation medium',
    'hardening',
  ],
  [
    'GitHub: by owner',
    webIdentity(GH, is(GH, { aud: STS, repository_owner: 'octo-org' })),
    'whole-organisation medium',
    'githubOidc',
  ],
  ['GitHub: an owner by number', github('repo:octo-org@123456/*'), 'whole-organisation medium', 'githubIds'],
  ['GitHub: repositories that begin alike', github('repo:octo-org/infra-*:*'), 'whole-organisation medium', null],
  [
    'GitHub: owner first in the subject',
    github('repository_owner:octo-org:*'),
    'whole-organisation medium',
    'githubOidc',
  ],
  [
    'GitHub: everything of an enterprise’s issuer',
    webIdentity(`${GH}/octo-corp`, is(`${GH}/octo-corp`, { aud: STS })),
    'whole-organisation medium',
    'githubOidc',
  ],
  [
    'GitHub: everything of a server',
    webIdentity('ghe.acme.example/_services/token', is('ghe.acme.example/_services/token', { aud: STS })),
    'whole-organisation medium',
    'githubOidc',
  ],
  [
    'GitHub: everything with data residency',
    webIdentity('token.actions.octocorp.ghe.com', is('token.actions.octocorp.ghe.com', { aud: STS })),
    'whole-organisation medium',
    'githubAws',
  ],
  [
    'GitLab: a group',
    webIdentity(GL, like(GL, { sub: 'project_path:mygroup/*:ref_type:branch:ref:main' })),
    'whole-gitlab-group medium',
    'gitlab',
  ],
  ['GitLab: a namespace', webIdentity(GL, is(GL, { namespace_path: 'mygroup' })), 'whole-gitlab-group medium', null],
  [
    'Terraform Cloud: any workspace',
    webIdentity(TF, like(TF, { sub: 'organization:acme:project:*:workspace:*:run_phase:*' })),
    'open-terraform-runs medium',
    'terraform',
  ],
  [
    'Terraform Cloud: any workspace of a project',
    webIdentity(TF, like(TF, { sub: 'organization:acme:project:Default Project:workspace:*:run_phase:apply' })),
    'open-terraform-runs medium',
    'wiz',
  ],
  [
    'Terraform Cloud: plans too',
    webIdentity(TF, {
      ...is(TF, { aud: 'aws.workload.identity' }),
      ...like(TF, { sub: 'organization:acme:project:shop:workspace:prod:run_phase:*' }),
    }),
    'open-terraform-runs low',
    'terraform',
  ],
  [
    'CircleCI: the audience alone',
    webIdentity(CC, is(CC, { aud: '0a1b2c3d-0000-4000-8000-000000000001' })),
    'open-ci-projects medium',
    'circle',
  ],
  [
    'CircleCI: any project',
    webIdentity(CC, like(CC, { sub: 'org/0a1b2c3d-0000-4000-8000-000000000001/project/*' })),
    'open-ci-projects medium',
    'circle',
  ],
  [
    'Bitbucket: the audience alone',
    webIdentity(BB, is(BB, { aud: 'ari:cloud:bitbucket::workspace/0a1b' })),
    'open-ci-projects medium',
    'bitbucket',
  ],
  [
    'Buildkite: any pipeline',
    webIdentity(BK, like(BK, { sub: 'organization:acme:pipeline:*:ref:refs/heads/main:*' })),
    'open-ci-projects medium',
    null,
  ],
  ['EKS: the audience alone', webIdentity(EKS, is(EKS, { aud: STS })), 'any-service-account medium', 'irsa'],
  [
    'EKS: a namespace',
    webIdentity(EKS, like(EKS, { sub: 'system:serviceaccount:default:*' })),
    'any-service-account medium',
    'irsa',
  ],
  [
    'EKS: names that begin so',
    webIdentity(EKS, like(EKS, { sub: 'system:serviceaccount:*:aws-*' })),
    'any-service-account medium',
    null,
  ],
  ['Cognito: guests too', webIdentity(COGNITO, is(COGNITO, { aud: POOL })), 'open-identity-pool medium', 'cognito'],
  [
    'Cognito: a role for guests',
    webIdentity(COGNITO, {
      ...is(COGNITO, { aud: POOL }),
      'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'unauthenticated' },
    }),
    'open-identity-pool medium',
    'cognito',
  ],
  [
    'A provider of one’s own, nothing asked',
    webIdentity('login.acme.example'),
    'provider-without-condition medium',
    'awsOidc',
  ],
  [
    'A provider of one’s own, another one’s claim',
    webIdentity('login.acme.example', { StringEqualsIfExists: { 'sso.acme.example:aud': 'x' } }),
    'provider-without-condition medium',
    null,
  ],
  ['SAML: nothing asked', trusting(STAFF, 'sts:AssumeRoleWithSAML'), 'saml-without-audience medium', 'awsSaml'],
  [
    'SAML: the user, not the audience',
    trusting(STAFF, 'sts:AssumeRoleWithSAML', { StringLike: { 'SAML:sub': '*@acme.example' } }),
    'saml-without-audience low',
    null,
  ],
  [
    'A provider of a foreign account',
    trusting('arn:aws:iam::999988887777:saml-provider/staff', 'sts:AssumeRoleWithSAML', SIGN_IN),
    'provider-of-another-account high',
    null,
  ],
  [
    'GitHub’s provider of a foreign account',
    trusting(
      `arn:aws:iam::999988887777:oidc-provider/${GH}`,
      'sts:AssumeRoleWithWebIdentity',
      is(GH, { aud: STS, sub: 'repo:acme/deploy:ref:refs/heads/main' }),
    ),
    'provider-of-another-account high',
    null,
  ],
]

const HYGIENE: readonly Row[] = [
  ['GitHub: any branch', github('repo:octo-org/octo-repo:*'), 'any-branch low', 'githubAws'],
  [
    'GitHub: pull requests',
    github('repo:octo-org/octo-repo:pull_request', 'StringEquals'),
    'pull-requests-admitted low',
    'githubOidc',
  ],
  ['GitHub: any tag', github('repo:octo-org/octo-repo:ref:refs/tags/*'), 'movable-ref low', 'githubOidc'],
  ['GitHub: release branches', github('repo:octo-org/octo-repo:ref:refs/heads/release*'), 'movable-ref low', null],
  [
    'GitHub: no audience',
    webIdentity(GH, like(GH, { sub: 'repo:octo-org/octo-repo:ref:refs/heads/main' })),
    'open-audience low',
    'awsShared',
  ],
  [
    'GitHub: a name and no ids',
    github('repo:octo-org/octo-repo:ref:refs/heads/demo-branch', 'StringEquals'),
    'reusable-name low',
    'githubIds',
  ],
  [
    'GitHub: a star that never matches',
    github('repo:octo-org/octo-repo:*', 'StringEquals'),
    'pattern-never-matches medium',
    'awsOperators',
  ],
  [
    'EKS: a star that never matches',
    webIdentity(EKS, is(EKS, { aud: STS, sub: 'system:serviceaccount:default:*' })),
    'pattern-never-matches medium',
    'irsa',
  ],
  [
    'GitLab: any ref',
    webIdentity(GL, like(GL, { aud: 'https://gitlab.com', sub: 'project_path:mygroup/myproject:*' })),
    'any-branch low',
    'gitlab',
  ],
]

const GOOD: readonly Row[] = [
  [
    'GitHub: a branch by name',
    github('repo:octo-org/octo-repo:ref:refs/heads/octo-branch', 'StringEquals'),
    'good',
    'githubAws',
  ],
  [
    'GitHub: a branch by name, under StringLike',
    github('repo:octo-org/octo-repo:ref:refs/heads/main'),
    'good',
    'hardening',
  ],
  [
    'GitHub: a branch by ids',
    github('repo:octocat@123456/my-repo@456789:ref:refs/heads/main', 'StringEquals'),
    'good',
    'githubIds',
  ],
  [
    'GitHub: both forms while changing over',
    github(
      ['repo:octocat/my-repo:ref:refs/heads/main', 'repo:octocat@123456/my-repo@456789:ref:refs/heads/main'],
      'StringEquals',
    ),
    'good',
    'githubIds',
  ],
  ['GitHub: an environment', github('repo:octo-org/octo-repo:environment:prod', 'StringEquals'), 'good', 'githubAws'],
  [
    'GitHub: an environment, by ids',
    github('repo:octo-org@12/octo-repo@34:environment:prod', 'StringEquals'),
    'good',
    'githubIds',
  ],
  ['GitHub: a repository with any ref', github('repo:acme/website:*'), 'good', 'unc6426'],
  [
    'GitHub: three repositories',
    github(['repo:acme/a:ref:refs/heads/main', 'repo:acme/b:ref:refs/heads/main', 'repo:acme/c:environment:prod']),
    'good',
    null,
  ],
  [
    'GitHub: an organisation, by one reusable workflow at a branch',
    webIdentity(GH, {
      ...is(GH, { aud: STS, job_workflow_ref: 'octo-org/octo-automation/.github/workflows/oidc.yml@refs/heads/main' }),
      ...like(GH, { sub: 'repo:octo-org/*' }),
    }),
    'good',
    'githubOidc',
  ],
  ['GitHub: a repository’s number', webIdentity(GH, is(GH, { aud: STS, repository_id: '456789' })), 'good', null],
  [
    'GitHub: a repository, owner first in the subject, by name',
    github('repository:octo-org/octo-repo:environment:prod', 'StringEquals'),
    'good',
    'githubOidc',
  ],
  [
    'GitHub: a subject and the owner’s number',
    webIdentity(
      GH,
      is(GH, { aud: STS, sub: 'repo:octo-org/octo-repo:ref:refs/heads/main', repository_owner_id: '123456' }),
    ),
    'good',
    null,
  ],
  [
    'GitHub: an enterprise’s issuer and a branch',
    webIdentity(
      `${GH}/octo-corp`,
      is(`${GH}/octo-corp`, { aud: STS, sub: 'repo:octo-org/octo-repo:ref:refs/heads/main' }),
    ),
    'good',
    'githubOidc',
  ],
  [
    'GitHub: data residency and an environment',
    webIdentity(
      'token.actions.octocorp.ghe.com',
      is('token.actions.octocorp.ghe.com', { aud: STS, sub: 'repo:octo-org/octo-repo:environment:prod' }),
    ),
    'good',
    'githubAws',
  ],
  [
    'GitHub: a server and a branch',
    webIdentity(
      'ghe.acme.example/_services/token',
      is('ghe.acme.example/_services/token', { aud: STS, sub: 'repo:acme/deploy:ref:refs/heads/main' }),
    ),
    'good',
    'githubAws',
  ],
  [
    'GitHub: the subject with IfExists, which tokens always have',
    github('repo:acme/deploy:ref:refs/heads/main', 'StringLikeIfExists'),
    'good',
    null,
  ],
  [
    'GitHub: the subject with ForAnyValue',
    github('repo:acme/deploy:ref:refs/heads/main', 'ForAnyValue:StringLike'),
    'good',
    null,
  ],
  [
    'GitHub: a reusable workflow at a commit',
    webIdentity(
      GH,
      is(GH, {
        aud: STS,
        sub: 'repo:acme/app:environment:prod',
        job_workflow_ref: 'acme/ci/.github/workflows/deploy.yml@8f4b7f84864484a7bf31766abe9204da3cbe65b3',
      }),
    ),
    'good',
    null,
  ],
  [
    'GitLab: a branch of a project',
    webIdentity(GL, is(GL, { sub: 'project_path:mygroup/myproject:ref_type:branch:ref:main' })),
    'good',
    'gitlab',
  ],
  [
    'GitLab: a tag of a project in a subgroup',
    webIdentity(GL, is(GL, { aud: 'https://gitlab.com', sub: 'project_path:mygroup/team/app:ref_type:tag:ref:v1' })),
    'good',
    null,
  ],
  [
    'GitLab of one’s own: a branch',
    webIdentity(
      'gitlab.acme.example',
      is('gitlab.acme.example', {
        aud: 'https://gitlab.acme.example',
        sub: 'project_path:ops/infra:ref_type:branch:ref:main',
      }),
    ),
    'good',
    'gitlab',
  ],
  [
    'Terraform Cloud: applies of a workspace',
    webIdentity(
      TF,
      is(TF, { aud: 'aws.workload.identity', sub: 'organization:acme:project:shop:workspace:prod:run_phase:apply' }),
    ),
    'good',
    'terraform',
  ],
  [
    'Terraform Cloud: plans of a workspace',
    webIdentity(
      TF,
      is(TF, { aud: 'aws.workload.identity', sub: 'organization:acme:project:shop:workspace:prod:run_phase:plan' }),
    ),
    'good',
    'terraform',
  ],
  [
    'Terraform Cloud: a workspace in whatever phase',
    webIdentity(TF, {
      ...is(TF, { aud: 'aws.workload.identity' }),
      ...like(TF, { sub: 'organization:acme:project:Default Project:workspace:web:run_phase:*' }),
    }),
    'good',
    'terraform',
  ],
  [
    'CircleCI: a project',
    webIdentity(CC, {
      ...is(CC, { aud: '0a1b2c3d-0000-4000-8000-000000000001' }),
      ...like(CC, { sub: 'org/0a1b2c3d-0000-4000-8000-000000000001/project/4e5f/user/*' }),
    }),
    'good',
    'circle',
  ],
  [
    'Bitbucket: a repository',
    webIdentity(BB, {
      ...is(BB, { aud: 'ari:cloud:bitbucket::workspace/0a1b' }),
      ...like(BB, { sub: '{c4b1f1a2-0000-4000-8000-000000000001}*:*' }),
    }),
    'good',
    'bitbucket',
  ],
  [
    'Bitbucket: an environment of a repository',
    webIdentity(
      BB,
      like(BB, { sub: '{c4b1f1a2-0000-4000-8000-000000000001}:{d5c2a2b3-0000-4000-8000-000000000002}:*' }),
    ),
    'good',
    'bitbucket',
  ],
  [
    'Buildkite: a branch of a pipeline',
    webIdentity(BK, {
      ...is(BK, { aud: STS }),
      ...like(BK, { sub: 'organization:acme-inc:pipeline:super-duper-app:ref:refs/heads/main:commit:*:step:*' }),
    }),
    'good',
    'buildkite',
  ],
  [
    'Vercel: a project in production',
    webIdentity(
      'oidc.vercel.com/acme',
      is('oidc.vercel.com/acme', {
        aud: 'https://vercel.com/acme',
        sub: 'owner:acme:project:shop:environment:production',
      }),
    ),
    'good',
    'vercel',
  ],
  [
    'EKS: a service account',
    webIdentity(EKS, is(EKS, { aud: STS, sub: 'system:serviceaccount:default:my-service-account' })),
    'good',
    'irsa',
  ],
  [
    'EKS: a service account, audience not asked for',
    webIdentity(EKS, is(EKS, { sub: 'system:serviceaccount:kube-system:aws-node' })),
    'good',
    'irsa',
  ],
  [
    'EKS: two service accounts',
    webIdentity(
      EKS,
      is(EKS, { aud: STS, sub: ['system:serviceaccount:shop:api', 'system:serviceaccount:shop:worker'] }),
    ),
    'good',
    null,
  ],
  [
    'EKS: in China',
    trusting(
      'arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/ABC',
      'sts:AssumeRoleWithWebIdentity',
      is('oidc.eks.cn-north-1.amazonaws.com.cn/id/ABC', { aud: STS, sub: 'system:serviceaccount:shop:api' }),
    ),
    'good',
    null,
  ],
  [
    'Cognito: signed in with one pool',
    webIdentity(COGNITO, {
      ...is(COGNITO, { aud: POOL }),
      'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'authenticated' },
    }),
    'good',
    'cognito',
  ],
  [
    'Google: one application',
    webIdentity(GOOGLE, is(GOOGLE, { aud: '66677788899900pro0.apps.googleusercontent.com' })),
    'good',
    'awsOidc',
  ],
  [
    'Google: one service account',
    webIdentity(GOOGLE, is(GOOGLE, { aud: 'https://aws.acme.example', sub: '112233445566778899001' })),
    'good',
    'awsOidc',
  ],
  [
    'Amazon: one application',
    webIdentity('www.amazon.com', is('www.amazon.com', { app_id: 'amzn1.application-oa2-123456' })),
    'good',
    'awsOidc',
  ],
  [
    'Facebook: one application',
    webIdentity('graph.facebook.com', is('graph.facebook.com', { app_id: '111222333444555' })),
    'good',
    'awsOidc',
  ],
  [
    'A provider of one’s own: one application',
    webIdentity('login.acme.example/oauth2/default', is('login.acme.example/oauth2/default', { aud: '0oa1b2c3' })),
    'good',
    'awsOidc',
  ],
  [
    'Entra ID: one application',
    webIdentity(
      'sts.windows.net/11112222-0000-4000-8000-000000000001',
      is('sts.windows.net/11112222-0000-4000-8000-000000000001', { aud: 'api://deploy', sub: '3333' }),
    ),
    'good',
    null,
  ],
  [
    'GKE: one service account of a cluster',
    webIdentity(
      'container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/shop',
      is('container.googleapis.com/v1/projects/acme/locations/europe-west1/clusters/shop', {
        aud: STS,
        sub: 'system:serviceaccount:shop:api',
      }),
    ),
    'good',
    null,
  ],
  ['SAML: the sign-in to AWS', trusting(STAFF, 'sts:AssumeRoleWithSAML', SIGN_IN), 'good', 'awsSaml'],
  [
    'SAML: a regional sign-in',
    trusting(STAFF, 'sts:AssumeRoleWithSAML', {
      StringEquals: {
        'SAML:aud': ['https://signin.aws.amazon.com/saml', 'https://eu-west-1.signin.aws.amazon.com/saml'],
      },
    }),
    'good',
    'awsSaml',
  ],
  [
    'SAML: the sign-in, and persistent users',
    trusting(STAFF, 'sts:AssumeRoleWithSAML', {
      StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml', 'SAML:sub_type': 'persistent' },
    }),
    'good',
    'awsSaml',
  ],
  [
    'Identity Center: a permission set’s role',
    samlWithTags('arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE'),
    'good',
    'identityCenter',
  ],
  ['SAML with session tags', samlWithTags(STAFF), 'good', 'awsSaml'],
]

/** As Identity Center writes it. */
function samlWithTags(provider: string): Json {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: provider },
        Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
        Condition: SIGN_IN,
      },
    ],
  }
}

export const policies: readonly Labelled[] = [...STRANGERS, ...GROUPS, ...HYGIENE, ...GOOD].map(
  ([name, policy, expected, source]) => ({
    name: expected === 'good' ? name : `${name} (${expected})`,
    policy,
    about: OWN,
    expected,
    source: source === null ? null : DOCS[source],
  }),
)
