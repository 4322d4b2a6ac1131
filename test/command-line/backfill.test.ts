import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest'
import type { Backfill } from '../../shared/backfill/report.ts'
import type { CloudTrailRecord } from '../aws/cloudtrail.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { closed, OWN, opened, STRANGER, scratch } from './samples.ts'
import { type Ran, start, trustdrift } from './trustdrift.ts'

const file = scratch()
let memories = 0
const newMemory = () => file(`memory-${memories++}.jsonl`, '')

const DAY = 86_400_000
const noon = Math.floor(Date.now() / DAY) * DAY - 3 * DAY

interface Past {
  readonly minute: number
  readonly call: string
  readonly role?: string
  readonly document?: object
  readonly error?: string
}

let ids = 0

/** A record of three days ago. */
function record({ minute, call, role = 'deploy', document, error }: Past): CloudTrailRecord {
  const text = document && JSON.stringify(document)
  const policy = call === 'CreateRole' ? { assumeRolePolicyDocument: text } : { policyDocument: text }
  return {
    eventVersion: '1.10',
    eventTime: `${new Date(noon + minute * 60_000).toISOString().slice(0, 19)}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: call,
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0',
    eventID: `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    recipientAccountId: OWN,
    userIdentity: { type: 'IAMUser', userName: 'mallory', accountId: OWN, arn: `arn:aws:iam::${OWN}:user/mallory` },
    requestParameters: { roleName: role, ...(text === undefined ? {} : policy) },
    responseElements: null,
    ...(error === undefined ? {} : { errorCode: error, errorMessage: 'no' }),
  }
}

