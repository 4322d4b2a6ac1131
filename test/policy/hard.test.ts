import { describe, expect, it } from 'vitest'
import { compareTrust, compareTrusts } from '../../shared/policy/compare.ts'
import { evaluateTrust } from '../../shared/policy/evaluate.ts'
import { parseTrust } from '../../shared/policy/parse.ts'
import { ABOUT, allow, deny, everyone, foreign, GITHUB, lambda, policy, WEB } from './build.ts'

describe('documents made to be hard', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is a key like any other',
    (key) => {
      for (const [principal, action] of [
        [foreign, 'sts:AssumeRole'],
        [lambda, 'sts:AssumeRole'],
        [GITHUB, WEB],
      ] as const)
        for (const name of [key, `aws:${key}`, `token.actions.githubusercontent.com:${key}`]) {
          const text = policy(allow(principal, { StringEquals: Object.fromEntries([[name, 'x']]) }, action))
          const { gained, undecided } = compareTrust(null, text, ABOUT)
          expect(undecided).toEqual([])
          for (const { witness } of gained) expect(evaluateTrust(text, witness).decision).toBe('allow')
        }
    },
  )

  const hard = (seed: string) =>
    policy(
      ...Array.from({ length: 4 }, (_, k) =>
        (k % 2 === 0 ? allow : deny)(
          { AWS: Array.from({ length: 100 }, (_, i) => String(500_000_000_000 + i)) },
          {
            StringLike: Object.fromEntries(
              Array.from({ length: 25 }, (_, i) => [`aws:PrincipalTag/k${i}`, `*a${seed}${'*b'.repeat(5)}${i}`]),
            ),
            StringNotLike: Object.fromEntries(
              Array.from({ length: 25 }, (_, i) => [`aws:PrincipalTag/k${i}`, `*${seed}${i}${k}`]),
            ),
          },
        ),
      ),
    )

  it('a pattern longer than IAM stores is not tried', () => {
    const long = policy(
      allow(everyone, { StringLike: { 'sts:ExternalId': [`*${'a'.repeat(60_000)}b`, 'a'.repeat(70_000)] } }),
    )
    expect(compareTrust(null, long)).toMatchObject({ verdict: 'undecided', gained: [] })
    const openings = policy(allow(everyone, { StringLike: { 'sts:ExternalId': '${'.repeat(60_000) } }))
    expect(compareTrust(null, openings).verdict).toBe('undecided')
  })

  it('are the same in another order, however hard', () => {
    const { Version, Statement } = JSON.parse(hard('x'))
    const turned = JSON.stringify({ Version, Statement: Statement.toReversed() })
    expect(compareTrust(hard('x'), turned, ABOUT).verdict).toBe('equivalent')
  })

  it('come to an end, and say when that was too early', () => {
    const { verdict, undecided } = compareTrusts(parseTrust(hard('x')).policy, parseTrust(hard('y')).policy, ABOUT)
    expect(verdict === 'both' || undecided.length > 0).toBe(true)
  })
})
