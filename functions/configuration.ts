/** The configuration a function works with, and how it says that it has none it can use: one line in the log, and a metric that an alarm watches. */

import type { Logger } from '@aws-lambda-powertools/logger'
import { type Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { type Limits, ssmClient } from '../shared/aws/clients.ts'
import { configurationOf, type LiveConfiguration } from '../shared/aws/configuration.ts'

interface Telling {
  readonly logger: Logger
  readonly metrics: Metrics
}

const MOST_TOLD = 20

export function liveConfiguration(limits: Limits, path: string, { logger, metrics }: Telling): LiveConfiguration {
  return configurationOf(ssmClient(limits), path, {
    clock: Date.now,
    failed: (why) => {
      logger.error('configuration unusable', { path, faults: why.slice(0, MOST_TOLD), count: why.length })
      metrics.addMetric('ConfigurationUnusable', MetricUnit.Count, 1)
    },
  })
}
