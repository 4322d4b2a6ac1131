import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { alertText } from '../../shared/alert-text.ts'
import { nth } from '../channel/alerts.ts'
import { type Built, MAIL_TOPIC, startBuilt } from './built.ts'

const taken = { batchItemFailures: [] }

let built: Built
let stories = 0

beforeAll(async () => {
  built = await startBuilt('mail', () => 60_000)
})
afterAll(() => built.close())
beforeEach(() => {
  built.aws.reset()
  stories += 1
})

/** Alerts of this story alone: what an earlier one told is not told again. */
const text = (n: number, parts: Parameters<typeof nth>[1] = {}) =>
  alertText(nth(n, { id: `story-${stories}-${n}`, ...parts }))

test('each alert is a mail with a subject, and not sent again', async () => {
  expect(await built.invoke(text(1), text(2))).toEqual(taken)
  expect(built.aws.sns.published.map(({ topicArn }) => topicArn)).toEqual([MAIL_TOPIC, MAIL_TOPIC])
  for (const { subject } of built.aws.sns.published) expect(subject).toMatch(/^[ -~]{1,100}$/)
  expect(await built.invoke(text(2), text(1))).toEqual(taken)
  expect(built.aws.sns.published).toHaveLength(2)
})

test('thirty alerts are one mail, of at most 200 KB', async () => {
  const thirty = Array.from({ length: 30 }, (_, n) => text(n, { headline: 'x'.repeat(5_000) }))
  expect(await built.invoke(...thirty)).toEqual(taken)
  expect(built.aws.sns.published).toHaveLength(1)
  expect(Buffer.byteLength(built.aws.sns.published[0]?.message ?? '')).toBeLessThanOrEqual(200 * 1_024)
})

test('ten mails take as long as half of five a second allows', async () => {
  const begun = performance.now()
  await built.invoke(...Array.from({ length: 10 }, (_, n) => text(n)))
  expect(performance.now() - begun).toBeGreaterThanOrEqual(10 * 400 - 10)
  expect(built.aws.sns.published).toHaveLength(10)
})

test('a topic that refuses is asked again when the queue delivers again, and nothing is sent twice', async () => {
  built.aws.faults.next('Publish', null)
  built.aws.faults.always('Publish', { kind: 'denied' })
  const answer = await built.invoke(text(1), text(2), text(3))
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }] })
  await expect(built.invoke(text(2), text(3))).rejects.toThrow(/no message was delivered/)
  built.aws.faults.clear()
  expect(await built.invoke(text(2), text(3))).toEqual(taken)
  expect(built.aws.sns.published).toHaveLength(3)
  expect(built.aws.sqs.sent).toEqual([])
})

test('a mail that SNS will never take goes to the dead letters, and the others are sent', async () => {
  built.aws.sns.refusesMessage = /role-0001|story-\d+-1\b/
  expect(await built.invoke(text(1), text(2))).toEqual(taken)
  expect(built.aws.sqs.sent.map(({ body }) => body)).toEqual([text(1)])
  expect(built.aws.sns.published).toHaveLength(1)
})

test('a record that cannot be written does not send the mail twice', async () => {
  built.aws.faults.always('PutItem', { kind: 'denied' })
  expect(await built.invoke(text(1))).toEqual(taken)
  expect(built.aws.sns.published).toHaveLength(1)
})

test('memory that cannot be asked keeps the mail until it can', async () => {
  built.aws.faults.always('GetItem', { kind: 'denied' })
  await expect(built.invoke(text(1))).rejects.toThrow(/no message was delivered/)
  expect(built.aws.sns.published).toEqual([])
  built.aws.faults.clear()
  expect(await built.invoke(text(1))).toEqual(taken)
  expect(built.aws.sns.published).toHaveLength(1)
})

test('notifyAt in the configuration beats the parameter of the template', async () => {
  const configured = await startBuilt('mail', () => 60_000)
  configured.aws.ssm.put('/trustdrift/config', { notifyAt: 'critical' })
  const critical = text(2, { severity: 'critical' })
  expect(await configured.invoke(text(1), critical)).toEqual(taken)
  expect(configured.aws.sns.published.map(({ message }) => message)).toEqual([expect.stringContaining('role-0002')])
  await configured.close()
})

test('a configuration that cannot be read keeps no alert back: the parameter counts', async () => {
  const unreadable = await startBuilt('mail', () => 60_000)
  unreadable.aws.faults.always('GetParametersByPath', { kind: 'denied' })
  expect(await unreadable.invoke(text(1), text(2, { severity: 'low' }))).toEqual(taken)
  expect(unreadable.aws.sns.published).toHaveLength(1)
  await unreadable.close()
})
