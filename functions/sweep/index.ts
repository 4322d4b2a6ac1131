/** Entrance: the sweep's queue, into which the schedule and the sweep itself write. Wiring only; see shared/sweep.ts. */

import { Logger } from '@aws-lambda-powertools/logger'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import { documentClient, iamClient, LIMITS, snsClient, sqsClient } from '../../shared/aws/clients.ts'
import { followUpsOf, rereadsOf } from '../../shared/aws/follow-ups.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import { sweepMemoryOf } from '../../shared/aws/sweep-memory.ts'
import { sweep } from '../../shared/sweep.ts'
import { type Invocation, takeBatch } from '../batch.ts'
import { environmentOf, ownAccountOf } from '../environment.ts'
import { failureLines } from '../log-line.ts'
import { taskOf } from './task.ts'

const needed = environmentOf('sweep', process.env)
const account = ownAccountOf(needed.ACCOUNT_ID)
const logger = new Logger()
const limits = LIMITS.sweep
const sqs = sqsClient(limits.sqs)
const world = {
  ports: {
    roles: rolesOf(iamClient(limits.iam), account),
    // What only the sweep saw is held against memory; CloudTrail is never asked.
    history: { trustBefore: async () => ({ kind: 'not-known', why: 'the sweep does not ask' }) as const },
    memory: sweepMemoryOf(documentClient(limits.dynamodb), needed.MEMORY_TABLE, Date.now),
    outbox: outboxOf(snsClient(limits.sns), needed.ALERTS_TOPIC_ARN),
    rereads: rereadsOf(sqs, needed.SWEEP_QUEUE_URL, account),
  },
  followUps: followUpsOf(sqs, needed.SWEEP_QUEUE_URL),
  account,
  config: {},
  now: Date.now,
}

export async function handler(invocation: Invocation, context: Context): Promise<SQSBatchResponse> {
  const take = async (message: unknown) => {
    const task = taskOf(message)
    const report = await sweep(task, { ...world, timeLeft: () => context.getRemainingTimeInMillis() })
    logger.info('swept', { task: task.kind, ...report, alerts: report.alerts.map(({ id, kind }) => ({ id, kind })) })
  }
  return takeBatch(invocation, take, (error, messageId) =>
    logger.error('not swept', { messageId, failures: failureLines(error) }),
  )
}
