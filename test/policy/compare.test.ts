import { describe, expect, it } from 'vitest'
import { admissions, compareTrust } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { WHO } from './admitted.ts'
import {
  ABOUT,
  allow,
  deny,
  everyone,
  externalId,
  FOREIGN,
  GITHUB,
  lambda,
  OWN,
  policy,
  root,
  VENDOR,
  WEB,
} from './build.ts'
import { CHANGES } from './changes.ts'

describe('what a change of trust means', () => {
  it.each(CHANGES)('%s', (_, before, after, expected) => {
    const found = compareTrust(before, after, ABOUT)
    expect(found.verdict).toBe(expected.verdict)
    const read = (changes: typeof found.gained) => changes.map(({ severity, says }) => `${severity} ${says}`)
    if (expected.gained !== undefined) expect(read(found.gained)).toEqual(expected.gained)
    if (expected.lost !== undefined) expect(read(found.lost)).toEqual(expected.lost)
    expect(found.undecided.length > 0).toBe(expected.verdict === 'undecided')
  })

  it('the deletion of a role takes access from whoever had it', () => {
    expect(compareTrust(policy(allow(root(OWN))), null).verdict).toBe('narrowed')
  })

  it('what could not be read is said with its place', () => {
    expect(compareTrust('x', policy(allow(root(OWN)))).undecided).toEqual([
      { says: 'the document before could not be read', path: '' },
    ])
    const odd = policy(allow(root(OWN), { StringMatches: { 'aws:x': 'a' } }))
    expect(compareTrust(null, odd).undecided.map(({ path }) => path)).toEqual([
      '/Statement/0/Condition/StringMatches/aws:x',
    ])
  })
})

describe('what nobody can read', () => {
  const good = policy(allow(root(OWN)))
  const maybe = (effect: string) => policy({ ...allow(root(OWN)), Effect: effect }, allow(root(VENDOR)))

  it('of a document that is none, nobody is told', () => {
    const undecided = [{ says: 'the document after could not be read', path: '' }]
    expect(compareTrust(good, 'x')).toEqual({ verdict: 'undecided', gained: [], lost: [], undecided })
  })

  it('a statement that neither allows nor denies is open where only one document has it', () => {
    for (const [before, after] of [
      [policy(allow(root(VENDOR))), maybe('Maybe')],
      [maybe('Maybe'), policy(allow(root(VENDOR)))],
    ] as const)
      expect(compareTrust(before, after, ABOUT)).toMatchObject({
        verdict: 'undecided',
        undecided: [{ says: 'this statement cannot be understood', path: expect.stringMatching(/^\/Statement\/0/) }],
      })
  })

  it('what both documents hold is no difference, however it is spelt', () => {
    const same = { verdict: 'equivalent', gained: [], lost: [], undecided: [] }
    const also = policy(allow({ AWS: `arn:aws:iam::${VENDOR}:root` }), { ...allow(root(OWN)), Effect: 'Maybe' })
    expect(compareTrust(maybe('Maybe'), also)).toEqual(same)
    expect(compareTrust(null, policy())).toEqual(same)
    expect(compareTrust(policy(), null)).toEqual(same)
  })

  it('what both documents hold is no fault of what else is in one of them', () => {
    const odd = (effect: string) => ({ ...allow(root(OWN)), Effect: effect })
    const unclear = { says: 'this statement cannot be understood', path: '/Statement/0' }
    const told = (after: string) => compareTrust(maybe('Maybe'), after, ABOUT).undecided
    expect(told(policy(allow(root(FOREIGN)), odd('Maybe'))).map(({ says }) => says)).not.toContain(unclear.says)
    expect(told(policy(odd('Perhaps'), allow(root(VENDOR))))).toMatchObject([unclear])
  })

  it('the same is said once, and of many no more than twenty', () => {
    const odd = (key: string) => ({ StringMatches: { [key]: 'a' } })
    const twice = compareTrust(null, policy(allow({ AWS: [OWN, VENDOR] }, odd('aws:x'))), ABOUT)
    expect(twice.undecided).toHaveLength(1)
    const many = Array.from({ length: 30 }, (_, i) => allow(root(OWN), odd(`aws:x${i}`)))
    expect(compareTrust(null, policy(...many), ABOUT).undecided).toHaveLength(20)
  })
})

