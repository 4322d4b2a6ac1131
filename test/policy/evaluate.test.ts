import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import {
  ABOUT,
  allow,
  deny,
  externalId,
  FOREIGN,
  GITHUB,
  MEMBER,
  OWN,
  policy,
  role,
  root,
  subject,
  WEB,
} from './build.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`

// principal of the policy, caller, decision
const PRINCIPALS: readonly (readonly [string, unknown, string, string])[] = [
  ['an account id is everyone of the account', { AWS: FOREIGN }, deployRole, 'allow'],
  ['a root ARN is everyone of the account', root(FOREIGN), user, 'allow'],
  ['another account is not', root(MEMBER), deployRole, 'implicit-deny'],
  ['a role matches its sessions', role(FOREIGN, 'Deploy'), session, 'allow'],
  [
    'a role with a path matches its sessions, which show none',
    { AWS: `arn:aws:iam::${FOREIGN}:role/ci/Deploy` },
    session,
    'allow',
  ],
  ['a role is not another of nearly its name', role(FOREIGN, 'deploy'), session, 'implicit-deny'],
  ['a user is that user', { AWS: user }, user, 'allow'],
  ['a session is that session', { AWS: session }, session, 'allow'],
  ['a session is not its role', { AWS: session }, deployRole, 'implicit-deny'],
  ['the star is everybody', { AWS: '*' }, user, 'allow'],
  ['a deleted role matches nobody', { AWS: 'AROAEXAMPLEDELETED123' }, deployRole, 'implicit-deny'],
  ['one of several is enough', { AWS: [OWN, FOREIGN] }, user, 'allow'],
  ['a principal nobody understands', { AWS: `arn:aws:iam::${FOREIGN}:role/*` }, deployRole, 'undecided'],
]

describe('principals', () => {
  it.each(PRINCIPALS)('%s', (_, principal, caller, decision) => {
    expect(evaluateTrust(policy(allow(principal)), aws(caller), ABOUT).decision).toBe(decision)
  })

  it('services and providers are exact names', () => {
    const service = (id: string) => ({ ...aws(id), principal: { type: 'Service' as const, id } })
    const text = policy(allow({ Service: 'lambda.amazonaws.com' }))
    expect(evaluateTrust(text, service('lambda.amazonaws.com')).decision).toBe('allow')
    expect(evaluateTrust(text, service('Lambda.amazonaws.com')).decision).toBe('implicit-deny')
  })

  it('a provider assumes by web identity only', () => {
    const text = policy(allow(GITHUB, undefined, ['sts:AssumeRole', WEB]))
    const by = (action: string) =>
      evaluateTrust(text, { principal: { type: 'Federated', id: GITHUB.Federated }, action, context: {} })
    expect(by(WEB).decision).toBe('allow')
    expect(by('sts:AssumeRole')).toMatchObject({ decision: 'implicit-deny' })
    expect(by('sts:AssumeRole').because[0]).toContain(WEB)
  })

  it('NotPrincipal is not decided where it might admit', () => {
    const text = policy({ Effect: 'Allow', NotPrincipal: root(OWN), Action: 'sts:AssumeRole' })
    expect(evaluateTrust(text, aws(user)).decision).toBe('undecided')
    expect(evaluateTrust(text, aws(`arn:aws:iam::${OWN}:role/a`)).decision).toBe('implicit-deny')
  })
})

const KEY = 'aws:RequestTag/k'
type Given = string | readonly string[] | null

