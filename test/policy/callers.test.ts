import { describe, expect, it } from 'vitest'
import { compareTrust } from '../../shared/policy/compare.ts'
import { ABOUT, allow, OWN, policy, root } from './build.ts'
import { CALLERS } from './callers.ts'

describe('callers that conditions tell apart', () => {
  it.each(CALLERS)('%s', (_, { before, after, gained = [], lost = [], open = [] }) => {
    const found = compareTrust(before, after, ABOUT)
    const read = (changes: typeof found.gained) => changes.map(({ severity, says }) => `${severity} ${says}`)
    expect(read(found.gained)).toEqual(gained)
    expect(read(found.lost)).toEqual(lost)
    expect(found.undecided.map(({ says }) => says)).toEqual(open)
  })

  it('a role’s own ARN tells the partition of everybody who gets in', () => {
    const about = { roleArn: `arn:aws-us-gov:iam::${OWN}:role/app` }
    const [entry] = compareTrust(null, policy(allow(root(OWN))), about).gained
    expect(entry?.witness.principal.id).toBe(`arn:aws-us-gov:iam::${OWN}:role/ExampleRole`)
  })
})
