import { describe, expect, it } from 'vitest'
import { budget } from '../../shared/policy/budget.ts'
import { cellsFor, kinsOf } from '../../shared/policy/cell.ts'
import type { TrustPolicy } from '../../shared/policy/policy.ts'
import { readTrust } from '../../shared/policy/read.ts'
import { sideOf } from '../../shared/policy/side.ts'
import { assume, type Quest, START, solvedFor } from '../../shared/policy/state.ts'

const TEXT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: '111122223333' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringLike: { 'aws:PrincipalTag/team': 'a*b*c' },
        StringNotLike: { 'aws:PrincipalTag/team': '*example*' },
      },
    },
  ],
})

describe('what was given up for want of work', () => {
  it('is not remembered as an answer', () => {
    const { policy } = readTrust(TEXT)
    const { clause, quest } = questOf(policy)
    expect(assume(clause, START, { ...quest, budget: budget(1) })).not.toBeNull()
    const state = assume(clause, START, { ...quest, budget: budget(1_000) })
    expect(state && solvedFor('aws:principaltag/team', state)?.solution.kind).toBe('value')
  })
})

function questOf(policy: TrustPolicy) {
  const [statement] = policy.statements
  const [value] = statement?.principal.values ?? []
  const [cell] = (value && kinsOf(value, cellsFor([policy], {}))[0]?.[0]) ?? []
  if (cell === undefined) throw new Error('nobody is covered')
  const action = 'sts:AssumeRole'
  const holder = sideOf(policy, { cell, action }, budget(100))
  const [clause] = holder.allows
  if (clause === undefined) throw new Error('nobody is let in')
  const situation = {
    ...({
      cell,
      action,
      stage: 'anybody',
      conditionsOn: () => [],
      keysUnder: () => [],
      now: null,
      role: { account: null, organization: null },
    } as const),
    ...{ known: new Map(), solved: new Map(), linked: new Map(), mayPass: () => false },
  }
  const quest: Quest = { holder, other: holder, situation, budget: budget(1_000) }
  return { clause, quest }
}
