import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { cloudTrailClient } from '../../shared/aws/clients.ts'
import { historyOf } from '../../shared/aws/history.ts'
import type { RecordedHistory } from '../../shared/ports.ts'
import type { CloudTrailRecord } from '../aws/cloudtrail.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { instantOf, OTHER, OWN, roleOf } from '../versions.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const NOON = instantOf('2026-11-21T12:00:00Z')
const deploy = roleOf('deploy')

let aws: FakeAws
let history: RecordedHistory
let ids = 0

beforeAll(async () => {
  aws = await startFakeAws()
  history = historyWith({ pages: 5, totalMs: 20_000, paceMs: 0 })
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

function historyWith(
  limits: { pages: number; totalMs: number; paceMs: number },
  clock = () => Date.now(),
): RecordedHistory {
  return historyOf(cloudTrailClient(QUICK, placeAt(aws.endpoint)), { ownAccount: OWN, clock, limits })
}

/** Puts in a successful UpdateAssumeRolePolicy of `deploy`, but for what is given. */
function happened(time: string, more: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  ids += 1
  const record = {
    eventTime: `2026-11-${time}Z`,
    eventID: `event-${ids}`,
    eventName: 'UpdateAssumeRolePolicy',
    eventSource: 'iam.amazonaws.com',
    requestParameters: { roleName: 'deploy', policyDocument: '{}' },
    ...more,
  }
  aws.cloudtrail.record(record)
  return record
}

/** So many events about the role that say nothing of its trust, from the given day on backwards. */
function chatter(count: number, day = '20'): void {
  for (let index = 0; index < count; index += 1) {
    happened(`${day}T10:00:00`, { eventName: 'AttachRolePolicy' })
  }
}

describe('what CloudTrail says of the time before', () => {
  test('the latest second with a trust event is found, and nothing older', async () => {
    happened('18T09:00:00', { eventName: 'CreateRole' })
    const latest = happened('19T09:00:00')
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [latest] })
  })

  test('events of that very second and later ones are not before', async () => {
    happened('21T12:00:00')
    happened('21T12:00:01')
    const before = happened('21T11:59:59')
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [before] })
  })

  test('all events of one second belong together, though a page ends between them', async () => {
    chatter(49)
    const first = happened('19T09:00:00')
    const second = happened('19T09:00:00', { eventName: 'DeleteRole', requestParameters: { roleName: 'deploy' } })
    happened('18T09:00:00')
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [first, second] })
    expect(aws.calls('LookupEvents')).toBe(2)
  })

  test('ninety days without a trust event are an empty answer', async () => {
    chatter(60)
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [] })
  })

  test('failed calls, other services and other roles say nothing', async () => {
    happened('19T09:00:00', { errorCode: 'AccessDenied' })
    happened('19T09:00:00', { eventSource: 'example.amazonaws.com' })
    happened('19T09:00:00', { requestParameters: { roleName: 'deploy-2', roleArn: 'deploy' } })
    happened('19T09:00:00', { requestParameters: { roleArn: 'deploy' } })
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [] })
  })
})

describe('what is not known is never called none', () => {
  test('more than five pages', async () => {
    chatter(251)
    expect(await history.trustBefore(deploy, NOON)).toMatchObject({
      kind: 'not-known',
      why: expect.stringContaining('5 pages'),
    })
    expect(aws.calls('LookupEvents')).toBe(5)
  })

  test('a second that may go on behind the fifth page', async () => {
    chatter(249)
    happened('19T09:00:00')
    happened('19T09:00:00')
    expect(await history.trustBefore(deploy, NOON)).toMatchObject({ kind: 'not-known' })
  })

  test('exactly five pages are not cut short', async () => {
    chatter(249)
    const found = happened('19T09:00:00')
    expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [found] })
  })

  test('more than twenty seconds by the clock', async () => {
    chatter(60)
    let now = 0
    const slow = historyWith({ pages: 5, totalMs: 20_000, paceMs: 0 }, () => {
      now += 11_000
      return now
    })
    expect(await slow.trustBefore(deploy, NOON)).toMatchObject({
      kind: 'not-known',
      why: expect.stringContaining('20 seconds'),
    })
    expect(aws.calls('LookupEvents')).toBe(1)
  })

  test('an answer that does not come within the time left', async () => {
    aws.faults.always('LookupEvents', { kind: 'hang' })
    const bounded = historyOf(cloudTrailClient({ ...QUICK, requestMs: 9_000, attempts: 9 }, placeAt(aws.endpoint)), {
      ownAccount: OWN,
      clock: () => Date.now(),
      limits: { pages: 5, totalMs: 200, paceMs: 0 },
    })
    const begun = performance.now()
    expect(await bounded.trustBefore(deploy, NOON)).toMatchObject({ kind: 'not-known' })
    expect(performance.now() - begun).toBeLessThan(2_000)
  })

  test.each(['not JSON', '', 'null', '"text"'])('a trust event that cannot be read (%j)', async (raw) => {
    happened('19T09:00:00')
    aws.cloudtrail.events[0] = { ...(aws.cloudtrail.events[0] ?? never()), raw }
    expect(await history.trustBefore(deploy, NOON)).toMatchObject({ kind: 'not-known' })
  })

  test.each(LASTING)('a history that cannot be asked because CloudTrail %s', async (_, fault) => {
    happened('19T09:00:00')
    aws.faults.always('LookupEvents', fault)
    const answer = await history.trustBefore(deploy, NOON)
    expect(answer).toMatchObject({ kind: 'not-known', why: expect.stringMatching(/^CloudTrail LookupEvents /) })
  })

  test('a history that breaks off after the first page', async () => {
    chatter(60)
    happened('19T09:00:00')
    aws.faults.next('LookupEvents', null)
    aws.faults.always('LookupEvents', { kind: 'denied' })
    expect(await history.trustBefore(deploy, NOON)).toMatchObject({ kind: 'not-known' })
  })

  test.each(['{}', '<html>', ''])("an answer that is not CloudTrail's (%j)", async (body) => {
    aws.faults.next('LookupEvents', { kind: 'answer', body })
    expect(await history.trustBefore(deploy, NOON)).toMatchObject({ kind: 'not-known' })
  })

  test("another account's role, and a name no role can have, are not asked for", async () => {
    expect(await history.trustBefore(roleOf('deploy', OTHER), NOON)).toMatchObject({ kind: 'not-known' })
    expect(await history.trustBefore(roleOf('\ud800'), NOON)).toMatchObject({ kind: 'not-known' })
    expect(aws.calls('LookupEvents')).toBe(0)
  })
})

test.each(PASSING)('the time before is known though CloudTrail %s', async (_, fault, times) => {
  const found = happened('19T09:00:00')
  aws.faults.next('LookupEvents', fault, times)
  expect(await history.trustBefore(deploy, NOON)).toEqual({ kind: 'records', records: [found] })
})

function never(): never {
  throw new Error('the history is empty')
}
