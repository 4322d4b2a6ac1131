/** `backfill --publish`: the past through the live path, to a stack's topic and table; told once, and done for the stack's own function. */

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { type Built, startBuilt, TOPIC } from '../functions/built.ts'
import { closed, OWN, opened, roleCreated, scratch, trustWritten } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const file = scratch()
let built: Built

beforeAll(async () => {
  built = await startBuilt('trust-change')
})
afterAll(() => built.close())

const recent = (record: object, minutesAgo: number) => ({
  ...record,
  eventTime: `${new Date(Date.now() - minutesAgo * 60_000).toISOString().slice(0, 19)}Z`,
})

const story = [
  recent(roleCreated(0, closed), 90),
  recent(trustWritten(1, opened), 80),
  recent(trustWritten(2, closed), 70),
]

function deploy(name: string, account = OWN): void {
  const resource = (logicalId: string, physicalId: string) => ({
    logicalId,
    physicalId,
    type: 'x',
    status: 'CREATE_COMPLETE',
  })
  built.aws.deployment.stacks.set(name, {
    id: `arn:aws:cloudformation:us-east-1:${account}:stack/${name}/id`,
    status: 'CREATE_COMPLETE',
    parameters: new Map(),
    resources: [resource('MemoryTable', 'memory'), resource('AlertsTopic', TOPIC)],
  })
}

const backfill = (stack: string, memory: string) =>
  trustdrift(
    [
      'backfill',
      '--format',
      'json',
      '--rate',
      '100',
      '--days',
      '1',
      '--fail-on',
      'never',
      '--memory',
      memory,
      '--publish',
      stack,
    ],
    {
      env: {
        AWS_ENDPOINT_URL: built.aws.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      },
    },
  )

const told = (): readonly Alert[] => built.aws.sns.published.map(({ message }) => JSON.parse(message))

it('tells the past in order, once, and what is delivered live afterwards is done', async () => {
  deploy('trustdrift')
  for (const record of story) built.aws.cloudtrail.record(record as Parameters<typeof built.aws.cloudtrail.record>[0])
  expect(await backfill('trustdrift', file('first.jsonl', ''))).toMatchObject({ code: 0 })
  expect(told().map(({ kind, severity }) => [kind, severity])).toEqual([
    ['role-created', 'info'],
    ['trust-changed', 'high'],
    ['trust-changed', 'medium'],
  ])
  expect(await backfill('trustdrift', file('second.jsonl', ''))).toMatchObject({ code: 0 })
  for (const detail of story)
    await built.invoke(
      JSON.stringify({ 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.iam', account: OWN, detail }),
    )
  expect(told()).toHaveLength(3)
})

it.each([
  ['there is none of that name', 'nowhere', /There is no stack nowhere/],
  ['it watches another account', 'elsewhere', /watches account 999988887777/],
])('says so where %s, and publishes nothing', async (_, stack, words) => {
  deploy('elsewhere', '999988887777')
  const before = told().length
  const ran = await backfill(stack, file(`${stack}.jsonl`, ''))
  expect(ran.stderr).toMatch(words)
  expect(ran.code).toBe(3)
  expect(told()).toHaveLength(before)
})

it('goes with the event history alone', async () => {
  const logs = file('logs/a.json', '{"Records":[]}').replace('/a.json', '')
  const ran = await trustdrift(['backfill', '--logs', logs, '--memory', file('m.jsonl', ''), '--publish', 'trustdrift'])
  expect(ran.stderr).toMatch(/--publish needs AWS/)
  expect(ran.code).toBe(2)
})
