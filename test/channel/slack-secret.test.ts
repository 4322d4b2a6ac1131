import { describe, expect, test } from 'vitest'
import { parseSlackSecret } from '../../shared/channel/slack-secret.ts'

const read = (value: unknown) => parseSlackSecret(JSON.stringify(value))
const token = { token: 'xoxb-1-abc', channel: 'C0123456789' }

describe('a Slack secret is', () => {
  test('a bot token and the id of a channel', () => {
    expect(read(token)).toEqual({ kind: 'secret', secret: { kind: 'token', ...token, api: null } })
  })

  test('an incoming webhook', () => {
    const url = 'https://hooks.slack.com/services/T0/B0/x'
    expect(read({ webhook: url })).toEqual({ kind: 'secret', secret: { kind: 'webhook', url } })
  })

  test('with the address of another Web API, as GovSlack has', () => {
    const api = 'https://slack-gov.com/api/'
    expect(read({ ...token, api })).toMatchObject({ secret: { api } })
  })
})

const SECRET = 'xoxb-SECRET'
const faults: readonly (readonly [string, string, string])[] = [
  ['the bare token', SECRET, 'is not a JSON object'],
  ['a list', JSON.stringify([SECRET]), 'is not a JSON object'],
  ['other fields', JSON.stringify({ slack: SECRET }), 'has neither webhook nor token'],
  ['both', JSON.stringify({ token: SECRET, webhook: SECRET }), 'has both webhook and token'],
  ['no channel', JSON.stringify({ token: SECRET }), 'field channel is missing'],
  ['the name of a channel', JSON.stringify({ token: SECRET, channel: '#SECRET' }), "must be a channel's id"],
  ['a token of another kind', JSON.stringify({ token: 'SECRET', channel: 'C0123456789' }), 'must be a bot token'],
  ['a token that is a number', JSON.stringify({ token: 7, channel: 'C0123456789' }), 'field token is missing'],
  ['a hook in clear', JSON.stringify({ webhook: 'http://SECRET.example/x' }), 'must be an https:// address'],
  ['a hook that is no address', JSON.stringify({ webhook: SECRET }), 'must be an https:// address'],
  [
    'an API in clear',
    JSON.stringify({ ...token, api: 'http://SECRET.example/' }),
    'field api must be an https:// address',
  ],
]
test.each(faults)('%s is a fault that names the field and not what stands in it', (_, text, words) => {
  const reading = parseSlackSecret(text)
  expect(reading).toMatchObject({ kind: 'fault', why: expect.stringContaining(words) })
  expect(JSON.stringify(reading)).not.toContain('SECRET')
})
