/** A function's environment variables: read once, all that are missing reported together. */

import { type AccountId, accountId } from '../shared/identity.ts'
import { SEVERITIES, type Severity } from '../shared/severity.ts'

/** What each function reads; a test holds template.yaml to this list. */
export const VARIABLES = {
  'trust-change': ['ACCOUNT_ID', 'ALERTS_TOPIC_ARN', 'CONFIG_PATH', 'MEMORY_TABLE', 'SWEEP_QUEUE_URL'],
  'app-runner': ['ACCOUNT_ID', 'ALERTS_TOPIC_ARN', 'APP_RUNNER_REGIONS', 'CONFIG_PATH', 'MEMORY_TABLE'],
  sweep: ['ACCOUNT_ID', 'ALERTS_TOPIC_ARN', 'CONFIG_PATH', 'MEMORY_TABLE', 'SWEEP_QUEUE_URL'],
  slack: ['CONFIG_PATH', 'DEAD_LETTERS_URL', 'MEMORY_TABLE', 'NOTIFY_AT', 'QUEUE_URL', 'SLACK_SECRET_ARN'],
  mail: ['CONFIG_PATH', 'DEAD_LETTERS_URL', 'MAIL_TOPIC_ARN', 'MEMORY_TABLE', 'NOTIFY_AT', 'QUEUE_URL'],
} as const satisfies Readonly<Record<string, readonly string[]>>

type Variables = typeof VARIABLES
type Name<Entrance extends keyof Variables> = Variables[Entrance][number]

/** @throws where one is missing or empty; names them, never their values */
export function environmentOf<const Entrance extends keyof Variables>(
  entrance: Entrance,
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<Name<Entrance>, string>> {
  const names: readonly Name<Entrance>[] = VARIABLES[entrance]
  const missing = names.filter((name) => !variables[name])
  if (missing.length > 0) {
    throw new Error(`environment variables are missing: ${missing.join(', ')}; template.yaml sets them all`)
  }
  return Object.fromEntries(names.map((name) => [name, variables[name] ?? ''])) as Record<Name<Entrance>, string>
}

/** @throws where ACCOUNT_ID is no account id */
export function ownAccountOf(text: string): AccountId {
  const account = accountId(text)
  if (!account) throw new Error('ACCOUNT_ID is not twelve digits; template.yaml sets it to the account of the stack')
  return account
}

/** @throws where NOTIFY_AT is no severity */
export function notifyAtOf(text: string): Severity {
  const severity = SEVERITIES.find((each) => each === text)
  if (!severity) throw new Error(`NOTIFY_AT is none of ${SEVERITIES.join(', ')}; template.yaml sets it from NotifyAt`)
  return severity
}
