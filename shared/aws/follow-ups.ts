/** The sweep's queue as the port `followUps`, and the messages that come back out of it. Refuses to know what a follow-up does. */

import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import * as v from 'valibot'
import { type AccountId, accountId, eventId, roleArn } from '../identity.ts'
import type { FollowUps, Rereads, Sighting } from '../ports.ts'
import { branded } from './branded.ts'
import { ask } from './failure.ts'

/** What a message of the queue asks for. */
export type FollowUp =
  | { readonly kind: 'look-again'; readonly sightings: readonly Sighting[] }
  | { readonly kind: 'go-on'; readonly sweepId: string }

/** What the schedule sends too: begin a sweep. */
const SWEEP = '{"trustdrift":"sweep"}'

/** A hundred roles with the longest ARNs IAM allows are 75 KB: well inside a message. */
const ROLES_A_MESSAGE = 100

export function followUpsOf(sqs: SQSClient, queueUrl: string): FollowUps {
  const sendFollowUp = (followUp: FollowUp, seconds: number) =>
    send(sqs, queueUrl, { body: JSON.stringify(followUp), seconds })
  return {
    // A message sent twice only looks twice, so a failure half-way is answered by sending all again.
    lookAgain: async (sightings, seconds) => {
      for (const some of chunks(sightings, ROLES_A_MESSAGE))
        await sendFollowUp({ kind: 'look-again', sightings: some }, seconds)
    },
    goOn: async (sweepId) => {
      await sendFollowUp({ kind: 'go-on', sweepId }, 0)
    },
  }
}

/** IAM answers consistently after a minute; looked at earlier, it might still show what was before. */
const REREAD_SECONDS = 60

/** The same queue, for what an unreadable event may have changed in the own account. */
export function rereadsOf(sqs: SQSClient, queueUrl: string, ownAccount: AccountId): Rereads {
  return {
    ask: async (account, role) => {
      if (account !== ownAccount) return
      if (role) await followUpsOf(sqs, queueUrl).lookAgain([{ role, seen: null }], REREAD_SECONDS)
      else await send(sqs, queueUrl, { body: SWEEP, seconds: REREAD_SECONDS })
    },
  }
}

/** A message's body, already parsed as JSON, as `followUpsOf` sends it; null for anything else. */
export function parseFollowUp(body: unknown): FollowUp | null {
  const parsed = v.safeParse(FollowUpBody, body)
  return parsed.success ? parsed.output : null
}

const RoleBody = v.object({ account: branded(accountId), name: v.string(), arn: v.nullable(branded(roleArn)) })

const SightingBody = v.object({ role: RoleBody, seen: v.nullable(branded(eventId)) })

const FollowUpBody = v.variant('kind', [
  v.object({ kind: v.literal('look-again'), sightings: v.array(SightingBody) }),
  v.object({ kind: v.literal('go-on'), sweepId: v.string() }),
])

async function send(
  sqs: SQSClient,
  queueUrl: string,
  { body, seconds }: { readonly body: string; readonly seconds: number },
): Promise<void> {
  const message = new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: seconds })
  await ask('SQS SendMessage', sqs.send(message))
}

function* chunks<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