describe('who gets in', () => {
  it.each(WHO)('%s', (_, principal, condition, expected) => {
    const federated = Object.hasOwn(Object(principal), 'Federated')
    const saml = JSON.stringify(principal).includes('saml-provider')
    const action = saml ? 'sts:AssumeRoleWithSAML' : federated ? WEB : 'sts:AssumeRole'
    const found = admissions(parseTrust(policy(allow(principal, condition, action))).policy, ABOUT)
    expect(found.map(({ severity, who }) => `${severity} ${who.kind} ${who.restraint}`)).toEqual([expected])
  })

  it('a hundred foreign accounts are a hundred entries', () => {
    const accounts = Array.from({ length: 100 }, (_, i) => String(500_000_000_000 + i))
    expect(admissions(parseTrust(policy(allow({ AWS: accounts }))).policy, ABOUT)).toHaveLength(100)
  })

  it('nobody is admitted by a Deny, a deleted principal or session tags alone', () => {
    const nobody = [
      policy(deny(everyone)),
      policy(allow({ AWS: 'AROAEXAMPLEDELETED123' })),
      policy(allow(everyone, undefined, 'sts:TagSession')),
      policy(allow(GITHUB)),
      policy(allow(lambda, { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } })),
      policy(allow(everyone), deny(everyone)),
    ]
    for (const text of nobody) expect(compareTrust(null, text)).toMatchObject({ verdict: 'equivalent', undecided: [] })
  })

  it('an entry says that the own account is unknown, where it is', () => {
    const [entry] = compareTrust(null, policy(allow(root(OWN)))).gained
    expect(entry).toMatchObject({ severity: 'high' })
    expect(entry?.says).toContain('own account is unknown')
  })

  it('the own account is named so, though only the role’s ARN tells it', () => {
    const [entry] = compareTrust(null, policy(allow(root(OWN))), { roleArn: `arn:aws:iam::${OWN}:role/deploy` }).gained
    expect(entry).toMatchObject({ severity: 'low' })
    expect(entry?.says).toContain('(the role’s own account)')
  })

  it('names the label of a trusted account, and counts what it leaves out', () => {
    const values = Array.from({ length: 100 }, (_, i) => `customer-${i}`)
    const [entry] = compareTrust(null, policy(allow(root(VENDOR), externalId(values))), ABOUT).gained
    expect(entry?.says).toContain('(Backup vendor) that sends ExternalId customer-0')
    expect(entry?.says).toContain('95 more')
  })

  it('of a long list only what is new is said', () => {
    const ids = Array.from({ length: 100 }, (_, i) => `customer-${i}`)
    const [before, after] = [ids, [...ids, 'newcomer']].map((values) => policy(allow(root(VENDOR), externalId(values))))
    const [entry] = compareTrust(before ?? null, after ?? null, ABOUT).gained
    expect(entry?.says).toContain('that sends ExternalId newcomer (before:')
  })

  it('trust limited to some roles does not reach others', () => {
    const about = { ...ABOUT, trustedAccounts: [{ id: VENDOR, label: 'Backup', reason: 'x', roles: ['backup-*'] }] }
    const who = (name: string) =>
      admissions(parseTrust(policy(allow(root(VENDOR)))).policy, {
        ...about,
        roleArn: `arn:aws:iam::${OWN}:role/${name}`,
      })[0]?.who.kind
    expect([who('backup-a'), who('admin')]).toEqual(['trusted-account', 'foreign-account'])
  })
})
