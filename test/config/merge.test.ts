import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeConfigs } from '../../shared/merge-config.ts'
import { parseConfig } from '../../shared/parse-config.ts'

const organization = { id: 'o-a1b2c3d4e5', accounts: ['111122223333'] }
const backup = { id: '999988887777', label: 'Backup', reason: 'nightly copies' }
const partner = { id: '444455556666', label: 'Partner', reason: 'contract' }
const legacy = { role: 'legacy', rule: 'foreign-account', reason: 'until the move', expires: '2027-01-01' }
const vendor = { id: '999988887777', label: 'Backup Inc' }

function merge(...configs: readonly unknown[]) {
  return mergeConfigs(
    configs.map((config, index) => ({ source: `/p/${index}`, text: JSON.stringify(config, null, 1) })),
  )
}

function faults(...configs: readonly unknown[]): readonly string[] {
  return merge(...configs).faults.map(({ source, path, message }) => `${source} ${path} ${message}`)
}

describe('several configurations become one', () => {
  it('none is the empty one, and one is itself', () => {
    expect(merge()).toEqual({ config: {}, parts: [], faults: [] })
    expect(merge({ trustedAccounts: [backup] }).config).toEqual({ trustedAccounts: [backup] })
  })

  it('lists follow each other in the order given', () => {
    const one = { trustedAccounts: [backup], exceptions: [legacy], vendors: [vendor] }
    const other = { trustedAccounts: [partner], exceptions: [{ ...legacy, role: 'old' }], vendors: [] }
    expect(merge(one, other, { notifyAt: 'low' }).config).toEqual({
      trustedAccounts: [backup, partner],
      exceptions: [legacy, { ...legacy, role: 'old' }],
      vendors: [vendor],
      notifyAt: 'low',
    })
  })

  it('accounts of one organisation and of one environment come together', () => {
    const more = { organization: { ...organization, accounts: ['444455556666'] } }
    expect(merge({ organization }, {}, more).config.organization?.accounts).toEqual(['111122223333', '444455556666'])
    const environments: readonly unknown[] = [
      { environments: { prod: ['111122223333'], toString: ['111122223333'] } },
      { environments: { prod: ['444455556666'], test: [], constructor: ['444455556666'] } },
    ]
    expect(merge(...environments).config.environments).toMatchObject({
      prod: ['111122223333', '444455556666'],
      test: [],
    })
  })

  it('whatever is split over several texts reads as it would in one', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 100_000_000_000, max: 999_999_999_999 }), { maxLength: 8 })
    fc.assert(
      fc.property(ids, fc.nat(8), (numbers, cut) => {
        const all = numbers.map((id) => ({ ...backup, id: String(id) }))
        const parts = [all.slice(0, cut), all.slice(cut)].map((trustedAccounts) => ({ trustedAccounts }))
        expect(merge(...parts)).toMatchObject(parseConfig(JSON.stringify({ trustedAccounts: all })))
      }),
    )
  })
})

describe('what contradicts is a fault that names both', () => {
  it.each([
    [
      'notifyAt twice, even the same',
      [{ notifyAt: 'low' }, {}, { notifyAt: 'low' }],
      '/p/2 /notifyAt is set in /p/0 already',
    ],
    [
      'two organisations',
      [{ organization }, { organization: { ...organization, id: 'o-zzzzzzzzzz' } }],
      '/p/1 /organization/id is another organisation than in /p/0',
    ],
    [
      'an account trusted in two places',
      [{ trustedAccounts: [partner, backup] }, { trustedAccounts: [{ ...backup, reason: 'another' }] }],
      '/p/1 /trustedAccounts/0 is trusted for the same roles in /p/0 already',
    ],
  ])('%s', (_, configs, told) => {
    expect(faults(...configs)).toEqual([told])
    expect(merge(...configs).config).toEqual({})
  })

  it('an account trusted for other roles elsewhere is none', () => {
    expect(
      faults({ trustedAccounts: [{ ...backup, roles: ['a'] }] }, { trustedAccounts: [{ ...backup, roles: ['b'] }] }),
    ).toEqual([])
  })

  it('it has its place in its own text', () => {
    expect(merge({ notifyAt: 'low' }, { vendors: [], notifyAt: 'low' }).faults).toMatchObject([{ line: 3, column: 14 }])
  })

  it('faults of every text are told together, and nothing of any is believed', () => {
    expect(faults({ notifyAt: 'loud' }, { trusted: [] }, { trustedAccounts: [backup] })).toEqual([
      '/p/0 /notifyAt must be one of info, low, medium, high, critical',
      '/p/1 /trusted is no setting that Trustdrift knows',
    ])
    expect(merge({ notifyAt: 'loud' }, { trustedAccounts: [backup] }).config).toEqual({})
  })
})
