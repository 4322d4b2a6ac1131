import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { ABOUT, allow, deny, FOREIGN, GITHUB, MEMBER, OWN, policy, role, root, subject, WEB } from './build.ts'
import { type Given, OPERATORS } from './operators.ts'
import { PRINCIPALS } from './principals.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`
const SAML = `arn:aws:iam::${OWN}:saml-provider/Okta`
const ASSUME = { AWS: 'sts:AssumeRole', Service: 'sts:AssumeRole', Federated: WEB, CanonicalUser: 'sts:AssumeRole' }
const variable = (inside: string) => '$'.concat(`{${inside}}`)

const decisionOf = (principal: unknown, condition: unknown, request: Request) =>
  evaluateTrust(policy(allow(principal, condition)), request).decision

describe.each(PRINCIPALS)('%s', (_, cases) => {
  it.each(cases)('%s', (_, principal, caller, decision) => {
    const action = caller.id === SAML || caller.id.startsWith(SAML) ? 'sts:AssumeRoleWithSAML' : ASSUME[caller.type]
    const text = policy(allow(principal, undefined, action))
    expect(evaluateTrust(text, { principal: caller, action, context: {} }, ABOUT).decision).toBe(decision)
  })
})

// Present only where the caller has the tag, and case-insensitive behind its slash too (IAM User Guide, reference_policies_condition-keys).
const KEY = 'aws:PrincipalTag/k'
const DECISIONS: Readonly<Record<string, string>> = { yes: 'allow', no: 'implicit-deny', undecided: 'undecided' }
const carrying = (given: Given) => ({
  'aws:PrincipalTag/star': '*',
  ...(given === null ? {} : { [KEY.toUpperCase()]: given }),
})

describe.each(OPERATORS)('%s', (_, cases) => {
  it.each(cases)('%s %j on %j: %s', (operator, values, given, expected) => {
    expect(decisionOf(root(FOREIGN), { [operator]: { [KEY]: values } }, aws(deployRole, carrying(given)))).toBe(
      DECISIONS[expected],
    )
  })

  it.each(cases)('in a Deny, %s %j on %j: %s', (operator, values, given, expected) => {
    const text = policy(allow(root(FOREIGN)), deny({ AWS: '*' }, { [operator]: { [KEY]: values } }))
    const denied = { yes: 'explicit-deny', no: 'allow', undecided: 'undecided' }[expected]
    expect(evaluateTrust(text, aws(deployRole, carrying(given))).decision).toBe(denied)
  })
})

describe('principals', () => {
  it('a provider assumes by web identity only', () => {
    const text = policy(allow(GITHUB, undefined, ['sts:AssumeRole', WEB]))
    const by = (action: string) =>
      evaluateTrust(text, { principal: { type: 'Federated', id: GITHUB.Federated }, action, context: {} })
    expect(by(WEB).decision).toBe('allow')
    expect(by('sts:AssumeRole')).toMatchObject({ decision: 'implicit-deny' })
    expect(by('sts:AssumeRole').because[0]).toContain(WEB)
  })

  it('a SAML provider assumes by SAML only, and a service or a role never by either', () => {
    const all = ['sts:AssumeRole', WEB, 'sts:AssumeRoleWithSAML']
    const text = policy(allow({ Federated: SAML, AWS: FOREIGN, Service: 'lambda.amazonaws.com' }, undefined, all))
    const ways = (type: 'AWS' | 'Service' | 'Federated', id: string) =>
      all.filter((action) => evaluateTrust(text, { principal: { type, id }, action, context: {} }).decision === 'allow')
    expect(ways('Federated', SAML)).toEqual(['sts:AssumeRoleWithSAML'])
    expect(ways('AWS', deployRole)).toEqual(['sts:AssumeRole'])
    expect(ways('Service', 'lambda.amazonaws.com')).toEqual(['sts:AssumeRole'])
  })

  it('NotPrincipal is not decided where it might admit', () => {
    const text = policy({ Effect: 'Allow', NotPrincipal: root(OWN), Action: 'sts:AssumeRole' })
    expect(evaluateTrust(text, aws(user)).decision).toBe('undecided')
    expect(evaluateTrust(text, aws(`arn:aws:iam::${OWN}:role/a`)).decision).toBe('implicit-deny')
    const denying = policy(allow({ AWS: '*' }), { Effect: 'Deny', NotPrincipal: root(OWN), Action: 'sts:AssumeRole' })
    expect(evaluateTrust(denying, aws(user)).decision).toBe('undecided')
    expect(evaluateTrust(denying, aws(`arn:aws:iam::${OWN}:role/a`)).decision).toBe('allow')
    const odd = policy({ Effect: 'Allow', NotPrincipal: { AWS: ['nobody', OWN] }, Action: 'sts:AssumeRole' })
    expect(evaluateTrust(odd, aws(user)).decision).toBe('undecided')
  })
})

