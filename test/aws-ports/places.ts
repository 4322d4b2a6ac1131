/** How the tests' clients reach the fake AWS: real clients, impatient enough for tests. */

import type { Limits, Place } from '../../shared/aws/clients.ts'
import { CREDENTIALS } from '../aws/dynamo.ts'
import type { Fault } from '../aws/faults.ts'

export const QUICK: Limits = { connectionMs: 500, requestMs: 250, attempts: 3 }

export function placeAt(endpoint: string): Place {
  return { endpoint, region: 'us-east-1', credentials: CREDENTIALS }
}

/** What three attempts get over, and how often it happens. */
export const PASSING: readonly (readonly [string, Fault, number])[] = [
  ['fails once', { kind: 'error', status: 500, code: 'InternalFailure' }, 1],
  ['fails twice', { kind: 'error', status: 503, code: 'ServiceUnavailable' }, 2],
  ['breaks the connection twice', { kind: 'drop' }, 2],
  ['acts and loses the answer', { kind: 'lose-answer' }, 1],
  ['acts and loses the answer twice', { kind: 'lose-answer' }, 2],
  ['does not answer in time', { kind: 'hang' }, 1],
  ['acts and answers too late', { kind: 'slow', ms: 500 }, 1],
  ['throttles once', { kind: 'throttle' }, 1],
]

/** What stays wrong, and what it is called. */
export const LASTING: readonly (readonly [string, Fault, string])[] = [
  ['denies', { kind: 'denied' }, 'denied'],
  ['throttles for good', { kind: 'throttle' }, 'throttled'],
  ['fails for good', { kind: 'error', status: 500, code: 'InternalFailure' }, 'broken'],
  ['never answers', { kind: 'hang' }, 'broken'],
  ['breaks every connection', { kind: 'drop' }, 'broken'],
  ['calls the request wrong', { kind: 'error', status: 400, code: 'ValidationError' }, 'refused'],
]
