import { describe, expect, it } from 'vitest'
import { configNotes, roleContextFor } from '../../shared/config.ts'
import { parseConfig } from '../../shared/parse-config.ts'

const full = {
  organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
  trustedAccounts: [
    { id: '999988887777', label: 'Backup', reason: 'nightly copies', expires: '2027-03-31', roles: ['backup-*'] },
  ],
  notifyAt: 'low',
  exceptions: [{ role: 'legacy', rule: 'foreign-account', reason: 'until the move', expires: '2027-01-01T00:00:00Z' }],
  environments: { prod: ['111122223333'] },
  vendors: [{ id: '999988887777', label: 'Backup Inc' }],
}

function faults(config: unknown): readonly string[] {
  return parseConfig(JSON.stringify(config)).faults.map(({ path, message }) => `${path} ${message}`)
}

describe('the configuration', () => {
  it('holds what was written', () => {
    expect(parseConfig(JSON.stringify(full))).toEqual({ config: full, faults: [] })
    expect(parseConfig('{}')).toEqual({ config: {}, faults: [] })
  })

  it('tells all faults at once, each with its place', () => {
    const config = {
      ...full,
      notifyat: 'low',
      notifyAt: 'loud',
      organization: { id: 'acme', accounts: ['1234', 5] },
      trustedAccounts: [{ id: '999988887777', label: '', expires: '2027-02-30', role: 'x' }],
    }
    expect(faults(config)).toEqual([
      '/organization/id must be an organisation id like o-a1b2c3d4e5',
      '/organization/accounts/0 must be an account id: twelve digits',
      '/organization/accounts/1 must be an account id in quotes: twelve digits',
      '/trustedAccounts/0/label must not be empty',
      '/trustedAccounts/0/reason is missing',
      '/trustedAccounts/0/expires must be a date like 2027-03-31 or a time like 2027-03-31T12:00:00Z',
      '/trustedAccounts/0/role is no setting that Trustdrift knows',
      '/notifyAt must be one of info, low, medium, high, critical',
      '/notifyat is no setting that Trustdrift knows',
    ])
  })

  it('believes nothing of a configuration with a fault', () => {
    expect(parseConfig(JSON.stringify({ ...full, notifyAt: 'loud' })).config).toEqual({})
  })

  it('says where a fault stands', () => {
    expect(parseConfig('{\n  "notifyAt": "loud"\n}').faults).toMatchObject([{ path: '/notifyAt', line: 2, column: 15 }])
  })

  it('refuses a key that stands twice, and one that JavaScript would swallow', () => {
    const { faults } = parseConfig('{"notifyAt":"low","notifyAt":"info","__proto__":{"a":1}}')
    expect(faults.map(({ path, message }) => `${path} ${message}`)).toEqual([
      '/notifyAt stands here a second time',
      '/__proto__ is no setting that Trustdrift knows',
    ])
  })

  it('refuses a list of roles that is empty: it would trust nobody and look as if it did', () => {
    const trusted = { id: '999988887777', label: 'Backup', reason: 'nightly copies' }
    expect(faults({ trustedAccounts: [{ ...trusted, roles: [] }] })).toEqual([
      '/trustedAccounts/0/roles must name a role; leave it out to trust the account for every role',
    ])
  })

  it.each([
    ['for every role', {}, {}, true],
    ['for every role and for some', {}, { roles: ['backup-*'] }, true],
    ['for a role that both name', { roles: ['a', 'b'] }, { roles: ['b', 'c'] }, true],
    ['for roles of its own each time', { roles: ['a'] }, { roles: ['b'] }, false],
  ])('an account trusted twice %s', (_, one, other, isFault) => {
    const trusted = { id: '999988887777', label: 'Backup', reason: 'nightly copies' }
    const colleague = { id: '444455556666', label: 'Partner', reason: 'contract' }
    const found = faults({ trustedAccounts: [{ ...trusted, ...one }, colleague, { ...trusted, ...other }] })
    const told = '/trustedAccounts/2 is trusted for the same roles in /trustedAccounts/0 already'
    expect(found).toEqual(isFault ? [told] : [])
  })

  it('takes a file that begins with a byte order mark', () => {
    expect(parseConfig(`\ufeff${JSON.stringify(full)}`)).toEqual({ config: full, faults: [] })
  })

  it('refuses what nests without end, and says where', () => {
    const { config, faults } = parseConfig(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)
    expect(config).toEqual({})
    expect(faults).toMatchObject([{ message: 'nests too deeply', line: 1, column: 65 }])
  })

  for (const text of [
    '',
    '{',
    'notifyAt: low',
    '{"a":1,}',
    '[]',
    '{"environments":[]}',
    '{"vendors":[[]]}',
    'null',
    '"x"',
    '{} // why',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parseConfig(text).faults).not.toEqual([]))
  }
})

