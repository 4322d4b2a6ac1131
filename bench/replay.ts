/** Replay of a long history: does memory stay flat, and how fast is it? */

import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, median } from './figure.ts'

const ROLES = 500
const RUNS = 3
const MOST = 1.5
const FEW = 10_000
const MANY = 100_000

export async function benchReplay(): Promise<readonly Figure[]> {
  const folder = join('dist', 'bench')
  mkdirSync(folder, { recursive: true })
  const peak = join(folder, 'peak.mjs')
  writeFileSync(
    peak,
    "process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS + '\\n'))\n",
  )
  const few = historyOf(folder, FEW)
  const many = historyOf(folder, MANY)
  const runs = Array.from({ length: RUNS }, () => ({ few: replay(few, peak), many: replay(many, peak) }))
  const fewMb = median(runs.map((run) => run.few.mb))
  const manyMb = median(runs.map((run) => run.many.mb))
  const rate = MANY / median(runs.map((run) => run.many.seconds))
  return [
    {
      name: `replay of ${MANY} events over ${ROLES} roles: peak memory over that of ${FEW}`,
      measured: `${manyMb.toFixed(0)} MB against ${fewMb.toFixed(0)} MB, median of ${RUNS} runs each, in turn; ${rate.toFixed(0)} events/s`,
      ratio: manyMb / fewMb,
      most: MOST,
    },
  ]
}

/** One event a line: roles that toggle between two documents, in the order of time. */
function historyOf(folder: string, events: number): string {
  const file = join(folder, `history-${events}.jsonl`)
  const out = openSync(file, 'w')
  for (let first = 0; first < events; first += 1000) {
    const lines = Array.from({ length: Math.min(1000, events - first) }, (_, place) => eventLine(first + place))
    writeSync(out, `${lines.join('\n')}\n`)
  }
  closeSync(out)
  return file
}

function eventLine(index: number): string {
  const turn = Math.floor(index / ROLES)
  const admitted = turn % 2 === 0 ? '111122223333' : '444455556666'
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/ana',
      accountId: '111122223333',
      userName: 'ana',
    },
    eventTime: `${new Date(Date.UTC(2026, 8, 1) + index * 1000).toISOString().slice(0, 19)}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.1',
    requestParameters: {
      roleName: `role-${index % ROLES}`,
      policyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${admitted}:root` }, Action: 'sts:AssumeRole' }],
      }),
    },
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    recipientAccountId: '111122223333',
  })
}

function replay(file: string, peak: string): { readonly mb: number; readonly seconds: number } {
  const start = performance.now()
  const args = [
    '--import',
    `./${peak}`,
    'dist/command-line/index.js',
    'replay',
    file,
    '--format',
    'json',
    '--fail-on',
    'never',
  ]
  const run = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  const kilobytes = /PEAK (\d+)/.exec(run.stderr)?.[1]
  if (run.status !== 0 || kilobytes === undefined) throw new Error(`replay of ${file} failed: ${run.stderr}`)
  return { mb: Number(kilobytes) / 1024, seconds: (performance.now() - start) / 1000 }
}
