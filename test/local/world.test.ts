import { describe, expect, it } from 'vitest'
import { accountId, instantOf, type Role, serviceArn } from '../../shared/identity.ts'
import { parseWorld, unknownHistory, unknownRoles } from '../../shared/local/world.ts'

const policy = { Version: '2012-10-17', Statement: [] }
const account = accountId('111122223333')
if (account === null) throw new Error('The documentation account is an account')
const role = (name: string): Role => ({ account, name, arn: null })

const WEB = 'arn:aws:apprunner:us-east-2:111122223333:service/web/8fe1e10304f84fd2b0df550fe98a71fa'
const web = {
  ServiceName: 'web',
  ServiceArn: WEB,
  Status: 'RUNNING',
  SourceConfiguration: {
    AuthenticationConfiguration: { AccessRoleArn: 'arn:aws:iam::111122223333:role/service-role/pull' },
    ImageRepository: { ImageConfiguration: { RuntimeEnvironmentVariables: { PASSWORD: 'nobody-may-see' } } },
  },
}

function world(document: unknown): string {
  const described = {
    RoleName: 'deploy',
    RoleId: 'AROAEXAMPLE',
    Path: '/ci/',
    Arn: 'arn:aws:iam::111122223333:role/ci/deploy',
    CreateDate: '2024-01-01T00:00:00+00:00',
    AssumeRolePolicyDocument: document,
  }
  return JSON.stringify({ roles: [described], services: [web] })
}

describe('the world in a file', () => {
  it.each([
    ['an object', policy],
    ['text', JSON.stringify(policy)],
    ['URL-encoded text', encodeURIComponent(JSON.stringify(policy))],
  ])('knows a role whose document is %s', async (_, document) => {
    expect(await parseWorld(world(document)).roles.read(role('deploy'))).toEqual({
      kind: 'role',
      arn: 'arn:aws:iam::111122223333:role/ci/deploy',
      createdAt: '2024-01-01T00:00:00Z',
      document: JSON.stringify(policy),
    })
  })

  it('knows that a role is not there', async () => {
    expect(await parseWorld(world(policy)).roles.read(role('other'))).toEqual({ kind: 'no-such-role' })
  })

  it('lists its roles as one page', async () => {
    expect(await parseWorld(world(policy)).roles.list(null)).toMatchObject({
      roles: [{ role: { name: 'deploy' }, serviceLinked: false }],
      next: null,
    })
  })

  it('knows which roles a service uses, and nothing of its environment', async () => {
    const { services } = parseWorld(world(policy))
    const service = { account, region: 'us-east-2', name: 'web', arn: serviceArn(WEB) }
    const reading = await services.read(service)
    expect(reading).toMatchObject({
      kind: 'service',
      service: { name: 'web', status: 'RUNNING', uses: [{ as: 'apprunner-access', role: { name: 'pull' } }] },
    })
    expect(JSON.stringify(reading)).not.toContain('nobody-may-see')
    expect((await services.list('us-east-2', null)).services.map(({ name }) => name)).toEqual(['web'])
    expect(await services.read({ ...service, arn: serviceArn(`${WEB}0`) })).toEqual({ kind: 'no-such-service' })
  })

  it('that is partial knows nothing of what it does not name', async () => {
    const partial = parseWorld(JSON.stringify({ roles: [], services: [], partial: true }))
    expect(await partial.roles.read(role('deploy'))).toMatchObject({ kind: 'unknown' })
    expect(
      await partial.services.read({ account, region: 'us-east-2', name: 'web', arn: serviceArn(WEB) }),
    ).toMatchObject({ kind: 'unknown' })
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
