/** Keys that say something about each other: an organization and its paths, MFA and its age. Who is found, and what is not guessed. */

import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { ABOUT, allow, deny, everyone, OWN, policy, root } from './build.ts'

const ORGANIZATION = 'aws:PrincipalOrgID'
const own = root(OWN)
const id = (operator: string, value: unknown) => ({ [operator]: { 'aws:PrincipalOrgID': value } })
const under = (value: unknown, operator = 'ForAnyValue:StringLike') => ({
  [operator]: { 'aws:PrincipalOrgPaths': value },
})
const PATH = 'O-ABC/r-1/ou-1/'
const inAnyCase = under(PATH, 'ForAnyValue:StringEqualsIgnoreCase')
const sent = (key: string) => ({ Null: { [key]: 'false' } })
const absent = (key: string) => ({ Null: { [key]: 'true' } })
const age = (operator: string, value: string) => ({ [operator]: { 'aws:MultiFactorAuthAge': value } })
const noMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }
/** Of both patterns is `o-21`: nothing that the patterns are filled with. */
const begins = deny(everyone, id('StringNotLike', 'o-2*'))
const ends = id('StringLike', 'o-*1')

const ofOrganization = (organization: string, path?: string) => ({
  'aws:PrincipalOrgID': organization,
  ...(path === undefined ? {} : { 'aws:PrincipalOrgPaths': `${organization}/${path}/` }),
})
const UNIT = 'r-0000/ou-0000-00000000'

type Shown = readonly (readonly [severity: string, context: object])[]

// name, statements, what those who get in show
const FOUND: readonly (readonly [string, readonly unknown[], Shown])[] = [
  [
    'the id of an organization in any case is written as AWS writes it',
    [allow(everyone, id('StringEqualsIgnoreCase', 'O-ABC'))],
    [['high', ofOrganization('o-abc')]],
  ],
  [
    'a path in any case lies in an organization as AWS writes it',
    [allow(everyone, { ...inAnyCase, ...id('StringLike', 'o-a*') })],
    [['high', ofOrganization('o-abc', 'r-1/ou-1')]],
  ],
  [
    'what a document calls an organization is one',
    [allow(everyone, id('StringEquals', 'Acme'))],
    [['high', ofOrganization('Acme')]],
  ],
  [
    'the own organization in any case is the own one',
    [allow(everyone, id('StringEqualsIgnoreCase', 'O-OWNORG'))],
    [['low', ofOrganization('o-ownorg')]],
  ],
  [
    'of the fillings of a pattern one that AWS would give',
    [allow(everyone, id('StringLike', '*o-1'))],
    [['high', ofOrganization('o-1')]],
  ],
  ['with digits in it', [allow(everyone, id('StringLike', 'o-1*'))], [['high', ofOrganization('o-1example')]]],
  [
    'one that nobody names, and each that is named',
    [allow(everyone, id('StringLike', ['o-a', 'o-b', 'o-c*']))],
    [
      ['high', ofOrganization('o-cexample')],
      ['high', ofOrganization('o-a')],
      ['high', ofOrganization('o-b')],
    ],
  ],
  [
    'an organization if there is one, and a path: no stranger has it',
    [allow(everyone, { ...id('StringEqualsIfExists', 'o-ownorg'), ...sent('aws:PrincipalOrgPaths') })],
    [['low', ofOrganization('o-ownorg', UNIT)]],
  ],
  [
    'where two are named, whoever is of none is told once',
    [allow(everyone, { ...absent('aws:PrincipalOrgPaths'), ...id('StringNotEquals', ['o-a', 'o-b']) })],
    [['critical', {}]],
  ],
  [
    'whoever shows no age of MFA may have used none',
    [allow(own, { ...noMfa, ...age('NumericLessThanIfExists', '60') })],
    [['low', { 'aws:MultiFactorAuthPresent': 'false' }]],
  ],
  ['the beginning and the end of an id', [allow(everyone, ends), begins], [['high', ofOrganization('o-21')]]],
  [
    'beside one that is excluded',
    [allow(everyone, { ...ends, ...id('StringNotEquals', ['o-21', 'o-9']) }), begins],
    [['high', ofOrganization('o-211')]],
  ],
  [
    'beside one that is denied',
    [allow(everyone, ends), deny(everyone, id('StringEquals', 'o-9')), begins],
    [['high', ofOrganization('o-21')]],
  ],
  [
    'an id between two patterns that is there',
    [allow(everyone, { ...ends, ...sent(ORGANIZATION) }), begins],
    [['high', ofOrganization('o-21')]],
  ],
  ['or another one', [allow(everyone, id('StringLike', ['o-9', 'o-*1'])), begins], [['high', ofOrganization('o-21')]]],
  [
    'a pattern of ids and one of paths that meet in one organization',
    [allow(everyone, { ...ends, ...under('o-2*/r-7*/') })],
    [['high', ofOrganization('o-21', 'r-7')]],
  ],
  [
    'keys whose names begin alike stand for themselves',
    [allow(everyone, { StringEquals: { 'aws:MultiFactorAuth': 'a', 'aws:PrincipalOrgName': 'b' } })],
    [['medium', { 'aws:MultiFactorAuth': 'a', 'aws:PrincipalOrgName': 'b' }]],
  ],
]

