/** Entrance: App Runner's events and refused calls from the queue. Wiring only; the order is in shared/observe-service.ts. */

import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import type { Context, SQSBatchResponse } from 'aws-lambda'
import * as clients from '../../shared/aws/clients.ts'
import { PortError } from '../../shared/aws/failure.ts'
import { historyOf } from '../../shared/aws/history.ts'
import { memoryOf } from '../../shared/aws/memory.ts'
import { serviceMemoryIn } from '../../shared/aws/memory-services.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import { rolesOf } from '../../shared/aws/roles.ts'
import { servicesOf } from '../../shared/aws/services.ts'
import { observeAll } from '../../shared/observe-all.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import { sweepServices } from '../../shared/service-sweep.ts'
import { signalFrom } from '../../shared/signal.ts'
import { type Invocation, takeBatch } from '../batch.ts'
import { liveConfiguration } from '../configuration.ts'
import { environmentOf, ownAccountOf } from '../environment.ts'
import { failureLines, logLine, secondsSince } from '../log-line.ts'
import { isServicesTask, regionsOf } from './task.ts'

const needed = environmentOf('app-runner', process.env)
const ownAccount = ownAccountOf(needed.ACCOUNT_ID)
const regions = regionsOf(needed.APP_RUNNER_REGIONS)
const logger = new Logger()
const metrics = new Metrics()
const limits = clients.LIMITS['app-runner']
const configuration = liveConfiguration(limits.ssm, needed.CONFIG_PATH, { logger, metrics })
const documents = clients.documentClient(limits.dynamodb)
const table = { documents, name: needed.MEMORY_TABLE }
const trail = clients.cloudTrailClient(limits.cloudtrail)
const world = {
  ports: {
    services: servicesOf((region) => clients.appRunnerClient(limits.apprunner, { region }), { ownAccount }),
    roles: rolesOf(clients.iamClient(limits.iam), ownAccount),
    history: readHistory(historyOf(trail, { ownAccount, clock: Date.now })),
    memory: { ...memoryOf(documents, needed.MEMORY_TABLE, Date.now), ...serviceMemoryIn(table, Date.now) },
    outbox: outboxOf(clients.snsClient(limits.sns), needed.ALERTS_TOPIC_ARN),
    // What an event of App Runner hides is no role's trust: there is nothing to read again.
    rereads: { ask: async () => {} },
  },
  now: Date.now,
}

export async function handler(invocation: Invocation, context: Context): Promise<SQSBatchResponse> {
  const take = (message: unknown) =>
    isServicesTask(message) ? sweep(() => context.getRemainingTimeInMillis()) : observed(message)
  try {
    return await takeBatch(invocation, take, (error, messageId) =>
      logger.error('not taken', { messageId, failures: failureLines(error) }),
    )
  } finally {
    metrics.publishStoredMetrics()
  }
}

async function observed(message: unknown): Promise<void> {
  const signal = signalFrom(message)
  const alerts = await observeAll(signal, { ...world, config: await configuration.current() })
  logger.info('observed', logLine(signal, alerts))
  for (const alert of alerts)
    metrics.addMetric('SecondsToAlert', MetricUnit.Seconds, secondsSince(alert.at, Date.now()))
}

async function sweep(timeLeft: () => number): Promise<void> {
  const { services, notRead } = await sweepServices({ account: ownAccount, regions }, { ...world, timeLeft })
  logger.info('swept services', { regions, services: services.length, notRead })
  if (notRead.length > 0) throw new PortError('broken', `${notRead.length} regions or services could not be read`)
}