// operator, values, what the request carries, does it hold
const CONDITIONS: readonly (readonly [string, unknown, Given, string])[] = [
  ['StringEquals', 'a', 'a', 'yes'],
  ['StringEquals', ['a', 'b'], 'b', 'yes'],
  ['StringEquals', 'a*', 'ab', 'no'],
  ['StringEquals', 'a', 'A', 'no'],
  ['StringEquals', 'a', null, 'no'],
  ['StringEqualsIfExists', 'a', null, 'yes'],
  ['StringEqualsIfExists', 'a', 'b', 'no'],
  ['StringNotEquals', 'a', null, 'yes'],
  ['StringNotEquals', ['a', 'b'], 'b', 'no'],
  ['StringNotEquals', ['a', 'b'], 'c', 'yes'],
  ['StringEqualsIgnoreCase', 'a', 'A', 'yes'],
  ['StringNotEqualsIgnoreCase', 'a', 'A', 'no'],
  ['StringLike', 'a*c', 'abbc', 'yes'],
  ['StringLike', 'a?c', 'ac', 'no'],
  ['StringLike', 'A*', 'ab', 'no'],
  ['StringNotLike', 'a*', 'b', 'yes'],
  ['StringNotLike', 'a*', null, 'yes'],
  ['StringEquals', [], 'a', 'no'],
  ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::111122223333:role/x', 'yes'],
  ['ArnEquals', 'arn:aws:iam::*:role/x*', 'arn:aws:iam::111122223333:role/xy', 'yes'],
  ['ArnLike', 'arn:aws:s3:*:b', 'arn:aws:s3:::b', 'no'],
  ['ArnLike', 'arn:aws:sns:*:111122223333:t', 'arn:aws:sns:us-east-1:x:111122223333:t', 'no'],
  ['ArnLike', '*', 'arn:aws:s3:::b', 'yes'],
  ['ArnNotEquals', 'arn:aws:s3:::b', null, 'yes'],
  ['NumericLessThan', '10', '9', 'yes'],
  ['NumericLessThan', '10', '10', 'no'],
  ['NumericLessThanEquals', 10, '10', 'yes'],
  ['NumericGreaterThan', '1e1', '11', 'yes'],
  ['NumericGreaterThanEquals', '10', 'ten', 'no'],
  ['NumericNotEquals', '10', '10.0', 'no'],
  ['NumericEquals', 'ten', '10', 'undecided'],
  ['DateLessThan', '2026-11-21T12:00:00Z', '2026-11-21T12:59:00+01:00', 'yes'],
  ['DateGreaterThan', '2026', '2026-01-01T00:00:01Z', 'yes'],
  ['DateEquals', '2026-11-21T12:00:00Z', '1795262400', 'yes'],
  ['DateNotEquals', '2026-11-21', '2026-11-22', 'yes'],
  ['Bool', 'true', 'TRUE', 'yes'],
  ['Bool', true, 'false', 'no'],
  ['BoolIfExists', 'false', null, 'yes'],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'yes'],
  ['IpAddress', '203.0.113.0/24', '203.0.113.77', 'yes'],
  ['IpAddress', '203.0.113.9/24', '203.0.113.77', 'yes'],
  ['IpAddress', '203.0.113.77', '203.0.113.77', 'yes'],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', 'no'],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', 'yes'],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', 'yes'],
  ['NotIpAddress', '203.0.113.0/24', null, 'yes'],
  ['Null', 'true', null, 'yes'],
  ['Null', 'false', null, 'no'],
  ['Null', 'false', 'x', 'yes'],
  ['ForAllValues:StringEquals', 'a', null, 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', 'a', ['a', 'b'], 'no'],
  ['ForAllValues:StringEquals', 'a', [], 'yes'],
  ['ForAnyValue:StringEquals', 'a', null, 'no'],
  ['ForAnyValue:StringEquals', 'a', ['b', 'a'], 'yes'],
  ['ForAnyValue:StringNotEquals', 'a', null, 'no'],
  ['ForAnyValue:StringNotEquals', 'a', ['b', 'a'], 'yes'],
  ['ForAnyValue:StringLikeIfExists', 'a', null, 'yes'],
  ['ForAllValues:Null', 'true', null, 'undecided'],
  ['StringEquals', 'a', ['a', 'b'], 'undecided'],
  ['stringequals', 'a', 'a', 'yes'],
  ['StringMatches', 'a', 'a', 'undecided'],
  ['StringLike', '$'.concat('{*}'), '*', 'yes'],
  ['StringLike', '$'.concat('{*}'), 'x', 'no'],
  ['StringEquals', '$'.concat('{aws:PrincipalAccount}'), FOREIGN, 'yes'],
  ['StringEquals', '$'.concat("{aws:none, 'x'}"), 'x', 'yes'],
  ['StringEquals', '$'.concat('{aws:none}'), 'x', 'no'],
]
const DECISIONS: Readonly<Record<string, string>> = { yes: 'allow', no: 'implicit-deny', undecided: 'undecided' }

