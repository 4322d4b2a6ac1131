/** E-mail as a channel over HTTP: the real client against the fake topic. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { snsClient } from '../../shared/aws/clients.ts'
import { mailTopicOf } from '../../shared/aws/mail-topic.ts'
import type { Channel } from '../../shared/channel/channel.ts'
import { mailChannel } from '../../shared/channel/mail.ts'
import type { Fault } from '../aws/faults.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { placeAt, QUICK } from '../aws-ports/places.ts'
import { alertOf, nth } from './alerts.ts'

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:mail'

let aws: FakeAws
let channel: Channel

beforeAll(async () => {
  aws = await startFakeAws()
  channel = mailChannel(mailTopicOf(snsClient(QUICK, placeAt(aws.endpoint)), TOPIC))
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

const send = () => channel.send({ kind: 'alert', alert: alertOf() })

test('an alert is one mail of plain text, with a subject', async () => {
  expect(await send()).toEqual({ kind: 'sent' })
  expect(aws.sns.published).toHaveLength(1)
  expect(aws.sns.published[0]).toMatchObject({ topicArn: TOPIC, attributes: {} })
  expect(aws.sns.published[0]?.subject).not.toBeNull()
})

test('a digest is one mail', async () => {
  expect(await channel.send({ kind: 'digest', alerts: [nth(1), nth(2)] })).toEqual({ kind: 'sent' })
  expect(aws.sns.published).toHaveLength(1)
})

test('a subject that SNS does not take costs the subject, not the mail', async () => {
  aws.sns.refusesSubject = /./
  expect(await send()).toEqual({ kind: 'sent' })
  expect(aws.sns.published.map(({ subject }) => subject)).toEqual([null])
})

test('a mail that SNS does not take even so is refused, and concerns that mail alone', async () => {
  aws.sns.refusesMessage = /./
  expect(await send()).toMatchObject({ kind: 'refused', concerns: 'message' })
  expect(aws.calls('Publish')).toBe(2)
})

describe('a topic that refuses', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['everything', { kind: 'denied' }],
    ['because it is gone', { kind: 'error', status: 404, code: 'NotFoundException' }],
    ['because of too much', { kind: 'throttle' }],
    ['without a word', { kind: 'hang' }],
    ['by failing', { kind: 'error', status: 500, code: 'InternalFailure' }],
  ]
  test.each(faults)('%s is asked again later, and everything waits', async (_, fault) => {
    aws.faults.always('Publish', fault)
    expect(await send()).toMatchObject({ kind: 'later', concerns: 'channel', seconds: null })
    aws.faults.clear()
    expect(await send()).toEqual({ kind: 'sent' })
  })
})
