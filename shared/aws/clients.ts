/** SDK clients with explicit attempts and timeouts, so that a stuck service cannot eat a function's whole time. Knows no names of tables or topics. */

import { AppRunnerClient } from '@aws-sdk/client-apprunner'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { IAMClient } from '@aws-sdk/client-iam'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SNSClient } from '@aws-sdk/client-sns'
import { SQSClient } from '@aws-sdk/client-sqs'
import { SSMClient } from '@aws-sdk/client-ssm'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'

/** How long and how often one client tries. */
export interface Limits {
  /** Milliseconds until the connection must stand. */
  readonly connectionMs: number
  /** Milliseconds of one attempt until the answer must begin, and of silence after that. */
  readonly requestMs: number
  readonly attempts: number
}

/** Where the clients call; what is absent the SDK takes from the environment, as the AWS CLI does. */
export interface Place {
  readonly region?: string
  readonly endpoint?: string
  readonly profile?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/**
 * The numbers by entrance. A test holds them against the functions' timeouts (60, 900, 90 and 60 seconds): with `worstCaseMs`, what one
 * signal may cost in bad weather still ends before Lambda ends it.
 */
export const LIMITS = {
  'trust-change': {
    iam: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    cloudtrail: { connectionMs: 1_000, requestMs: 8_000, attempts: 4 },
    sns: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    dynamodb: { connectionMs: 1_000, requestMs: 2_000, attempts: 4 },
    sqs: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    // An alert waits for it: see CONFIGURATION_MS.
    ssm: { connectionMs: 500, requestMs: 1_000, attempts: 2 },
  },
  'app-runner': {
    apprunner: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    iam: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    cloudtrail: { connectionMs: 1_000, requestMs: 8_000, attempts: 4 },
    ssm: { connectionMs: 500, requestMs: 1_000, attempts: 2 },
    sns: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    dynamodb: { connectionMs: 1_000, requestMs: 2_000, attempts: 4 },
  },
  sweep: {
    // IAM throttles ListRoles by account, and whoever else lists shares the rate: eight attempts wait up to 71 seconds.
    iam: { connectionMs: 2_000, requestMs: 15_000, attempts: 8 },
    sns: { connectionMs: 1_000, requestMs: 3_000, attempts: 5 },
    dynamodb: { connectionMs: 1_000, requestMs: 3_000, attempts: 8 },
    sqs: { connectionMs: 1_000, requestMs: 3_000, attempts: 5 },
    ssm: { connectionMs: 500, requestMs: 1_000, attempts: 2 },
  },
  slack: {
    ssm: { connectionMs: 500, requestMs: 1_000, attempts: 2 },
    secret: { connectionMs: 1_000, requestMs: 2_000, attempts: 2 },
    dynamodb: { connectionMs: 1_000, requestMs: 2_000, attempts: 3 },
    sqs: { connectionMs: 1_000, requestMs: 2_000, attempts: 3 },
  },
  mail: {
    ssm: { connectionMs: 500, requestMs: 1_000, attempts: 2 },
    sns: { connectionMs: 1_000, requestMs: 3_000, attempts: 3 },
    dynamodb: { connectionMs: 1_000, requestMs: 2_000, attempts: 3 },
    sqs: { connectionMs: 1_000, requestMs: 2_000, attempts: 3 },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Limits>>>>

/** Milliseconds one call may take: every attempt runs out of time and every wait between is the longest the SDK makes. */
export function worstCaseMs(limits: Limits): number {
  return limits.attempts * limits.requestMs + longestWaits(limits.attempts - 1)
}

export function iamClient(limits: Limits, place: Place = {}): IAMClient {
  return new IAMClient({ ...place, ...transport(limits) })
}

export function appRunnerClient(limits: Limits, place: Place = {}): AppRunnerClient {
  return new AppRunnerClient({ ...place, ...transport(limits) })
}

export function cloudTrailClient(limits: Limits, place: Place = {}): CloudTrailClient {
  return new CloudTrailClient({ ...place, ...transport(limits) })
}

export function snsClient(limits: Limits, place: Place = {}): SNSClient {
  return new SNSClient({ ...place, ...transport(limits) })
}

export function sqsClient(limits: Limits, place: Place = {}): SQSClient {
  return new SQSClient({ ...place, ...transport(limits) })
}

export function secretsManagerClient(limits: Limits, place: Place = {}): SecretsManagerClient {
  return new SecretsManagerClient({ ...place, ...transport(limits) })
}

export function ssmClient(limits: Limits, place: Place = {}): SSMClient {
  return new SSMClient({ ...place, ...transport(limits) })
}

export function documentClient(limits: Limits, place: Place = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({ ...place, ...transport(limits) }))
}

// Without throwOnRequestTimeout the SDK's handler only warns when requestTimeout passes, and waits on
// (@smithy/node-http-handler, set-request-timeout). `adaptive` is never used: it slows down far more than throttling asks for.
export function transport(limits: Limits) {
  return {
    maxAttempts: limits.attempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: limits.connectionMs,
      requestTimeout: limits.requestMs,
      socketTimeout: limits.requestMs,
      throwOnRequestTimeout: true,
    },
  }
}

// The SDK's standard mode waits, after being throttled, at most 1 s, 2 s, 4 s … capped at 20 s (@smithy/core, retries-2026-config).
function longestWaits(waits: number): number {
  let sum = 0
  for (let wait = 0; wait < waits; wait += 1) sum += Math.min(1_000 * 2 ** wait, 20_000)
  return sum
}
