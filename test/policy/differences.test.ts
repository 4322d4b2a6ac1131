import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, deny, everyone, externalId, FOREIGN, MEMBER, OWN, policy, role, root, VENDOR } from './build.ts'

const vendor = root(VENDOR)
const roles = (count: number) => Array.from({ length: count }, (_, i) => role(VENDOR, `r${i}`))
const ids = (...values: readonly string[]) => values.map((value) => deny(vendor, externalId(value)))
const whom = (before: string | null, after: string) =>
  compareTrust(before, after, ABOUT).gained.map(({ witness: { principal, context } }) => [principal.id, context])
const arn = (name: string, account = VENDOR) => `arn:aws:iam::${account}:role/${name}`
const sent = (value: string) => ({ 'sts:ExternalId': value })

describe('one entry for each kind of people', () => {
  it('who is kept out by name is told by name, five of them', () => {
    const kept = (count: number) => policy(allow(vendor), ...roles(count).map((one) => deny(one)))
    expect(whom(kept(3), policy(allow(vendor)))).toEqual([0, 1, 2].map((i) => [arn(`r${i}`), {}]))
    const says = compareTrust(kept(7), policy(allow(vendor)), ABOUT).gained.map((one) => one.says)
    expect(says).toHaveLength(5)
    expect(says.map((text) => text.includes('and others'))).toEqual([false, false, false, false, true])
    const five = compareTrust(kept(5), policy(allow(vendor)), ABOUT).gained.map((one) => one.says)
    expect(five.filter((text) => text.includes('and others'))).toEqual([])
  })

  it('each Deny that keeps somebody out is told', () => {
    expect(whom(policy(allow(vendor), ...ids('a', 'b')), policy(allow(vendor)))).toEqual([
      [arn('ExampleRole'), sent('a')],
      [arn('ExampleRole'), sent('b')],
    ])
  })

  it('of six and more, five', () => {
    const many = ids('a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(whom(policy(allow(vendor), ...many), policy(allow(vendor)))).toHaveLength(5)
  })

  it('one for the account and all it names', () => {
    const after = policy(allow(vendor), deny(role(VENDOR, 'r0'), externalId('a')))
    expect(whom(null, after)).toEqual([[arn('ExampleRole'), {}]])
  })

  it('a stranger stands for every account', () => {
    const known = deny(root(MEMBER), externalId('a'))
    expect(whom(null, policy(allow(everyone), known))).toEqual([[arn('ExampleRole', '999988887777'), {}]])
  })

  it('an account is told beside a stranger who has to know more', () => {
    const demanding = deny(everyone, {
      StringNotEquals: { 'aws:PrincipalAccount': FOREIGN, 'sts:ExternalId': 'secret' },
    })
    expect(whom(null, policy(allow(everyone), demanding)).map(([id]) => id)).toEqual([
      arn('ExampleRole', '999988887777'),
      arn('ExampleRole', FOREIGN),
    ])
  })

  it('the same principal under two statements is told once', () => {
    const twice = policy(allow(vendor), {
      ...allow(vendor),
      Sid: 'Again',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    })
    expect(whom(null, twice)).toEqual([[arn('ExampleRole'), {}]])
  })

  it('what both documents open alike is nobody’s gain', () => {
    expect(whom(policy(allow(root(OWN))), policy(allow(vendor), allow(root(OWN))))).toEqual([[arn('ExampleRole'), {}]])
  })
})