// Source: IAM User Guide, reference_policies_elements_action ("case insensitive", wildcards) and _elements_notaction.
const ACTIONS: readonly (readonly [string, object, string, string])[] = [
  ['an action is its name', { Action: 'sts:AssumeRole' }, 'sts:AssumeRole', 'allow'],
  ['in any case', { Action: 'STS:assumerole' }, 'sts:AssumeRole', 'allow'],
  ['the request may be in any case too', { Action: 'sts:AssumeRole' }, 'STS:ASSUMEROLE', 'allow'],
  ['a star is everything behind it', { Action: 'sts:Assume*' }, 'sts:AssumeRole', 'allow'],
  ['a star alone is everything', { Action: '*' }, 'sts:AssumeRole', 'allow'],
  ['a question mark is one character', { Action: 'sts:AssumeRol?' }, 'sts:AssumeRole', 'allow'],
  ['and not none', { Action: 'sts:AssumeRole?' }, 'sts:AssumeRole', 'implicit-deny'],
  ['one of several', { Action: ['sts:TagSession', 'sts:AssumeRole'] }, 'sts:AssumeRole', 'allow'],
  ['another is not', { Action: 'sts:TagSession' }, 'sts:AssumeRole', 'implicit-deny'],
  ['the beginning is not the whole', { Action: 'sts:AssumeRole' }, 'sts:AssumeRoleWithSAML', 'implicit-deny'],
  ['NotAction is everything else', { NotAction: 'sts:TagSession' }, 'sts:AssumeRole', 'allow'],
  ['and not what it names', { NotAction: 'sts:Assume*' }, 'sts:AssumeRole', 'implicit-deny'],
]

describe('actions', () => {
  it.each(ACTIONS)('%s', (_, clause, action, decision) => {
    const text = policy({ Effect: 'Allow', Principal: root(FOREIGN), ...clause })
    expect(evaluateTrust(text, { ...aws(deployRole), action }).decision).toBe(decision)
  })
})

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

