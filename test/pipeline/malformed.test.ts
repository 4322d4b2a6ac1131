/** Whatever arrives is told or understood: nothing throws, nothing is delivered for ever, nothing falls silent. */

import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { observeAll } from '../../shared/observe-all.ts'
import { parseSignal } from '../../shared/signal.ts'
import { changeAt, eventIdOf, trustOf } from '../builders.ts'
import { localWorld } from './local-world.ts'

async function observed(...texts: readonly string[]): Promise<readonly Alert[]> {
  const { world, alerts } = localWorld()
  for (const text of texts) await observeAll(parseSignal(text), world)
  return alerts
}

function record(change: object = {}, parameters: object = {}): string {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'ana', accountId: '111122223333' },
    eventTime: '2026-11-21T12:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    requestParameters: { roleName: 'Deploy', policyDocument: trustOf([]), ...parameters },
    responseElements: null,
    eventID: '11f0aa31-2b3c-4d5e-8f60-718293a4b5c6',
    recipientAccountId: '111122223333',
    ...change,
  })
}

const nested = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`

describe('an event that cannot be read is told as unreadable', () => {
  test.each([
    ['no JSON at all', 'half an event {'],
    ['nothing', ''],
    [
      'an envelope without detail',
      '{"source":"aws.iam","detail-type":"AWS API Call via CloudTrail","account":"111122223333"}',
    ],
    ['1,000 levels of lists', nested(1000, '[', ']')],
    ['100,000 levels of lists', nested(100_000, '[', ']')],
    [
      '1,000 levels in the detail',
      `{"source":"aws.iam","detail-type":"AWS API Call via CloudTrail","detail":${nested(1000, '[', ']')}}`,
    ],
    ['300 KB of something else', JSON.stringify({ text: 'x'.repeat(300_000) })],
    ['no parameters though the call succeeded', record({ requestParameters: null })],
    ['a role name that is no text', record({}, { roleName: { name: 'Deploy' } })],
    ['no document', record({}, { policyDocument: null })],
    ['no time', record({ eventTime: 'yesterday' })],
  ])('%s', async (_, text) => {
    const alerts = await observed(text)
    expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([['unreadable', 'high']])
  })

  test.each([
    ['no JSON', 'not a policy'],
    ['empty', ''],
    ['a list', '[]'],
    ['1,000 levels deep', nested(1000, '{"Statement":', '}')],
    ['100,000 levels deep', nested(100_000, '[', ']')],
    ['300 KB that is no policy', `"${'x'.repeat(300_000)}"`],
  ])('a policy that is %s', async (_, policyDocument) => {
    const alerts = await observed(record({}, { policyDocument }))
    expect(alerts.map((alert) => [alert.kind, alert.severity, alert.role?.name])).toEqual([
      ['unreadable', 'high', 'Deploy'],
    ])
    expect(Buffer.byteLength(JSON.stringify(alerts[0]))).toBeLessThanOrEqual(200 * 1024)
  })
})

describe('what is odd and can be read is judged', () => {
  test.each([
    [
      'lone surrogates',
      record({ userAgent: '\ud800' }, { policyDocument: trustOf(['444455556666']).replace('Version', 'Version') }),
    ],
    ['a role name of control and markup characters', record({}, { roleName: '\u001b[31m<!channel>\u202e\n*' })],
    ['300 KB of user agent', record({ userAgent: 'x'.repeat(300_000) })],
    [
      'duplicate keys in the policy',
      record(
        {},
        {
          policyDocument:
            '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}]}',
        },
      ),
    ],
  ])('%s', async (_, text) => {
    const alerts = await observed(text)
    expect(alerts).toHaveLength(1)
    expect(Buffer.byteLength(JSON.stringify(alerts[0]))).toBeLessThanOrEqual(200 * 1024)
  })
})

test('an unreadable event delivered twice is told once', async () => {
  expect(await observed('half an event {', 'half an event {')).toHaveLength(1)
})

test('a refused call delivered twice is told once', async () => {
  const refused = record({
    errorCode: 'AccessDenied',
    errorMessage: 'not authorized on resource: role Deploy',
    requestParameters: null,
  })
  const alerts = await observed(refused, refused)
  expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([['trust-update-refused', 'low']])
})

test('after a policy that could not be read, the next one is not called harmless', async () => {
  const alerts = await observed(
    record({}, { policyDocument: 'not a policy' }),
    record({ eventID: '22f0aa31-2b3c-4d5e-8f60-718293a4b5c6', eventTime: '2026-11-21T12:05:00Z' }),
  )
  expect(alerts.map((alert) => [alert.kind, alert.severity])).toEqual([
    ['unreadable', 'high'],
    ['trust-changed', 'high'],
  ])
  expect(alerts[1]?.comparison?.verdict).toBe('undecided')
})

describe('a fault of ours in judging one event', () => {
  /** No document that throws is known, so the judge trips over its own configuration. */
  function trippingWorld() {
    const organization = {
      id: 'o-a1b2c3d4e5',
      get accounts(): readonly string[] {
        throw new RangeError('Maximum call stack size exceeded')
      },
    }
    return localWorld({ config: { organization } })
  }
  const opened = changeAt({ id: 'b', at: 2, admits: ['444455556666'] })

  test('is told as an event that could not be judged, with all that is known of it', async () => {
    const { world, alerts } = trippingWorld()
    await observeAll(opened, world)
    expect(alerts).toMatchObject([
      {
        kind: 'unreadable',
        severity: 'high',
        headline: 'UpdateAssumeRolePolicy on role Deploy could not be judged: a fault in Trustdrift (RangeError)',
        account: '111122223333',
        role: { name: 'Deploy' },
        inForce: 'unknown',
        evidence: { eventId: 'b', eventName: 'UpdateAssumeRolePolicy' },
      },
    ])
  })

  test('is told once, however often the event is delivered and whatever arrives late', async () => {
    const { world, alerts } = trippingWorld()
    await observeAll(opened, world)
    await observeAll(opened, world)
    await observeAll(changeAt({ id: 'a', at: 1, write: 'deleted' }), world)
    expect(alerts.filter(({ evidence }) => evidence.eventId === 'b')).toHaveLength(1)
  })

  test('does not lose the version: the next change is held against it', async () => {
    const { world, alerts } = trippingWorld()
    await observeAll(opened, world)
    const next = changeAt({ id: 'c', at: 3, admits: ['444455556666', '999988887777'] })
    await observeAll(next, { ...world, config: {} })
    expect(alerts.at(-1)?.comparison?.gained.map(({ witness }) => witness.principal.id)).toEqual([
      expect.stringContaining('999988887777'),
    ])
  })

  test('what the topic throws is still thrown, so that the queue delivers again', async () => {
    const { world, memory } = trippingWorld()
    const publish = async () => {
      throw new Error('the topic is away')
    }
    const broken = { ...world, ports: { ...world.ports, outbox: { publish } } }
    await expect(observeAll(opened, broken)).rejects.toThrow('the topic is away')
    expect(await memory.find({ role: opened.role, at: opened.origin.at, eventId: eventIdOf('b') })).toBeNull()
  })
})
