import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { alertText } from '../../shared/alert-text.ts'
import { CHANNEL, type FakeSlack, startFakeSlack, TOKEN } from '../aws/slack.ts'
import { nth } from '../channel/alerts.ts'
import { type Built, SLACK_SECRET, startBuilt } from './built.ts'

const taken = { batchItemFailures: [] }

let built: Built
let slack: FakeSlack
let stories = 0

beforeAll(async () => {
  slack = await startFakeSlack()
  built = await startBuilt('slack', () => 90_000)
})
afterAll(async () => {
  await built.close()
  await slack.close()
})
beforeEach(() => {
  built.aws.reset()
  slack.reset()
  stories += 1
  keep({ token: TOKEN, channel: CHANNEL, api: slack.api })
})

function keep(secret: object): void {
  built.aws.secrets.texts.set(SLACK_SECRET, JSON.stringify(secret))
}

/** Alerts of this story alone: what an earlier one told is not told again. */
const text = (n: number, parts: Parameters<typeof nth>[1] = {}) =>
  alertText(nth(n, { id: `story-${stories}-${n}`, ...parts }))

test('alerts are shown in the channel, at the pace of one instance, and not again', async () => {
  expect(await built.invoke(text(1), text(2))).toEqual(taken)
  expect(slack.posted.map(({ text }) => text)).toEqual([
    expect.stringContaining('role-0001'),
    expect.stringContaining('role-0002'),
  ])
  const [first, second] = slack.posted.map(({ at }) => at)
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_990)
  expect(await built.invoke(text(2), text(1))).toEqual(taken)
  expect(slack.posted).toHaveLength(2)
})

test('thirty alerts are one message', async () => {
  const thirty = Array.from({ length: 30 }, (_, n) => text(n))
  expect(await built.invoke(...thirty)).toEqual(taken)
  expect(slack.posted).toHaveLength(1)
})

test('what is below NotifyAt is taken and not shown; a test alert is shown', async () => {
  const routine = text(1, { severity: 'low' })
  expect(await built.invoke(routine, text(2, { severity: 'info', kind: 'test' }))).toEqual(taken)
  expect(slack.posted).toHaveLength(1)
})

test('a limit is kept by the messages that were not shown, and named by them', async () => {
  slack.next(null)
  slack.next({ kind: 'limited', seconds: 900 })
  const answer = await built.invoke(text(1), text(2), text(3))
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }] })
  expect(built.aws.sqs.hidden.map(({ receipt, seconds }) => [receipt, seconds]).sort()).toEqual([
    ['receipt-1', 900],
    ['receipt-2', 900],
  ])
  expect(slack.calls()).toBe(2)
})

test('Slack that does not answer at all makes the function fail, so that the errors alarm sees it', async () => {
  slack.always({ kind: 'drop' })
  await expect(built.invoke(text(1), text(2))).rejects.toThrow(/no message was delivered/)
  slack.reset()
  expect(await built.invoke(text(1), text(2))).toEqual(taken)
  expect(slack.posted).toHaveLength(2)
})

test('a revoked token puts the alerts to the dead letters at once, as they are', async () => {
  slack.tokens.set(TOKEN, 'revoked')
  expect(await built.invoke(text(1), text(2))).toEqual(taken)
  expect(built.aws.sqs.sent.map(({ body, attributes }) => [body, attributes.reason]).sort()).toEqual([
    [text(1), 'token_revoked'],
    [text(2), 'token_revoked'],
  ])
  expect(built.aws.sqs.sent[0]?.queueUrl).toMatch(/slack-dead-letters$/)
})

test('a secret that was rotated while the function was warm is read anew', async () => {
  await built.invoke(text(1))
  slack.tokens.set(TOKEN, 'revoked')
  keep({ webhook: slack.webhook })
  expect(await built.invoke(text(2))).toEqual(taken)
  expect(slack.posted.map(({ by }) => by)).toEqual(['token', 'webhook'])
})

test('a message that is no alert is shown as a notice', async () => {
  expect(await built.invoke(`{"half": ${stories}`)).toEqual(taken)
  expect(slack.posted[0]?.text).toContain('could not be read')
})

test('one bare alert is shown, as sam local invoke sends it', async () => {
  expect(await built.invokeBare(JSON.parse(text(1)))).toEqual(taken)
  expect(slack.posted).toHaveLength(1)
})

test('a refusal is counted for its alarm; the log has neither token nor channel nor alert', async () => {
  slack.tokens.set(TOKEN, 'revoked')
  const attributes = { SentTimestamp: '0' }
  const record = { messageId: 'm', receiptHandle: 'r', eventSource: 'aws:sqs', attributes, body: text(1) }
  const event = { Records: [record] }
  const script = `require('./dist/slack').handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 90000 })`
  const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'DEBUG' }
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['-e', script], { env })
  const lines: readonly Record<string, unknown>[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.find((line) => 'SlackRefused' in line)).toMatchObject({ SlackRefused: 1, service: 'slack' })
  expect(stdout + stderr).toContain('token_revoked')
  expect(stdout + stderr).not.toMatch(/xoxb|C0123456789|role-0001/)
})