describe('the decision', () => {
  it('every condition must hold, and one statement is enough', () => {
    const condition = {
      StringEquals: { [KEY]: 'a', 'sts:ExternalId': 'x' },
      StringLike: { 'sts:RoleSessionName': 's*' },
    }
    const text = policy(allow(root(FOREIGN), condition), allow(root(MEMBER)))
    const all = { [KEY]: 'a', 'sts:ExternalId': 'x', 'sts:RoleSessionName': 's1' }
    expect(evaluateTrust(text, aws(user, all)).decision).toBe('allow')
    for (const key of Object.keys(all))
      expect(evaluateTrust(text, aws(user, { ...all, [key]: 'z' })).decision).toBe('implicit-deny')
    expect(evaluateTrust(text, aws(`arn:aws:iam::${MEMBER}:role/x`)).decision).toBe('allow')
  })

  it('any Deny wins', () => {
    const text = policy(allow(root(FOREIGN)), deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' } }))
    expect(evaluateTrust(text, aws(deployRole)).decision).toBe('explicit-deny')
  })

  it('a Deny that cannot be decided may not hold', () => {
    const text = policy(allow(root(FOREIGN)), deny({ AWS: '*' }, { StringMatches: { 'aws:x': 'a' } }))
    expect(evaluateTrust(text, aws(deployRole)).decision).toBe('undecided')
  })

  it('what cannot be decided does not matter where another statement settles it', () => {
    const open = allow(root(FOREIGN), { StringMatches: { 'aws:x': 'a' } })
    expect(evaluateTrust(policy(open, allow(root(FOREIGN))), aws(deployRole)).decision).toBe('allow')
    expect(evaluateTrust(policy(open, deny({ AWS: '*' })), aws(deployRole)).decision).toBe('explicit-deny')
    expect(evaluateTrust(policy(open), aws(`arn:aws:iam::${MEMBER}:role/x`)).decision).toBe('implicit-deny')
  })

  it('a statement with an element nobody knows is not decided, nor one with an effect nobody knows', () => {
    const misspelt = { ...allow(root(FOREIGN)), Conditions: { StringEquals: { 'sts:ExternalId': 'x' } } }
    expect(evaluateTrust(policy(misspelt), aws(deployRole)).decision).toBe('undecided')
    const effectless = { ...allow(root(FOREIGN)), Effect: 'allow' }
    expect(evaluateTrust(policy(effectless), aws(deployRole)).decision).toBe('undecided')
    expect(evaluateTrust(policy(effectless, allow(root(FOREIGN))), aws(deployRole)).decision).toBe('undecided')
  })

  it.each([['{'], ['[]'], ['""'], ['']])('nothing is known of what is no policy: %s', (text) => {
    expect(evaluateTrust(text, aws(deployRole))).toMatchObject({ decision: 'undecided', caller: null })
  })

  // Source: STS API reference, AssumeRole, DurationSeconds.
  it.each([
    ['900', undefined, user, 'allow'],
    ['899', undefined, user, 'implicit-deny'],
    ['43200', undefined, user, 'allow'],
    ['43201', undefined, user, 'implicit-deny'],
    ['7200', 3600, user, 'implicit-deny'],
    ['3600', 3600, user, 'allow'],
    ['3600', 43200, session, 'allow'],
    ['3601', 43200, session, 'implicit-deny'],
    ['3601', 43200, deployRole, 'implicit-deny'],
    ['long', 3600, user, 'allow'],
  ])('a session of %s seconds, the role allowing %s, for %s: %s', (seconds, most, caller, decision) => {
    const about = most === undefined ? {} : { maxSessionSeconds: most }
    const asked = aws(caller, { 'STS:durationseconds': seconds })
    expect(evaluateTrust(policy(allow(root(FOREIGN))), asked, about).decision).toBe(decision)
  })
})

// Source: IAM User Guide, reference_policies_evaluation-logic and reference_policies_elements_principal.
describe("the caller's own side", () => {
  const own = `arn:aws:iam::${OWN}:role/App`
  const ownSession = `arn:aws:sts::${OWN}:assumed-role/App/one`

  it.each([
    ['another account must allow it too', root(FOREIGN), deployRole, 'needs-identity-policy'],
    [
      'another account must, even where the role is named',
      role(FOREIGN, 'Deploy'),
      deployRole,
      'needs-identity-policy',
    ],
    ['another account must, even where everybody is', { AWS: '*' }, deployRole, 'needs-identity-policy'],
    ['the account hands the decision to its own policies', root(OWN), own, 'needs-identity-policy'],
    ['a role named by the policy needs nothing more', { AWS: own }, own, 'nothing-more'],
    ['nor do its sessions', { AWS: own }, ownSession, 'nothing-more'],
    ['nor a session that is named', { AWS: ownSession }, ownSession, 'nothing-more'],
    ['nor anybody of the account where everybody is named', { AWS: '*' }, own, 'nothing-more'],
    ['the root user cannot: somebody of the account must', root(OWN), OWN, 'needs-identity-policy'],
    ['who is not let in has no side', root(OWN), deployRole, null],
  ])('%s', (_, principal, caller, expected) => {
    const { caller: side } = evaluateTrust(policy(allow(principal)), aws(caller), ABOUT)
    expect(side).toBe(expected)
    const byArn = { roleArn: `arn:aws:iam::${OWN}:role/Target` }
    expect(evaluateTrust(policy(allow(principal)), aws(caller), byArn).caller).toBe(expected)
  })

  it('every action that the call needs must name the caller', () => {
    const tags = { 'aws:RequestTag/a': 'b' }
    const side = (tagging: unknown) =>
      evaluateTrust(policy(allow({ AWS: own }), allow(tagging, undefined, 'sts:TagSession')), aws(own, tags), ABOUT)
        .caller
    expect(side({ AWS: own })).toBe('nothing-more')
    expect(side(root(OWN))).toBe('needs-identity-policy')
  })

  it('a service has no policies of its own', () => {
    const call: Request = { ...aws(''), principal: { type: 'Service', id: 'lambda.amazonaws.com' } }
    expect(evaluateTrust(policy(allow({ Service: 'lambda.amazonaws.com' })), call, ABOUT).caller).toBe('nothing-more')
  })
})
