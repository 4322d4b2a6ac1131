import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTrust } from '../../shared/policy/read.ts'
import { policies, text } from './generated.ts'

/** Not replaced here: it stands in the document. */
const USER = `\${aws:username}`

describe('a policy read beside another', () => {
  it('reads as it does alone', () => {
    const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }
    fc.assert(
      fc.property(policies, policies, fc.boolean(), (p, q, swapped) => {
        const mixed = swapped ? [...q.slice(0, 1), ...p.slice(1)] : [...p.slice(0, 1), ...q]
        const document = text(mixed)
        const like = readTrust(text(p)).sources
        expect(readTrust(document, like)).toEqual(readTrust(document))
      }),
      runs,
    )
  })

  const statement = (values: object) => ({
    Effect: 'Allow',
    Principal: { AWS: '111122223333' },
    Action: 'sts:AssumeRole',
    Condition: { StringLike: values },
  })
  const policy = (of: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement({ 'aws:PrincipalTag/a': ['x', USER] })],
      ...of,
    })
  const read = readTrust(policy({}))

  it('shares the statements that are written alike in the same place', () => {
    expect(readTrust(policy({ Id: 'other' }), read.sources).policy.statements[0]).toBe(read.policy.statements[0])
  })

  it.each([
    ['another version', { Version: '2008-10-17' }],
    ['another order', { Statement: [statement({ 'aws:PrincipalTag/a': [USER, 'x'] })] }],
    ['a value more', { Statement: [statement({ 'aws:PrincipalTag/a': ['x', USER, 'y'] })] }],
    ['a value instead of the list', { Statement: [statement({ 'aws:PrincipalTag/a': 'x' })] }],
    ['another key', { Statement: [statement({ 'aws:PrincipalTag/b': ['x', USER] })] }],
    ['a statement instead of the list', { Statement: statement({ 'aws:PrincipalTag/a': ['x', USER] }) }],
    [
      'another place',
      {
        Statement: [{ ...statement({}), Effect: 'Deny' }, statement({ 'aws:PrincipalTag/a': ['x', USER] })],
      },
    ],
    ['a fault', { Statement: [{ ...statement({}), Effect: 'Perhaps' }] }],
    [
      'a Sid that stands twice',
      {
        Statement: [
          { ...statement({}), Sid: 'A' },
          { ...statement({}), Sid: 'A' },
        ],
      },
    ],
  ])('reads anew what differs: %s', (_, of) => {
    const [alone, beside] = [readTrust(policy(of)), readTrust(policy(of), read.sources)]
    expect(beside).toEqual(alone)
    for (const one of beside.policy.statements) expect(read.policy.statements).not.toContain(one)
  })
})
