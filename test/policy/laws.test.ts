import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callOf } from '../../shared/policy/call.ts'
import { compareTrust, compareTrusts } from '../../shared/policy/compare.ts'
import { decide } from '../../shared/policy/evaluate.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import type { Request } from '../../shared/policy/request.ts'
import { FOREIGN, GITHUB, MEMBER, OWN, role, root } from './build.ts'

const principals = fc.constantFrom<unknown>(
  { AWS: '*' },
  root(OWN),
  root(FOREIGN),
  { AWS: [FOREIGN, MEMBER] },
  role(FOREIGN, 'Deploy'),
  { AWS: `arn:aws:iam::${FOREIGN}:user/ci` },
  { AWS: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one` },
  { Service: 'lambda.amazonaws.com' },
  { Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'], AWS: OWN },
  GITHUB,
  { AWS: 'AROAEXAMPLEDELETED123' },
)
const actions = fc.constantFrom<unknown>('sts:AssumeRole', ['sts:AssumeRole', 'sts:TagSession'], 'sts:*', [
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRole',
])
const texts = fc.constantFrom('a', 'b', 'ab', 'a*', '*b', '?', '*', 'a?b*')
const operators = fc
  .tuple(
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'),
    fc.constantFrom('', '', 'IfExists'),
  )
  .map((parts) => parts.join(''))
const condition = fc.oneof(
  fc.record({
    operator: operators,
    key: fc.constantFrom(
      'sts:ExternalId',
      'aws:PrincipalOrgID',
      'aws:TagKeys',
      'sts:RoleSessionName',
      'token.actions.githubusercontent.com:sub',
      'token.actions.githubusercontent.com:constructor',
      'constructor',
      '__proto__',
      'aws:toString',
    ),
    value: fc.array(texts, { minLength: 1, maxLength: 3 }),
  }),
  fc.constantFrom(
    { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', value: ['true'] },
    { operator: 'BoolIfExists', key: 'aws:MultiFactorAuthPresent', value: ['false'] },
    { operator: 'Null', key: 'sts:ExternalId', value: ['false'] },
    { operator: 'IpAddress', key: 'aws:SourceIp', value: ['203.0.113.0/24', '198.51.100.0/25'] },
    { operator: 'NotIpAddress', key: 'aws:SourceIp', value: ['203.0.113.0/25'] },
    { operator: 'ArnLike', key: 'aws:PrincipalArn', value: [`arn:aws:iam::${FOREIGN}:role/D*`] },
    { operator: 'ArnNotLike', key: 'aws:PrincipalArn', value: [`arn:aws:iam::${FOREIGN}:role/Deploy`] },
    { operator: 'StringEquals', key: 'aws:PrincipalAccount', value: [FOREIGN, MEMBER] },
    { operator: 'NumericLessThan', key: 'sts:DurationSeconds', value: ['3600'] },
    { operator: 'NumericLessThan', key: 'aws:MultiFactorAuthAge', value: ['3600'] },
    { operator: 'NumericGreaterThan', key: 'aws:MultiFactorAuthAge', value: ['3599.5', '7200'] },
    { operator: 'StringLike', key: 'aws:username', value: ['c*', 'x'] },
    { operator: 'StringNotEquals', key: 'aws:PrincipalType', value: ['User'] },
    { operator: 'StringNotLike', key: 'aws:userid', value: ['*:one'] },
    { operator: 'DateLessThan', key: 'aws:CurrentTime', value: ['2026-11-21T00:00:00Z'] },
    { operator: 'StringMatches', key: 'sts:ExternalId', value: ['a'] },
  ),
)
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    principal: principals,
    action: actions,
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map(({ effect, principal, action, conditions }) => {
    const Condition: Record<string, Record<string, unknown>> = {}
    for (const { operator, key, value } of conditions)
      Condition[operator] = Object.fromEntries([...Object.entries(Condition[operator] ?? {}), [key, value]])
    return { Effect: effect, Principal: principal, Action: action, ...(conditions.length > 0 ? { Condition } : {}) }
  })
const policies = fc.array(statement, { minLength: 1, maxLength: 3 })
const text = (statements: readonly unknown[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements })

const words = fc.constantFrom('a', 'b', 'ab', 'axb', 'c', '')
const requests: fc.Arbitrary<Request> = fc
  .record({
    principal: fc.constantFrom<Request['principal']>(
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:role/Deploy` },
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:role/Dance` },
      { type: 'AWS', id: `arn:aws:iam::${FOREIGN}:user/ci` },
      { type: 'AWS', id: `arn:aws:sts::${FOREIGN}:assumed-role/Deploy/one` },
      { type: 'AWS', id: `arn:aws:iam::${OWN}:role/App` },
      { type: 'AWS', id: 'arn:aws:iam::999988887777:role/Other' },
      { type: 'Service', id: 'lambda.amazonaws.com' },
      { type: 'Federated', id: GITHUB.Federated },
    ),
    externalId: fc.option(words),
    org: fc.option(words),
    tags: fc.option(fc.array(words, { minLength: 1, maxLength: 2 })),
    session: fc.option(words),
    sub: words,
    mfa: fc.option(fc.constantFrom('true', 'false')),
    age: fc.option(fc.constantFrom('60', '3599.7', '3600', '9000')),
    ip: fc.option(fc.constantFrom('203.0.113.10', '203.0.113.200', '198.51.100.1', '192.0.2.1')),
  })
  .map(({ principal, externalId, org, tags, session, sub, mfa, age, ip }) => {
    const federated = principal.type === 'Federated'
    const all = {
      'sts:ExternalId': externalId,
      'aws:PrincipalOrgID': org,
      'aws:TagKeys': tags,
      'sts:RoleSessionName': session,
      'aws:MultiFactorAuthPresent': principal.type === 'AWS' ? mfa : null,
      'aws:MultiFactorAuthAge': age,
      'aws:SourceIp': ip,
      'aws:userid': principal.id.includes(':user/') ? 'AIDAEXAMPLE' : 'AROAEXAMPLE:one',
      'aws:CurrentTime': '2026-11-20T00:00:00Z',
      'token.actions.githubusercontent.com:sub': federated ? sub : null,
      constructor: session,
      ['__proto__']: org,
    }
    const context = Object.fromEntries(
      Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
    )
    return { principal, action: federated ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole', context }
  })

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
const decision = (document: string, request: Request) => decide(parseTrust(document).policy, callOf(request))

describe('comparing trust policies', () => {
  it('a policy compared with itself is equivalent', () => {
    fc.assert(
      fc.property(policies, (p) => {
        expect(compareTrust(text(p), text(p)).verdict).toBe('equivalent')
      }),
      runs,
    )
  })

  it('gained and lost swap when the documents swap', () => {
    const who = (changes: readonly { principal: string; statement: number; witness: Request }[]) =>
      changes.map(({ principal, statement: index, witness }) => ({ principal, index, witness }))
    fc.assert(
      fc.property(policies, policies, (p, q) => {
        const [a, b] = [parseTrust(text(p)).policy, parseTrust(text(q)).policy]
        const [there, back] = [compareTrusts(a, b), compareTrusts(b, a)]
        expect(who(there.gained)).toEqual(who(back.lost))
        expect(who(there.lost)).toEqual(who(back.gained))
      }),
      runs,
    )
  })

  it('every witness gained is denied before and allowed after', () => {
    fc.assert(
      fc.property(policies, policies, (p, q) => {
        const { gained, lost } = compareTrust(text(p), text(q))
        for (const { witness } of gained) {
          expect(decision(text(p), witness)).toMatch(/deny$/)
          expect(decision(text(q), witness)).toBe('allow')
        }
        for (const { witness } of lost) {
          expect(decision(text(p), witness)).toBe('allow')
          expect(decision(text(q), witness)).toMatch(/deny$/)
        }
      }),
      runs,
    )
  })

  it('nobody is let in by a document that was called no wider', () => {
    fc.assert(
      fc.property(policies, policies, fc.array(requests, { minLength: 20, maxLength: 20 }), (p, q, asked) => {
        const { verdict } = compareTrust(text(p), text(q))
        if (verdict !== 'equivalent' && verdict !== 'narrowed') return
        for (const request of asked)
          if (decision(text(p), request).endsWith('deny')) expect(decision(text(q), request)).not.toBe('allow')
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })

  it('order, repetition, lists of one and the spelling of accounts never matter', () => {
    fc.assert(
      fc.property(policies, (p) => {
        const again = [...p, ...p.slice(0, 1)]
          .reverse()
          .map((s, i) => ({ Sid: `s${i}`, ...s, Action: [s.Action].flat() }))
        const spelt = text(again)
          .replaceAll(/"arn:aws:iam::(\d{12}):root"/g, '"$1"')
          .replaceAll('sts:A', 'STS:a')
        expect(compareTrust(text(p), spelt).verdict).toBe('equivalent')
      }),
      runs,
    )
  })
})

describe('parsing', () => {
  it('never throws, whatever comes in', () => {
    const mutated = fc
      .tuple(policies, fc.nat(), fc.nat(20), fc.string({ unit: 'binary', maxLength: 6 }))
      .map(([p, at, length, put]) => {
        const whole = text(p)
        const from = at % whole.length
        return whole.slice(0, from) + put + whole.slice(from + length)
      })
    fc.assert(
      fc.property(fc.oneof(mutated, fc.string({ unit: 'binary' }), fc.json()), (document) => {
        const { policy, problems } = parseTrust(document)
        expect(policy.readable || problems.length > 0).toBe(true)
        compareTrust(null, document)
      }),
      { numRuns: runs.numRuns * 3 },
    )
  })
})
