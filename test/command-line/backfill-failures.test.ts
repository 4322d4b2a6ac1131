/** Calls of the past that failed: App Runner's, in every region and from files alike, and IAM's. */

import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Backfill } from '../../shared/backfill/report.ts'
import type { CloudTrailRecord } from '../aws/cloudtrail.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { OWN, scratch } from './samples.ts'
import { type Ran, trustdrift } from './trustdrift.ts'

const file = scratch()
let memories = 0
const newMemory = () => file(`memory-${memories++}.jsonl`, '')

let aws: FakeAws
beforeAll(async () => {
  aws = await startFakeAws()
})
afterEach(() => aws.reset())
afterAll(() => aws.close())

const DAY = 86_400_000
const noon = Math.floor(Date.now() / DAY) * DAY - 3 * DAY
const at = (minute: number) => `${new Date(noon + minute * 60_000).toISOString().slice(0, 19)}Z`
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const pull = `arn:aws:iam::${OWN}:role/service-role/pull`
const trusting = (...services: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: services.map((Service) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })),
})

function call(eventName: string, number: number, more: object): CloudTrailRecord {
  return {
    eventVersion: '1.10',
    userIdentity: { type: 'IAMUser', userName: 'mallory', accountId: OWN, arn: `arn:aws:iam::${OWN}:user/mallory` },
    eventTime: at(number),
    eventSource: 'iam.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0',
    requestParameters: null,
    responseElements: null,
    eventID: id(number),
    recipientAccountId: OWN,
    ...more,
  }
}

const refused = (number: number, more: object = {}) =>
  call('CreateService', number, {
    eventSource: 'apprunner.amazonaws.com',
    awsRegion: 'us-east-2',
    errorCode: 'InvalidRequestException',
    errorMessage: `Error in assuming access role ${pull}`,
    requestParameters: {
      serviceName: 'reports',
      sourceConfiguration: {
        authenticationConfiguration: { accessRoleArn: pull },
        imageRepository: { imageConfiguration: { runtimeEnvironmentVariables: { KEY: 'a-secret-of-the-service' } } },
      },
    },
    ...more,
  })

/** Made for App Runner, closed to it, and then a service that cannot be made. */
const story = [
  call('CreateRole', 1, {
    requestParameters: {
      roleName: 'pull',
      assumeRolePolicyDocument: JSON.stringify(trusting('build.apprunner.amazonaws.com')),
    },
  }),
  call('UpdateAssumeRolePolicy', 5, {
    requestParameters: { roleName: 'pull', policyDocument: JSON.stringify(trusting('ec2.amazonaws.com')) },
  }),
  refused(12),
]

const told = ({ stdout }: Ran): Backfill => JSON.parse(stdout)
const env = () => ({
  AWS_ENDPOINT_URL: aws.endpoint,
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
})
const common = [
  'backfill',
  '--account',
  OWN,
  '--format',
  'json',
  '--fail-on',
  'never',
  '--from',
  at(-60),
  '--to',
  at(600),
]
const fromHistory = (...more: readonly string[]) =>
  trustdrift([...common, '--rate', '100', '--memory', newMemory(), ...more], { env: env() })
const fromLogs = (records: readonly object[], ...more: readonly string[]) => {
  const folder = file(`logs-${memories}/a.json`, { Records: records }).replace('/a.json', '')
  return trustdrift([...common, '--logs', folder, '--memory', newMemory(), ...more])
}
const timelineOf = (backfill: Backfill, name: string) =>
  backfill.roles.find(({ role }) => role === name)?.timeline ?? []
const happened = (...records: readonly CloudTrailRecord[]) => {
  for (const record of records) aws.cloudtrail.record(record)
}

