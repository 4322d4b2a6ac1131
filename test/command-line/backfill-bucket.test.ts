/** Backfill from a bucket of log files. */

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { account, expectTheStory, places, record, story, told } from './past.ts'
import { OWN, STRANGER } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { newMemory } = places()
const { aws, env } = account()

describe('from a bucket', () => {
  const put = (key: string, records: readonly object[]) =>
    aws().past.objects.set(`trail/${key}`, gzipSync(JSON.stringify({ Records: records })))
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
})