describe('conditions', () => {
  it.each(CONDITIONS)('%s %j on %j: %s', (operator, values, given, expected) => {
    const text = policy(allow(root(FOREIGN), { [operator]: { [KEY]: values } }))
    const request = aws(deployRole, given === null ? {} : { [KEY.toUpperCase()]: given })
    expect(evaluateTrust(text, request).decision).toBe(DECISIONS[expected])
  })

  it('variables are text in the old version', () => {
    const Condition = { StringEquals: { [KEY]: '$'.concat('{aws:PrincipalAccount}') } }
    const old = JSON.stringify({ Version: '2008-10-17', Statement: allow(root(FOREIGN), Condition) })
    expect(evaluateTrust(old, aws(deployRole, { [KEY]: FOREIGN })).decision).toBe('implicit-deny')
  })

  it('what follows from the caller need not be given, and cannot be forged', () => {
    const pinned = policy(allow({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': deployRole } }))
    expect(evaluateTrust(pinned, aws(session)).decision).toBe('allow')
    expect(evaluateTrust(pinned, aws(user, { 'aws:PrincipalArn': deployRole })).decision).toBe('implicit-deny')
    const named = policy(allow(root(FOREIGN), { StringEquals: { 'aws:username': 'ann', 'aws:PrincipalType': 'User' } }))
    expect(evaluateTrust(named, aws(user)).decision).toBe('allow')
  })

  it('sts:DurationSeconds never exists, even when it is given', () => {
    const text = policy(allow(root(FOREIGN), { NumericLessThan: { 'sts:DurationSeconds': '3600' } }))
    const { decision, because } = evaluateTrust(text, aws(deployRole, { 'sts:DurationSeconds': '900' }))
    expect(decision).toBe('implicit-deny')
    expect(because[0]).toContain('never exists')
  })

  it('a time that is not given is not guessed', () => {
    const text = policy(allow(root(FOREIGN), { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } }))
    expect(evaluateTrust(text, aws(deployRole)).decision).toBe('undecided')
  })
})

describe('the decision', () => {
  it('any Deny wins', () => {
    const text = policy(allow(root(FOREIGN)), {
      Sid: 'Fence',
      ...deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' } }),
    })
    const { decision, because } = evaluateTrust(text, aws(deployRole))
    expect(decision).toBe('explicit-deny')
    expect(because).toEqual(['statement 2 (Fence) denies it because aws:PrincipalOrgID is not o-a'])
  })

  it('a Deny that cannot be decided may not hold', () => {
    const text = policy(allow(root(FOREIGN)), deny({ AWS: '*' }, { StringMatches: { 'aws:x': 'a' } }))
    expect(evaluateTrust(text, aws(deployRole)).decision).toBe('undecided')
  })

  it('says the first obstacle first', () => {
    const text = policy(allow(root(FOREIGN), externalId(['a', 'b'])))
    expect(evaluateTrust(text, aws(deployRole)).because).toEqual([
      `role Deploy of account ${FOREIGN} is trusted by statement 1, but it needs: sts:ExternalId is a or b; the request has none`,
    ])
    expect(evaluateTrust(text, aws(deployRole, { 'sts:ExternalId': 'c' })).because[0]).toContain('the request has c')
    expect(evaluateTrust(text, aws(`arn:aws:iam::${OWN}:role/x`)).because).toEqual([
      `no statement trusts role x of account ${OWN}`,
    ])
    expect(evaluateTrust(text, aws('somebody')).because[0]).toContain('is no principal')
    expect(evaluateTrust('{', aws(deployRole))).toMatchObject({ decision: 'undecided', caller: null })
  })

  it('says what the caller’s own side must still allow', () => {
    const side = (principal: unknown, caller: string) =>
      evaluateTrust(policy(allow(principal)), aws(caller), ABOUT).caller
    const own = `arn:aws:iam::${OWN}:role/App`
    expect(side(root(FOREIGN), deployRole)).toBe('needs-identity-policy')
    expect(side(role(FOREIGN, 'Deploy'), deployRole)).toBe('needs-identity-policy')
    expect(side(root(OWN), own)).toBe('needs-identity-policy')
    expect(side({ AWS: own }, own)).toBe('nothing-more')
    expect(side(root(OWN), deployRole)).toBe(null)
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
