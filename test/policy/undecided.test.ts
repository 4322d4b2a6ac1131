import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, externalId, FOREIGN, foreign, GITHUB, OWN, policy, role, root, WEB } from './build.ts'

const own = root(OWN)
const roles = (...names: readonly string[]) => ({ AWS: names.map((name) => role(FOREIGN, name).AWS) })
const others = (Effect: string, NotPrincipal: unknown) => ({ Effect, NotPrincipal, Action: 'sts:AssumeRole' })
const odd = { StringMatches: { 'aws:x': 'a' } }
const PASSING = ['sts:AssumeRole', 'sts:TagSession']
const WHOM = 'whom this principal covers is not certain'
const what = (operator: string, key: string) => `what ${operator} does with ${key} cannot be decided`

// name, before, after, what is open and where
type Open = readonly [string, string | null, string, string, string]
const OPEN: readonly Open[] = [
  [
    'a star inside a principal',
    policy(allow(own)),
    policy(allow({ AWS: `arn:aws:iam::${OWN}:role/*` })),
    WHOM,
    '/Statement/0',
  ],
  [
    'everybody but two roles denied',
    policy(allow(foreign)),
    policy(allow(foreign), others('Deny', roles('y', 'x'))),
    WHOM,
    '/Statement/1',
  ],
  [
    'everybody but one role, then but another',
    policy(others('Allow', roles('y'))),
    policy(others('Allow', roles('x'))),
    WHOM,
    '/Statement/0',
  ],
  [
    'an element that does not exist',
    policy(allow(own)),
    policy(allow(own), { ...deny(own), Effect: 'Perhaps' }),
    'this statement cannot be understood',
    '/Statement/1',
  ],
  [
    'an unknown operator beside a condition that may hold',
    policy(allow(own)),
    policy(allow(own), deny(own, { ...odd, StringEquals: { 'aws:y': 'b' } })),
    what('StringMatches', 'aws:x'),
    '/Statement/1/Condition/StringMatches/aws:x',
  ],
  [
    'an unknown operator on both sides, and more demanded',
    policy(allow(own, odd)),
    policy(allow(own, { ...odd, ...externalId('b') })),
    what('StringMatches', 'aws:x'),
    '/Statement/0/Condition/StringMatches/aws:x',
  ],
  [
    'a number that is none',
    policy(allow(own)),
    policy(allow(own, { NumericEquals: { 'my:number': 'ten' } })),
    what('NumericEquals', 'my:number'),
    '/Statement/0/Condition/NumericEquals/my:number',
  ],
  [
    'an address that is none',
    policy(allow(own)),
    policy(allow(own, { IpAddress: { 'aws:SourceIp': 'nowhere' } })),
    what('IpAddress', 'aws:SourceIp'),
    '/Statement/0/Condition/IpAddress/aws:SourceIp',
  ],
  ...['aws:SourceIp', 'aws:SourceArn', 'sts:ExternalId'].map(
    (key): Open => [
      `an unknown operator instead of a pattern of ${key}`,
      policy(allow(own, { StringLike: { [key]: '*1*' } })),
      policy(allow(own, { StringMatches: { [key]: 'a' } })),
      what('StringMatches', key),
      `/Statement/0/Condition/StringMatches/${key}`,
    ],
  ),
  [
    'several tags without a qualifier',
    policy(allow(own, undefined, PASSING)),
    policy(allow(own, { StringEquals: { 'aws:TagKeys': 'a' } }, PASSING)),
    what('StringEquals', 'aws:TagKeys'),
    '/Statement/0/Condition/StringEquals/aws:TagKeys',
  ],
  [
    'a qualifier on Null',
    policy(allow(own)),
    policy(allow(own, { 'ForAnyValue:Null': { 'sts:ExternalId': 'true' } })),
    what('ForAnyValue:Null', 'sts:ExternalId'),
    '/Statement/0/Condition/ForAnyValue:Null/sts:ExternalId',
  ],
  [
    'one key in two spellings',
    policy(allow(own)),
    policy(allow(own, { StringEquals: { 'sts:ExternalId': 'a', 'STS:externalid': 'b' } })),
    '"STS:externalid" stands here twice',
    '/Statement/0/Condition/StringEquals/STS:externalid',
  ],
  [
    'an account id as a number',
    policy(allow(own)),
    policy(allow({ AWS: '*' }, { NumericEquals: { 'aws:PrincipalAccount': OWN } })),
    'which accounts aws:PrincipalAccount covers here cannot be told',
    '/Statement/0/Condition/NumericEquals/aws:PrincipalAccount',
  ],
  [
    'an organization that is a text and a number',
    null,
    policy(
      allow(
        { AWS: '*' },
        {
          StringLike: { 'aws:PrincipalOrgID': 'o-one*' },
          NumericNotEquals: { 'aws:PrincipalOrgID': '1' },
        },
      ),
    ),
    'which values aws:PrincipalOrgID can have is too hard to tell',
    '/Statement/0/Condition/StringLike/aws:PrincipalOrgID',
  ],
  [
    'a time that is a text, and one that is a date',
    null,
    policy(
      allow(own, {
        StringLike: { 'aws:CurrentTime': '2026-1*T*7Z' },
        DateNotEquals: { 'aws:EpochTime': '2026-11-21T12:00:00Z' },
      }),
    ),
    'which values aws:CurrentTime can have is too hard to tell',
    '/Statement/0/Condition/StringLike/aws:CurrentTime',
  ],
  [
    'an age of MFA that is a text and a number',
    null,
    policy(
      allow(own, {
        StringLike: { 'aws:MultiFactorAuthAge': '?????7*3' },
        NumericGreaterThan: { 'aws:MultiFactorAuthAge': '1' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': '2' },
      }),
    ),
    'which values aws:MultiFactorAuthAge can have is too hard to tell',
    '/Statement/0/Condition/StringLike/aws:MultiFactorAuthAge',
  ],
  [
    'a variable that such a caller never has',
    null,
    policy(
      allow({ Service: 'lambda.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': `\${aws:PrincipalAccount}` } }),
    ),
    what('StringEquals', 'aws:SourceAccount'),
    '/Statement/0/Condition/StringEquals/aws:SourceAccount',
  ],
  [
    'tags of the role, beside a value',
    null,
    policy(allow(own, { StringEquals: { 'aws:PrincipalTag/team': [`\${aws:ResourceTag/team}`, `\${aws:username}`] } })),
    what('StringEquals', 'aws:PrincipalTag/team'),
    '/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team',
  ],
]

