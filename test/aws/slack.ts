/** Slack as far as Trustdrift uses it, over HTTP: chat.postMessage and one incoming webhook. Remembers what was posted; can refuse, limit, fail and hang. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closed, listening } from './dynamo.ts'

/** What Slack does with a post instead of taking it. */
export type SlackFault =
  /** Status 429; without seconds the header is left out. */
  | { readonly kind: 'limited'; readonly seconds: number | null }
  /** `ok: false`, or the webhook's status and word. */
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** Sent on to the same address, which would take the message. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' }
  /** Posted, but the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }

export interface Posted {
  readonly by: 'token' | 'webhook'
  readonly channel: string | null
  readonly text: string
  readonly blocks: readonly unknown[]
  readonly mrkdwn: string | null
  /** Milliseconds of the server's clock. */
  readonly at: number
}

export interface FakeSlack {
  /** Base of the Web API: the secret's `api`. */
  readonly api: string
  readonly webhook: string
  readonly posted: Posted[]
  /** Tokens that Slack takes; a revoked one is answered with `token_revoked`, another with `invalid_auth`. */
  readonly tokens: Map<string, 'valid' | 'revoked'>
  /** Channels the app may post to, and what Slack says of others. */
  readonly channels: Map<string, 'open' | 'is_archived' | 'not_in_channel'>
  /** Null: the hook works. Otherwise its answer: `no_service`, `channel_is_archived` … */
  hook: string | null
  /** Refuses layouts that hold this text, as it does blocks it cannot read. */
  refusesLayout: RegExp | null
  next(fault: SlackFault | null, times?: number): void
  always(fault: SlackFault): void
  calls(): number
  reset(): void
  close(): Promise<void>
}

export const TOKEN = 'xoxb-not-a-real-token'
export const CHANNEL = 'C0123456789'

export async function startFakeSlack(): Promise<FakeSlack> {
  const state: State = { posted: [], tokens: new Map(), channels: new Map(), hook: null, refusesLayout: null, calls: 0 }
  let planned: (SlackFault | null)[] = []
  let standing: SlackFault | null = null
  const take = () => (planned.length > 0 ? (planned.shift() ?? null) : standing)
  const server = createServer((request, response) => {
    state.calls += 1
    serve(state, take(), request, response).catch((error) => response.destroy(error))
  })
  const endpoint = await listening(server)
  const reset = () => {
    planned = []
    standing = null
    Object.assign(state, { hook: null, refusesLayout: null, calls: 0 })
    state.posted.length = 0
    state.tokens.clear()
    state.tokens.set(TOKEN, 'valid')
    state.channels.clear()
    state.channels.set(CHANNEL, 'open')
  }
  reset()
  return Object.assign(accessors(state), {
    api: `${endpoint}/api/`,
    webhook: `${endpoint}/services/T000/B000/hook`,
    next: (fault: SlackFault | null, times = 1) => {
      planned.push(...Array<SlackFault | null>(times).fill(fault))
    },
    always: (fault: SlackFault) => {
      standing = fault
    },
    calls: () => state.calls,
    reset,
    close: () => closed(server),
  })
}

interface State {
  readonly posted: Posted[]
  readonly tokens: Map<string, 'valid' | 'revoked'>
  readonly channels: Map<string, 'open' | 'is_archived' | 'not_in_channel'>
  hook: string | null
  refusesLayout: RegExp | null
  calls: number
}

function accessors(state: State) {
  return {
    posted: state.posted,
    tokens: state.tokens,
    channels: state.channels,
    get hook() {
      return state.hook
    },
    set hook(code: string | null) {
      state.hook = code
    },
    get refusesLayout() {
      return state.refusesLayout
    },
    set refusesLayout(pattern: RegExp | null) {
      state.refusesLayout = pattern
    },
  }
}

async function serve(state: State, fault: SlackFault | null, request: IncomingMessage, response: ServerResponse) {
  const body = await bodyOf(request)
  const hooked = !request.url?.startsWith('/api/')
  const act = () => (hooked ? takeHook(state, body) : takeCall(state, request, body))
  switch (fault?.kind) {
    case undefined:
      return answer(response, hooked, act())
    case 'error':
      return answer(response, hooked, fault.code)
    case 'limited':
      return void response
        .writeHead(429, fault.seconds === null ? {} : { 'retry-after': String(fault.seconds) })
        .end('{"ok":false,"error":"ratelimited"}')
    case 'status':
      return void response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body ?? '<html></html>')
    case 'moved':
      return void response.writeHead(307, { location: request.url ?? '' }).end()
    case 'hang':
      return
    case 'drop':
      return void response.destroy()
    case 'lose-answer':
      act()
      return void response.destroy()
    default:
      throw new Error(`no such fault: ${JSON.stringify(fault satisfies never)}`)
  }
}

/** @param code null: taken */
function answer(response: ServerResponse, hooked: boolean, code: string | null): void {
  if (hooked) {
    response.writeHead(HOOK_STATUS.get(code) ?? 400, { 'content-type': 'text/plain' }).end(code ?? 'ok')
    return
  }
  const body = code === null ? { ok: true, channel: CHANNEL, ts: '1732000000.000100' } : { ok: false, error: code }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

// docs.slack.dev, incoming webhooks, "Handle errors".
const HOOK_STATUS: ReadonlyMap<string | null, number> = new Map([
  [null, 200],
  ['action_prohibited', 403],
  ['channel_is_archived', 410],
  ['channel_not_found', 404],
  ['invalid_payload', 400],
  ['invalid_token', 403],
  ['no_service', 404],
  ['posting_to_general_channel_denied', 403],
])

function takeCall(state: State, request: IncomingMessage, body: string): string | null {
  const form = new URLSearchParams(body)
  const token = String(request.headers.authorization ?? '').replace('Bearer ', '') || form.get('token') || ''
  const standing = state.tokens.get(token)
  if (standing === undefined) return 'invalid_auth'
  if (standing === 'revoked') return 'token_revoked'
  const channel = form.get('channel') ?? ''
  const place = state.channels.get(channel) ?? 'channel_not_found'
  if (place !== 'open') return place
  const message = { text: form.get('text') ?? '', blocks: JSON.parse(form.get('blocks') ?? '[]') }
  const fault = faultOf(state, message)
  if (fault !== null) return fault
  state.posted.push({ by: 'token', channel, ...message, mrkdwn: form.get('mrkdwn'), at: performance.now() })
  return null
}

function takeHook(state: State, body: string): string | null {
  if (state.hook !== null) return state.hook
  const { text = '', blocks = [], mrkdwn } = JSON.parse(body)
  const fault = faultOf(state, { text, blocks })
  if (fault !== null) return fault === 'no_text' ? 'no_text' : 'invalid_payload'
  const marked = mrkdwn === undefined ? null : String(mrkdwn)
  state.posted.push({ by: 'webhook', channel: null, text, blocks, mrkdwn: marked, at: performance.now() })
  return null
}

function faultOf({ refusesLayout }: State, { text, blocks }: Pick<Posted, 'text' | 'blocks'>): string | null {
  if (text === '' && blocks.length === 0) return 'no_text'
  if (text.length > 40_000) return 'msg_too_long'
  if (blocks.length > 50) return 'invalid_blocks'
  return blocks.length > 0 && refusesLayout?.test(JSON.stringify(blocks)) ? 'invalid_blocks' : null
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString()
}
