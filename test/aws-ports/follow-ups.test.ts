import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sqsClient } from '../../shared/aws/clients.ts'
import { followUpsOf, parseFollowUp } from '../../shared/aws/follow-ups.ts'
import type { FollowUps } from '../../shared/ports.ts'
import { observedId } from '../../shared/version.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { roleOf } from '../versions.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const QUEUE = 'https://sqs.us-east-1.amazonaws.com/111122223333/sweep'

let aws: FakeAws
let followUps: FollowUps

beforeAll(async () => {
  aws = await startFakeAws()
  followUps = followUpsOf(sqsClient(QUICK, placeAt(aws.endpoint)), QUEUE)
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

function received() {
  return aws.sqs.sent.map(({ body }) => parseFollowUp(JSON.parse(body)))
}

test('roles to look at again come back out of the queue as they went in, a hundred a message, after the delay', async () => {
  const sightings = Array.from({ length: 250 }, (_, index) => ({ role: roleOf(`role-${index}`), seen: null }))
  await followUps.lookAgain(sightings, 900)
  expect(aws.sqs.sent.map(({ queueUrl, delaySeconds }) => [queueUrl, delaySeconds])).toEqual(
    Array(3).fill([QUEUE, 900]),
  )
  expect(received().flatMap((followUp) => (followUp?.kind === 'look-again' ? followUp.sightings : []))).toEqual(
    sightings,
  )
})

test('a role whose ARN is not known comes back without one', async () => {
  const role = { ...roleOf('bare'), arn: null }
  const sighting = { role, seen: observedId('{}') }
  await followUps.lookAgain([sighting], 900)
  expect(received()).toEqual([{ kind: 'look-again', sightings: [sighting] }])
})

test('no roles are no message', async () => {
  await followUps.lookAgain([], 900)
  expect(aws.calls('SendMessage')).toBe(0)
})

test('an unfinished sweep goes on at once', async () => {
  await followUps.goOn('sweep-1')
  expect(received()).toEqual([{ kind: 'go-on', sweepId: 'sweep-1' }])
  expect(aws.sqs.sent[0]?.delaySeconds).toBe(0)
})

test('a delay beyond what the queue can hold back is an error, not a shorter delay', async () => {
  await expect(followUps.lookAgain([{ role: roleOf('deploy'), seen: null }], 901)).rejects.toMatchObject({
    failure: 'refused',
  })
})

test.each(PASSING)('a follow-up is in the queue though SQS %s', async (_, fault, times) => {
  aws.faults.next('SendMessage', fault, times)
  await followUps.goOn('sweep-1')
  expect(received()).toContainEqual({ kind: 'go-on', sweepId: 'sweep-1' })
})

test.each(LASTING)('a follow-up that is not taken is an error when SQS %s', async (_, fault, failure) => {
  aws.faults.always('SendMessage', fault)
  await expect(followUps.goOn('sweep-1')).rejects.toMatchObject({ name: 'PortError', failure })
})

test.each([
  null,
  'text',
  {},
  { kind: 'go-on' },
  { kind: 'look-again', roles: [{ account: '1', name: 'x', arn: null }] },
  { kind: 'look-again', roles: [{ account: '111122223333', name: 'x', arn: 'arn:aws:s3:::bucket' }] },
])('a message of another kind (%j) is no follow-up', (body) => {
  expect(parseFollowUp(body)).toBeNull()
})
