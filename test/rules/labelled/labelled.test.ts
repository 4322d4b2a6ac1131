import { describe, expect, test } from 'vitest'
import { parseTrust } from '../../../shared/policy/parse.ts'
import { rules } from '../../../shared/rules/index.ts'
import { isAtLeast } from '../../../shared/severity.ts'
import { judgeExample } from '../judge-example.ts'
import { badAccounts } from './bad-accounts.ts'
import { badPeople } from './bad-people.ts'
import { badServices } from './bad-services.ts'
import { goodPeople } from './good-people.ts'
import { goodServices } from './good-services.ts'
import type { Labelled } from './label.ts'

const badPolicies = [...badAccounts, ...badPeople, ...badServices]
const goodPolicies = [...goodPeople, ...goodServices]

function found({ name, policy, about, change }: Labelled) {
  return judgeExample({ name, policy, about, ...(change && { change }), fires: 'info', fixed: null })
}

describe('a bad policy is reported by the rule it is bad for', () => {
  test.each(badPolicies.map((one) => [one.bad?.rule, one.name, one] as const))('%s: %s', (rule, _, one) => {
    const severities = found(one).flatMap((finding) => (finding.rule === rule ? [finding.severity] : []))
    expect([...new Set(severities)]).toEqual([one.bad?.severity])
  })
})

describe('of a good policy nothing is said that anybody has to hear', () => {
  test.each(goodPolicies.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const loud = found(one).filter(({ severity }) => isAtLeast(severity, 'medium'))
    expect(loud.map(({ rule, says }) => `${rule}: ${says}`)).toEqual([])
    expect(parseTrust(JSON.stringify(one.policy)).problems).toEqual([])
  })
})

describe('the table', () => {
  const all = [...badPolicies, ...goodPolicies]

  test('has enough of both, and half of it from public documents', () => {
    expect(all.length).toBeGreaterThanOrEqual(100)
    expect(goodPolicies.length).toBeGreaterThanOrEqual(40)
    expect(all.filter(({ source }) => source !== null).length * 2).toBeGreaterThanOrEqual(all.length)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
  })

  test('has a bad policy for every rule of policies and their changes', () => {
    const labelled = new Set(badPolicies.map(({ bad }) => bad?.rule))
    const own = rules.filter(({ code }) => !/^(?:APR|FED)-/.test(code)).map(({ id }) => id)
    expect(own.filter((id) => !labelled.has(id))).toEqual([])
  })
})
