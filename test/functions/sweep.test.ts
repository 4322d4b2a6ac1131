import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { trustOf } from '../builders.ts'
import { type Built, startBuilt } from './built.ts'

const START = '{"trustdrift":"sweep"}'
const STRANGER = '444455556666'
const taken = { batchItemFailures: [] }

let built: Built
let left = 900_000

beforeEach(async () => {
  left = 900_000
  built = await startBuilt('sweep', () => left)
})
afterEach(() => built.close())

/** Takes the messages that the sweep has sent itself, as the queue would deliver them. */
async function deliverFollowUps(): Promise<void> {
  const bodies = built.aws.sqs.sent.splice(0).map(({ body }) => body)
  if (bodies.length > 0) expect(await built.invoke(...bodies)).toEqual(taken)
}

describe('the first sweep', () => {
  test('learns every role silently, open ones too', async () => {
    built.aws.iam.createRole('Open', trustOf([STRANGER]))
    built.aws.iam.createRole('Closed', trustOf([]))
    expect(await built.invoke(START)).toEqual(taken)
    expect(built.alerts()).toEqual([])
    expect(built.aws.sqs.sent).toEqual([])
  })

  test('reads 5,000 roles, and a throttled ListRoles does not stop it', async () => {
    built.aws.iam.pageSize = 500
    for (let index = 0; index < 5_000; index += 1) built.aws.iam.createRole(`role-${index}`, trustOf([]))
    built.aws.faults.next('ListRoles', { kind: 'throttle' }, 2)
    expect(await built.invoke(START)).toEqual(taken)
    built.aws.iam.updateTrust('role-4999', trustOf([STRANGER]))
    expect(await built.invoke(START)).toEqual(taken)
    expect(built.aws.sqs.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([900])
    expect(JSON.parse(built.aws.sqs.sent[0]?.body ?? '').sightings).toMatchObject([{ role: { name: 'role-4999' } }])
    // Ten thousand writes over HTTP, to a table in this process: the function itself has fifteen minutes.
  }, 300_000)

  test('goes on where it stopped when the time runs out', async () => {
    built.aws.iam.pageSize = 2
    for (const name of ['A', 'B', 'C', 'D', 'E']) built.aws.iam.createRole(name, trustOf([STRANGER]))
    left = 10_000
    expect(await built.invoke(START)).toEqual(taken)
    expect(built.aws.calls('ListRoles')).toBe(1)
    left = 900_000
    await deliverFollowUps()
    expect(built.aws.calls('ListRoles')).toBe(3)
    await built.invoke(START)
    expect(built.alerts()).toEqual([])
    expect(built.aws.sqs.sent).toEqual([])
  })

  test('that IAM refuses is tried again, and is not taken for an empty account', async () => {
    built.aws.iam.createRole('Open', trustOf([STRANGER]))
    built.aws.faults.always('ListRoles', { kind: 'denied' })
    await expect(built.invoke(START)).rejects.toThrow(/no message was taken/)
  })
})

describe('a later sweep', () => {
  beforeEach(async () => {
    built.aws.iam.createRole('Audit', trustOf([]))
    built.aws.iam.createRole('Deploy', trustOf([]))
    built.aws.iam.createRole('AWSServiceRoleForSupport', trustOf([]), {
      path: '/aws-service-role/support.amazonaws.com/',
    })
    await built.invoke(START)
  })

  test('that finds nothing changed says nothing', async () => {
    await built.invoke(START)
    expect(built.aws.sqs.sent).toEqual([])
    expect(built.alerts()).toEqual([])
  })

  test('looks again at a changed role after 15 minutes, and tells what no event explains, once', async () => {
    built.aws.iam.updateTrust('Deploy', trustOf([STRANGER]))
    await built.invoke(START)
    expect(built.alerts()).toEqual([])
    await deliverFollowUps()
    expect(built.alerts().map((alert) => [alert.kind, alert.severity, alert.actor, alert.inForce])).toEqual([
      ['trust-changed', 'high', null, 'in-force'],
    ])
    expect(built.alerts()[0]?.evidence).toEqual({ eventId: null, eventName: null, region: null, source: 'sweep' })
    await built.invoke(START)
    await deliverFollowUps()
    expect(built.alerts()).toHaveLength(1)
  })

  test('says nothing of a change that was undone before the second look', async () => {
    built.aws.iam.updateTrust('Deploy', trustOf([STRANGER]))
    await built.invoke(START)
    built.aws.iam.updateTrust('Deploy', trustOf([]))
    await deliverFollowUps()
    expect(built.alerts()).toEqual([])
  })

  test('tells a role that appeared and one that vanished', async () => {
    built.aws.iam.createRole('New', trustOf([STRANGER]))
    built.aws.iam.deleteRole('Deploy')
    await built.invoke(START)
    await deliverFollowUps()
    expect(
      built
        .alerts()
        .map((alert) => [alert.kind, alert.role?.name, alert.severity])
        .sort(),
    ).toEqual([
      ['role-created', 'New', 'high'],
      ['role-deleted', 'Deploy', 'info'],
    ])
    await built.invoke(START)
    await deliverFollowUps()
    expect(built.alerts()).toHaveLength(2)
  })

  test('keeps what AWS itself does to service-linked roles to itself', async () => {
    built.aws.iam.updateTrust('AWSServiceRoleForSupport', trustOf([STRANGER]))
    await built.invoke(START)
    await deliverFollowUps()
    expect(built.alerts()).toEqual([])
  })

  test('tells the other roles though one cannot be read again, and that one when it can', async () => {
    for (const name of ['Audit', 'Deploy']) built.aws.iam.updateTrust(name, trustOf([STRANGER]))
    await built.invoke(START)
    const bodies = built.aws.sqs.sent.map(({ body }) => body)
    built.aws.faults.next('GetRole', { kind: 'denied' })
    await expect(built.invoke(...bodies)).rejects.toThrow(/no message was taken/)
    expect(built.alerts()).toHaveLength(1)
    expect(await built.invoke(...bodies)).toEqual(taken)
    expect(
      built
        .alerts()
        .map((alert) => alert.role?.name)
        .sort(),
    ).toEqual(['Audit', 'Deploy'])
  })

  test('does not call a role unchanged that it could not read again', async () => {
    built.aws.iam.updateTrust('Deploy', trustOf([STRANGER]))
    await built.invoke(START)
    built.aws.faults.always('GetRole', { kind: 'denied' })
    const bodies = built.aws.sqs.sent.map(({ body }) => body)
    await expect(built.invoke(...bodies)).rejects.toThrow(/no message was taken/)
  })
})

test('a message that is no task is not swallowed', async () => {
  await expect(built.invoke('{"something":"else"}')).rejects.toThrow(/no message was taken/)
})