/** Created, opened to a stranger, closed in another spelling, deleted; amid others that only come and go. */
const respelt = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${OWN}:role/ci`] }, Action: ['sts:assumerole'] },
}
const story = [
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
const at = (minute: number) => `${new Date(noon + minute * 60_000).toISOString().slice(0, 19)}Z`

const told = ({ stdout }: Ran): Backfill => JSON.parse(stdout)

function expectTheStory(backfill: Backfill): void {
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

describe('backfill from the files of a trail', () => {
  const name = (part: string) => `AWSLogs/${OWN}/CloudTrail/us-east-1/2026/11/20/${part}`
  const packed = (records: readonly object[]) => gzipSync(JSON.stringify({ Records: records }))

  function trail(folder: string): string {
    const parts = [story.slice(0, 2), story.slice(2, 90), story.slice(90)]
    for (const [index, part] of parts.entries())
      writeFileSync(file(`${folder}/${name(`${index}.json.gz`)}`, ''), packed(part))
    return file(`${folder}/${name('3.json')}`, JSON.stringify({ Records: [] })).split('/AWSLogs')[0] ?? ''
  }

  const backfill = (...args: readonly string[]) =>
    trustdrift(['backfill', '--account', OWN, '--format', 'json', ...args])

  it('finds the one exposure, to the second, with its opener', async () => {
    const ran = await backfill('--logs', trail('whole'), '--memory', newMemory())
    expectTheStory(told(ran))
    expect(ran.code).toBe(1)
  })

  it('reads a file once, and the same file among others no second time', async () => {
    const folder = trail('twice')
    const memory = newMemory()
    const first = await backfill('--logs', folder, '--memory', memory, '--to', at(500))
    const size = readFileSync(memory).length
    copyFileSync(`${folder}/${name('0.json.gz')}`, `${folder}/${name('copy.json.gz')}`)
    const second = await backfill('--logs', folder, '--memory', memory, '--to', at(500))
    expect(told(second)).toEqual(told(first))
    expect(readFileSync(memory).length - size).toBeLessThan(400)
  })

  it('names every file that it could not read, and reads the rest', async () => {
    const folder = trail('damaged')
    writeFileSync(file(`damaged/${name('cut.json.gz')}`, ''), packed(story).subarray(0, 2_000))
    file(`damaged/${name('notes.json')}`, 'these are notes')
    file(`damaged/${name('package.json')}`, '{"name":"something else"}')
    file(`damaged/AWSLogs/${OWN}/CloudTrail-Digest/digest.json`, '{"digestStartTime":"2026-11-20T00:00:00Z"}')
    const ran = await backfill('--logs', folder, '--memory', newMemory())
    const { missing, complete, exposures } = told(ran)
    expect(missing.map(({ what, why }) => `${what.split('/').at(-1)}: ${why}`)).toEqual([
      'cut.json.gz: it is packed, and damaged or cut off (Z_BUF_ERROR)',
      'notes.json: it is not JSON',
      'package.json: it holds no CloudTrail events',
    ])
    expect({ complete, code: ran.code, exposures: exposures.length }).toEqual({
      complete: false,
      code: 3,
      exposures: 1,
    })
  })

  it('an event that cannot be read makes the past incomplete', async () => {
    const { policyDocument: _, ...named } = { policyDocument: '', roleName: 'deploy' }
    const odd = { ...record({ minute: 5, call: 'UpdateAssumeRolePolicy' }), requestParameters: named }
    const folder = file('odd/odd.json', JSON.stringify({ Records: [...story, odd] })).replace('/odd.json', '')
    const ran = await backfill('--logs', folder, '--memory', newMemory())
    expect(told(ran)).toMatchObject({
      complete: false,
      missing: [{ what: `what UpdateAssumeRolePolicy ${odd.eventID} did about role deploy` }],
    })
    expect(ran.code).toBe(3)
  })

  it('keeps to the window and to the role that was asked for', async () => {
    const folder = trail('window')
    const one = told(
      await backfill('--logs', folder, '--memory', newMemory(), '--role', 'deploy', '--from', at(15), '--to', at(30)),
    )
    expect(one.roles).toMatchObject([{ role: 'deploy', timeline: [{ at: at(22) }] }])
    expect(one.exposures).toMatchObject([{ from: at(10), to: at(22) }])
    const before = told(await backfill('--logs', folder, '--memory', newMemory(), '--role', 'deploy', '--to', at(15)))
    expect(before.exposures).toMatchObject([{ from: at(10), to: null, closedBy: null }])
  })

  test.each([
    [['--logs', '/nowhere/at/all'], /cannot be read/],
    [['--from', '2026-02-30x'], /A time is like/],
    [['--days', '0'], /whole number/],
    [['--rate', '-1'], /above 0/],
    [['--from', '2026-09-02', '--to', '2026-09-01'], /ends before it begins/],
    [['--from', '2026-09-02', '--days', '3'], /two answers/],
  ])('wrong use is told: %j', async (args, words) => {
    const { code, stderr } = await backfill(...args, '--memory', newMemory())
    expect(stderr).toMatch(words)
    expect(code).toBe(2)
  })

  it('tells people the same in words', async () => {
    const { stdout } = await trustdrift([
      'backfill',
      '--logs',
      trail('words'),
      '--memory',
      newMemory(),
      '--role',
      'deploy',
      '--account',
      OWN,
    ])
    expect(stdout).toContain(`role deploy: any principal of account ${STRANGER}`)
    expect(stdout).toContain('(12 min)')
    expect(stdout).toContain('opened by mallory, through AWS CLI')
    expect(stdout).toMatch(/changed by mallory, through AWS CLI\n +lost +any principal of account/)
  })
})

describe("backfill from CloudTrail's event history", () => {
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
  const args = (memory: string, ...more: readonly string[]) => [
    ...['backfill', '--account', OWN, '--format', 'json', '--rate', '100', '--memory', memory],
    ...(more.includes('--from') ? more : ['--days', '5', ...more]),
  ]
  const backfill = (memory: string, ...more: readonly string[]) => trustdrift(args(memory, ...more), { env: env() })
  const happened = () => story.forEach((one) => void aws.cloudtrail.record(one))

  it('finds the same as from the files', async () => {
    happened()
    const ran = await backfill(newMemory())
    expectTheStory(told(ran))
    expect(ran.code).toBe(1)
    expect(ran.stderr).toContain(`account ${OWN}, region us-east-1`)
  })

  it('a second run reads only what is new, and the last minutes again', async () => {
    happened()
    const memory = newMemory()
    await backfill(memory)
    const asked = aws.calls('LookupEvents')
    const fresh = record({ minute: 0, call: 'UpdateAssumeRolePolicy', role: 'fresh', document: opened })
    const time = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`
    aws.cloudtrail.record({ ...fresh, eventTime: time })
    const second = told(await backfill(memory))
    expect(second.roles.map(({ role }) => role)).toContain('fresh')
    expect(aws.calls('LookupEvents') - asked).toBeLessThanOrEqual(12)
    expect(aws.calls('LookupEvents')).toBeLessThan(2 * asked)
  })

  it('killed at any page and started again, it tells the same', async () => {
    happened()
    const window = ['--from', at(-10), '--to', at(500)]
    const whole = told(await backfill(newMemory(), ...window))
    const all = aws.calls('LookupEvents')
    expect(all).toBeGreaterThan(9)
    for (let pages = 1; pages < all; pages += 2) {
      aws.faults.clear()
      const memory = newMemory()
      const before = aws.calls('LookupEvents')
      aws.faults.always('LookupEvents', { kind: 'slow', ms: 15 })
      const child = start(args(memory, ...window), env())
      while (aws.calls('LookupEvents') - before < pages) await new Promise((resolve) => setTimeout(resolve, 5))
      child.kill(pages % 4 === 1 ? 'SIGKILL' : 'SIGINT')
      await new Promise((resolve) => child.on('close', resolve))
      aws.faults.clear()
      expect(told(await backfill(memory, ...window))).toEqual(whole)
    }
  }, 120_000)

  it('what an SCP denies is missing, and never "nothing happened"', async () => {
    aws.faults.always('LookupEvents', { kind: 'denied' })
    const ran = await backfill(newMemory())
    const { complete, missing } = told(ran)
    expect(complete).toBe(false)
    expect(new Set(missing.map(({ what, why }) => `${what}: ${why}`))).toEqual(
      new Set(
        ['UpdateAssumeRolePolicy events', 'CreateRole events', 'DeleteRole events', 'App Runner calls'].map(
          (what) => `${what}: CloudTrail LookupEvents was denied (AccessDeniedException)`,
        ),
      ),
    )
    expect(ran.code).toBe(3)
  })

  it('throttling and lost answers are got over', async () => {
    happened()
    for (const kind of ['throttle', 'drop'] as const) aws.faults.next('LookupEvents', { kind }, 2)
    expectTheStory(told(await backfill(newMemory())))
  })

  it('what is open is held against IAM', async () => {
    aws.cloudtrail.record(record({ minute: 10, call: 'UpdateAssumeRolePolicy', document: opened }))
    aws.iam.createRole('deploy', JSON.stringify(opened))
    expect(told(await backfill(newMemory()))).toMatchObject({
      complete: true,
      exposures: [{ to: null, closedBy: null }],
    })
    aws.iam.updateTrust('deploy', JSON.stringify(closed))
    expect(told(await backfill(newMemory()))).toMatchObject({
      complete: false,
      exposures: [{ to: expect.any(String), closedBy: null }],
      missing: [{ what: 'what closed role deploy' }],
    })
    aws.iam.deleteRole('deploy')
    expect(told(await backfill(newMemory()))).toMatchObject({ exposures: [{ to: expect.any(String) }], missing: [{}] })
    aws.faults.always('GetRole', { kind: 'denied' })
    expect(told(await backfill(newMemory()))).toMatchObject({
      exposures: [{ to: null }],
      missing: [{ what: 'whether role deploy is still open' }],
    })
  })

  it('what is older than the history holds is missing', async () => {
    const from = new Date(Date.now() - 200 * DAY).toISOString().slice(0, 10)
    const ran = await backfill(newMemory(), '--from', from)
    expect(told(ran).missing).toMatchObject([
      { from: `${from}T00:00:00Z`, why: expect.stringMatching(/holds 90 days/) },
    ])
    expect(ran.code).toBe(3)
  })

  describe('who came in', () => {
    const ROLE = `arn:aws:iam::${OWN}:role/app/deploy`
    const came = (minute: number, account: string, region = 'us-east-1', more: object = {}): CloudTrailRecord => ({
      ...record({ minute, call: 'AssumeRole' }),
      eventSource: 'sts.amazonaws.com',
      awsRegion: region,
      sourceIPAddress: '198.51.100.77',
      userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:thief', accountId: account },
      requestParameters: { roleArn: ROLE, roleSessionName: 'x' },
      responseElements: { credentials: { sessionToken: 'the-secret-token' } },
      ...more,
    })

    it('is told of the exposed role, in every region, and no credentials are kept', async () => {
      happened()
      aws.past.regions.push('eu-west-1')
      aws.iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
      aws.cloudtrail.record(came(12, STRANGER))
      aws.cloudtrail.record(came(15, STRANGER, 'eu-west-1'))
      aws.cloudtrail.record(came(16, OWN))
      aws.cloudtrail.record(came(17, STRANGER, 'us-east-1', { errorCode: 'AccessDenied' }))
      aws.cloudtrail.record(came(30, STRANGER))
      const memory = newMemory()
      const ran = await backfill(memory, '--used')
      expect(told(ran).exposures).toMatchObject([
        {
          uses: [
            {
              caller: `thief of account ${STRANGER}`,
              account: STRANGER,
              sources: ['198.51.100.77'],
              count: 2,
              first: at(12),
              last: at(15),
            },
          ],
        },
      ])
      expect(readFileSync(memory, 'utf8') + ran.stdout + ran.stderr).not.toContain('the-secret-token')
    })

    it('is read in the regions that were named, and in no other', async () => {
      happened()
      aws.iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
      aws.cloudtrail.record(came(12, STRANGER, 'eu-west-1'))
      const ran = await backfill(newMemory(), '--used', '--region', 'us-east-1,eu-west-1')
      expect(told(ran).exposures).toMatchObject([{ uses: [{ count: 1 }] }])
      expect(aws.calls('ListRegions')).toBe(0)
    })

    it('is missing where the regions are not known', async () => {
      happened()
      aws.iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
      aws.faults.always('ListRegions', { kind: 'denied' })
      expect(told(await backfill(newMemory(), '--used'))).toMatchObject({
        complete: false,
        missing: [
          { region: 'other regions', what: 'App Runner calls' },
          { region: 'other regions', what: 'who came in' },
        ],
      })
    })

    it('is missing where nobody knows the path of the role', async () => {
      happened()
      expect(told(await backfill(newMemory(), '--used'))).toMatchObject({
        complete: false,
        missing: [{ what: 'who came in as role deploy' }],
      })
    })
  })

  it('credentials of another account than the one named are no source', async () => {
    const ran = await trustdrift(['backfill', '--account', STRANGER, '--memory', newMemory()], { env: env() })
    expect(ran.stderr).toMatch(/belong to account 111122223333, and --account says/)
    expect(ran.code).toBe(3)
  })

  it('keeps to the rate of each region, and provokes no throttle', async () => {
    happened()
    aws.cloudtrail.rate = 100
    expectTheStory(told(await backfill(newMemory(), '--rate', '50')))
    aws.cloudtrail.rate = Number.POSITIVE_INFINITY
  })

  describe('from a bucket', () => {
    const put = (key: string, records: readonly object[]) =>
      aws.past.objects.set(`trail/${key}`, gzipSync(JSON.stringify({ Records: records })))
    const fromBucket = (memory: string) =>
      trustdrift(
        ['backfill', '--account', OWN, '--format', 'json', '--memory', memory, '--logs', `s3://trail/AWSLogs/${OWN}/`],
        { env: { ...env(), AWS_REGION: 'us-east-1' } },
      )

    it('finds the same as from a folder, and reads nothing twice', async () => {
      const parts = [story.slice(0, 3), story.slice(3, 100), story.slice(100)]
      for (const [index, part] of parts.entries()) put(`AWSLogs/${OWN}/CloudTrail/us-east-1/${index}.json.gz`, part)
      put(`AWSLogs/${OWN}/CloudTrail-Digest/us-east-1/0.json.gz`, [])
      put(`AWSLogs/${STRANGER}/CloudTrail/us-east-1/0.json.gz`, [record({ minute: 1, call: 'DeleteRole' })])
      const memory = newMemory()
      expectTheStory(told(await fromBucket(memory)))
      expect(aws.calls('GetObject')).toBe(3)
      await fromBucket(memory)
      expect(aws.calls('GetObject')).toBe(3)
    })

    it('names an object that it may not read, and fails where it may not list', async () => {
      put(`AWSLogs/${OWN}/CloudTrail/us-east-1/0.json.gz`, story)
      aws.faults.next('GetObject', { kind: 'denied' })
      expect(told(await fromBucket(newMemory()))).toMatchObject({
        complete: false,
        missing: [{ why: expect.stringMatching(/S3 GetObject was denied/) }],
      })
      aws.faults.always('ListObjectsV2', { kind: 'denied' })
      const ran = await fromBucket(newMemory())
      expect(ran.stderr).toMatch(/S3 ListObjectsV2 was denied/)
      expect(ran.code).toBe(3)
    })
  })
})
