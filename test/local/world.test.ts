import { describe, expect, it } from 'vitest'
import { accountId, instantOf, type Role } from '../../shared/identity.ts'
import { parseWorld, unknownHistory, unknownRoles } from '../../shared/local/world.ts'

const policy = { Version: '2012-10-17', Statement: [] }
const account = accountId('111122223333')
if (account === null) throw new Error('The documentation account is an account')
const role = (name: string): Role => ({ account, name, arn: null })

function world(document: unknown): string {
  const described = {
    RoleName: 'deploy',
    RoleId: 'AROAEXAMPLE',
    Path: '/ci/',
    Arn: 'arn:aws:iam::111122223333:role/ci/deploy',
    CreateDate: '2024-01-01T00:00:00+00:00',
    AssumeRolePolicyDocument: document,
  }
  return JSON.stringify({ roles: [described], services: [{ ServiceName: 'web' }] })
}

describe('the world in a file', () => {
  it.each([
    ['an object', policy],
    ['text', JSON.stringify(policy)],
    ['URL-encoded text', encodeURIComponent(JSON.stringify(policy))],
  ])('knows a role whose document is %s', async (_, document) => {
    expect(await parseWorld(world(document)).read(role('deploy'))).toEqual({
      kind: 'role',
      arn: 'arn:aws:iam::111122223333:role/ci/deploy',
      createdAt: '2024-01-01T00:00:00Z',
      document: JSON.stringify(policy),
    })
  })

  it('knows that a role is not there', async () => {
    expect(await parseWorld(world(policy)).read(role('other'))).toEqual({ kind: 'no-such-role' })
  })

  it('lists its roles as one page', async () => {
    expect(await parseWorld(world(policy)).list(null)).toMatchObject({
      roles: [{ role: { name: 'deploy' }, serviceLinked: false }],
      next: null,
    })
  })

  it.each(['[]', '{}', 'x', '{"roles":[{}]}', world(7), world(policy).replace('arn:aws', 'arn')])(
    'refuses %s',
    (text) => {
      expect(() => parseWorld(text)).toThrow(/world file/)
    },
  )
})

describe('without a world', () => {
  it('nothing is guessed', async () => {
    expect(await unknownRoles('not asked').read(role('deploy'))).toEqual({ kind: 'unknown', why: 'not asked' })
    await expect(unknownRoles('not asked').list(null)).rejects.toThrow('not asked')
    expect(await unknownHistory('not asked').trustBefore(role('deploy'), instantOf(0))).toEqual({
      kind: 'not-known',
      why: 'not asked',
    })
  })
})
