import { describe, expect, it } from 'vitest'
import { FAULTS } from '../../shared/policy/fault-table.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { withCondition } from './build.ts'
import { CONDITION_RULES } from './grammar-conditions.ts'
import { DOCUMENTS } from './grammar-documents.ts'
import { PRINCIPAL_RULES } from './grammar-principals.ts'

const RULES = [...DOCUMENTS, ...PRINCIPAL_RULES, ...CONDITION_RULES]
const short = (text: string) => (text.length <= 300 ? text : `${text.slice(0, 300)}…`)

describe.each(RULES)('$rule', ({ good, bad, source }) => {
  it('names its source', () =>
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/|^cdk-preflight rules\/iam\//))

  it.each(good.map((text) => [short(text), text]))('IAM takes %s', (_, text) => {
    expect(parseTrust(text).problems).toEqual([])
  })

  it.each(bad.map(([text, code, path]) => [short(text), text, code, path] as const))(
    'IAM refuses %s',
    (_, text, code, path) => {
      expect(parseTrust(text).problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]])
    },
  )
})

it('every fault has a document', () => {
  const codes = new Set(RULES.flatMap(({ bad }) => bad.map(([, code]) => code)))
  expect([...codes].sort()).toEqual(Object.keys(FAULTS).sort())
})

describe('the quota', () => {
  const text = withCondition({ StringEquals: { 'sts:ExternalId': 'x'.repeat(3000) } })
  const codes = (quota?: number | null) =>
    parseTrust(text, quota === undefined ? {} : { quota }).problems.map(({ code, column }) => [code, column])

  it('is 2,048 unless the account has it raised', () => {
    expect([codes(), codes(2048), codes(4096), codes(8192)]).toEqual([
      [['over-quota', 2049]],
      [['over-quota', 2049]],
      [],
      [],
    ])
  })

  it('is not held against what IAM keeps already', () => expect(codes(null)).toEqual([]))
})

describe('policy variables', () => {
  const enabled = (version: string | undefined, operator: string) => {
    const text = JSON.stringify({ Version: version, ...JSON.parse(withCondition({ [operator]: { 'aws:x': 'x' } })) })
    const parsed = parseTrust(version === undefined ? text.replace('"Version":"2012-10-17",', '') : text).policy
    return parsed.statements[0]?.conditions[0]?.variables
  }
  it('count from version 2012-10-17 on, in text and ARNs', () => {
    expect(['StringLike', 'ArnLike', 'NumericEquals'].map((operator) => enabled('2012-10-17', operator))).toEqual([
      true,
      true,
      false,
    ])
    expect(enabled(undefined, 'StringLike')).toBe(false)
  })
})
