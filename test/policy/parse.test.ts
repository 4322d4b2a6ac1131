import { describe, expect, it } from 'vitest'
import { parseTrust } from '../../shared/policy/parse.ts'
import { allow, one, own, policy, withCondition } from './build.ts'
import { WORDINGS } from './wordings.ts'

describe('what IAM refuses', () => {
  it.each(Object.entries(WORDINGS))('%s, in words', (code, { document, says, verified }) => {
    const found = parseTrust(document).problems.find((problem) => problem.code === code)
    expect(found).toMatchObject({ awsMessage: says, verified })
    // What is wrong, and what to do: in sentences.
    expect(found?.message).toMatch(/^["A-Z].*[.?]$/s)
  })

  it('says line and column, from 1', () => {
    const text = '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "allow" }\n  ]\n}'
    const found = parseTrust(text).problems.find(({ code }) => code === 'invalid-effect')
    expect(found).toMatchObject({ line: 4, column: 17 })
  })
})

describe('text that is no JSON', () => {
  it.each([
    ['nothing', '', /there is nothing in it/, 1, 1],
    ['a byte order mark', `\ufeff${policy(allow(own))}`, /byte order mark/, 1, 1],
    ['a comment', `${policy(allow(own))}\n // all`, /it has a comment/, 2, 2],
    ['single quotes', "{'Version': '2012-10-17'}", /double quotes/, 1, 2],
    ['a comma too many', '{"Statement":[],\n}', /a comma before the closing bracket/, 2, 1],
    ['an end too early', '{"Statement":[', /ends before/, 1, 15],
    ['a word', 'policy', /^This is not JSON, so/, 1, 1],
    ['too deep nesting', `{"Id":${'['.repeat(100)}`, /nests too deeply/, 1, 70],
  ])('%s is called by its name, with its place', (_, text, message, line, column) => {
    const { policy: parsed, problems } = parseTrust(text)
    expect(parsed.readable).toBe(false)
    expect(problems).toMatchObject([
      { code: 'invalid-json', message: expect.stringMatching(message), line, column, verified: true },
    ])
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
    expect(parseTrust(text, { quota: null }).problems).toEqual([])
  })

  it('a stored document with faults is still understood as far as possible', () => {
    const { policy: parsed } = parseTrust(one({ ...allow(own, undefined, 'sts:*'), Resource: '*' }))
    expect(parsed.statements[0]).toMatchObject({ effect: 'Allow', action: { patterns: ['sts:*'] }, notUnderstood: [] })
  })
})
