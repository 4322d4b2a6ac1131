import { describe, expect, test } from 'vitest'
import { parseTrust } from '../../../shared/policy/parse.ts'
import { rules } from '../../../shared/rules/index.ts'
import { isAtLeast } from '../../../shared/severity.ts'
import { policies as federation } from '../federation/table.ts'
import { judgeExample } from '../judge-example.ts'
import { badAccounts } from './bad-accounts.ts'
import { badLookalikes } from './bad-lookalikes.ts'
import { badPeople } from './bad-people.ts'
import { badServices } from './bad-services.ts'
import { goodAutomation } from './good-automation.ts'
import { goodPeople } from './good-people.ts'
import { goodServices } from './good-services.ts'
import { goodVendors } from './good-vendors.ts'
import type { Labelled } from './label.ts'

const badPolicies = [...badAccounts, ...badPeople, ...badServices, ...badLookalikes]
const goodPolicies = [...goodPeople, ...goodServices, ...goodVendors, ...goodAutomation]

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
    const both = [...all, ...federation]
    const allGood = [...goodPolicies, ...federation.filter(({ expected }) => expected === 'good')]
    expect(both.length).toBeGreaterThanOrEqual(300)
    expect(allGood.length).toBeGreaterThanOrEqual(120)
    expect(both.filter(({ source }) => source !== null).length).toBeGreaterThanOrEqual(both.length / 2)
    expect(new Set(both.map(({ name }) => name)).size).toBe(both.length)
  })

  test('holds no policy twice under the same label', () => {
    const texts = all.map(({ policy, about, change, bad }) => JSON.stringify([policy, about, change, bad === null]))
    expect(all.filter((_, i) => texts.indexOf(texts[i] ?? '') !== i).map(({ name }) => name)).toEqual([])
  })

  test('has a bad policy for every rule of policies and their changes', () => {
    const labelled = new Set(badPolicies.map(({ bad }) => bad?.rule))
    const own = rules.filter(({ code }) => !/^(?:APR|FED)-/.test(code)).map(({ id }) => id)
    expect(own.filter((id) => !labelled.has(id))).toEqual([])
  })
})
