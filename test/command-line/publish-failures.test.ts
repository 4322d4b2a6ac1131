/** `backfill --publish` of a call that App Runner refused: told as the live path tells it, once, and done for the stack's own function. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { type Built, startBuilt, TOPIC } from '../functions/built.ts'
import { refusedCall } from '../functions/service-event.ts'
import { OWN, scratch } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const file = scratch()
let built: Built

beforeAll(async () => {
  built = await startBuilt('app-runner')
  built.aws.deployment.stacks.set('trustdrift', {
    id: `arn:aws:cloudformation:us-east-1:${OWN}:stack/trustdrift/id`,
    status: 'CREATE_COMPLETE',
    parameters: new Map(),
    resources: [
      { logicalId: 'MemoryTable', physicalId: 'memory', type: 'x', status: 'CREATE_COMPLETE' },
      { logicalId: 'AlertsTopic', physicalId: TOPIC, type: 'x', status: 'CREATE_COMPLETE' },
    ],
  })
})
afterAll(() => built.close())

const told = (): readonly Alert[] => built.aws.sns.published.map(({ message }) => JSON.parse(message))

it('tells the failure once, and what is delivered live afterwards is done', async () => {
  const eventTime = `${new Date(Date.now() - 3_600_000).toISOString().slice(0, 19)}Z`
  const { detail, ...envelope } = JSON.parse(refusedCall('CreateService', { time: '12:00:00' }, { eventTime }))
  built.aws.past.regions.push('us-east-2')
  built.aws.cloudtrail.record(detail)
  const backfill = () =>
    trustdrift(
      [
        ...['backfill', '--format', 'json', '--rate', '100', '--days', '1', '--fail-on', 'never'],
        ...['--memory', file('memory.jsonl', ''), '--publish', 'trustdrift'],
      ],
      {
        env: {
          AWS_ENDPOINT_URL: built.aws.endpoint,
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'not-a-secret',
        },
      },
    )
  expect(await backfill()).toMatchObject({ code: 0 })
  expect(told().map(({ kind, at }) => [kind, at])).toEqual([['service-failed', eventTime]])
  await backfill()
  await built.invoke(JSON.stringify({ ...envelope, detail }))
  expect(told()).toHaveLength(1)
})