describe('what the configuration says without effect is noted', () => {
  const now = Date.parse('2027-03-31T00:00:00Z')
  const trusted = { id: '444455556666', label: 'Backup vendor', reason: 'nightly copies' }

  it('trust that has ended', () => {
    const config = { trustedAccounts: [{ ...trusted, expires: '2026-01-01' }] }
    expect(configNotes(config, null, now)).toEqual([
      'Backup vendor (444455556666) expired 2026-01-01 and no longer counts',
    ])
    expect(configNotes(config, null, Date.parse('2025-12-31'))).toEqual([])
  })

  it('trust in the own account', () => {
    expect(configNotes({ trustedAccounts: [trusted] }, '444455556666', now)).toEqual([
      'Backup vendor (444455556666) is the own account, which needs no trust',
    ])
    expect(configNotes({ trustedAccounts: [trusted] }, '111122223333', now)).toEqual([])
  })

  it('a configuration that is applied as a whole', () => {
    const { config } = parseConfig(JSON.stringify(full))
    expect(configNotes(config, null, Date.parse('2026-12-01'))).toEqual([])
  })
})

describe('what the configuration says about a role', () => {
  const trusted = (extra: object) => ({ trustedAccounts: [{ id: '999988887777', label: 'b', reason: 'r', ...extra }] })
  const role = { account: '111122223333', name: 'backup-db', arn: null }
  const now = Date.parse('2027-03-31T00:00:00Z')
  const trusts = (extra: object, at = now, of: Parameters<typeof roleContextFor>[1] = role) =>
    roleContextFor(trusted(extra), of, at).trustedAccounts?.length === 1

  it('trust ends with its date', () => {
    expect(trusts({ expires: '2027-03-31' }, now - 1000)).toBe(true)
    expect(trusts({ expires: '2027-03-31' }, now)).toBe(false)
    expect(trusts({ expires: 'some day' })).toBe(false)
  })

  it.each([
    ['backup-*', true],
    ['backup-??', true],
    ['*db', true],
    ['*a*-*b', true],
    ['backup-?', false],
    ['Backup-*', false],
    ['backup', false],
    ['', false],
    ['*', true],
  ])('trust limited to %s', (pattern, reaches) => expect(trusts({ roles: [pattern] })).toBe(reaches))

  it('limited trust does not reach a role without a name', () => {
    const nameless = { account: null, name: null, arn: null }
    expect(trusts({ roles: ['*'] }, now, nameless)).toBe(false)
    expect(trusts({}, now, nameless)).toBe(true)
  })

  it('a hostile pattern takes no time', () => {
    expect(trusts({ roles: [`${'*a'.repeat(2000)}b`] }, now, { ...role, name: 'a'.repeat(64) })).toBe(false)
  })

  it('what is not known stays unsaid', () => {
    expect(roleContextFor({}, { account: null, name: null, arn: null }, now)).toEqual({ trustedAccounts: [] })
    expect(
      roleContextFor(
        parseConfig(JSON.stringify(full)).config,
        { account: '111122223333', name: 'x', arn: 'arn:aws:iam::111122223333:role/x' },
        now,
      ),
    ).toMatchObject({
      roleArn: 'arn:aws:iam::111122223333:role/x',
      account: '111122223333',
      organization: full.organization,
    })
  })
})
