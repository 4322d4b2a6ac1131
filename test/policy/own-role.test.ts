import { describe, expect, test } from 'vitest'
import { allow, deny, trust } from '../../shared/example.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import type { RoleContext } from '../../shared/policy/context.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Json } from '../../shared/rules/rule.ts'

const OWN_ORG = '$\u007baws:ResourceOrgID}'
const OWN_ACCOUNT = '$\u007baws:ResourceAccount}'
const ABOUT: RoleContext = {
  account: '111122223333',
  organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
}
const fenced = (key: string, value: string) => trust(allow({ AWS: '*' }, { StringEquals: { [key]: value } }))

function compared(before: Json, after: Json, about: RoleContext = ABOUT) {
  const text = (document: Json) => (document === null ? null : JSON.stringify(document))
  return compareTrust(text(before), text(after), about)
}

const admitted = (document: Json, about: RoleContext = ABOUT) =>
  compared(null, document, about).gained.map(({ severity, says }) => `${severity} ${says}`)

describe('a variable that speaks of the role itself', () => {
  test('is its organisation, whoever asks', () => {
    expect(admitted(fenced('aws:PrincipalOrgID', OWN_ORG))).toEqual([
      'low any principal of the organization o-a1b2c3d4e5',
    ])
    expect(compared(fenced('aws:PrincipalOrgID', OWN_ORG), fenced('aws:PrincipalOrgID', 'o-a1b2c3d4e5')).verdict).toBe(
      'equivalent',
    )
  })

  test('is its account', () => {
    expect(admitted(fenced('aws:PrincipalAccount', OWN_ACCOUNT))).toEqual([
      'low any principal of account 111122223333 (the role’s own account)',
    ])
  })

  test('opens to nobody’s organisation where the own one is not known', () => {
    const { verdict, gained, undecided } = compared(null, fenced('aws:PrincipalOrgID', OWN_ORG), {
      account: '111122223333',
    })
    expect({ verdict, undecided, severities: gained.map(({ severity }) => severity) }).toEqual({
      verdict: 'widened',
      undecided: [],
      severities: ['low'],
    })
  })

  test('fences what it fences', () => {
    const fence = deny({ AWS: '*' }, { StringNotEquals: { 'aws:PrincipalOrgID': OWN_ORG } })
    const open = trust(allow({ AWS: '*' }))
    expect(compared(open, trust(allow({ AWS: '*' }), fence)).verdict).toBe('narrowed')
    expect(admitted(trust(allow({ AWS: '*' }), fence))).toEqual(['low any principal of the organization o-a1b2c3d4e5'])
  })

  test('is a riddle still where nothing of the role is known', () => {
    expect(compared(null, fenced('aws:PrincipalAccount', OWN_ACCOUNT), {}).verdict).toBe('undecided')
  })

  test('is nothing to a document in the language of 2008, which replaces no variables', () => {
    const old = { ...Object(fenced('aws:PrincipalAccount', OWN_ACCOUNT)), Version: '2008-10-17' }
    expect(admitted(old)).toEqual([])
  })

  test.each([
    ['111122223333', 'allow'],
    ['999988887777', 'implicit-deny'],
  ])('says the same of one caller: account %s, %s', (account, decision) => {
    const request = {
      principal: { type: 'AWS', id: `arn:aws:iam::${account}:role/ci` },
      action: 'sts:AssumeRole',
      context: {},
    } as const
    const document = JSON.stringify(fenced('aws:PrincipalAccount', OWN_ACCOUNT))
    expect(evaluateTrust(document, request, ABOUT).decision).toBe(decision)
  })
})
