import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { iamClient } from '../../shared/aws/clients.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import type { Roles } from '../../shared/ports.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { OTHER, OWN, roleOf } from '../versions.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const TRUST = '{ "Statement": [{ "Sid": "a+b c&d <é> (*)\'!", "Effect": "Allow" }] }\n'

let aws: FakeAws
let roles: Roles

beforeAll(async () => {
  aws = await startFakeAws()
  roles = rolesOf(iamClient(QUICK, placeAt(aws.endpoint)), OWN)
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

const READING = {
  kind: 'role',
  arn: 'arn:aws:iam::111122223333:role/team/deploy',
  createdAt: '2026-03-04T05:06:07Z',
  document: TRUST,
}

function createDeploy(): void {
  aws.iam.createRole('deploy', TRUST, { path: '/team/', createDate: new Date('2026-03-04T05:06:07Z') })
}

test('a role is read with its document as it was written', async () => {
  createDeploy()
  expect(await roles.read(roleOf('deploy'))).toEqual(READING)
})

test('a role that IAM does not know is no such role', async () => {
  expect(await roles.read(roleOf('gone'))).toEqual({ kind: 'no-such-role' })
})

test("another account's role is unknown, without asking", async () => {
  const reading = await roles.read(roleOf('deploy', OTHER))
  expect(reading).toEqual({ kind: 'unknown', why: 'IAM was not asked: the role belongs to another account' })
  expect(aws.calls('GetRole')).toBe(0)
})

test.each(['', '\ud800', '<b>&', 'a/b', 'x'.repeat(65), '\u0000'])(
  'a name no role can have (%j) is unknown, without asking',
  async (name) => {
    expect(await roles.read(roleOf(name))).toMatchObject({ kind: 'unknown' })
    expect(aws.calls('GetRole')).toBe(0)
  },
)

test("credentials of another account give an unknown role and no list, not a namesake's trust", async () => {
  createDeploy()
  const misled = rolesOf(iamClient(QUICK, placeAt(aws.endpoint)), OTHER)
  expect(await misled.read(roleOf('deploy', OTHER))).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('another account'),
  })
  await expect(misled.list(null)).rejects.toMatchObject({ failure: 'denied' })
})

test.each(PASSING)('a role is read though IAM %s', async (_, fault, times) => {
  createDeploy()
  aws.faults.next('GetRole', fault, times)
  expect(await roles.read(roleOf('deploy'))).toEqual(READING)
})

test.each(LASTING)('a role is unknown, with the reason, when IAM %s', async (_, fault) => {
  createDeploy()
  aws.faults.always('GetRole', fault)
  expect(await roles.read(roleOf('deploy'))).toMatchObject({
    kind: 'unknown',
    why: expect.stringMatching(/^IAM GetRole /),
  })
})

test("a not-found that is not IAM's own does not say that the role is gone", async () => {
  aws.faults.next('GetRole', { kind: 'error', status: 404, code: 'NotFound' })
  expect(await roles.read(roleOf('deploy'))).toMatchObject({ kind: 'unknown' })
})

test('a read takes no longer than its bound, however many attempts are left', async () => {
  aws.faults.always('GetRole', { kind: 'hang' })
  const bounded = rolesOf(iamClient({ ...QUICK, requestMs: 5_000, attempts: 9 }, placeAt(aws.endpoint)), OWN, 200)
  const begun = performance.now()
  expect(await bounded.read(roleOf('deploy'))).toMatchObject({ kind: 'unknown' })
  expect(performance.now() - begun).toBeLessThan(2_000)
})

test('the bound holds between attempts too', async () => {
  aws.faults.always('GetRole', { kind: 'throttle' })
  const bounded = rolesOf(iamClient({ ...QUICK, attempts: 50 }, placeAt(aws.endpoint)), OWN, 300)
  const begun = performance.now()
  expect(await bounded.read(roleOf('deploy'))).toMatchObject({ kind: 'unknown' })
  expect(performance.now() - begun).toBeLessThan(2_000)
})

test('every role is listed once, page after page, service-linked ones marked', async () => {
  for (let index = 0; index < 25; index += 1) aws.iam.createRole(`role-${index}`, TRUST)
  aws.iam.createRole('AWSServiceRoleForSupport', TRUST, { path: '/aws-service-role/support.amazonaws.com/' })
  aws.iam.pageSize = 10
  const pages = [await roles.list(null)]
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await roles.list(next))
  const listed = pages.flatMap((page) => page.roles)
  expect(pages).toHaveLength(3)
  expect(new Set(listed.map(({ role }) => role.name)).size).toBe(26)
  expect(listed.filter(({ serviceLinked }) => serviceLinked).map(({ role }) => role.arn)).toEqual([
    'arn:aws:iam::111122223333:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport',
  ])
  expect(listed.every(({ document }) => document === TRUST)).toBe(true)
})

test("an answer that is not IAM's is neither a role nor an empty account", async () => {
  const body = '<html><body>Sign in to the network</body></html>'
  for (const action of ['GetRole', 'ListRoles']) aws.faults.next(action, { kind: 'answer', body })
  expect(await roles.read(roleOf('deploy'))).toMatchObject({ kind: 'unknown' })
  await expect(roles.list(null)).rejects.toMatchObject({ failure: 'broken' })
})

test('an account without roles is an empty page, and the last', async () => {
  expect(await roles.list(null)).toEqual({ roles: [], next: null })
})

test.each(PASSING)('roles are listed though IAM %s', async (_, fault, times) => {
  createDeploy()
  aws.faults.next('ListRoles', fault, times)
  expect((await roles.list(null)).roles).toHaveLength(1)
})

test.each(LASTING)(
  'a list that cannot be had is an error, never an empty page, when IAM %s',
  async (_, fault, failure) => {
    createDeploy()
    aws.faults.always('ListRoles', fault)
    await expect(roles.list(null)).rejects.toMatchObject({ name: 'PortError', failure })
  },
)