describe('what is not decided is said, and where it stands', () => {
  it.each(OPEN)('%s', (_, before, after, says, path) => {
    const found = compareTrust(before, after, ABOUT)
    expect(found).toMatchObject({ verdict: 'undecided', gained: [], lost: [] })
    expect(found.undecided).toContainEqual({ says, path })
    expect(new Set(found.undecided.map((one) => one.says))).toEqual(new Set([says]))
  })

  it('what both hold is decided, in whichever order it names them', () => {
    const [one, other] = [others('Allow', roles('x', 'y')), others('Allow', roles('y', 'x'))]
    expect(compareTrust(policy(one, allow(own)), policy(allow(own), other), ABOUT).verdict).toBe('equivalent')
    const added = compareTrust(policy(one, allow(own, odd)), policy(allow(own), allow(own, odd), other), ABOUT)
    expect(added.verdict).toBe('undecided')
  })

  // Whether users of the provider gained hangs on what a bare key of several values does. Beside a stranger who did, for sure, nobody asks.
  it('a star of several actions tells of the stranger, one of a single action of whoever it may let in', () => {
    const tagged = { StringEquals: { 'aws:TagKeys': 'team' } }
    const before = policy({ ...allow(GITHUB, tagged), Action: WEB })
    const star = (action: string | readonly string[]) => ({ ...allow({ AWS: '*' }), Action: action })
    const together = compareTrust(before, policy(star(['sts:AssumeRole', WEB])), ABOUT)
    const apart = compareTrust(before, policy(star('sts:AssumeRole'), star(WEB)), ABOUT)
    expect([together.verdict, apart.verdict]).toEqual(['widened', 'undecided'])
    expect(apart.gained).not.toEqual([])
  })
})
