import { expect, test } from 'vitest'
import { explain, type Failure, failureOf, PortError } from '../../shared/aws/failure.ts'

function sdkError(name: string, httpStatusCode: number | null): Error {
  return Object.assign(new Error('text of the service'), {
    name,
    ...(httpStatusCode ? { $metadata: { httpStatusCode } } : {}),
  })
}

const CASES: readonly (readonly [string, number | null, Failure])[] = [
  // IAM and CloudTrail throttle with 400, SQS with 403: the name decides
  ['Throttling', 400, 'throttled'],
  ['ThrottlingException', 400, 'throttled'],
  ['ThrottledException', 429, 'throttled'],
  ['RequestThrottled', 403, 'throttled'],
  ['ProvisionedThroughputExceededException', 400, 'throttled'],
  ['RequestLimitExceeded', 400, 'throttled'],
  ['KMSThrottlingException', 400, 'throttled'],
  ['Whatever', 429, 'throttled'],
  ['AccessDenied', 403, 'denied'],
  ['AccessDeniedException', 400, 'denied'],
  ['AuthorizationErrorException', 403, 'denied'],
  ['KMSAccessDeniedException', 400, 'denied'],
  ['ExpiredTokenException', 400, 'denied'],
  ['InvalidClientTokenId', 403, 'denied'],
  ['CredentialsProviderError', null, 'denied'],
  ['Whatever', 403, 'denied'],
  ['NoSuchEntityException', 404, 'missing'],
  ['ResourceNotFoundException', 400, 'missing'],
  ['QueueDoesNotExist', 400, 'missing'],
  ['NotFoundException', 404, 'missing'],
  // a 404 that names nothing may come from anything on the way
  ['NotFound', 404, 'refused'],
  ['InvalidParameterException', 400, 'refused'],
  ['ParameterValueInvalid', 400, 'refused'],
  ['ValidationError', 400, 'refused'],
  ['InternalFailure', 500, 'broken'],
  ['ServiceUnavailable', 503, 'broken'],
  // clocks are corrected and the call repeated
  ['RequestTimeTooSkewed', 403, 'broken'],
  ['RequestTimeout', 400, 'broken'],
  ['TimeoutError', null, 'broken'],
  ['AbortError', null, 'broken'],
  ['Error', null, 'broken'],
]

test.each(CASES)('%s with status %s is %s', (name, status, failure) => {
  expect(failureOf(sdkError(name, status))).toBe(failure)
})

test('what is no error at all may pass', () => {
  expect(failureOf('text')).toBe('broken')
  expect(failureOf(undefined)).toBe('broken')
})

test("an explanation names the call and AWS's error name, and quotes nothing else", () => {
  expect(explain('IAM GetRole', sdkError('AccessDenied', 403))).toBe('IAM GetRole was denied (AccessDenied)')
  expect(explain('IAM GetRole', sdkError('<!channel> \u001b[31m', 400))).toBe(
    'IAM GetRole was refused as a bad request (unnamed error)',
  )
})

test('without credentials nothing was asked, so nothing is called denied', () => {
  expect(explain('IAM ListRoles', sdkError('CredentialsProviderError', null))).toBe(
    'No AWS credentials were found: set AWS_PROFILE, or log in',
  )
})

test('a failure keeps its kind and its words when it is looked at again', () => {
  const error = new PortError('throttled', 'SNS Publish was throttled (Throttled)')
  expect([failureOf(error), explain('anything', error)]).toEqual(['throttled', 'SNS Publish was throttled (Throttled)'])
})