describe('a call that App Runner refused', () => {
  it('is told of the role, whatever the region, with who had shut App Runner out; the same from files', async () => {
    aws.past.regions.push('us-east-2')
    happened(...story)
    const history = await fromHistory()
    expect(timelineOf(told(history), 'pull').map(({ kind, at: when }) => [kind, when])).toEqual([
      ['created', at(1)],
      ['updated', at(5)],
      ['failed', at(12)],
    ])
    expect(timelineOf(told(history), 'pull')[2]).toEqual({
      eventId: id(12),
      at: at(12),
      kind: 'failed',
      actor: 'mallory, through AWS CLI',
      verdict: null,
      gained: [],
      lost: [],
      says: 'CreateService for App Runner service reports in us-east-2 was refused; build.apprunner.amazonaws.com could not assume its access role pull: mallory changed that 7 minutes before',
    })
    expect(told(history)).toMatchObject({ complete: true, events: 3 })
    const logs = told(await fromLogs(story))
    expect(logs.roles).toEqual(told(history).roles)
    expect(logs).toMatchObject({ complete: true, events: 3 })
  })

  it('is read once in each region, and asked for by its source', async () => {
    aws.past.regions.push('us-east-2', 'eu-west-1')
    happened(...story, call('UpdateService', 3, { eventSource: 'ecs.amazonaws.com', awsRegion: 'us-east-2' }))
    const memory = newMemory()
    const run = () => trustdrift([...common, '--rate', '100', '--memory', memory], { env: env() })
    const first = told(await run())
    const asked = aws.calls('LookupEvents')
    expect(asked).toBe(3 + 3)
    expect(told(await run())).toEqual(first)
    expect(aws.calls('LookupEvents')).toBe(asked)
  })

  it('is read in the regions that were named alone', async () => {
    happened(...story)
    expect(timelineOf(told(await fromHistory('--region', 'us-east-1,us-east-2')), 'pull')).toHaveLength(3)
    expect(timelineOf(told(await fromHistory('--region', 'us-east-1')), 'pull')).toHaveLength(2)
    expect(timelineOf(told(await fromLogs(story, '--region', 'us-east-1')), 'pull')).toHaveLength(2)
    expect(aws.calls('ListRegions')).toBe(0)
  })

  it('in a region that may not be read is missing, and the other regions are read', async () => {
    aws.past.regions.push('us-east-2', 'eu-west-1')
    happened(...story)
    aws.cloudtrail.shut.add('eu-west-1')
    const ran = await fromHistory()
    expect(told(ran)).toMatchObject({
      complete: false,
      missing: [{ region: 'eu-west-1', what: 'App Runner calls', why: expect.stringMatching(/was denied/) }],
    })
    expect(timelineOf(told(ran), 'pull')).toHaveLength(3)
    expect(ran.code).toBe(3)
  })

  it('that names no role is not dropped', async () => {
    const nameless = refused(12, {
      errorMessage: 'Error in assuming instance role',
      requestParameters: { serviceName: 'reports' },
    })
    const { complete, missing } = told(await fromLogs([nameless]))
    expect(complete).toBe(false)
    expect(missing.map(({ region, what }) => `${region}: ${what}`)).toEqual([
      `us-east-2: which role it was for that a call failed (CreateService for App Runner service reports in us-east-2 was refused; event ${id(12)})`,
    ])
  })

  it('for no role is no event of a role', async () => {
    expect(told(await fromLogs([refused(12, { errorMessage: 'Service is in an invalid state' })]))).toMatchObject({
      complete: true,
      events: 0,
      roles: [],
    })
  })

  it('leaves the variables of the service where they are, and is told in words', async () => {
    const folder = file('words/a.json', { Records: story }).replace('/a.json', '')
    const memory = newMemory()
    const ran = await trustdrift(['backfill', '--account', OWN, '--logs', folder, '--memory', memory])
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('was refused; build.apprunner.amazonaws.com could not assume')
    expect(ran.stdout).toContain('called by mallory')
    expect(readFileSync(memory, 'utf8') + ran.stdout).not.toContain('a-secret-of-the-service')
  })

  it('is told of the role that was asked for, and of no other', async () => {
    expect(told(await fromLogs(story, '--role', 'pull')).roles).toHaveLength(1)
    expect(told(await fromLogs(story, '--role', 'other'))).toMatchObject({ roles: [], events: 0 })
  })
})

