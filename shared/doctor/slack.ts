/** Can the alerts be posted to Slack: is the secret whole, does Slack take the token, is the channel there? Pure. */

import type { Answer } from './answer.ts'
import { type Check, failed, notKnown, ok, type Remedy, type Subject, skipped, toDo, warned } from './check.ts'
import { awsCommand } from './command.ts'
import type { Stack } from './stack.ts'

export type SlackReply =
  | {
      readonly kind: 'ok'
      readonly team: string | null
      readonly user: string | null
      readonly channel: SlackRoom | null
    }
  /** Slack's own short word. */
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'no-answer'; readonly why: string }

interface SlackRoom {
  readonly name: string | null
  readonly archived: boolean
  readonly member: boolean
}

/** What kind of secret it is, never the secret. */
export type SecretKind =
  | { readonly kind: 'token' }
  | { readonly kind: 'webhook' }
  | { readonly kind: 'fault'; readonly why: string }

export interface SlackFacts {
  readonly arn: string
  readonly secret: Answer<SecretKind>
  /** What Slack says of a token; null for a webhook, and where there is no secret. */
  readonly replies: { readonly auth: SlackReply; readonly room: SlackReply } | null
}

const SECRET: Subject = {
  id: 'slack-secret',
  title: 'Slack secret',
  why: 'With it the function posts to Slack; without it every alert for Slack ends among the dead letters.',
}

const REACHED: Subject = {
  id: 'slack',
  title: 'Slack',
  why: 'A revoked token or an archived channel is found out now rather than with the first alert.',
}

export function noSlackChecks(): readonly Check[] {
  const says =
    'To have alerts in Slack, create the secret and deploy with SlackSecretArn (docs/first-ten-minutes.md, "The Slack secret").'
  return [skipped(SECRET, 'not configured', toDo(says))]
}

export function slackChecks(facts: SlackFacts, stack: Stack): readonly Check[] {
  const secret = secretCheck(facts, stack)
  if (facts.secret.kind !== 'known' || facts.secret.value.kind === 'fault') return [secret]
  return [secret, facts.replies === null ? webhookCheck() : tokenCheck(facts.replies, facts, stack)]
}

function secretCheck({ arn, secret }: SlackFacts, stack: Stack): Check {
  if (secret.kind === 'not-known') return notKnown(SECRET, secret)
  if (secret.kind === 'missing') {
    const says = 'Create it, and deploy with its ARN in SlackSecretArn (docs/first-ten-minutes.md, "The Slack secret").'
    return failed(SECRET, `there is no secret ${arn}`, toDo(says))
  }
  const reading = secret.value
  if (reading.kind === 'fault') return failed(SECRET, reading.why, rewriting(stack, arn, 'Write it anew.'))
  return ok(SECRET, reading.kind === 'token' ? 'readable: a bot token and a channel' : 'readable: an incoming webhook')
}

function rewriting(stack: Stack, arn: string, says: string): Remedy {
  const shape = '{"token":"xoxb-…","channel":"C0123456789"} or {"webhook":"https://hooks.slack.com/services/…"}'
  const words = `${says} Put the JSON, ${shape}, into a file only you can read, so that it is in no shell history, and delete the file afterwards.`
  if (arn.split(':')[2] === 'ssm') {
    const put = {
      name: arn.slice(arn.indexOf(':parameter/') + ':parameter'.length),
      type: 'SecureString',
      overwrite: null,
    }
    return toDo(words, awsCommand(stack, 'ssm put-parameter', { ...put, value: 'file://slack.json' }))
  }
  const put = { 'secret-id': arn, 'secret-string': 'file://slack.json' }
  return toDo(words, awsCommand(stack, 'secretsmanager put-secret-value', put))
}

function webhookCheck(): Check {
  return skipped(
    REACHED,
    'an incoming webhook shows whether it works only by a post: the test alert below is that post',
  )
}

type Replies = NonNullable<SlackFacts['replies']>

function tokenCheck({ auth, room }: Replies, { arn }: SlackFacts, stack: Stack): Check {
  switch (auth.kind) {
    case 'no-answer':
      return notKnown(REACHED, { kind: 'not-known', why: auth.why })
    case 'error':
      return failed(
        REACHED,
        `Slack refuses the token: ${auth.code}`,
        rewriting(stack, arn, 'Reinstall the Slack app to your workspace, and take its new bot token.'),
      )
    case 'ok':
      return roomCheck(room, `${auth.user ?? 'the app'} in ${auth.team ?? 'the workspace'}`)
    default:
      return auth satisfies never
  }
}

/** Without the scope to look a channel up the token may still post there: the test alert says. */
function roomCheck(room: SlackReply, who: string): Check {
  if (room.kind === 'no-answer') return notKnown(REACHED, { kind: 'not-known', why: room.why })
  if (room.kind === 'error' && room.code === 'missing_scope')
    return ok(REACHED, `as ${who}; the app may not look channels up, so the test alert proves the channel`)
  if (room.kind === 'error') {
    const says = 'Write the id of a channel of that workspace into the secret; for a private one, invite the app first.'
    return failed(REACHED, `as ${who}, but the channel cannot be found: ${room.code}`, toDo(says))
  }
  const name = room.channel?.name ?? 'the channel'
  if (room.channel?.archived) {
    return failed(
      REACHED,
      `channel ${name} is archived`,
      toDo('Unarchive it, or write the id of another one into the secret.'),
    )
  }
  if (room.channel?.member === false) {
    const says = `Invite the app: write /invite and its name in ${name}. It is not needed where the app has the scope chat:write.public.`
    return warned(REACHED, `as ${who}, who is not a member of ${name}`, toDo(says))
  }
  return ok(REACHED, `as ${who}, in ${name}`)
}
