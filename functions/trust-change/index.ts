/** Entrance: IAM's trust events from the queue. Wiring only; the order is in shared/observe.ts. */

import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { SQSBatchResponse } from 'aws-lambda'
import { cloudTrailClient, documentClient, iamClient, LIMITS, snsClient, sqsClient } from '../../shared/aws/clients.ts'
import { rereadsOf } from '../../shared/aws/follow-ups.ts'
import { historyOf } from '../../shared/aws/history.ts'
import { memoryOf } from '../../shared/aws/memory.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import { observe } from '../../shared/observe.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import { trustSignalFrom } from '../../shared/trust-signal.ts'
import { type Invocation, takeBatch } from '../batch.ts'
import { liveConfiguration } from '../configuration.ts'
import { environmentOf, ownAccountOf } from '../environment.ts'
import { failureLines, logLine, secondsSince } from '../log-line.ts'

const needed = environmentOf('trust-change', process.env)
const ownAccount = ownAccountOf(needed.ACCOUNT_ID)
const logger = new Logger()
const metrics = new Metrics()
const limits = LIMITS['trust-change']
const configuration = liveConfiguration(limits.ssm, needed.CONFIG_PATH, { logger, metrics })
const world = {
  ports: {
    roles: rolesOf(iamClient(limits.iam), ownAccount),
    history: readHistory(historyOf(cloudTrailClient(limits.cloudtrail), { ownAccount, clock: Date.now })),
    memory: memoryOf(documentClient(limits.dynamodb), needed.MEMORY_TABLE, Date.now),
    outbox: outboxOf(snsClient(limits.sns), needed.ALERTS_TOPIC_ARN),
    rereads: rereadsOf(sqsClient(limits.sqs), needed.SWEEP_QUEUE_URL, ownAccount),
  },
  now: Date.now,
}

export async function handler(invocation: Invocation): Promise<SQSBatchResponse> {
  try {
    return await takeBatch(invocation, take, (error, messageId) =>
      logger.error('not taken', { messageId, failures: failureLines(error) }),
    )
  } finally {
    metrics.publishStoredMetrics()
  }
}

async function take(message: unknown): Promise<void> {
  const signal = trustSignalFrom(message)
  const alerts = await observe(signal, { ...world, config: await configuration.current() })
  logger.info('observed', logLine(signal, alerts))
  if (signal.kind === 'heartbeat') metrics.addMetric('Heartbeat', MetricUnit.Count, 1)
  for (const alert of alerts)
    metrics.addMetric('SecondsToAlert', MetricUnit.Seconds, secondsSince(alert.at, Date.now()))
}
