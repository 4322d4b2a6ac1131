/** The sweep's queue as the port `followUps`, and the messages that come back out of it. Refuses to know what a follow-up does. */

import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { accountId, type Role, roleArn } from '../identity.ts'
import type { FollowUps } from '../ports.ts'
import { branded } from './branded.ts'
import { ask } from './failure.ts'

/** What a message of the queue asks for. */
export type FollowUp =
  | { readonly kind: 'look-again'; readonly roles: readonly Role[] }
  | { readonly kind: 'go-on'; readonly sweepId: string }

/** A hundred roles with the longest ARNs IAM allows are 75 KB: well inside a message. */
const ROLES_A_MESSAGE = 100

export function followUpsOf(sqs: SQSClient, queueUrl: string): FollowUps {
  const send = (followUp: FollowUp, seconds: number) => {
    const body = JSON.stringify(followUp)
    return ask(
      'SQS SendMessage',
      sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: seconds })),
    )
  }
  return {
    // A message sent twice only looks twice, so a failure half-way is answered by sending all again.
    lookAgain: async (roles, seconds) => {
      for (const some of chunks(roles, ROLES_A_MESSAGE)) await send({ kind: 'look-again', roles: some }, seconds)
    },
    goOn: async (sweepId) => {
      await send({ kind: 'go-on', sweepId }, 0)
    },
  }
}

/** A message's body, already parsed as JSON, as `followUpsOf` sends it; null for anything else. */
export function parseFollowUp(body: unknown): FollowUp | null {
  const parsed = v.safeParse(FollowUpBody, body)
  return parsed.success ? parsed.output : null
}

const RoleBody = v.object({ account: branded(accountId), name: v.string(), arn: v.nullable(branded(roleArn)) })

const FollowUpBody = v.variant('kind', [
  v.object({ kind: v.literal('look-again'), roles: v.array(RoleBody) }),
  v.object({ kind: v.literal('go-on'), sweepId: v.string() }),
])

function* chunks<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
