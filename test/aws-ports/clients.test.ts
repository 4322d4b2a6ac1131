import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { iamClient, LIMITS, type Limits, worstCaseMs } from '../../shared/aws/clients.ts'
import { CONFIGURATION_MS } from '../../shared/aws/configuration.ts'
import { SEARCH_LIMITS } from '../../shared/aws/history.ts'
import { READ_MS, rolesOf } from '../../shared/aws/roles.ts'
import { DESCRIBE_MS } from '../../shared/aws/services.ts'
import { PACES, SLACK_REQUEST_MS } from '../../shared/channel/pace.ts'
import { SEARCHING_MS } from '../../shared/gather-service.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { OWN } from '../versions.ts'
import { placeAt } from './places.ts'

const TRUST_CHANGE_MS = 60_000
const APP_RUNNER_MS = 120_000
const SWEEP_MS = 900_000
const SLACK_MS = 90_000
const MAIL_MS = 60_000
const LAST_WAIT_MS = 1_000

test('one trust change in bad weather ends before its function does', () => {
  const { sns, dynamodb } = LIMITS['trust-change']
  // The slowest way that still comes to its end: IAM and CloudTrail give up, then the topic and memory each take to the last attempt.
  const others = READ_MS + SEARCH_LIMITS.totalMs + worstCaseMs(sns) + worstCaseMs(dynamodb)
  expect(CONFIGURATION_MS + LAST_WAIT_MS + others).toBeLessThan(TRUST_CHANGE_MS)
})

test('asking for the configuration once fits into the time it may take', () => {
  // The SDK does not break off a wait between two attempts: with two attempts, that wait is at most a second.
  expect(LIMITS['trust-change'].ssm.attempts).toBe(2)
  expect(LIMITS['trust-change'].ssm.requestMs).toBeLessThan(CONFIGURATION_MS)
})

test('one failure of a service in bad weather ends before its function does', () => {
  const { sns, dynamodb } = LIMITS['app-runner']
  // A service has two roles; the last search of CloudTrail begins just before there is no time for another.
  const reading = DESCRIBE_MS + 2 * READ_MS + SEARCHING_MS + SEARCH_LIMITS.totalMs
  expect(reading + worstCaseMs(sns) + worstCaseMs(dynamodb)).toBeLessThan(APP_RUNNER_MS)
})

test("a page of the sweep at its slowest takes less than a quarter of its function's time", () => {
  const { iam, sqs, dynamodb } = LIMITS.sweep
  expect(worstCaseMs(iam)).toBeLessThan(SWEEP_MS / 4)
  expect(worstCaseMs(iam) + worstCaseMs(sqs) + worstCaseMs(dynamodb)).toBeLessThan(SWEEP_MS / 2)
})

test('a telling at its slowest is over before the function is, and leaves time to have begun', () => {
  const { secret, dynamodb, sqs } = LIMITS.slack
  // Slack refuses layout and token, the secret is read again, all is refused once more, and what comes of it is recorded or put aside.
  const asides = Math.max(worstCaseMs(dynamodb), worstCaseMs(sqs))
  const slack = 2 * worstCaseMs(secret) + 4 * SLACK_REQUEST_MS + asides + PACES.slack.restMs
  const mail = 2 * worstCaseMs(LIMITS.mail.sns) + asides + PACES.mail.restMs
  expect(slack).toBeLessThan(PACES.slack.tellingMs)
  expect(mail).toBeLessThan(PACES.mail.tellingMs)
  // Before the first: from when on to tell, and is it told already?
  const before = CONFIGURATION_MS + LAST_WAIT_MS
  expect(before + worstCaseMs(dynamodb)).toBeLessThan(SLACK_MS - PACES.slack.tellingMs)
  expect(before + worstCaseMs(LIMITS.mail.dynamodb)).toBeLessThan(MAIL_MS - PACES.mail.tellingMs)
})

test('every client tries more than once, and gives a connection less time than the answer', () => {
  const all: readonly Limits[] = Object.values(LIMITS).flatMap((clients) => Object.values<Limits>(clients))
  for (const { attempts, connectionMs, requestMs } of all) {
    expect(attempts).toBeGreaterThan(1)
    expect(connectionMs).toBeLessThan(requestMs)
  }
})

test('the longest waits are those of throttling', () => {
  expect(worstCaseMs({ connectionMs: 1, requestMs: 10, attempts: 1 })).toBe(10)
  expect(worstCaseMs({ connectionMs: 1, requestMs: 10, attempts: 4 })).toBe(40 + 1_000 + 2_000 + 4_000)
  expect(worstCaseMs({ connectionMs: 1, requestMs: 10, attempts: 8 })).toBe(80 + 31_000 + 20_000 + 20_000)
})

let aws: FakeAws
beforeAll(async () => {
  aws = await startFakeAws()
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

test('a client tries exactly as often as it is told', async () => {
  aws.faults.always('ListRoles', { kind: 'drop' })
  const client = iamClient({ connectionMs: 500, requestMs: 500, attempts: 4 }, placeAt(aws.endpoint))
  await expect(rolesOf(client, OWN).list(null)).rejects.toMatchObject({ failure: 'broken' })
  expect(aws.calls('ListRoles')).toBe(4)
})

test('a silent service costs the attempts times their limit, and no more', async () => {
  aws.faults.always('ListRoles', { kind: 'hang' })
  const client = iamClient({ connectionMs: 100, requestMs: 200, attempts: 3 }, placeAt(aws.endpoint))
  const begun = performance.now()
  await expect(rolesOf(client, OWN).list(null)).rejects.toMatchObject({ failure: 'broken' })
  expect(performance.now() - begun).toBeGreaterThanOrEqual(590)
  expect(performance.now() - begun).toBeLessThan(3_000)
})
