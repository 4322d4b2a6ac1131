import { describe, expect, it } from 'vitest'
import { parseTrust } from '../../shared/policy/parse.ts'
import { sameTrust } from '../../shared/policy/same-trust.ts'
import { allow, FOREIGN, OWN, policy, role, root } from './build.ts'

const same = (a: string, b: string) => sameTrust(parseTrust(a).policy, parseTrust(b).policy)
const user = (name: string) => ({ AWS: `arn:aws:iam::${OWN}:user/${name}` })

describe('is what IAM holds what the event said', () => {
  it('an account id is the root ARN of the account', () => {
    expect(same(policy(allow({ AWS: OWN })), policy(allow(root(OWN))))).toBe(true)
  })

  it('IAM shows the id of a role that was deleted since', () => {
    expect(same(policy(allow(role(FOREIGN, 'Deploy'))), policy(allow({ AWS: 'AROAEXAMPLEDELETED123' })))).toBe(true)
    expect(same(policy(allow({ AWS: 'AIDAEXAMPLEDELETED123' })), policy(allow(user('ci'))))).toBe(true)
  })

  it('the id of a user does not stand for a role, nor one id for two roles', () => {
    expect(same(policy(allow(role(OWN, 'Deploy'))), policy(allow({ AWS: 'AIDAEXAMPLEDELETED123' })))).toBe(false)
    const two = { AWS: [`arn:aws:iam::${OWN}:role/A`, `arn:aws:iam::${OWN}:role/B`] }
    expect(same(policy(allow(two)), policy(allow({ AWS: 'AROAEXAMPLEDELETED123' })))).toBe(false)
  })

  it('another account is another trust', () => {
    expect(same(policy(allow(root(OWN))), policy(allow(root(FOREIGN))))).toBe(false)
  })
})
