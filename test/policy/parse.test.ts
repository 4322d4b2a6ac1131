import { describe, expect, it } from 'vitest'
import { parseTrust } from '../../shared/policy/parse.ts'
import { allow, GITHUB, OWN, policy, subject, WEB } from './build.ts'
import { FAULTS, one, own, withCondition, withPrincipal } from './faults.ts'

describe('what IAM refuses', () => {
  it.each(FAULTS)('%s', (_, text, code, awsMessage, verified, path) => {
    const { problems } = parseTrust(text)
    const found = problems.find((problem) => problem.code === code)
    expect(found).toMatchObject({ awsMessage, verified, path })
    expect(found?.line).toBeGreaterThan(0)
    expect(found?.column).toBeGreaterThan(0)
  })

  it('says line and column, from 1', () => {
    const text = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "allow" }\n  ]\n}'
    const found = parseTrust(text).problems.find(({ code }) => code === 'invalid-effect')
    expect(found).toMatchObject({ line: 4, column: 17 })
  })
})

const GOOD: readonly (readonly [string, string])[] = [
  ['a statement that is no list', JSON.stringify({ Version: '2012-10-17', Statement: allow(own) })],
  ['no version', JSON.stringify({ Statement: allow(own) })],
  ['the old version', JSON.stringify({ Version: '2008-10-17', Id: 'x', Statement: [allow(own)] })],
  ['an empty Sid', one({ Sid: '', ...allow(own) })],
  ['an account id with dashes', withPrincipal({ AWS: '1111-2222-3333' })],
  ['everyone', withPrincipal({ AWS: '*' })],
  ['a session', withPrincipal({ AWS: `arn:aws:sts::${OWN}:assumed-role/Deploy/ci` })],
  [
    'other partitions',
    withPrincipal({ AWS: 'arn:aws-us-gov:iam::111122223333:role/x', Service: 'ec2.amazonaws.com.cn' }),
  ],
  ['GitHub', one(allow(GITHUB, subject('repo:acme/deploy:*'), WEB))],
  [
    'numbers and booleans as values',
    withCondition({
      NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 },
      Bool: { 'aws:MultiFactorAuthPresent': true },
    }),
  ],
  ['escapes', '{"Statement":{"Effect":"Allow","Principal":{"AWS":"\\u0031111-2222-3333"},"Action":"sts:AssumeRole"}}'],
]

describe('what IAM accepts', () => {
  it.each(GOOD)('%s', (_, text) => {
    const { policy: parsed, problems } = parseTrust(text)
    expect(problems).toEqual([])
    expect(parsed.statements).toHaveLength(1)
  })
})

describe('bytes that mean harm', () => {
  const HARM: readonly (readonly [string, string])[] = [
    ['a thousand levels', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['a hundred thousand levels', '['.repeat(100_000)],
    ['more than IAM takes, in one value', withCondition({ StringLike: { 'sts:ExternalId': '*a'.repeat(150_000) } })],
    ['lone surrogates', withCondition({ StringEquals: { 'sts:ExternalId': 'x' } }).replace('"x"', '"\ud800"')],
    ['__proto__', '{"__proto__":{"a":1},"Statement":{"__proto__":null,"constructor":1}}'],
    ['a byte order mark', `\ufeff${policy(allow(own))}`],
    ['control characters', '{"Statement":"\u0000"}'],
  ]
  it.each(HARM)('%s neither throw nor pass in silence', (_, text) => {
    expect(parseTrust(text).problems.length).toBeGreaterThan(0)
  })

  it('100 KB of one value are odd, and no fault', () => {
    const text = withCondition({ StringLike: { 'sts:ExternalId': '*a'.repeat(50_000) } })
    expect(parseTrust(text).problems).toEqual([])
  })

  it('a stored document with faults is still understood as far as possible', () => {
    const { policy: parsed } = parseTrust(one({ ...allow(own, undefined, 'sts:*'), Resource: '*' }))
    expect(parsed.statements[0]).toMatchObject({ effect: 'Allow', action: { patterns: ['sts:*'] }, notUnderstood: [] })
  })
})
