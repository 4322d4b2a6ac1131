import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkTrust, judgePolicy } from '../../shared/check.ts'
import { compareTrust } from '../../shared/policy/compare.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { Example, Json } from '../../shared/rules/rule.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import { judgeExample } from './judge-example.ts'

const OWN = { account: '111122223333' }
const EC2 = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }
const MALLORY = 'arn:aws:sts::999988887777:assumed-role/ops/mallory'

function letIn(...ids: readonly string[]) {
  return { Effect: 'Allow', Principal: { AWS: ids }, Action: 'sts:AssumeRole' }
}

function policy(...statements: readonly Json[]) {
  return { Version: '2012-10-17', Statement: statements }
}

function spoken(document: Json, about = OWN) {
  return checkTrust(JSON.stringify(document), about).findings.map(({ rule, principal }) => `${rule} ${principal}`)
}

describe('one fault, one finding', () => {
  const mallory: Example = {
    name: 'a foreign actor adds its account, beside another one',
    policy: policy(EC2, letIn('999988887777', '444455556666')),
    about: OWN,
    change: { actor: MALLORY, before: policy(EC2) },
    fires: 'high',
    fixed: null,
  }

  test('self-grant speaks of the actor’s account, foreign-account of the other', () => {
    expect(judgeExample(mallory).map(({ rule, principal }) => `${rule} ${principal}`)).toEqual([
      'self-grant 999988887777',
      'foreign-account 444455556666',
    ])
  })

  test('without the change, foreign-account speaks of both', () => {
    expect(spoken(mallory.policy).toSorted()).toEqual(['foreign-account 444455556666', 'foreign-account 999988887777'])
  })

  test('the star is public or foreign, never both', () => {
    const pin = { StringEquals: { 'aws:PrincipalAccount': '999988887777' } }
    expect(spoken(policy(letIn('*')))).toEqual(['public-role *'])
    expect(spoken(policy({ ...letIn('*'), Condition: pin }))).toEqual(['foreign-account *'])
  })

  test('what a statement written twice lets in is one finding, and that it is there twice is another', () => {
    const twice = spoken(policy(letIn('999988887777'), letIn('999988887777')))
    expect(twice).toEqual(['foreign-account 999988887777', 'redundant-statement null'])
  })

  test('a fix takes a principal out of every statement that names it', () => {
    const [finding] = checkTrust(
      JSON.stringify(policy(EC2, letIn('999988887777'), letIn('999988887777'))),
      OWN,
    ).findings
    expect(JSON.parse(finding?.fix?.policy ?? 'null')).toEqual(policy(EC2))
  })

  test('a fix that serves two findings puts both right', () => {
    const text = JSON.stringify(policy(EC2, letIn('999988887777', '444455556666')))
    const fixes = checkTrust(text, OWN).findings.map(({ fix }) => fix?.policy)
    expect(fixes).toHaveLength(2)
    expect(fixes.map((fix) => JSON.parse(fix ?? '{}'))).toEqual([
      { Version: '2012-10-17', Statement: [EC2] },
      { Version: '2012-10-17', Statement: [EC2] },
    ])
  })
})

describe('findings', () => {
  test('come worst first', () => {
    const text = JSON.stringify(policy(EC2, letIn('AROAEXAMPLE1234567890'), letIn('999988887777'), letIn('*')))
    const severities = checkTrust(text, OWN).findings.map(({ severity }) => SEVERITIES.indexOf(severity))
    expect(severities).toEqual(severities.toSorted((a, b) => b - a))
    expect(severities.length).toBeGreaterThanOrEqual(2)
  })

  test('keep their id when the document is only written another way', () => {
    const one = checkTrust(JSON.stringify(policy(EC2, letIn('999988887777'))), OWN).findings
    const other = checkTrust(JSON.stringify(policy(letIn('999988887777'), EC2), null, 4), OWN).findings
    expect(other.map(({ id }) => id)).toEqual(one.map(({ id }) => id))
  })

  test('have another id for another role, account or condition', () => {
    const given = parseTrust(JSON.stringify(policy(letIn('999988887777')))).policy
    const asked = { ...letIn('999988887777'), Condition: { StringEquals: { 'sts:ExternalId': 'e7b1' } } }
    const pinned = parseTrust(JSON.stringify(policy(asked))).policy
    const ids = [
      judgePolicy({ policy: given, about: OWN, account: '111122223333', role: 'a', drift: null }),
      judgePolicy({ policy: given, about: OWN, account: '111122223333', role: 'b', drift: null }),
      judgePolicy({ policy: given, about: OWN, account: '444455556666', role: 'a', drift: null }),
      judgePolicy({ policy: pinned, about: OWN, account: '111122223333', role: 'a', drift: null }),
    ].map(([finding]) => finding?.id)
    expect(new Set(ids).size).toBe(4)
  })

  test('have the same id whether the account is given or only stands in the role’s ARN', () => {
    const text = JSON.stringify(policy(letIn('999988887777')))
    const roleArn = 'arn:aws:iam::111122223333:role/deploy'
    const [one, other] = [checkTrust(text, { roleArn }), checkTrust(text, { roleArn, ...OWN })]
    expect(one.findings.map(({ id }) => id)).toEqual(other.findings.map(({ id }) => id))
    expect(one.findings).toHaveLength(1)
  })

  test('name a Sid as it is: escaping is for whoever prints it', () => {
    const sid = '\u001b[31m<b>`x`'
    const [finding] = checkTrust(JSON.stringify(policy({ Sid: sid, ...letIn('*') })), OWN).findings
    expect(finding?.says).toContain(sid)
  })
})

