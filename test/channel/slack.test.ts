/** Slack as a channel over HTTP: the real client of the Web API and real webhooks against the stand-in, the secret from the fake AWS. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { secretsManagerClient, ssmClient } from '../../shared/aws/clients.ts'
import { secretOf } from '../../shared/aws/secret.ts'
import { slackPostOf } from '../../shared/aws/slack-post.ts'
import type { Channel, Outcome } from '../../shared/channel/channel.ts'
import { slackChannel } from '../../shared/channel/slack.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { CHANNEL, type FakeSlack, type SlackFault, startFakeSlack, TOKEN } from '../aws/slack.ts'
import { placeAt, QUICK } from '../aws-ports/places.ts'
import { alertOf, nth } from './alerts.ts'

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:trustdrift/slack-AbCdEf'
const PARAMETER = 'arn:aws:ssm:us-east-1:111122223333:parameter/trustdrift-slack'

let aws: FakeAws
let slack: FakeSlack
let now = 0

beforeAll(async () => {
  ;[aws, slack] = await Promise.all([startFakeAws(), startFakeSlack()])
})
afterAll(() => Promise.all([aws.close(), slack.close()]))
beforeEach(() => {
  aws.reset()
  slack.reset()
  now = 0
})

function keep(secret: object, arn = ARN): void {
  aws.secrets.texts.set(arn, JSON.stringify(secret))
}

function spoilHook(code: string): void {
  slack.hook = code
}

const byToken = () => ({ token: TOKEN, channel: CHANNEL, api: slack.api })
const byHook = () => ({ webhook: slack.webhook })

function channelWith(secret: object | null, arn = ARN): Channel {
  if (secret !== null) keep(secret, arn)
  const place = placeAt(aws.endpoint)
  const clients = { secretsManager: secretsManagerClient(QUICK, place), ssm: ssmClient(QUICK, place) }
  return slackChannel({ secrets: secretOf(clients, arn, () => now), post: slackPostOf(300) })
}

const send = (channel: Channel): Promise<Outcome> => channel.send({ kind: 'alert', alert: alertOf() })

const ways: readonly (readonly ['token' | 'webhook', () => object])[] = [
  ['token', byToken],
  ['webhook', byHook],
]

describe.each(ways)('by %s', (way, secret) => {
  test('an alert is one message, with the line for the notification', async () => {
    expect(await send(channelWith(secret()))).toEqual({ kind: 'sent' })
    expect(slack.posted).toHaveLength(1)
    expect(slack.posted[0]).toMatchObject({ by: way, channel: way === 'token' ? CHANNEL : null, mrkdwn: null })
    expect(slack.posted[0]?.text).toContain('can now assume role deploy')
    expect(slack.posted[0]?.blocks.length).toBeGreaterThan(0)
  })

  test('a digest is one message', async () => {
    const alerts = [nth(1), nth(2), nth(3)]
    expect(await channelWith(secret()).send({ kind: 'digest', alerts })).toEqual({ kind: 'sent' })
    expect(slack.posted).toHaveLength(1)
  })

  const later: readonly (readonly [string, SlackFault, string, number | null])[] = [
    ['asks to wait 30 seconds', { kind: 'limited', seconds: 30 }, 'channel', 30],
    ['asks to wait and does not say how long', { kind: 'limited', seconds: null }, 'channel', null],
    ['fails', { kind: 'status', status: 500 }, 'channel', null],
    ['is in maintenance', { kind: 'status', status: 503, body: 'xoxb-echo' }, 'channel', null],
    ['breaks the connection', { kind: 'drop' }, 'channel', null],
    ['never answers', { kind: 'hang' }, 'channel', null],
    ['sends somewhere else', { kind: 'moved' }, 'channel', null],
    ['answers with a page that is not its own', { kind: 'status', status: 200 }, 'any', null],
    ['says a word that nobody knows', { kind: 'error', code: 'solar_flare' }, 'message', null],
  ]
  test.each(later)('Slack %s: later', async (_, fault, concerns, seconds) => {
    slack.next(fault)
    const outcome = await send(channelWith(secret()))
    expect(outcome).toMatchObject({ kind: 'later', seconds })
    if (outcome.kind === 'later' && concerns !== 'any') expect(outcome.concerns).toBe(concerns)
    expect(JSON.stringify(outcome)).not.toMatch(/xoxb|hook|<html>/)
    expect([slack.calls(), slack.posted]).toEqual([1, []])
  })

  test('a layout that Slack refuses is told as plain text', async () => {
    slack.refusesLayout = /deploy/
    expect(await send(channelWith(secret()))).toEqual({ kind: 'sent' })
    expect(slack.posted.map(({ blocks, mrkdwn }) => [blocks, mrkdwn])).toEqual([[[], 'false']])
    expect(slack.posted[0]?.text).toContain('can now assume role deploy')
    expect(slack.posted[0]?.text).toContain('Slack refused the layout')
  })

  test('a digest that Slack refuses is told as plain text that still names every role, and calls nobody', async () => {
    slack.refusesLayout = /./
    const alerts = Array.from({ length: 30 }, (_, n) => nth(n, n === 7 ? { headline: 'Look, <!channel> & <@U1>' } : {}))
    expect(await channelWith(secret()).send({ kind: 'digest', alerts })).toEqual({ kind: 'sent' })
    for (const { role } of alerts) expect(slack.posted[0]?.text).toContain(role?.name)
    expect(slack.posted[0]?.text).not.toMatch(/<|&(?!amp;|lt;|gt;)/)
  })

  test('what Slack refuses even as plain text is refused, and concerns this message alone', async () => {
    const code = way === 'token' ? 'msg_too_long' : 'invalid_payload'
    slack.next({ kind: 'error', code }, 2)
    expect(await send(channelWith(secret()))).toEqual({ kind: 'refused', concerns: 'message', why: code })
    expect(slack.calls()).toBe(2)
  })

  test('an answer that was lost is no answer: it is tried again, and told twice', async () => {
    slack.next({ kind: 'lose-answer' })
    const channel = channelWith(secret())
    expect(await send(channel)).toMatchObject({ kind: 'later' })
    expect(await send(channel)).toEqual({ kind: 'sent' })
    expect(slack.posted).toHaveLength(2)
  })
})

describe('what only a person can repair is refused', () => {
  const refused: readonly (readonly [string, () => void, () => object, string])[] = [
    ['a revoked token', () => slack.tokens.set(TOKEN, 'revoked'), byToken, 'token_revoked'],
    ['a wrong token', () => slack.tokens.clear(), byToken, 'invalid_auth'],
    ['a channel that does not exist', () => slack.channels.clear(), byToken, 'channel_not_found'],
    ['an archived channel', () => slack.channels.set(CHANNEL, 'is_archived'), byToken, 'is_archived'],
    ['a channel the app is not in', () => slack.channels.set(CHANNEL, 'not_in_channel'), byToken, 'not_in_channel'],
    ['a missing scope', () => slack.always({ kind: 'error', code: 'missing_scope' }), byToken, 'missing_scope'],
    ...['no_service', 'channel_is_archived', 'action_prohibited', 'invalid_token', 'channel_not_found'].map(
      (code) => [`a hook that says ${code}`, () => spoilHook(code), byHook, code] as const,
    ),
  ]
  test.each(refused)('%s', async (_, spoil, secret, why) => {
    spoil()
    expect(await send(channelWith(secret()))).toEqual({ kind: 'refused', concerns: 'channel', why })
    expect(slack.posted).toEqual([])
  })

  test('a secret that is none, in words that do not quote it', async () => {
    const outcome = await send(channelWith({ token: 'SECRET' }))
    expect(outcome).toMatchObject({ kind: 'refused', concerns: 'channel', why: expect.stringContaining('field token') })
    expect(JSON.stringify(outcome)).not.toContain('SECRET')
  })

  test('a secret that does not exist', async () => {
    expect(await send(channelWith(null))).toMatchObject({ kind: 'refused', concerns: 'channel' })
  })
})

describe('the secret', () => {
  test.each([ARN, PARAMETER])('is read once in five minutes (%s)', async (arn) => {
    const channel = channelWith(byToken(), arn)
    const reads = () => aws.calls('GetSecretValue') + aws.calls('GetParameter')
    await send(channel)
    now = 299_999
    await send(channel)
    expect(reads()).toBe(1)
    now = 300_000
    expect(await send(channel)).toEqual({ kind: 'sent' })
    expect(reads()).toBe(2)
  })

  const rotations: readonly (readonly [string, () => object, () => void])[] = [
    ['token_revoked', byToken, () => void slack.tokens.set(TOKEN, 'revoked')],
    ['invalid_auth', byToken, () => void slack.tokens.delete(TOKEN)],
    ['is_archived', byToken, () => void slack.channels.set(CHANNEL, 'is_archived')],
    ['no_service', byHook, () => spoilHook('no_service')],
  ]
  test.each(rotations)('that was changed is read again at once when Slack says %s', async (_, before, spoil) => {
    const channel = channelWith(before())
    await send(channel)
    spoil()
    slack.tokens.set('xoxb-new', 'valid')
    keep({ token: 'xoxb-new', channel: 'C0NEWC', api: slack.api })
    slack.channels.set('C0NEWC', 'open')
    expect(await send(channel)).toEqual({ kind: 'sent' })
    expect(slack.posted.at(-1)).toMatchObject({ by: 'token', channel: 'C0NEWC' })
  })

  test('that is still the same is not tried once more', async () => {
    const channel = channelWith(byToken())
    slack.tokens.set(TOKEN, 'revoked')
    expect(await send(channel)).toMatchObject({ kind: 'refused', why: 'token_revoked' })
    expect(slack.calls()).toBe(1)
  })

  test.each(['GetSecretValue', 'GetParameter'])(
    'that AWS does not give now is asked for later (%s)',
    async (action) => {
      for (const fault of [{ kind: 'denied' }, { kind: 'throttle' }, { kind: 'hang' }] as const) {
        aws.faults.clear()
        aws.faults.always(action, fault)
        const channel = channelWith(byToken(), action === 'GetParameter' ? PARAMETER : ARN)
        expect(await send(channel)).toMatchObject({ kind: 'later', concerns: 'channel' })
      }
    },
  )

  test('that AWS does not give any more serves on as it was', async () => {
    const channel = channelWith(byToken())
    await send(channel)
    now = 400_000
    aws.faults.always('GetSecretValue', { kind: 'error', status: 500, code: 'InternalServiceError' })
    expect(await send(channel)).toEqual({ kind: 'sent' })
  })

  test('that Slack refuses and AWS does not give now may have been rotated: later', async () => {
    const channel = channelWith(byToken())
    await send(channel)
    slack.tokens.set(TOKEN, 'revoked')
    aws.faults.always('GetSecretValue', { kind: 'throttle' })
    expect(await send(channel)).toMatchObject({ kind: 'later', concerns: 'channel' })
    aws.faults.clear()
    aws.secrets.texts.delete(ARN)
    expect(await send(channel)).toMatchObject({ kind: 'refused', why: 'token_revoked' })
  })

  test('that is binary is refused', async () => {
    aws.secrets.texts.set(ARN, null)
    expect(await send(channelWith(null))).toMatchObject({ kind: 'refused', why: expect.stringContaining('no text') })
  })
})
