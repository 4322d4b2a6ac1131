import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testAlertId } from '../../shared/alert-id.ts'
import type { Fault } from '../aws/faults.ts'
import { trustOf } from '../builders.ts'
import { type Built, startBuilt } from './built.ts'
import { cloudTrailRecord, eventText } from './cloudtrail-event.ts'

const STRANGER = '444455556666'

let built: Built
let roles = 0
let role = ''

beforeAll(async () => {
  built = await startBuilt('trust-change')
})
afterAll(() => built.close())
beforeEach(() => {
  built.aws.reset()
  roles += 1
  role = `Deploy-${roles}`
})

const closed = () => eventText({ id: `${role}-closed`, time: '12:00:00', role, admits: [] })
const opened = () => eventText({ id: `${role}-opened`, time: '12:05:00', role, admits: [STRANGER] })
const shut = () => eventText({ id: `${role}-shut`, time: '12:07:00', role, admits: [] })
const taken = { batchItemFailures: [] }

/** The role is known before the story begins; what that told is forgotten. */
async function known(): Promise<void> {
  await built.invoke(closed())
  built.aws.reset()
}

describe('a role opened to a foreign account and closed again', () => {
  test('gives two alerts: who gained, with a witness; who lost', async () => {
    await known()
    built.aws.iam.createRole(role, trustOf([STRANGER]))
    expect(await built.invoke(opened())).toEqual(taken)
    built.aws.iam.updateTrust(role, trustOf([]))
    expect(await built.invoke(shut())).toEqual(taken)
    const [gained, lost, ...more] = built.alerts()
    expect(more).toEqual([])
    expect(gained).toMatchObject({ kind: 'trust-changed', severity: 'high', inForce: 'in-force' })
    expect(gained?.comparison?.gained.map((gain) => gain.witness.principal.id)).toEqual([
      expect.stringContaining(STRANGER),
    ])
    expect(gained?.restore?.command).toContain(`aws iam update-assume-role-policy --role-name ${role}`)
    expect(lost).toMatchObject({ kind: 'trust-changed', severity: 'medium' })
    expect(lost?.comparison?.lost).toHaveLength(1)
  })

  test('delivered once more, gives none', async () => {
    await known()
    await built.invoke(opened(), shut())
    built.aws.reset()
    expect(await built.invoke(closed(), opened(), shut(), opened())).toEqual(taken)
    expect(built.alerts()).toEqual([])
  })

  test('and a policy that is only written differently gives none', async () => {
    await known()
    const document = JSON.stringify(
      {
        Statement: { Action: ['sts:AssumeRole'], Principal: { AWS: ['111122223333'] }, Effect: 'Allow' },
        Version: '2012-10-17',
      },
      null,
      2,
    )
    await built.invoke(eventText({ id: `${role}-again`, time: '12:01:00', role, document }))
    expect(built.alerts()).toEqual([])
  })

  test('is told as superseded when it was closed before anybody looked', async () => {
    await known()
    built.aws.iam.createRole(role, trustOf(['999988887777']))
    await built.invoke(opened())
    expect(built.alerts().map((alert) => [alert.inForce, alert.restore])).toEqual([['superseded', null]])
  })
})

describe('the topic carries', () => {
  test('the alert as JSON, with what a filter policy needs', async () => {
    await known()
    await built.invoke(opened())
    const [published] = built.aws.sns.published
    expect(published?.subject).toBeNull()
    expect(published?.attributes).toEqual({
      severity: 'high',
      kind: 'trust-changed',
      verdict: 'widened',
      account: '111122223333',
      role,
    })
  })
})

describe('what fails is delivered again, and tells the same', () => {
  const passing: readonly (readonly [string, string, Fault, number])[] = [
    ['the topic fails once', 'Publish', { kind: 'error', status: 500, code: 'InternalError' }, 1],
    ['the topic fails twice', 'Publish', { kind: 'error', status: 500, code: 'InternalError' }, 2],
    ['the topic throttles', 'Publish', { kind: 'throttle' }, 2],
    ['memory fails once while reading', 'Query', { kind: 'error', status: 500, code: 'InternalServerError' }, 1],
    ['memory fails twice while writing', 'UpdateItem', { kind: 'error', status: 500, code: 'InternalServerError' }, 2],
    ['memory writes and loses the answer', 'UpdateItem', { kind: 'lose-answer' }, 1],
    ['IAM throttles', 'GetRole', { kind: 'throttle' }, 1],
    ['IAM breaks the connection', 'GetRole', { kind: 'drop' }, 1],
  ]
  test.each(passing)('%s, and the delivery is taken all the same', async (_, action, fault, times) => {
    await known()
    built.aws.iam.createRole(role, trustOf([STRANGER]))
    built.aws.faults.next(action, fault, times)
    expect(await built.invoke(opened())).toEqual(taken)
    expect(built.alerts().map((alert) => [alert.severity, alert.inForce])).toEqual([['high', 'in-force']])
  })

  const lasting: readonly (readonly [string, string])[] = [
    ['the topic', 'Publish'],
    ['memory when read', 'GetItem'],
    ['memory when asked for what was before', 'Query'],
    ['memory when settling', 'UpdateItem'],
  ]
  test.each(lasting)('%s is down, and the message comes back until it is not', async (_, action) => {
    await known()
    built.aws.faults.always(action, { kind: 'error', status: 500, code: 'InternalError' })
    await expect(built.invoke(opened())).rejects.toThrow()
    built.aws.faults.clear()
    expect(await built.invoke(opened())).toEqual(taken)
    expect(new Set(built.alerts().map((alert) => alert.id)).size).toBe(1)
    built.aws.sns.published.length = 0
    await built.invoke(opened())
    expect(built.alerts()).toEqual([])
  })

  test('the topic took the alert and its answer was lost: the repeat carries the same id', async () => {
    await known()
    built.aws.faults.next('Publish', { kind: 'lose-answer' })
    expect(await built.invoke(opened())).toEqual(taken)
    expect(built.alerts()).toHaveLength(2)
    expect(new Set(built.alerts().map((alert) => alert.id)).size).toBe(1)
  })

  test('one message that fails does not take the others with it', async () => {
    await known()
    built.aws.faults.next('Publish', { kind: 'denied' }, 1)
    const result = await built.invoke(
      opened(),
      eventText({ id: `${role}-b`, time: '12:06:00', role: `${role}-b`, admits: [] }),
    )
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] })
    expect(built.alerts().map((alert) => alert.role?.name)).toEqual([`${role}-b`])
  })
})

