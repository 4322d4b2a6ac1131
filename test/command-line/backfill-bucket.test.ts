/** Backfill from a bucket of log files. */

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { account, at, expectTheStory, places, record, story, told } from './past.ts'
import { OWN, STRANGER } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { newMemory } = places()
const { aws, env } = account()

describe('from a bucket', () => {
  const BUCKET = `s3://trail/AWSLogs/${OWN}/`
  const put = (key: string, records: readonly object[]) =>
    aws().past.objects.set(`trail/${key}`, gzipSync(JSON.stringify({ Records: records })))
  const fromBucket = (memory: string, ...more: readonly string[]) =>
    trustdrift([...['backfill', '--account', OWN, '--format', 'json', '--memory', memory, '--logs', BUCKET], ...more], {
      env: { ...env(), AWS_REGION: 'us-east-1' },
    })

  it('finds the same as from a folder, and reads nothing twice', async () => {
    const parts = [story.slice(0, 3), story.slice(3, 100), story.slice(100)]
    for (const [index, part] of parts.entries()) put(`AWSLogs/${OWN}/CloudTrail/us-east-1/${index}.json.gz`, part)
    put(`AWSLogs/${OWN}/CloudTrail-Digest/us-east-1/0.json.gz`, [])
    put(`AWSLogs/${STRANGER}/CloudTrail/us-east-1/0.json.gz`, [record({ minute: 1, call: 'DeleteRole' })])
    const memory = newMemory()
    expectTheStory(told(await fromBucket(memory)))
    expect(aws().calls('GetObject')).toBe(3)
    await fromBucket(memory)
    expect(aws().calls('GetObject')).toBe(3)
  })

  it('names an object that it may not read, and fails where it may not list', async () => {
    put(`AWSLogs/${OWN}/CloudTrail/us-east-1/0.json.gz`, story)
    aws().faults.next('GetObject', { kind: 'denied' })
    expect(told(await fromBucket(newMemory()))).toMatchObject({
      complete: false,
      missing: [{ why: expect.stringMatching(/S3 GetObject was denied/) }],
    })
    aws().faults.always('ListObjectsV2', { kind: 'denied' })
    const ran = await fromBucket(newMemory())
    expect(ran.stderr).toMatch(/S3 ListObjectsV2 was denied/)
    expect(ran.code).toBe(3)
  })

  it('says first whose credentials read it, where, and what', async () => {
    put(`AWSLogs/${OWN}/CloudTrail/us-east-1/0.json.gz`, story)
    const firstLine = (stderr: string) => stderr.split('\n')[0]
    const caller = `arn:aws:sts::${OWN}:assumed-role/Operator/alice`
    const { stderr } = await fromBucket(newMemory(), '--from', at(-10), '--to', at(500))
    expect(firstLine(stderr)).toBe(
      `trustdrift: account ${OWN}, region us-east-1, as ${caller}: log files of ${BUCKET}: roles of every account in them, ${at(-10)} to ${at(500)}`,
    )
    aws().faults.always('ListObjectsV2', { kind: 'denied' })
    const denied = await fromBucket(newMemory(), '--role', 'deploy', '--to', at(500), '--region', 'us-east-2')
    expect(firstLine(denied.stderr)).toBe(
      `trustdrift: account ${OWN}, region us-east-2, as ${caller}: log files of ${BUCKET}: role deploy of every account in them, everything up to ${at(500)}`,
    )
  })

  it('is read though STS does not say whose credentials they are, which is said', async () => {
    put(`AWSLogs/${OWN}/CloudTrail/us-east-1/0.json.gz`, story)
    aws().faults.always('GetCallerIdentity', { kind: 'denied' })
    const ran = await fromBucket(newMemory())
    expect(ran.stderr).toMatch(
      /^trustdrift: account and caller unknown \(STS GetCallerIdentity was denied \(\w+\)\), region us-east-1: log files/,
    )
    expectTheStory(told(ran))
    expect(ran.code).toBe(1)
  })

  it('does not wait long for an STS that is silent', async () => {
    put(`AWSLogs/${OWN}/CloudTrail/us-east-1/0.json.gz`, story)
    aws().faults.always('GetCallerIdentity', { kind: 'hang' })
    const begun = performance.now()
    const ran = await fromBucket(newMemory())
    expect(performance.now() - begun).toBeLessThan(20_000)
    expect(ran.stderr).toMatch(/^trustdrift: account and caller unknown \(STS GetCallerIdentity got no answer/)
    expectTheStory(told(ran))
  })

  it('is not read without credentials, which is said once it is clear', async () => {
    const { AWS_ENDPOINT_URL } = env()
    const ran = await trustdrift(['backfill', '--memory', newMemory(), '--logs', BUCKET, '--profile', 'nobodys'], {
      env: { AWS_ENDPOINT_URL, AWS_EC2_METADATA_DISABLED: 'true' },
    })
    expect(ran.stderr).toMatch(/^trustdrift: account and caller unknown \(With profile nobodys: .*\), region us-east-1/)
    expect(ran.stderr).toMatch(/No AWS credentials were found/)
    expect(ran.code).toBe(3)
  })
})
