import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { allow, deny, FOREIGN, OWN, policy, root } from './build.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`

describe('a call that passes something along needs that action too', () => {
  // Sources: IAM User Guide, id_session-tags, id_credentials_temp_control-access_monitor; STS API reference, AssumeRole (ProvidedContexts).
  const PASSED: readonly (readonly [string, Request['context']])[] = [
    ['sts:TagSession', { 'aws:RequestTag/team': 'red' }],
    ['sts:TagSession', { 'AWS:tagkeys': ['team'] }],
    ['sts:TagSession', { 'sts:TransitiveTagKeys': ['team'] }],
    ['sts:SetSourceIdentity', { 'sts:SourceIdentity': 'ann' }],
    ['sts:SetSourceIdentity', { 'aws:SourceIdentity': 'ann' }],
    ['sts:SetContext', { 'sts:RequestContextProviders': ['arn:aws:iam::aws:contextProvider/IdentityCenter'] }],
    ['sts:SetContext', { 'sts:RequestContext/identitycenter:UserId': 'u-1' }],
  ]

  it.each(PASSED)('%s for %j', (action, context) => {
    const only = evaluateTrust(policy(allow(root(FOREIGN))), aws(deployRole, context))
    const both = evaluateTrust(
      policy(allow(root(FOREIGN)), allow(root(FOREIGN), undefined, action)),
      aws(user, context),
    )
    expect([only.decision, both.decision]).toEqual(['implicit-deny', 'allow'])
    expect(only.because[0]).toContain(`so ${action} must be allowed too`)
  })

  it('a call that passes nothing along does not', () => {
    const context = { 'sts:TransitiveTagKeys': [], 'aws:PrincipalTag/team': 'red', 'sts:ExternalId': 'x' }
    expect(evaluateTrust(policy(allow(root(FOREIGN))), aws(deployRole, context)).decision).toBe('allow')
  })

  it('keys of nearly the same name pass nothing along', () => {
    const near = [
      'aws:TagKeysX',
      'x-aws:TagKeys',
      'sts:SourceIdentityX',
      'x-sts:SourceIdentity',
      'sts:RequestContextX',
      'x-sts:RequestContextProviders',
    ]
    const context = Object.fromEntries(near.map((key) => [key, 'a']))
    expect(evaluateTrust(policy(allow(root(FOREIGN))), aws(deployRole, context)).decision).toBe('allow')
  })

  it('a request for another action is about that action alone', () => {
    const text = policy(allow(root(FOREIGN), undefined, 'sts:TagSession'))
    const asked = {
      ...aws(deployRole, { 'aws:RequestTag/a': 'b', 'sts:SourceIdentity': 'ann' }),
      action: 'sts:tagsession',
    }
    expect(evaluateTrust(text, asked).decision).toBe('allow')
    expect(evaluateTrust(text, { ...asked, action: 'sts:SetContext' })).toMatchObject({
      decision: 'implicit-deny',
      because: [expect.stringContaining('the call passes a context, so sts:SetContext')],
    })
  })

  it('a Deny of the second action denies the call, and speaks first', () => {
    const text = policy(allow(root(FOREIGN)), deny({ AWS: '*' }, undefined, 'sts:TagSession'))
    const { decision, because } = evaluateTrust(text, aws(deployRole, { 'aws:RequestTag/a': 'b' }))
    expect(decision).toBe('explicit-deny')
    expect(because).toEqual([
      'the call passes session tags, so sts:TagSession must be allowed too: statement 2 denies it',
    ])
  })

  it('Roles Anywhere always sets tags and a source identity', () => {
    const call: Request = {
      principal: { type: 'Service', id: 'rolesanywhere.amazonaws.com' },
      action: 'sts:AssumeRole',
      context: {},
    }
    const by = (...actions: readonly string[]) =>
      evaluateTrust(policy(allow({ Service: 'rolesanywhere.amazonaws.com' }, undefined, actions)), call).decision
    expect(by('sts:AssumeRole', 'sts:TagSession')).toBe('implicit-deny')
    expect(by('sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity')).toBe('allow')
  })

  it("the User Guide's policy for session tags does what it says", () => {
    const tester = { AWS: `arn:aws:iam::${OWN}:user/test-session-tags` }
    const text = policy(
      allow(tester, {
        StringLike: {
          'aws:RequestTag/Project': '*',
          'aws:RequestTag/CostCenter': '*',
          'aws:RequestTag/Department': '*',
        },
        StringEquals: { 'sts:ExternalId': 'Example987' },
      }),
      allow(
        tester,
        {
          StringLike: { 'aws:RequestTag/Project': '*', 'aws:RequestTag/CostCenter': '*' },
          StringEquals: { 'aws:RequestTag/Department': ['Engineering', 'Marketing'] },
          'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': ['Project', 'Department'] },
        },
        'sts:TagSession',
      ),
    )
    const asked = (department: string, transitive: readonly string[]) =>
      evaluateTrust(
        text,
        aws(tester.AWS, {
          'aws:RequestTag/Project': 'Automation',
          'aws:RequestTag/CostCenter': '12345',
          'aws:RequestTag/Department': department,
          'sts:TransitiveTagKeys': transitive,
          'sts:ExternalId': 'Example987',
        }),
      ).decision
    expect(asked('Engineering', ['Project', 'Department'])).toBe('allow')
    expect(asked('Engineering', [])).toBe('allow')
    expect(asked('Sales', ['Project'])).toBe('implicit-deny')
    expect(asked('Marketing', ['Project', 'CostCenter'])).toBe('implicit-deny')
  })
})
