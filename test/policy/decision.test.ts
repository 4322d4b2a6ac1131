import { describe, expect, it } from 'vitest'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { ABOUT, allow, deny, FOREIGN, MEMBER, OWN, policy, role, root } from './build.ts'

const aws = (id: string, context: Request['context'] = {}): Request => ({
  principal: { type: 'AWS', id },
  action: 'sts:AssumeRole',
  context,
})
const deployRole = `arn:aws:iam::${FOREIGN}:role/Deploy`
const session = `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/ci`
const user = `arn:aws:iam::${FOREIGN}:user/team/ann`

// Present only where the caller has the tag.
const KEY = 'aws:PrincipalTag/k'

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
    ['9000x', 3600, user, 'allow'],
    ['x9000', 3600, user, 'allow'],
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