describe('a call that IAM refused', () => {
  const failing = (eventName: string, number: number, errorCode: string) =>
    call(eventName, number, { errorCode, errorMessage: 'no', requestParameters: { roleName: 'kept' } })

  it('is told whatever it was refused for', async () => {
    const records = [
      failing('DeleteRole', 3, 'DeleteConflictException'),
      failing('CreateRole', 4, 'EntityAlreadyExistsException'),
      failing('UpdateAssumeRolePolicy', 5, 'MalformedPolicyDocumentException'),
    ]
    happened(...records)
    const timeline = timelineOf(told(await fromHistory()), 'kept')
    expect(timeline.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
      'failed: DeleteRole was refused: DeleteConflictException',
      'failed: CreateRole was refused: EntityAlreadyExistsException',
      'failed: UpdateAssumeRolePolicy was refused: MalformedPolicyDocument',
    ])
    expect(timelineOf(told(await fromLogs(records)), 'kept')).toEqual(timeline)
  })

  it('for a role that nothing names is not dropped', async () => {
    const denied = call('UpdateAssumeRolePolicy', 3, { errorCode: 'AccessDenied', errorMessage: 'no' })
    expect(told(await fromLogs([denied]))).toMatchObject({
      complete: false,
      events: 1,
      missing: [{ what: expect.stringContaining('UpdateAssumeRolePolicy was refused: AccessDenied') }],
    })
  })
})

describe('a call that let somebody in and cannot be read', () => {
  const STRANGER = '999988887777'
  const opened = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${STRANGER}:root` }, Action: 'sts:AssumeRole' },
  }
  const role = `arn:aws:iam::${OWN}:role/pull`
  const opening = call('UpdateAssumeRolePolicy', 2, {
    requestParameters: { roleName: 'pull', policyDocument: JSON.stringify(opened) },
  })
  const came = (number: number, more: object) =>
    call('AssumeRole', number, {
      eventSource: 'sts.amazonaws.com',
      userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:thief', accountId: STRANGER },
      requestParameters: { roleArn: role, roleSessionName: 'x' },
      responseElements: { credentials: { sessionToken: 'the-secret-token' } },
      ...more,
    })

  it('is missing, from the history and from files', async () => {
    const nobody = came(4, { userIdentity: { type: 'Unknown' } })
    aws.iam.createRole('pull', JSON.stringify(opened))
    happened(opening, came(3, {}), nobody)
    for (const ran of [await fromHistory('--used'), await fromLogs([opening, came(3, {}), nobody], '--used')]) {
      expect(told(ran)).toMatchObject({
        complete: false,
        events: 1,
        exposures: [{ uses: [{ account: STRANGER, count: 1 }] }],
        missing: [
          {
            from: at(4),
            what: `who came in as role pull by AssumeRole ${id(4)}`,
            why: 'it could not be read: it does not name the caller',
          },
        ],
      })
      expect(ran.code).toBe(3)
      expect(ran.stdout).not.toContain('the-secret-token')
    }
  })

  it('is nothing that a run without --used speaks of', async () => {
    const records = [opening, came(4, { userIdentity: { type: 'Unknown' } })]
    expect(told(await fromLogs(records))).toMatchObject({ complete: true, missing: [] })
  })
})

describe('a backfill that is asked for what nobody can answer', () => {
  it('says that a time has not come yet', async () => {
    const to = new Date(Date.now() + DAY).toISOString().slice(0, 10)
    const ran = await trustdrift(
      ['backfill', '--format', 'json', '--rate', '100', '--from', at(0), '--to', to, '--memory', newMemory()],
      { env: env() },
    )
    expect(told(ran)).toMatchObject({
      complete: false,
      missing: [{ to: `${to}T00:00:00Z`, why: 'by the clock of AWS that time has not come' }],
    })
    expect(ran.code).toBe(3)
  })

  it('goes by the clock of AWS, and says so where this computer disagrees', async () => {
    const ahead = 'const now = Date.now; Date.now = () => now() + 20 * 60_000'
    const memory = newMemory()
    const ran = await trustdrift([...common.slice(0, 7), '--days', '1', '--rate', '100', '--memory', memory], {
      env: { ...env(), NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead)}` },
    })
    expect(ran.stderr).toContain("this computer's clock is 20 minutes ahead of AWS's")
    expect(told(ran)).toMatchObject({ complete: false, missing: [{ why: expect.stringMatching(/has not come/) }] })
    const marks = readFileSync(memory, 'utf8').matchAll(/"to":(\d+)/g)
    // What CloudTrail may still deliver is read again by the next run.
    for (const [, to] of marks) expect(Number(to)).toBeLessThan(Date.now() - 14 * 60_000)
  })

  it('names a profile that there is none of', async () => {
    const { AWS_ENDPOINT_URL } = env()
    const ran = await trustdrift(['backfill', '--profile', 'nobodys', '--memory', newMemory()], {
      env: { AWS_ENDPOINT_URL, AWS_EC2_METADATA_DISABLED: 'true' },
    })
    expect(ran.stderr).toContain('nobodys')
    expect(ran.code).toBe(3)
  })

  it('names a region that there is none of', async () => {
    const ran = await trustdrift(['backfill', '--region', 'mars', '--memory', newMemory()], { env: env() })
    expect(ran.stderr).toMatch(/--region mars is no region/)
    expect(ran.code).toBe(2)
  })
})

