/** Slack's Web API, as doctor asks it: whose token is this, and which channel? Posts nothing. */

import * as v from 'valibot'
import type { SlackReply } from '../../doctor/slack.ts'

const SLACK = 'https://slack.com/api/'
const TIMEOUT_MS = 10_000

const Reply = v.object({
  ok: v.boolean(),
  error: v.optional(v.string()),
  team: v.optional(v.string()),
  user: v.optional(v.string()),
  channel: v.optional(
    v.object({
      name: v.optional(v.string()),
      is_archived: v.optional(v.boolean()),
      is_member: v.optional(v.boolean()),
    }),
  ),
})

/** @param call `auth.test`; @param api where the Web API is; null: the usual place. Never throws. */
export async function askSlack(
  call: string,
  fields: Readonly<Record<string, string>>,
  { token, api }: { readonly token: string; readonly api: string | null },
): Promise<SlackReply> {
  try {
    const answer = await fetch(new URL(call, api === null ? SLACK : withSlash(api)), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const parsed = v.safeParse(Reply, await answer.json())
    if (!parsed.success) return { kind: 'no-answer', why: `Slack ${call} answered something else than Slack does` }
    const { ok, error = '', team = null, user = null, channel } = parsed.output
    if (!ok) return { kind: 'error', code: /^[a-z_]{1,80}$/.test(error) ? error : 'an unknown error' }
    return {
      kind: 'ok',
      team,
      user,
      channel: channel
        ? { name: channel.name ?? null, archived: channel.is_archived === true, member: channel.is_member !== false }
        : null,
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'error'
    return { kind: 'no-answer', why: `Slack ${call} got no answer (${name})` }
  }
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