// name, statements
const NOBODY: readonly (readonly [string, readonly unknown[]])[] = [
  ['a star that is none', [allow(everyone, id('StringEquals', 'o-*'))]],
  ['a star that is none, in any case', [allow(everyone, id('StringEqualsIgnoreCase', 'o-*'))]],
  [
    'an organization in any case, and not in that of all ids',
    [allow(everyone, id('StringEqualsIgnoreCase', 'O-Abc')), deny(everyone, id('StringEquals', 'o-abc'))],
  ],
  [
    'an organization if there is one, and a path of others',
    [allow(everyone, { ...id('StringEqualsIfExists', 'o-one'), ...under('?-two*/*') })],
  ],
  [
    'none but one organization, and a path of others',
    [allow(everyone, under('?-two*/*')), deny(everyone, id('StringNotEquals', 'o-one'))],
  ],
  [
    'every path in one organization, and the id of others',
    [allow(everyone, { ...id('StringLike', '?-two*'), ...under('o-one/*', 'ForAllValues:StringLike') })],
  ],
  ['two patterns that do not meet', [allow(everyone, { ...id('StringLike', 'o-one*'), ...under('o-two*/r-1/*') })]],
  ['a letter that no id has', [allow(everyone, id('StringLike', 'o-1*Z'))]],
  ['an id that begins otherwise', [allow(everyone, { ...sent(ORGANIZATION), ...id('StringNotLike', 'o-*') })]],
  ['a slash, which no id has', [allow(everyone, { ...id('StringLike', 'o-*/*'), ...under('o-*/r-1/*') })]],
  ['two patterns, and no id at all', [allow(everyone, { ...ends, ...absent('aws:PrincipalOrgPaths') }), begins]],
]

// name, statements
const OPEN: readonly (readonly [string, readonly unknown[]])[] = [
  ['an id that is an ARN', [allow(everyone, { ...ends, ArnLike: { [ORGANIZATION]: '*:*:*:*:*:*' } })]],
  ['an id that is a number', [allow(everyone, { ...ends, NumericNotEquals: { [ORGANIZATION]: '21' } }), begins]],
]

const compared = (statements: readonly unknown[]) => compareTrust(null, policy(...statements), ABOUT)

