/** Entrance: the sweep's queue, into which the schedule and the sweep itself write. Wiring only; see shared/sweep.ts. */

import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import { documentClient, iamClient, LIMITS, snsClient, sqsClient } from '../../shared/aws/clients.ts'
import { followUpsOf, rereadsOf } from '../../shared/aws/follow-ups.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import { sweepMemoryOf } from '../../shared/aws/sweep-memory.ts'
import { type Expired, expiredEntries } from '../../shared/config.ts'
import { sweep } from '../../shared/sweep.ts'
import { type Invocation, takeBatch } from '../batch.ts'
import { liveConfiguration } from '../configuration.ts'
import { environmentOf, ownAccountOf } from '../environment.ts'
import { failureLines } from '../log-line.ts'
import { taskOf } from './task.ts'

const needed = environmentOf('sweep', process.env)
const account = ownAccountOf(needed.ACCOUNT_ID)
const logger = new Logger()
const metrics = new Metrics()
const limits = LIMITS.sweep
const sqs = sqsClient(limits.sqs)
const configuration = liveConfiguration(limits.ssm, needed.CONFIG_PATH, { logger, metrics })
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
  now: Date.now,
}

export async function handler(invocation: Invocation, context: Context): Promise<SQSBatchResponse> {
  const take = async (message: unknown) => {
    const task = taskOf(message)
    const config = await configuration.current()
    if (task.kind === 'sweep') tellExpired(expiredEntries(config, Date.now()))
    const report = await sweep(task, { ...world, config, timeLeft: () => context.getRemainingTimeInMillis() })
    logger.info('swept', { task: task.kind, ...report, alerts: report.alerts.map(({ id, kind }) => ({ id, kind })) })
  }
  try {
    return await takeBatch(invocation, take, (error, messageId) =>
      logger.error('not swept', { messageId, failures: failureLines(error) }),
    )
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
  }
}

/** Zero too: it ends the alarm. */
function tellExpired(expired: readonly Expired[]): void {
  metrics.addMetric('ConfigurationExpired', MetricUnit.Count, expired.length)
  if (expired.length > 0) logger.warn('configuration expired', { entries: expired.map(({ says }) => says) })
}
