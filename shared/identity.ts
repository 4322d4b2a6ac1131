/** The names that get confused with one another, each as its own type with one constructor that can say no. */

declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** Twelve digits. */
export type AccountId = Branded<string, 'AccountId'>

/** `arn:<partition>:iam::<account>:role/<path><name>`. */
export type RoleArn = Branded<string, 'RoleArn'>

/** `arn:<partition>:apprunner:<region>:<account>:service/<name>/<id>`. */
export type ServiceArn = Branded<string, 'ServiceArn'>

/** CloudTrail's `eventID`, or `sweep-<hash>` for what only the sweep saw. */
export type EventId = Branded<string, 'EventId'>

/** UTC, whole seconds, `2026-11-21T12:00:00Z`: CloudTrail's resolution. Compares as text. */
export type Instant = Branded<string, 'Instant'>

/** A role as memory knows it: unique per account by name, whatever its path; the ARN where it is known. */
export interface Role {
  readonly account: AccountId
  readonly name: string
  readonly arn: RoleArn | null
}

export function accountId(text: unknown): AccountId | null {
  return typeof text === 'string' && /^\d{12}$/.test(text) ? (text as AccountId) : null
}

/** IAM's own bound on an ARN (API reference, arnType). */
const LONGEST_ARN = 2048

export function roleArn(text: unknown): RoleArn | null {
  if (typeof text !== 'string' || text.length > LONGEST_ARN) return null
  return /^arn:aws[\w-]*:iam::\d{12}:role\/.+$/s.test(text) ? (text as RoleArn) : null
}

/** The name inside a role's ARN: what stands behind the last slash. */
export function roleNameOf(arn: RoleArn): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** App Runner's own bound on an ARN (API reference, AppRunnerResourceArn); a service's name has at most 40 characters. */
export function serviceArn(text: unknown): ServiceArn | null {
  if (typeof text !== 'string' || text.length > 1011) return null
  return /^arn:aws[\w-]*:apprunner:[a-z0-9-]{1,32}:\d{12}:service\/[\w-]{1,64}(\/[\w-]{1,64})?$/.test(text)
    ? (text as ServiceArn)
    : null
}

export function eventId(text: unknown): EventId | null {
  return typeof text === 'string' && /^[\w-]{1,128}$/.test(text) ? (text as EventId) : null
}

/** Whole seconds of an ISO 8601 time; a fraction is cut off. Null for anything that is no time. */
export function instant(text: unknown): Instant | null {
  if (typeof text !== 'string') return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : instantOf(ms)
}

/** @param ms milliseconds since the epoch, cut to whole seconds */
export function instantOf(ms: number): Instant {
  return `${new Date(ms).toISOString().slice(0, 19)}Z` as Instant
}