describe('the files of many accounts', () => {
  const OTHER = '444455556666'
  const written = (number: number, account: string, eventTime = at(number)) =>
    call('UpdateAssumeRolePolicy', number, {
      eventTime,
      recipientAccountId: account,
      requestParameters: { roleName: 'deploy', policyDocument: JSON.stringify(trusting('ec2.amazonaws.com')) },
    })

  it('tell roles of one name apart', async () => {
    const folder = file('many/a.json', { Records: [written(1, OWN), written(2, OTHER)] }).replace('/a.json', '')
    const args = ['backfill', '--account', OWN, '--fail-on', 'never', '--logs', folder, '--memory', newMemory()]
    const { stdout } = await trustdrift(args)
    expect(stdout).toMatch(/ROLE +deploy\n/)
    expect(stdout).toMatch(new RegExp(`ROLE +deploy of account ${OTHER}\n`))
  })

  it('may be dated later than this computer, which is said', async () => {
    const later = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`
    const folder = file('later/a.json', { Records: [written(1, OWN), written(2, OWN, later)] }).replace('/a.json', '')
    const args = ['backfill', '--format', 'json', '--logs', folder, '--memory', newMemory()]
    expect(told(await trustdrift(args))).toMatchObject({
      complete: false,
      events: 1,
      missing: [{ to: later, what: '1 change', why: expect.stringMatching(/later than this computer's clock/) }],
    })
    expect(told(await trustdrift([...args, '--to', later]))).toMatchObject({ complete: true, events: 2 })
  })

  it('are read however many there are', async () => {
    for (let number = 0; number < 10_000; number += 1)
      file(`thousands/${number}.json`, { Records: number % 100 === 0 ? [written(number / 100, OWN)] : [] })
    const folder = file('thousands/last.json', { Records: [] }).replace('/last.json', '')
    const ran = await trustdrift(['backfill', '--format', 'json', '--logs', folder, '--memory', newMemory()])
    expect(told(ran)).toMatchObject({ complete: true, events: 100 })
  }, 120_000)
})
