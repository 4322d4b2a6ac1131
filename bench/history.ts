/** CloudTrail's event history: is the allowed rate used up, at any latency, with no request too many? Against the fake CloudTrail, over HTTP. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readTrust } from '../functions/command-line/event-history.ts'
import { historyProgress } from '../functions/command-line/reading-progress.ts'
import { TRUST_CALLS } from '../shared/backfill/collect.ts'
import { accountId, instantOf } from '../shared/identity.ts'
import { openMemory } from '../shared/local/memory.ts'
import { CREDENTIALS } from '../test/aws/dynamo.ts'
import { type FakeAws, startFakeAws } from '../test/aws/server.ts'
import type { Figure } from './figure.ts'

/** AWS allows 2 requests a second; rate and latency are scaled together. */
const ALLOWED = 2
const SCALE = 10
const LATENCIES_MS = [200, 4_000]
const EVENTS = 20_400
const PAGE = 50
const MOST_TIME = 1.05
const MOST_REQUESTS = 1.25
const DAY_MS = 86_400_000

export async function benchHistory(): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const latency of LATENCIES_MS) figures.push(...(await figuresAt(latency)))
  return figures
}

async function figuresAt(latency: number): Promise<readonly Figure[]> {
  const aws = await startFakeAws()
  const now = Date.now()
  const pages = fill(aws, now)
  aws.cloudtrail.rate = ALLOWED * SCALE
  aws.faults.always('LookupEvents', { kind: 'slow', ms: latency / SCALE })
  const start = performance.now()
  const missing = await readAll(aws, now)
  const seconds = ((performance.now() - start) / 1_000) * SCALE
  const requests = aws.calls('LookupEvents')
  await aws.close()
  if (missing > 0) throw new Error(`${missing} spans could not be read`)
  const ideal = requests / ALLOWED
  const at = `at ${latency / 1_000} s an answer`
  return [
    {
      name: `event history ${at}: time over requests by the allowed rate`,
      measured: `${seconds.toFixed(0)} s against ${ideal.toFixed(0)} s for ${requests} requests (both scaled by ${SCALE})`,
      ratio: seconds / ideal,
      most: MOST_TIME,
    },
    {
      name: `event history ${at}: requests over the pages that the events fill`,
      measured: `${requests} against ${pages}`,
      ratio: requests / pages,
      most: MOST_REQUESTS,
    },
  ]
}

/** Ninety days, denser towards their end. @returns how many pages the events fill */
function fill(aws: FakeAws, now: number): number {
  const begin = now - 89 * DAY_MS
  for (let index = 0; index < EVENTS; index += 1) {
    const at = begin + Math.sqrt(index / EVENTS) * 88 * DAY_MS
    const eventName = TRUST_CALLS[index % TRUST_CALLS.length] ?? ''
    aws.cloudtrail.record({
      eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
      eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      eventName,
      eventSource: 'iam.amazonaws.com',
      recipientAccountId: '111122223333',
      requestParameters: {
        roleName: `role-${index % 500}`,
        policyDocument: '{"Statement":[]}',
        assumeRolePolicyDocument: '{"Statement":[]}',
      },
    })
  }
  return TRUST_CALLS.length * Math.ceil(EVENTS / TRUST_CALLS.length / PAGE)
}

async function readAll(aws: FakeAws, now: number): Promise<number> {
  const file = join('dist', 'bench', 'history-memory.jsonl')
  rmSync(file, { force: true })
  const memory = openMemory(file)
  const account = accountId('111122223333')
  if (account === null) throw new Error('twelve digits are an account id')
  const place = { region: 'us-east-1', endpoint: aws.endpoint, credentials: CREDENTIALS }
  const progress = historyProgress({ progress: () => {} })
  const trail = { account, region: 'us-east-1', place, rate: ALLOWED * SCALE, memory, progress, now }
  const missing = await readTrust(trail, { from: instantOf(now - 89 * DAY_MS), to: instantOf(now) }, null)
  memory.close()
  return missing.length
}
