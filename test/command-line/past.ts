/** The past of an account, three days ago: its records, the fake AWS that holds them, and backfills that read it. */

import { dirname } from 'node:path'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Backfill } from '../../shared/backfill/report.ts'
import type { CloudTrailRecord } from '../aws/cloudtrail.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { closed, OWN, opened, STRANGER, scratch } from './samples.ts'
import { type Ran, trustdrift } from './trustdrift.ts'

export const DAY = 86_400_000
const noon = Math.floor(Date.now() / DAY) * DAY - 3 * DAY

/** As CloudTrail writes a time. @param ms since the epoch */
export const timeOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`
export const at = (minute: number) => timeOf(noon + minute * 60_000)
export const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
export const told = ({ stdout }: Ran): Backfill => JSON.parse(stdout)

/** A call by mallory. @param minute after noon, also the event's id */
export function call(eventName: string, minute: number, more: object): CloudTrailRecord {
  return {
    eventVersion: '1.10',
    userIdentity: { type: 'IAMUser', userName: 'mallory', accountId: OWN, arn: `arn:aws:iam::${OWN}:user/mallory` },
    eventTime: at(minute),
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0',
    requestParameters: null,
    responseElements: null,
    eventID: id(minute),
    recipientAccountId: OWN,
    ...more,
  }
}

interface Past {
  readonly minute: number
  readonly call: string
  readonly role?: string
  readonly document?: object
  readonly error?: string
}

let ids = 1_000_000

/** A call about a role, with an id of its own. */
export function record({ minute, call: name, role = 'deploy', document, error }: Past): CloudTrailRecord {
  const text = document && JSON.stringify(document)
  const policy = name === 'CreateRole' ? { assumeRolePolicyDocument: text } : { policyDocument: text }
  return call(name, minute, {
    eventID: id(ids++),
    requestParameters: { roleName: role, ...(text === undefined ? {} : policy) },
    ...(error === undefined ? {} : { errorCode: error, errorMessage: 'no' }),
  })
}

/** Created, opened to a stranger, closed in another spelling, deleted; amid others that only come and go. */
const respelt = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${OWN}:role/ci`] }, Action: ['sts:assumerole'] },
}
export const story = [
  record({ minute: 0, call: 'CreateRole', document: closed }),
  record({ minute: 10, call: 'UpdateAssumeRolePolicy', document: opened }),
  record({ minute: 22, call: 'UpdateAssumeRolePolicy', document: respelt }),
  record({ minute: 40, call: 'DeleteRole' }),
  ...Array.from({ length: 180 }, (_, index) => [
    record({ minute: index, call: 'CreateRole', role: `batch-${index}`, document: closed }),
    record({ minute: index, call: 'DeleteRole', role: `batch-${index}` }),
  ]).flat(),
  record({ minute: 50, call: 'UpdateAssumeRolePolicy', role: 'other', document: opened, error: 'AccessDenied' }),
]

export function expectTheStory(backfill: Backfill): void {
  expect(backfill.exposures).toMatchObject([
    {
      role: 'deploy',
      severity: 'high',
      from: at(10),
      to: at(22),
      says: `any principal of account ${STRANGER}`,
      openedBy: { eventId: story[1]?.eventID, actor: 'mallory, through AWS CLI' },
      closedBy: { eventId: story[2]?.eventID },
    },
  ])
  expect(backfill).toMatchObject({ version: 1, account: OWN, complete: true, missing: [], events: story.length })
  expect(backfill.roles).toHaveLength(182)
  expect(backfill.roles.find(({ role }) => role === 'other')?.timeline).toMatchObject([{ kind: 'failed' }])
  expect(backfill.roles.find(({ role }) => role === 'batch-7')?.timeline).toMatchObject([
    { kind: 'created', verdict: 'widened' },
    { kind: 'deleted', verdict: 'narrowed' },
  ])
}

const AS_JSON = ['backfill', '--account', OWN, '--format', 'json']

/** A window around the past, whatever stands in it. */
export const AROUND = ['--fail-on', 'never', '--from', at(-60), '--to', at(600)]

/** Files of a test file's own, and memories in which nothing is yet. */
export function places() {
  const file = scratch()
  let made = 0
  const newMemory = () => file(`memory-${made++}.jsonl`, '')
  /** @returns a folder with one file of these records */
  const logsOf = (records: readonly object[]) => dirname(file(`logs-${made++}/a.json`, { Records: records }))
  const fromLogs = (records: readonly object[], ...more: readonly string[]) =>
    trustdrift([...AS_JSON, ...AROUND, '--logs', logsOf(records), '--memory', newMemory(), ...more])
  return { file, newMemory, logsOf, fromLogs }
}

/** Of the event history, fast, of five days where no window is given. */
export function argsOf(memory: string, ...more: readonly string[]): readonly string[] {
  const window = more.includes('--from') || more.includes('--days') ? [] : ['--days', '5']
  return [...AS_JSON, '--rate', '100', '--memory', memory, ...window, ...more]
}

/** An AWS for the tests of one file, forgetful between them. */
export function account() {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
  })
  afterEach(() => aws.reset())
  afterAll(() => aws.close())
  const env = () => ({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  })
  return {
    aws: () => aws,
    env,
    backfill: (memory: string, ...more: readonly string[]) => trustdrift(argsOf(memory, ...more), { env: env() }),
    happened: (records: readonly CloudTrailRecord[]) => {
      for (const one of records) aws.cloudtrail.record(one)
    },
  }
}
