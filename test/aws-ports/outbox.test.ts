import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { snsClient } from '../../shared/aws/clients.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import type { Outbox } from '../../shared/ports.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alerts'

let aws: FakeAws
let outbox: Outbox

beforeAll(async () => {
  aws = await startFakeAws()
  outbox = outboxOf(snsClient(QUICK, placeAt(aws.endpoint)), TOPIC)
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

test('an alert is one message of JSON with its attributes and without a subject', async () => {
  await outbox.publish(alertOf({}))
  expect(aws.sns.published).toEqual([
    {
      topicArn: TOPIC,
      message: JSON.stringify(alertOf({})),
      subject: null,
      attributes: {
        severity: 'high',
        kind: 'trust-changed',
        verdict: 'widened',
        account: '111122223333',
        role: 'deploy',
      },
    },
  ])
})

test('what is null is no attribute', async () => {
  await outbox.publish(alertOf({ account: null, role: null, comparison: null, kind: 'unreadable' }))
  expect(aws.sns.published[0]?.attributes).toEqual({ severity: 'high', kind: 'unreadable' })
})

test.each(['\u0000', 'a\nb', '\u0085', '\ud800', '\uffff', '', 'x'.repeat(5_000)])(
  'a role name that cannot be an attribute (%j) costs the attribute, not the alert',
  async (name) => {
    const alert = alertOf({ role: { name, arn: null } })
    await outbox.publish(alert)
    expect(Object.keys(aws.sns.published[0]?.attributes ?? {})).toEqual(['severity', 'kind', 'verdict', 'account'])
    expect(JSON.parse(aws.sns.published[0]?.message ?? '')).toEqual(alert)
    expect(aws.calls('Publish')).toBe(1)
  },
)

test('markup and letters of any script are attributes as they are', async () => {
  await outbox.publish(alertOf({ role: { name: '<!channel> é\u{1f512}&', arn: null } }))
  expect(aws.sns.published[0]?.attributes.role).toBe('<!channel> é\u{1f512}&')
})

test('a message holds no character that a queue behind the topic would refuse', async () => {
  const alert = alertOf({ headline: 'a\u0000\u001f\u007f\u009f\ud800\uffff\ufffe' })
  await outbox.publish(alert)
  const message = aws.sns.published[0]?.message ?? ''
  // SendMessage takes #x9, #xA, #xD, #x20 to #xD7FF, #xE000 to #xFFFD and beyond the first plane.
  expect(message).toMatch(/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u)
  expect(JSON.parse(message)).toEqual(alert)
})

test('an attribute that SNS refuses after all does not cost the alert', async () => {
  aws.sns.refusesValue = /deploy/
  await outbox.publish(alertOf({}))
  expect(aws.sns.published.map(({ attributes }) => attributes)).toEqual([{}])
})

test("an answer that is not the topic's is an error", async () => {
  aws.faults.next('Publish', { kind: 'answer', body: '<html><body>Sign in to the network</body></html>' })
  await expect(outbox.publish(alertOf({}))).rejects.toMatchObject({ failure: 'broken' })
})

test('an alert too large for the topic is an error', async () => {
  await expect(outbox.publish(alertOf({ headline: 'x'.repeat(262_145) }))).rejects.toMatchObject({ failure: 'refused' })
  expect(aws.sns.published).toEqual([])
})

test.each(PASSING)('an alert arrives, each time whole, though SNS %s', async (_, fault, times) => {
  aws.faults.next('Publish', fault, times)
  await outbox.publish(alertOf({}))
  const acted = fault.kind === 'lose-answer' || fault.kind === 'slow' ? times : 0
  expect(aws.sns.published).toHaveLength(1 + acted)
  expect(new Set(aws.sns.published.map(({ message }) => message)).size).toBe(1)
})

test.each(LASTING)('an alert that is not taken is an error when SNS %s', async (_, fault, failure) => {
  aws.faults.always('Publish', fault)
  await expect(outbox.publish(alertOf({}))).rejects.toMatchObject({ name: 'PortError', failure })
  expect(aws.sns.published).toEqual([])
})

function alertOf(more: Partial<Alert>): Alert {
  return {
    version: 1,
    id: '0123456789abcdef0123456789abcdef',
    truncated: false,
    kind: 'trust-changed',
    severity: 'high',
    headline: 'Account 444455556666 can now assume deploy',
    at: '2026-11-21T12:00:00Z',
    account: '111122223333',
    role: { name: 'deploy', arn: 'arn:aws:iam::111122223333:role/deploy' },
    service: null,
    actor: null,
    comparison: { verdict: 'widened', gained: [], lost: [], undecided: [] },
    findings: [],
    oldFindings: 0,
    inForce: 'in-force',
    usedBy: [],
    cause: null,
    restore: null,
    evidence: { eventId: 'e-1', eventName: 'UpdateAssumeRolePolicy', region: 'us-east-1', source: 'cloudtrail' },
    ...more,
  }
}
