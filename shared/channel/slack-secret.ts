/** The Slack secret's text → where to post and with what. Faults name the field, never what stands in it. Pure. */

import * as v from 'valibot'

export type SlackSecret =
  | {
      readonly kind: 'token'
      readonly token: string
      /** An id: `C0123456789`. */
      readonly channel: string
      /** Where Slack's Web API is; null: the usual place. */
      readonly api: string | null
    }
  | { readonly kind: 'webhook'; readonly url: string }

export type SecretReading =
  | { readonly kind: 'secret'; readonly secret: SlackSecret }
  | { readonly kind: 'fault'; readonly why: string }

const SHAPES = '{"token":"xoxb-…","channel":"C0123456789"} or {"webhook":"https://hooks.slack.com/services/…"}'

export function parseSlackSecret(text: string): SecretReading {
  const value = objectOf(text)
  if (value === null) return fault(`is not a JSON object: it must be ${SHAPES}`)
  if ('webhook' in value && 'token' in value) return fault('has both webhook and token: keep one of them')
  if ('webhook' in value) return read(Webhook, value)
  if ('token' in value) return read(Token, value)
  return fault(`has neither webhook nor token: it must be ${SHAPES}`)
}

function objectOf(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

function read(schema: v.GenericSchema<unknown, SlackSecret>, value: object): SecretReading {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return { kind: 'secret', secret: parsed.output }
  const [issue] = parsed.issues
  return fault(`is not as it must be: its field ${v.getDotPath(issue)} ${issue.message}`)
}

function fault(words: string): SecretReading {
  return { kind: 'fault', why: `the Slack secret ${words}` }
}

const MISSING = 'is missing or no text'

// Alerts never cross a network in clear; a stand-in on the same machine is no network.
const address = v.pipe(
  v.string(MISSING),
  v.check((text) => isSafe(text), 'must be an https:// address'),
)

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
}

const Webhook = v.pipe(
  v.object({ webhook: address }, MISSING),
  v.transform(({ webhook }): SlackSecret => ({ kind: 'webhook', url: webhook })),
)

const Token = v.pipe(
  v.object(
    {
      token: v.pipe(v.string(MISSING), v.regex(/^xox[\w-]+$/, 'must be a bot token, which begins with xoxb-')),
      channel: v.pipe(
        v.string(MISSING),
        v.regex(/^[CGD][A-Z0-9]{5,}$/, "must be a channel's id, like C0123456789, and not its name"),
      ),
      api: v.optional(address),
    },
    MISSING,
  ),
  v.transform(
    ({ token, channel, api }): SlackSecret => ({ kind: 'token', token, channel, api: api === undefined ? null : api }),
  ),
)
