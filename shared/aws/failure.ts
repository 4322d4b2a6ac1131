/** What an AWS answer that is no result means. The only place that reads error names; knows no service's data. */

/**
 * - `throttled`: too many requests, try later
 * - `denied`: no permission, or no usable credentials
 * - `missing`: the thing asked for does not exist
 * - `refused`: the request itself is wrong; the same request will be refused again
 * - `broken`: the network, a time-out or the service; the same request may succeed later
 */
export type Failure = 'throttled' | 'denied' | 'missing' | 'refused' | 'broken'

/** A port could not do its work. `failure` says whether trying again can help. */
export class PortError extends Error {
  override readonly name = 'PortError'
  readonly failure: Failure

  constructor(failure: Failure, message: string, cause?: unknown) {
    super(message, { cause })
    this.failure = failure
  }
}

// SQS answers RequestThrottled with 403 and IAM and CloudTrail throttle with 400, so names decide before statuses.
const THROTTLED = /Throttl|TooManyRequests|SlowDown|ThroughputExceeded|RequestLimitExceeded|BandwidthLimitExceeded/

const DENIED =
  /AccessDenied|AuthorizationError|Unauthorized|NotAuthorized|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|InvalidAccessKeyId|OptInRequired|MissingAuthenticationToken|CredentialsProviderError|TokenProviderError/

/** What the SDK's own providers throw: AWS was never asked. */
const NO_CREDENTIALS = /^(CredentialsProviderError|TokenProviderError)$/

// A bare 404 is not here: a proxy's "not found" must not read as "this role is gone".
const MISSING = new Set([
  'NoSuchEntity',
  'NoSuchEntityException',
  'NotFoundException',
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'ParameterNotFound',
  'TableNotFoundException',
  'TrailNotFoundException',
])

const PASSING = /RequestTimeout|TimeoutError|AbortError|InternalFailure|InternalError|ServiceUnavailable|TimeTooSkewed/

export function failureOf(error: unknown): Failure {
  if (error instanceof PortError) return error.failure
  const name = nameOf(error)
  const status = statusOf(error)
  if (THROTTLED.test(name) || status === 429) return 'throttled'
  if (DENIED.test(name)) return 'denied'
  if (MISSING.has(name)) return 'missing'
  if (PASSING.test(name)) return 'broken'
  if (status === 401 || status === 403) return 'denied'
  return status !== null && status >= 400 && status < 500 ? 'refused' : 'broken'
}

/** In words, quoting nothing of the answer but AWS's short error name. @param call e.g. `IAM GetRole` */
export function explain(call: string, error: unknown): string {
  if (error instanceof PortError) return error.message
  if (NO_CREDENTIALS.test(nameOf(error))) return 'No AWS credentials were found: set AWS_PROFILE, or log in'
  return `${call} ${WORDS[failureOf(error)]} (${nameOf(error)})`
}

/** Awaits an SDK call; what goes wrong becomes a PortError that names the call. */
export async function ask<T>(call: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw new PortError(failureOf(error), explain(call, error), error)
  }
}

const WORDS: Readonly<Record<Failure, string>> = {
  throttled: 'was throttled',
  denied: 'was denied',
  missing: 'found nothing of that name',
  refused: 'was refused as a bad request',
  broken: 'got no answer',
}

function nameOf(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  return /^[\w.#-]{1,80}$/.test(name) ? name : 'unnamed error'
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata = error.$metadata
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null
}
