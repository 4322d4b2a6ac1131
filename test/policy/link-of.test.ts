/** Which keys are solved together, by what the documents ask for: one alone stands for itself. */

import { expect, it } from 'vitest'
import { linkOf } from '../../shared/policy/link.ts'
import { parseOperator } from '../../shared/policy/operator.ts'
import type { Condition } from '../../shared/policy/policy.ts'
import type { Situation } from '../../shared/policy/stage.ts'

const [MFA, AGE] = ['aws:multifactorauthpresent', 'aws:multifactorauthage']
const [CURRENT, EPOCH, ISSUED] = ['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime']
const [IP, ENDPOINT] = ['aws:sourceip', 'aws:sourcevpce']
const [ACCOUNT, ARN] = ['aws:sourceaccount', 'aws:sourcearn']
const [KEYS, PASSED_ON, TEAM, COST] = [
  'aws:tagkeys',
  'sts:transitivetagkeys',
  'aws:requesttag/Team',
  'aws:requesttag/cost',
]

// the key, what else the documents ask for, which are solved together
const LINKS: readonly (readonly [string, readonly string[], readonly string[] | null])[] = [
  [MFA, [], null],
  [MFA, [AGE], [MFA, AGE]],
  [AGE, [], [MFA, AGE]],
  [CURRENT, [], null],
  [CURRENT, [EPOCH], [CURRENT, EPOCH, ISSUED]],
  [ISSUED, [CURRENT], [CURRENT, EPOCH, ISSUED]],
  [EPOCH, [IP], null],
  [IP, [], null],
  [IP, [ENDPOINT], [IP, 'aws:vpcsourceip', 'aws:sourcevpc', ENDPOINT]],
  [ENDPOINT, [ARN], null],
  [ACCOUNT, [], null],
  [ACCOUNT, [ARN], [ACCOUNT, ARN]],
  [ARN, [], null],
  [KEYS, [], null],
  [KEYS, [PASSED_ON], [PASSED_ON, KEYS]],
  [KEYS, [TEAM, COST], ['aws:requesttag/team', COST, PASSED_ON, KEYS]],
  [COST, [TEAM], null],
  [COST, [], null],
  [PASSED_ON, [COST], [COST, PASSED_ON, KEYS]],
  ['aws:principalorgid', [], ['aws:principalorgid', 'aws:principalorgpaths']],
  ['aws:principalorgname', [KEYS, IP], null],
]

const condition = (key: string): Condition => ({
  ...{ operator: parseOperator('StringEquals'), key, name: key.toLowerCase(), values: ['a'] },
  ...{ variables: false, path: '', canonical: key },
})

it.each(LINKS)('%s beside %j: %j', (key, others, expected) => {
  const asked = [key, ...others]
  const at: Pick<Situation, 'conditionsOn' | 'keysUnder'> = {
    conditionsOn: (name) => asked.filter((one) => one.toLowerCase() === name).map(condition),
    keysUnder: (begin) => asked.filter((one) => one.toLowerCase().startsWith(begin)),
  }
  expect(linkOf(key.toLowerCase(), at)?.keys ?? null).toEqual(expected)
})
