/** What an answer of Slack means for a message: the only place that knows Slack's words. Pure. */

import type { Concern, Outcome } from './channel.ts'

/** An answer of the Web API or of an incoming webhook, whichever it was. */
export type SlackAnswer =
  | { readonly kind: 'ok' }
  /** Status 429. `seconds` is its Retry-After; null where there is none. */
  | { readonly kind: 'limited'; readonly seconds: number | null }
  /** Slack's own short word: `channel_not_found`. */
  | { readonly kind: 'error'; readonly code: string }
  /** The network, a time-out, a server that is down, or something that is not Slack. In our words. */
  | { readonly kind: 'no-answer'; readonly why: string }

export function slackOutcome(answer: SlackAnswer): Outcome {
  switch (answer.kind) {
    case 'ok':
      return { kind: 'sent' }
    case 'limited':
      return { kind: 'later', concerns: 'channel', why: 'Slack asks to wait', seconds: answer.seconds }
    case 'no-answer':
      return { kind: 'later', concerns: 'channel', why: answer.why, seconds: null }
    case 'error':
      return meaningOf(answer.code)
    default:
      return answer satisfies never
  }
}

/** A word nobody knows may pass, and may concern this message alone: it is tried again, and the others are not held up. */
function meaningOf(code: string): Outcome {
  const why = WORD.test(code) ? code : 'a word that is not one of Slack'
  const concerns = CONCERNS.get(code)
  if (concerns !== undefined) return { kind: 'refused', concerns, why }
  return { kind: 'later', concerns: DOWN.has(code) ? 'channel' : 'message', why, seconds: null }
}

/** Anything else may be a page of a proxy, and is quoted nowhere. */
const WORD = /^[a-z_]{1,80}$/

/** Slack is down, or busy, and says so in a word rather than a status. */
const DOWN: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'message_limit_exceeded',
  'rate_limited',
  'ratelimited',
  'request_timeout',
  'rollup_error',
  'service_unavailable',
  // While a workspace is being moved.
  'team_added_to_org',
])

// docs.slack.dev: chat.postMessage, "Errors"; incoming webhooks, "Handle errors".
const REFUSALS = {
  channel: [
    // The token, or what its app may do.
    'access_denied',
    'accesslimited',
    'account_inactive',
    'deprecated_endpoint',
    'ekm_access_denied',
    'enterprise_is_restricted',
    'invalid_auth',
    'method_deprecated',
    'missing_scope',
    'no_permission',
    'not_allowed_token_type',
    'not_authed',
    'org_login_required',
    'team_access_not_granted',
    'token_expired',
    'token_revoked',
    'two_factor_setup_required',
    // The channel.
    'channel_is_archived',
    'channel_not_found',
    'is_archived',
    'not_in_channel',
    'posting_to_general_channel_denied',
    'restricted_action',
    'restricted_action_non_threadable_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'team_not_found',
    // The webhook.
    'action_prohibited',
    'invalid_token',
    'no_active_hooks',
    'no_service',
    'no_service_id',
    'no_team',
    'team_disabled',
    'user_not_found',
  ],
  message: [
    'attachment_payload_limit_exceeded',
    'invalid_arguments',
    'invalid_attachments',
    'invalid_blocks',
    'invalid_blocks_format',
    'invalid_form_data',
    'invalid_json',
    'invalid_payload',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
  ],
} as const satisfies Readonly<Record<Concern, readonly string[]>>

const CONCERNS: ReadonlyMap<string, Concern> = new Map([
  ...REFUSALS.channel.map((code) => [code, 'channel'] as const),
  ...REFUSALS.message.map((code) => [code, 'message'] as const),
])
