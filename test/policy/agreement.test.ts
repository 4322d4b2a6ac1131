/** The evaluator and the second opinion agree, on the same generated pairs in every run; `npm run fuzz evaluate` tells others. */

import { expect, it } from 'vitest'
import { compareEvaluators } from '../../fuzz/evaluate.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import type { Request } from '../../shared/policy/request.ts'
import { allow, deny, FOREIGN, GITHUB, OWN, policy, root, subject, WEB } from './build.ts'
import { slowlyDecides } from './slow-evaluator.ts'

const PAIRS = Number(process.env.FUZZ_RUNS ?? 300) * 20

it('they agree on generated policies and calls, and those reach every decision and operator', () => {
  const { disagreement, decisions, operators } = compareEvaluators({ runs: PAIRS, seed: 20_261_121 })
  expect(disagreement).toBeNull()
  for (const decision of ['allow', 'explicit-deny', 'implicit-deny', 'undecided'])
    expect([decision, (decisions[decision] ?? 0) > PAIRS / 50]).toEqual([decision, true])
  expect(Object.keys(operators).length).toBeGreaterThan(40)
})

// Pairs on which the two once disagreed, or one of them was wrong.
const user = `arn:aws:iam::${FOREIGN}:user/ann`
const ONCE: readonly (readonly [string, object, Request['context'], string])[] = [
  ['a length of session that is no whole number', allow(root(FOREIGN)), { 'sts:DurationSeconds': '1e9' }, 'allow'],
  [
    'four digits and a fraction are neither year nor epoch',
    allow(root(FOREIGN), { DateGreaterThan: { 'aws:EpochTime': '2026' } }),
    { 'aws:EpochTime': '3599.5' },
    'implicit-deny',
  ],
  [
    'the same key in two spellings',
    allow(root(FOREIGN), { StringNotLike: { 'AWS:principaltag/K': 'a', 'aws:PrincipalTag/k': 'a' } }),
    {},
    'undecided',
  ],
  [
    'an empty text is an empty set',
    allow(root(FOREIGN), { 'ForAnyValue:StringLike': { 'aws:TagKeys': '*' } }),
    { 'aws:TagKeys': '' },
    'implicit-deny',
  ],
  [
    'a star out of the request is a character',
    allow(root(FOREIGN), { StringLike: { 'sts:ExternalId': '$'.concat('{aws:PrincipalTag/k}') } }),
    { 'sts:ExternalId': 'x', 'aws:PrincipalTag/k': '*' },
    'implicit-deny',
  ],
]

it.each(ONCE)('%s', (_, statement, context, decision) => {
  const request: Request = { principal: { type: 'AWS', id: user }, action: 'sts:AssumeRole', context }
  const text = policy(statement)
  expect([evaluateTrust(text, request).decision, slowlyDecides(JSON.parse(text).Statement, request)]).toEqual([
    decision,
    decision,
  ])
})

it('the second opinion knows what everybody knows', () => {
  const asked = (id: string, context: Request['context'] = {}): Request => ({
    principal: { type: 'AWS', id },
    action: 'sts:AssumeRole',
    context,
  })
  const told = (...parts: readonly object[]) => JSON.parse(policy(...parts)).Statement
  const web = told(allow(GITHUB, subject('repo:acme/deploy:*'), WEB))
  const run = (sub: string): Request => ({
    principal: { type: 'Federated', id: GITHUB.Federated },
    action: WEB,
    context: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': sub,
    },
  })
  expect(slowlyDecides(told(allow(root(FOREIGN))), asked(user))).toBe('allow')
  expect(slowlyDecides(told(allow(root(OWN))), asked(user))).toBe('implicit-deny')
  expect(slowlyDecides(told(allow(root(FOREIGN)), deny({ AWS: '*' })), asked(user))).toBe('explicit-deny')
  expect(slowlyDecides(web, run('repo:acme/deploy:ref:refs/heads/main'))).toBe('allow')
  expect(slowlyDecides(web, run('repo:acme/other:ref:refs/heads/main'))).toBe('implicit-deny')
})