describe('who is locked out, and why', () => {
  const said = (document: Json) => checkTrust(JSON.stringify(document), OWN).findings.map(({ says }) => says)
  const pinned = (key: string, value: string) => ({
    ...letIn('111122223333'),
    Condition: { StringEquals: { [key]: value } },
  })
  const root = pinned('aws:PrincipalArn', 'arn:aws:iam::111122223333:root')
  const denied = { ...letIn('*'), Effect: 'Deny' }

  test.each<[string, readonly Json[], string]>([
    ['a Deny', [letIn('111122223333'), denied], 'a Deny takes back what statement 1 gives'],
    ['a condition only the root user could meet', [root], 'no caller can meet statement 1'],
    [
      'a condition on a key that is never there',
      [pinned('sts:DurationSeconds', '1')],
      'no caller can meet statement 1',
    ],
    [
      'a Deny and a condition',
      [letIn('111122223333'), root, denied],
      'a Deny takes back what statement 1 gives; no caller can meet statement 2',
    ],
  ])('by %s', (_, statements, why) => {
    expect(said(policy(...statements))).toEqual([`Nobody gets in: ${why}`])
  })

  test('by a deletion', () => {
    expect(said(policy(letIn('AROAEXAMPLE1234567890')))).toEqual([
      'Nobody gets in: statement 1 names no principal that exists',
      'Statement 1 still names a deleted role (AROAEXAMPLE1234567890). Nobody can use this entry, not even a new role of the same name',
    ])
  })

  test('whoever may get in is told as a doubt', () => {
    const doubtful = { ...letIn('999988887777'), Condition: { StringResembles: { 'sts:ExternalId': 'x' } } }
    expect(said(policy(EC2, doubtful))).toEqual([
      'Any principal of account 999988887777 may get in through statement 2; not certain, because what StringResembles does with sts:ExternalId cannot be decided',
    ])
  })
})

describe('unknown is not nobody', () => {
  const unreadable = ['', '{', 'null', '[]', '"AssumeRole"', '{"Statement":[{"Effect":"allow"}]}', '{"Statement":7}']

  test.each(unreadable)('%j is a problem, not a lock-out', (text) => {
    const { problems, findings } = checkTrust(text, OWN)
    expect(problems.length).toBeGreaterThan(0)
    expect(findings).toEqual([])
  })

  test('a principal that is not understood is not nobody', () => {
    expect(spoken(policy({ Effect: 'Allow', Principal: { Robot: 'r2' }, Action: 'sts:AssumeRole' }))).toEqual([])
  })

  test('an actor nobody saw grants himself nothing', () => {
    const given = parseTrust(JSON.stringify(policy(EC2, letIn('111122223333')))).policy
    const drift = { gained: [], actor: null, write: 'observed' } as const
    const found = judgePolicy({ policy: given, about: OWN, account: '', role: '', drift })
    expect(found.map(({ rule }) => rule)).toEqual(['whole-account'])
  })
})

describe('checking never throws', () => {
  const word = fc.constantFrom(
    '*',
    'AWS',
    'Service',
    'Allow',
    'Deny',
    'Principal',
    'NotPrincipal',
    'Action',
    'Statement',
    'Effect',
    'Condition',
    'StringEquals',
    'ForAllValues:StringLike',
    'sts:ExternalId',
    'aws:PrincipalArn',
    'sts:AssumeRole',
    '111122223333',
    'arn:aws:iam::999988887777:role/x',
    'AROAEXAMPLE1234567890',
    '$\u007baws:username}',
    '\ud800',
    '__proto__',
  )
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { maxDepth: 6 },
      word,
      fc.constantFrom(null, true, 7),
      fc.array(tie('document'), { maxLength: 4 }),
      fc.dictionary(word, tie('document'), { maxKeys: 5 }),
    ),
  }))

  test('whatever text it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => Array.isArray(checkTrust(text).findings)))
  })

  test('whatever shape the document has', () => {
    fc.assert(
      fc.property(document, (value) => Array.isArray(checkTrust(JSON.stringify({ Statement: value }) ?? '').findings)),
    )
  })

  test('however deep it is', () => {
    const deep = `{"Statement":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(checkTrust(deep, OWN).problems.length).toBeGreaterThan(0)
  })
})

describe('whatever the policy, a fix keeps its laws', () => {
  const ids = ['*', '111122223333', '999988887777', 'arn:aws:iam::444455556666:role/x', 'AROAEXAMPLE1234567890']
  const conditions = [
    {},
    { StringEquals: { 'sts:ExternalId': 'e7b1' } },
    { StringEquals: { 'aws:PrincipalAccount': ['111122223333', '999988887777'] } },
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } },
    { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { StringNotEqualsIfExists: { 'aws:PrincipalAccount': '111122223333' } },
  ]
  const statement = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Principal: fc.oneof(
      fc.record({ AWS: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 }) }),
      fc.constant({ Service: 'ec2.amazonaws.com' }),
    ),
    Action: fc.constantFrom('sts:AssumeRole', 'sts:TagSession'),
    Condition: fc.constantFrom(...conditions),
  })

  test('it silences its rule, is taken by IAM, lets somebody in, and lets nobody in anew', () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), (statements) => {
        const text = JSON.stringify({ Version: '2012-10-17', Statement: statements })
        for (const { rule, fix } of checkTrust(text, OWN).findings) {
          if (fix === null) continue
          const after = checkTrust(fix.policy, OWN)
          expect(after.problems).toEqual([])
          expect(after.findings.filter((finding) => finding.rule === rule)).toEqual([])
          expect(compareTrust(null, fix.policy, OWN).gained).not.toEqual([])
          expect(compareTrust(text, fix.policy, OWN).gained).toEqual([])
        }
      }),
      { numRuns: 150 },
    )
  })
})
