/** Slack's Web API as far as doctor asks it (auth.test, conversations.info), and the one call that posts. */

import { createServer } from 'node:http'
import { closed, listening } from '../aws/dynamo.ts'

export const TOKEN = 'xoxb-not-a-real-token'

export interface SlackWebApi {
  readonly api: string
  /** What Slack answers, by call. */
  readonly replies: Map<string, object>
  /** Every call with its parameters. */
  readonly asked: { readonly call: string; readonly channel: string | null }[]
  reset(): void
  close(): Promise<void>
}

export async function startSlackWebApi(): Promise<SlackWebApi> {
  const replies = new Map<string, object>()
  const asked: SlackWebApi['asked'] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const call = (request.url ?? '').split('/').at(-1) ?? ''
    asked.push({ call, channel: new URLSearchParams(Buffer.concat(parts).toString()).get('channel') })
    const reply =
      request.headers.authorization === `Bearer ${TOKEN}` ? replies.get(call) : { ok: false, error: 'invalid_auth' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
  })
  const reset = () => {
    asked.length = 0
    replies.set('auth.test', { ok: true, team: 'Example', user: 'trustdrift' })
    replies.set('chat.postMessage', { ok: true, channel: 'C0123456789', ts: '1732000000.000100' })
    replies.set('conversations.info', {
      ok: true,
      channel: { name: 'iam-alerts', is_archived: false, is_member: true },
    })
  }
  reset()
  return { api: `${await listening(server)}/api/`, replies, asked, reset, close: () => closed(server) }
}