describe('what cannot be looked up is said, and delays nothing', () => {
  test('IAM denies: whether it is still in force is unknown', async () => {
    await known()
    built.aws.faults.always('GetRole', { kind: 'denied' })
    await built.invoke(opened())
    expect(built.alerts().map((alert) => alert.inForce)).toEqual(['unknown'])
  })

  test("CloudTrail's history knows the version before", async () => {
    built.aws.cloudtrail.record(cloudTrailRecord({ id: `${role}-old`, time: '11:00:00', role, admits: [] }))
    await built.invoke(opened())
    expect(built.alerts().map((alert) => alert.comparison?.gained.length)).toEqual([1])
  })

  test('CloudTrail is denied: no earlier version is known, and nothing is called gained', async () => {
    built.aws.faults.always('LookupEvents', { kind: 'denied' })
    await built.invoke(opened())
    const [alert] = built.alerts()
    expect(alert?.comparison).toBeNull()
    expect(alert?.findings.map((finding) => finding.rule)).toEqual(['foreign-account'])
  })
})

describe('the function takes', () => {
  test('one bare event, as sam local invoke sends it', async () => {
    expect(await built.invokeBare(JSON.parse(opened()))).toEqual(taken)
    expect(built.alerts()).toHaveLength(1)
  })

  test('anything at all, and tells what it could not read', async () => {
    expect(await built.invoke(`{"half": ${role}`)).toEqual(taken)
    expect(built.alerts().map((alert) => alert.kind)).toEqual(['unreadable'])
  })

  test('an event that hides its policy, and has the role read in a minute', async () => {
    const hidden = {
      ...cloudTrailRecord({ id: `${role}-hidden`, time: '12:05:00', role }),
      requestParameters: { roleName: role },
    }
    expect(await built.invoke(JSON.stringify(hidden))).toEqual(taken)
    expect(built.alerts().map((alert) => alert.kind)).toEqual(['unreadable'])
    expect(built.aws.sqs.sent.map(({ body, delaySeconds }) => [JSON.parse(body), delaySeconds])).toEqual([
      [
        { kind: 'look-again', sightings: [{ role: { account: '111122223333', name: role, arn: null }, seen: null }] },
        60,
      ],
    ])
  })

  test('an event that hides even its role, and has all roles read', async () => {
    const hidden = {
      ...cloudTrailRecord({ id: `${role}-omitted`, time: '12:05:00', role }),
      requestParameters: { omitted: true, reason: 'requestParameters too large' },
    }
    await built.invoke(JSON.stringify(hidden), JSON.stringify(hidden))
    expect(built.aws.sqs.sent.map(({ body }) => body)).toEqual(['{"trustdrift":"sweep"}'])
  })

  test('a test, and publishes once that it is one', async () => {
    const id = randomUUID()
    const message = JSON.stringify({ trustdrift: 'test', id, account: '111122223333', time: '2026-11-21T12:00:00Z' })
    expect(await built.invoke(message, message)).toEqual(taken)
    expect(built.alerts()).toMatchObject([
      {
        id: testAlertId('111122223333', id),
        kind: 'test',
        severity: 'info',
        headline: 'This is a test of Trustdrift: nothing happened',
        at: '2026-11-21T12:00:00Z',
        account: '111122223333',
        findings: [],
      },
    ])
  })

  test('a heartbeat, and says so to CloudWatch', () => {
    const script = `require('./dist/trust-change').handler({ Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: '{"trustdrift":"heartbeat"}' }] })`
    const run = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', env: process.env })
    const line = run.stdout.split('\n').find((text) => text.includes('"Heartbeat"'))
    expect(JSON.parse(line ?? '{}')).toMatchObject({ Heartbeat: 1, service: 'trust-change' })
  })
})
