import { describe, expect, it } from 'vitest'
import { accountClasses } from '../../shared/policy/account-class.ts'
import { budget } from '../../shared/policy/budget.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, everyone, policy, root } from './build.ts'

const like = (pattern: unknown, operator = 'StringLike') => ({ [operator]: { 'aws:PrincipalAccount': pattern } })
const inArn = (pattern: string) => ({ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${pattern}:role/*` } })
const WORLD = 'critical anyone with an AWS account'

// what the pattern is, the statements, who is said to get in, the account shown
const SHOWN: readonly (readonly [string, readonly unknown[], string, string])[] = [
  ['every account', [allow(everyone, like('*'))], `${WORLD} where aws:PrincipalAccount is like *`, '999988887777'],
  [
    'twelve digits, whichever',
    [allow(everyone, like('????????????'))],
    `${WORLD} where aws:PrincipalAccount is like ????????????`,
    '999988887777',
  ],
  ['a first digit', [allow(everyone, like('4*'))], `${WORLD} whose id is like 4*`, '444433332222'],
  ['two first digits', [allow(everyone, like('12*'))], `${WORLD} whose id is like 12*`, '121111111111'],
  ['digits around any one', [allow(everyone, like('1?2*'))], `${WORLD} whose id is like 1?2*`, '112111111111'],
  ['four last digits', [allow(everyone, like('*6666'))], `${WORLD} whose id is like *6666`, '888877776666'],
  [
    'five digits, which few accounts have',
    [allow(everyone, like('44445*'))],
    'high any principal of the accounts whose id is like 44445*',
    '444451111111',
  ],
  [
    'ten accounts',
    [allow(everyone, like('12345678901?'))],
    'high any principal of the accounts whose id is like 12345678901?',
    '123456789011',
  ],
  [
    'ten accounts, the own one among them',
    [allow(everyone, like('11112222333?'))],
    'high any principal of the accounts whose id is like 11112222333?',
    '111122223331',
  ],
  [
    'several beginnings',
    [allow(everyone, like(['71*', '82*']))],
    `${WORLD} where aws:PrincipalAccount is like 71* or 82*`,
    '821111111111',
  ],
  [
    'a digit somewhere, between stars in a row',
    [allow(everyone, like('**4**'))],
    `${WORLD} where aws:PrincipalAccount is like **4**`,
    '666655554444',
  ],
  [
    'a beginning, and an end in the ARN',
    [allow(everyone, { ...like('7*'), ...inArn('*3') })],
    `${WORLD} whose id is like *3 and 7* where aws:PrincipalArn is like arn:aws:iam::*3:role/*`,
    '711111111113',
  ],
  [
    'a beginning, but for an end',
    [allow(everyone, like('4*')), deny(everyone, like('*2'))],
    `${WORLD} whose id is like 4*`,
    '411111111111',
  ],
  [
    'what many Denies leave',
    [
      allow(everyone, like('1*')),
      deny(everyone, like(['10*', '11*', '12*', '13*', '14*', '15*', '16*', '17*', '18*'])),
    ],
    `${WORLD} whose id is like 1*`,
    '191111111111',
  ],
  [
    'not a beginning',
    [allow(everyone, like('9*', 'StringNotLike'))],
    `${WORLD} where aws:PrincipalAccount is not like 9*`,
    '888877776666',
  ],
  [
    'a beginning that somebody named has too',
    [allow(everyone, like('9*')), deny(root('999988887777'))],
    `${WORLD} whose id is like 9*, except account 999988887777`,
    '911111111111',
  ],
]

// name, statements before and after
const SAME: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  ['more than twelve digits', [], [allow(everyone, like('4444444444444*'))]],
  ['twelve digits and one more', [], [allow(everyone, like('444444444444?'))]],
  ['eleven of whichever', [], [allow(everyone, like('???????????'))]],
  ['letters', [], [allow(everyone, like('a*'))]],
  ['two beginnings at once', [], [allow(everyone, { ...like('7*'), ...inArn('8*') })]],
  ['all but one digit, and that one', [], [allow(everyone, like('7*')), deny(everyone, like('*'))]],
  [
    'a beginning by each next digit',
    [allow(everyone, like('4*'))],
    [allow(everyone, like([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `4${digit}*`)))],
  ],
  [
    'a beginning by a star, and by eleven of whichever',
    [allow(everyone, like('4*'))],
    [allow(everyone, like('4???????????'))],
  ],
]

describe('accounts by patterns of their ids', () => {
  it.each(SHOWN)('%s', (_, statements, says, account) => {
    const { gained, undecided } = compareTrust(null, policy(...statements), ABOUT)
    expect(gained.map((one) => `${one.severity} ${one.says}`)).toEqual([says])
    expect([gained[0]?.witness.principal.id, undecided]).toEqual([`arn:aws:iam::${account}:role/ExampleRole`, []])
  })

  it.each(SAME)('makes no difference: %s', (_, before, after) => {
    expect(compareTrust(policy(...before), policy(...after), ABOUT).verdict).toBe('equivalent')
  })

  it('too many that cross are not told apart', () => {
    const patterns = ['1*2', '3*4', '*5*', '*6*', '*7*', '*8*', '*9*']
    const { verdict, undecided } = compareTrust(
      null,
      policy(...patterns.map((one) => allow(everyone, like(one)))),
      ABOUT,
    )
    expect([verdict, undecided.map((one) => one.says)]).toEqual([
      'undecided',
      ['which accounts the patterns cover is too involved to tell'],
    ])
  })

  it('work is counted: where it does not suffice, nothing is said of them', () => {
    const work = budget(1_000_000)
    expect(accountClasses(INVOLVED, () => true, work)).toBeNull()
    expect(work.left).toBeLessThan(0)
    expect(work.left).toBeGreaterThan(-100_000)
    const unbounded = budget(1e7)
    accountClasses(INVOLVED, () => true, unbounded)
    expect(unbounded.left).toBeLessThan(1e7 - 1_000_000)
  })

  it.each([
    ['a beginning', ['44*'], 100],
    ['ten accounts and an end', ['11112222333?', '*7'], 1000],
    ['five digits somewhere', ['*1*', '*2*', '*3*', '*4*', '*5*'], 300_000],
  ])('takes few steps: %s', (_, patterns, most) => {
    expect(accountClasses(patterns, () => true, budget(most))).toHaveLength(2 ** patterns.length)
  })

  it('is told of the document where there are too many', () => {
    const { verdict, undecided } = compareTrust(null, policy(allow(everyone, like(INVOLVED, 'StringNotLike'))), ABOUT)
    expect([verdict, undecided.map((one) => one.says)]).toEqual([
      'undecided',
      ['which accounts the patterns cover is too involved to tell'],
    ])
  })
})

/** Within IAM's size limit, and crossing one another everywhere. */
const INVOLVED =
  '*16?*??*?*?** *??5*?** *?0*?*6*?*0* *7*6*??* *0*2?838* *?*?*?*22*?* *?*?5*?* *83*99*?*7?** *1??24*??** *?*?*4?*?* *?*?*?16** *93?*9*?*8* *6*5*3*?** *3*?*8*6*?7** *?7*0*1*6?* *6?5*6*?** *??9*64**'.split(
    ' ',
  )
