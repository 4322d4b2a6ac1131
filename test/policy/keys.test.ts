import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { ABOUT, allow, FOREIGN, GITHUB, MEMBER, OWN, policy, root, subject, WEB } from './build.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`
const variable = (inside: string) => '$'.concat(`{${inside}}`)

const decisionOf = (principal: unknown, condition: unknown, request: Request) =>
  evaluateTrust(policy(allow(principal, condition)), request).decision

// Present only where the caller has the tag.
const KEY = 'aws:PrincipalTag/k'

describe('condition keys', () => {
  it('variables are text in the old version', () => {
    const Condition = { StringEquals: { [KEY]: variable('aws:PrincipalAccount') } }
    const old = JSON.stringify({ Version: '2008-10-17', Statement: allow(root(FOREIGN), Condition) })
    expect(evaluateTrust(old, aws(deployRole, { [KEY]: FOREIGN })).decision).toBe('implicit-deny')
    expect(evaluateTrust(old, aws(deployRole, { [KEY]: variable('aws:PrincipalAccount') })).decision).toBe('allow')
  })

  // Source: IAM User Guide, reference_policies_condition-keys and the table of principal key values in reference_policies_variables.
  it.each([
    ['a role', deployRole, { PrincipalArn: deployRole, PrincipalAccount: FOREIGN, PrincipalType: 'AssumedRole' }],
    ['a session', session, { PrincipalArn: deployRole, PrincipalAccount: FOREIGN, PrincipalType: 'AssumedRole' }],
    ['a user', user, { PrincipalArn: user, PrincipalAccount: FOREIGN, PrincipalType: 'User', username: 'ann' }],
    [
      'the root user',
      `arn:aws:iam::${FOREIGN}:root`,
      { PrincipalArn: `arn:aws:iam::${FOREIGN}:root`, PrincipalAccount: FOREIGN, PrincipalType: 'Account' },
    ],
    ['an account id', FOREIGN, { PrincipalArn: `arn:aws:iam::${FOREIGN}:root`, PrincipalType: 'Account' }],
    [
      'a federated user',
      `arn:aws:sts::${FOREIGN}:federated-user/bob`,
      { PrincipalType: 'FederatedUser', userid: `${FOREIGN}:bob` },
    ],
  ])('what follows from %s need not be given, and cannot be forged', (_, caller, facts) => {
    for (const [key, value] of Object.entries({ ...facts, PrincipalIsAWSService: 'false' })) {
      const condition = { StringEquals: { [`aws:${key}`]: value } }
      expect([key, decisionOf({ AWS: '*' }, condition, aws(caller))]).toEqual([key, 'allow'])
      expect(decisionOf({ AWS: '*' }, condition, aws(caller, { [`aws:${key}`]: 'other' }))).toBe('allow')
      const other = { StringEquals: { [`aws:${key}`]: 'other' } }
      expect(decisionOf({ AWS: '*' }, other, aws(caller, { [`aws:${key}`]: 'other' }))).toBe('implicit-deny')
    }
  })

  it('a service is a service', () => {
    const call: Request = {
      principal: { type: 'Service', id: 'lambda.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: { 'aws:PrincipalServiceName': 'other' },
    }
    const facts = { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': 'lambda.amazonaws.com' }
    expect(decisionOf({ Service: 'lambda.amazonaws.com' }, { StringEquals: facts }, call)).toBe('allow')
  })

  it('the call is made over TLS, and not by a service for somebody', () => {
    const facts = { 'aws:SecureTransport': 'true', 'aws:ViaAWSService': 'false' }
    expect(decisionOf({ AWS: '*' }, { Bool: facts }, aws(user))).toBe('allow')
  })

  const NEVER: readonly (readonly [string, Request])[] = [
    ['sts:DurationSeconds', aws(deployRole)],
    ['aws:username', aws(deployRole)],
    ['aws:username', aws(session)],
    ['aws:PrincipalServiceName', aws(user)],
    ['aws:PrincipalServiceNamesList', aws(user)],
    ['saml:aud', aws(user)],
    ['accounts.google.com:sub', aws(user)],
    ['sts:ExternalId', { ...aws('lambda.amazonaws.com'), principal: { type: 'Service', id: 'lambda.amazonaws.com' } }],
    ...['aws:PrincipalOrgID', 'aws:PrincipalArn', 'aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge'].map(
      (key): readonly [string, Request] => [
        key,
        { ...aws('lambda.amazonaws.com'), principal: { type: 'Service', id: 'lambda.amazonaws.com' } },
      ],
    ),
  ]

  it.each(NEVER)('%s is never there, even when it is given (%j)', (key, request) => {
    const asked = { ...request, context: { [key]: '900' } }
    expect(decisionOf({ AWS: '*' }, { StringEquals: { [key]: '900' } }, asked)).toBe('implicit-deny')
    expect(decisionOf({ AWS: '*' }, { Null: { [key]: 'true' } }, asked)).toBe('allow')
  })

  const UNSAID = ['aws:CurrentTime', 'aws:EpochTime', 'aws:RequestedRegion', 'aws:UserAgent', 'aws:userid']

  it.each(UNSAID)('%s is always there: where it is not given, it is not guessed', (key) => {
    const text = policy(allow(root(FOREIGN), { StringEquals: { [key]: 'x' } }))
    expect(evaluateTrust(text, aws(deployRole))).toMatchObject({
      decision: 'undecided',
      because: [`cannot be decided: the request does not say ${key} (/Statement/0/Condition/StringEquals/${key})`],
    })
    expect(decisionOf(root(FOREIGN), { Null: { [key]: 'false' } }, aws(deployRole))).toBe('allow')
    expect(evaluateTrust(text, aws(deployRole, { [key]: 'x' })).decision).toBe('allow')
  })

  it('a key that holds several values needs a qualifier, even with one value', () => {
    const asked = aws(user, { 'aws:PrincipalOrgPaths': ['o-a/r-b/ou-c/'] })
    const by = (operator: string, value: string) =>
      decisionOf({ AWS: '*' }, { [operator]: { 'aws:PrincipalOrgPaths': value } }, asked)
    expect(by('ForAnyValue:StringLike', 'o-a/*')).toBe('allow')
    expect(by('StringLike', 'o-a/*')).toBe('undecided')
    expect(by('StringLike', 'o-z/*')).toBe('implicit-deny')
    expect(by('StringNotLike', 'o-z/*')).toBe('undecided')
  })

  it("a session's role may have a path, which the session does not show", () => {
    const sso = `arn:aws:sts::${FOREIGN}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann`
    const arn = `arn:aws:iam::${FOREIGN}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`
    const condition = { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/aws-reserved/*/AWSReservedSSO_Admin_*` } }
    expect(decisionOf({ AWS: '*' }, condition, aws(sso))).toBe('undecided')
    expect(decisionOf({ AWS: '*' }, condition, aws(sso, { 'aws:PrincipalArn': arn }))).toBe('allow')
    expect(decisionOf({ AWS: '*' }, condition, aws(session))).toBe('implicit-deny')
    const forged = { 'aws:PrincipalArn': arn }
    expect(decisionOf({ AWS: '*' }, condition, aws(session, forged))).toBe('implicit-deny')
    expect(decisionOf({ AWS: '*' }, condition, aws(sso.replace(FOREIGN, OWN), forged))).toBe('implicit-deny')
  })

  it('the organisation follows from the account where its accounts are known', () => {
    const text = policy(allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-ownorg' } }))
    const by = (account: string, context: Request['context'] = {}) =>
      evaluateTrust(text, aws(`arn:aws:iam::${account}:role/x`, context), ABOUT).decision
    expect(by(MEMBER)).toBe('allow')
    expect(by(MEMBER, { 'sts:ExternalId': 'x' })).toBe('allow')
    expect(by(FOREIGN)).toBe('implicit-deny')
    expect(by(FOREIGN, { 'aws:PrincipalOrgID': 'o-ownorg' })).toBe('allow')
    expect(by(MEMBER, { 'aws:principalorgid': 'o-other' })).toBe('implicit-deny')
  })

  it('a web identity with the right subject gets in', () => {
    const text = policy(allow(GITHUB, subject('repo:acme/deploy:*'), WEB))
    const context = {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/main',
    }
    const request = { principal: { type: 'Federated' as const, id: GITHUB.Federated }, action: WEB, context }
    expect(evaluateTrust(text, request)).toMatchObject({ decision: 'allow', caller: 'nothing-more' })
  })
})
