import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { ABOUT, allow, deny, FOREIGN, GITHUB, OWN, policy, root, WEB } from './build.ts'
import type { Given } from './operator-cases.ts'
import { OPERATORS } from './operators.ts'
import { PRINCIPALS } from './principals.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`
const SAML = `arn:aws:iam::${OWN}:saml-provider/Okta`
const ASSUME = { AWS: 'sts:AssumeRole', Service: 'sts:AssumeRole', Federated: WEB, CanonicalUser: 'sts:AssumeRole' }

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