describe('keys that say something about each other', () => {
  it.each(FOUND)('%s', (_, statements, expected) => {
    const { gained, undecided } = compared(statements)
    expect(gained.map(({ severity, witness }) => [severity, witness.context])).toEqual(expected)
    expect(undecided).toEqual([])
    for (const { witness } of gained) expect(evaluateTrust(policy(...statements), witness).decision).toBe('allow')
  })

  it.each(NOBODY)('nobody is both: %s', (_, statements) => {
    expect(compared(statements)).toEqual({ verdict: 'equivalent', gained: [], lost: [], undecided: [] })
  })

  it.each(OPEN)('what no value tried shows is left open: %s', (_, statements) => {
    const says = `which values ${ORGANIZATION} can have is too hard to tell`
    expect(compared(statements)).toMatchObject({ verdict: 'undecided', gained: [], undecided: [{ says }] })
  })
})

describe('paths that some organization of any stranger has', () => {
  it.each(['o-*/r-*/ou-*/ou-*/*', '*/ou-*/ou-*/*', '*/r-????/', '*/ou-prod*', 'o-*/*', '*/r-*/ou-*'])(
    'keep nobody out: %s',
    (pattern) => {
      const severities = (principal: object) =>
        compareTrust(null, policy(allow(principal, under(pattern))), ABOUT).gained.map(({ severity }) => severity)
      expect(severities(everyone)).toEqual(['critical'])
      expect(severities(root('999988887777'))).toEqual(['high'])
    },
  )
})

describe('where one caller stands for those of several organizations', () => {
  const says = (before: string | null, after: string) =>
    compareTrust(before, after, ABOUT).gained.map((gain) => gain.says)
  const named = root('999988887777')
  const kept = { ...id('StringEquals', 'o-b'), IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }

  it.each([
    ['a named account', named],
    ['anyone', everyone],
  ])('a Deny of several is in the words: %s', (_, principal) => {
    const [told] = says(null, policy(allow(principal), deny(everyone, id('StringEquals', ['o-own', 'o-else']))))
    expect(told).toContain('where aws:PrincipalOrgID is not o-own or o-else')
  })

  it('so is a Deny of some callers of another one than his', () => {
    const [told] = says(null, policy(allow(named, id('StringEquals', ['o-a', 'o-b'])), deny(everyone, kept)))
    expect(told).toContain('where aws:PrincipalOrgID is o-a or o-b')
    expect(told).toContain('except where aws:PrincipalOrgID is o-b and aws:SourceIp is within 203.0.113.0/24')
  })

  it('all that are news are told, by one entry', () => {
    const before = policy(allow(named, id('StringEquals', ['o-a', 'o-c'])))
    const after = policy(allow(named, id('StringEquals', ['o-a', 'o-b', 'o-d'])))
    expect(says(before, after)).toEqual([
      expect.stringContaining(
        'where aws:PrincipalOrgID is o-b or o-d (before: only where aws:PrincipalOrgID is o-a or o-c)',
      ),
    ])
  })

  it.each([
    [
      'a pattern',
      [],
      'any principal of an organization that is not known to be yours where aws:PrincipalOrgID is like o-c*',
    ],
    [
      'a pattern, but for one',
      [deny(everyone, id('StringEquals', 'o-cx'))],
      'any principal of an organization that is not known to be yours where aws:PrincipalOrgID is like o-c* and where aws:PrincipalOrgID is not o-cx',
    ],
  ])('those of %s are not told as the one tried', (_, denies, told) => {
    expect(says(null, policy(allow(everyone, id('StringLike', 'o-c*')), ...denies))).toEqual([told])
  })

  it('of strangers each organization has an entry of its own, which speaks of no other', () => {
    const after = policy(allow(everyone, id('StringEquals', ['o-a', 'o-b'])), deny(everyone, kept))
    const [first, second, ...more] = says(null, after)
    expect(first).toMatch(/^any principal of the organization o-a \([^)]*\)$/)
    expect(second).toMatch(/^any principal of the organization o-b .*, except where .*203\.0\.113\.0\/24/)
    expect(more).toEqual([])
  })
})
