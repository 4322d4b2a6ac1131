import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actorAccount, actorOf } from '../../shared/actor.ts'
import type { Actor } from '../../shared/alert.ts'
import { cloudTrailRecord } from '../../shared/cloudtrail-record.ts'
import { type Fields, record } from './record.ts'

function actor(changes: Fields): Actor {
  const read = cloudTrailRecord(record({ userAgent: null, ...changes }))
  if (read === null) throw new Error('a record is an object')
  return actorOf(read)
}

const SESSION = 'arn:aws:sts::111122223333:assumed-role'

describe('the name a colleague would use', () => {
  it.each<[string, unknown, string]>([
    ['an IAM user', { type: 'IAMUser', userName: 'alice' }, 'alice'],
    ['a user known by ARN only', { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/team/alice' }, 'alice'],
    ['a user known by id only', { type: 'IAMUser', principalId: 'AIDAEXAMPLE' }, 'AIDAEXAMPLE'],
    ['root, whatever the alias', { type: 'Root', userName: 'our-alias', accountId: '111122223333' }, 'root'],
    ['a role session', { type: 'AssumedRole', arn: `${SESSION}/Deployer/run-7` }, 'run-7 as Deployer'],
    ['a session without an ARN', { type: 'AssumedRole', principalId: 'AROAEXAMPLE:run-7' }, 'run-7'],
    [
      'a session whose role has a path',
      {
        type: 'AssumedRole',
        arn: `${SESSION}/Deployer/run-7`,
        sessionContext: { sessionIssuer: { userName: 'Deployer' } },
      },
      'run-7 as Deployer',
    ],
    [
      'a session with a source identity, which role chaining cannot change',
      { type: 'AssumedRole', arn: `${SESSION}/Deployer/x`, sessionContext: { sourceIdentity: 'carol' } },
      'carol as Deployer',
    ],
    [
      'the person behind Identity Center',
      { type: 'AssumedRole', arn: `${SESSION}/AWSReservedSSO_Admin_0a1b/ana@example.com` },
      'ana@example.com',
    ],
    [
      'a session whose ARN ends early',
      { type: 'AssumedRole', arn: `${SESSION}/Deployer/`, principalId: 'AROAEXAMPLE:' },
      'Deployer',
    ],
    ['a session of nothing', { type: 'AssumedRole' }, 'unknown identity'],
    [
      'a federated user and who asked for it',
      {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::111122223333:federated-user/batch',
        sessionContext: { sessionIssuer: { type: 'IAMUser', userName: 'alice' } },
      },
      'batch as alice',
    ],
    [
      'a federated user of root',
      { type: 'FederatedUser', principalId: '111122223333:batch', sessionContext: { sessionIssuer: { type: 'Root' } } },
      'batch as root',
    ],
    ['a service', { type: 'AWSService', invokedBy: 'sso.amazonaws.com' }, 'sso.amazonaws.com'],
    ['another account', { type: 'AWSAccount', accountId: '444455556666' }, 'account 444455556666'],
    [
      'a session of another account',
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAEXAMPLE:ticket-7' },
      'ticket-7 of account 444455556666',
    ],
    [
      'nobody in particular',
      { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' },
      'unknown identity',
    ],
    [
      'an Identity Center user',
      {
        type: 'IdentityCenterUser',
        accountId: '111122223333',
        onBehalfOf: { userId: '544894e8-80c1-707f-60e3-3ba6510dfac1' },
      },
      '544894e8-80c1-707f-60e3-3ba6510dfac1',
    ],
    [
      'a SAML user',
      { type: 'SAMLUser', principalId: 'abc=:ana@example.com', userName: 'ana@example.com' },
      'ana@example.com',
    ],
    ['a web identity', { type: 'WebIdentityUser', principalId: 'accounts.google.com:app:117', userName: '117' }, '117'],
    ['a directory user', { type: 'Directory', userName: 'corp-ana' }, 'corp-ana'],
    ['a role by itself', { type: 'Role', arn: 'arn:aws:iam::111122223333:role/ops/Deployer' }, 'Deployer'],
    ['a type AWS adds later', { type: 'Robot', accountId: '111122223333' }, 'account 111122223333'],
    ['no identity at all', null, 'unknown identity'],
    ['an identity that is text', 'alice', 'unknown identity'],
    ['an identity whose parts have wrong types', { type: 7, userName: [], sessionContext: 'x' }, 'unknown identity'],
  ])('is right for %s', (_, userIdentity, name) => {
    expect(actor({ userIdentity }).name).toBe(name)
  })

  it('is kept as written, control characters and markup too: sinks escape', () => {
    const name = '\u001b[31m<!channel>\u202e'
    expect(actor({ userIdentity: { type: 'IAMUser', userName: name } }).name).toBe(name)
  })

  it('never grows beyond what CloudTrail itself would deliver', () => {
    const long = 'x'.repeat(300_000)
    const read = actor({ userIdentity: { type: 'IAMUser', userName: long, arn: long }, userAgent: long })
    expect(JSON.stringify(read).length).toBeLessThan(5_000)
  })
})

const GITHUB = {
  sessionContext: {
    webIdFederationData: {
      federatedProvider: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
    },
  },
}

describe('the tool or service in between', () => {
  it.each<[string, Fields, string | null]>([
    ['CloudFormation by invokedBy', { userIdentity: { invokedBy: 'cloudformation.amazonaws.com' } }, 'CloudFormation'],
    ['a service without a nickname', { userIdentity: { invokedBy: 'mgn.amazonaws.com' } }, 'mgn.amazonaws.com'],
    ['a service named only as the address', { sourceIPAddress: 'servicecatalog.amazonaws.com' }, 'Service Catalog'],
    [
      "a service with a name like an object's own",
      { sourceIPAddress: 'constructor.amazonaws.com' },
      'constructor.amazonaws.com',
    ],
    ['Terraform', { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.4 terraform-provider-aws/6.18.0' }, 'Terraform'],
    [
      'OpenTofu, whose provider is Terraform’s',
      { userAgent: 'APN/1.0 OpenTofu/1.10 terraform-provider-aws/6' },
      'OpenTofu',
    ],
    ['Pulumi', { userAgent: 'APN/1.0 Pulumi/1.0 PulumiAWS/7 aws-sdk-go-v2/1.39' }, 'Pulumi'],
    ['CDK', { userAgent: 'aws-cdk/2.1029 aws-sdk-js/3.9' }, 'CDK'],
    ['the CLI', { userAgent: 'aws-cli/2.31.7 md/prompt#off' }, 'AWS CLI'],
    ['the CLI in CloudShell', { userAgent: 'aws-cli/2.31 exec-env/CloudShell' }, 'AWS CLI in CloudShell'],
    ['Boto3', { userAgent: 'Boto3/1.40 md/Botocore#1.40' }, 'Boto3'],
    ['the Go SDK', { userAgent: 'aws-sdk-go-v2/1.39.2 os/linux' }, 'AWS SDK for Go'],
    ['the JavaScript SDK', { userAgent: 'aws-sdk-js/3.1137 exec-env/AWS_Lambda_nodejs24.x' }, 'AWS SDK for JavaScript'],
    [
      'the console by its credential',
      { userAgent: 'Mozilla/5.0', sessionCredentialFromConsole: 'true' },
      'AWS console',
    ],
    ['the console by its older spelling', { userAgent: 'console.amazonaws.com' }, 'AWS console'],
    ['the console by another spelling', { userAgent: 'x', sessionCredentialFromConsole: 'True' }, 'AWS console'],
    ['AWS Internal alone', { userAgent: 'AWS Internal' }, 'AWS console or an AWS service'],
    ['a browser without the console', { userAgent: 'Mozilla/5.0' }, null],
    ['nothing', {}, null],
    ['a workflow of GitHub', { userIdentity: GITHUB }, 'GitHub Actions'],
    ['a tool in a workflow of GitHub', { userIdentity: GITHUB, userAgent: 'Boto3/1.40' }, 'Boto3 in GitHub Actions'],
    ['a service for itself', { userIdentity: { type: 'AWSService', invokedBy: 'sso.amazonaws.com' } }, null],
  ])('is named for %s', (_, changes, via) => {
    expect(actor(changes).via).toBe(via)
  })
})

describe('where from', () => {
  it.each<[unknown, string | null]>([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['cloudformation.amazonaws.com', null],
    ['AWS Internal', null],
    [null, null],
    [7, null],
  ])('%s is shown as %s', (sourceIPAddress, shown) => {
    expect(actor({ sourceIPAddress }).sourceIp).toBe(shown)
  })
})

describe('the second factor', () => {
  const said = (mfaAuthenticated: unknown) => ({ sessionContext: { attributes: { mfaAuthenticated } } })
  it.each<[string, unknown, boolean | null]>([
    ['the word true', said('true'), true],
    ['the word False', said('False'), false],
    ['a boolean', said(true), true],
    ['another word', said('maybe'), null],
    ['an empty session', { sessionContext: {} }, null],
    ['a long-term key', { type: 'IAMUser' }, null],
    [
      'Identity Center, where the identity provider asks for it',
      { type: 'AssumedRole', arn: `${SESSION}/AWSReservedSSO_Admin_0a1b/ana`, ...said('false') },
      null,
    ],
    [
      'a web identity',
      {
        sessionContext: {
          webIdFederationData: { federatedProvider: 'accounts.google.com' },
          attributes: { mfaAuthenticated: 'false' },
        },
      },
      null,
    ],
  ])('is read from %s', (_, userIdentity, mfa) => {
    expect(actor({ userIdentity }).mfa).toBe(mfa)
  })
})

describe("the actor's account", () => {
  it.each<[string, unknown, string | null]>([
    ['stands in the ARN', { arn: `${SESSION}/Deployer/run-7` }, '111122223333'],
    [
      'is all that CloudTrail says of another account',
      { type: 'AWSAccount', accountId: '444455556666' },
      '444455556666',
    ],
    ['is not taken from a name anybody can choose', { type: 'IAMUser', userName: 'account 444455556666' }, null],
  ])('%s', (_, userIdentity, account) => {
    expect(actorAccount(actor({ userIdentity }))).toBe(account)
  })
})

it('any identity has an actor', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (userIdentity, other) => {
      const read = actor({
        userIdentity,
        userAgent: other,
        sourceIPAddress: other,
        sessionCredentialFromConsole: other,
      })
      expect(read.name).not.toBe('')
      expect(read.type).not.toBe('')
    }),
  )
})
