/** Log files: what a search for few events costs beside unpacking alone, and beside parsing everything; and whether memory stays flat. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { PAST_CALLS } from '../shared/backfill/collect.ts'
import { recordsIn } from '../shared/backfill/logs.ts'
import { unpacked } from '../shared/backfill/unpack.ts'
import { eventsIn } from '../shared/events-in.ts'
import { logFolder } from '../shared/local/log-folder.ts'
import { type Figure, median } from './figure.ts'

const ROUNDS = 25
const RECORDS_A_FILE = 2_000
const ONE_IN = 1_000
const FEW_FILES = 40
const MANY_FILES = 10 * FEW_FILES
const LEAST_FASTER = 2
const MOST_OVER_UNPACKING = 1.3
const MOST_MEMORY = 1.1

export async function benchLogs(): Promise<readonly Figure[]> {
  const few = folderOf(FEW_FILES)
  const rounds: { readonly sifted: number; readonly unpacked: number; readonly parsed: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({
      unpacked: await timed(() => unpackAll(few)),
      sifted: await timed(() => siftAll(few)),
      parsed: await timed(() => parseAll(few)),
    })
  const sifted = median(rounds.map((round) => round.sifted))
  const unpacking = median(rounds.map((round) => round.unpacked))
  const parsing = median(rounds.map((round) => round.parsed))
  const many = folderOf(MANY_FILES)
  const [fewMb, manyMb] = [median(peaksOf(few)), median(peaksOf(many))]
  const megabytes = (files: number) => ((files * RECORDS_A_FILE * recordOf(0, 0).length) / 1024 / 1024).toFixed(0)
  const words = `${megabytes(FEW_FILES)} MB unpacked, one event in ${ONE_IN} asked for, median of ${ROUNDS} runs in turn`
  return [
    {
      name: 'log files: reading over unpacking alone',
      measured: `${sifted.toFixed(0)} ms against ${unpacking.toFixed(0)} ms; ${words}`,
      ratio: sifted / unpacking,
      most: MOST_OVER_UNPACKING,
    },
    {
      name: `log files: reading over parsing everything (at most 1/${LEAST_FASTER})`,
      measured: `${sifted.toFixed(0)} ms against ${parsing.toFixed(0)} ms`,
      ratio: sifted / parsing,
      most: 1 / LEAST_FASTER,
    },
    {
      name: `log files: peak memory at ${megabytes(MANY_FILES)} MB unpacked over that at ${megabytes(FEW_FILES)} MB`,
      measured: `${manyMb.toFixed(0)} MB against ${fewMb.toFixed(0)} MB`,
      ratio: manyMb / fewMb,
      most: MOST_MEMORY,
    },
  ]
}

async function timed(work: () => Promise<number>): Promise<number> {
  globalThis.gc?.()
  const start = performance.now()
  const found = await work()
  if (found === 0) throw new Error('the folder holds no events')
  return performance.now() - start
}

/** The same files, as many at a time, and nothing done with them. */
async function unpackAll(folder: string): Promise<number> {
  return inTurns(folder, async (bytes) => bytes.length)
}

async function parseAll(folder: string): Promise<number> {
  const names = new Set<unknown>(PAST_CALLS)
  return inTurns(folder, async (bytes) => {
    const records = [...eventsIn(JSON.parse(bytes.toString()))]
    return records.filter(
      (record) => typeof record === 'object' && record !== null && 'eventName' in record && names.has(record.eventName),
    ).length
  })
}

async function inTurns(folder: string, work: (bytes: Buffer) => Promise<number>): Promise<number> {
  const begun: Promise<number>[] = []
  let sum = 0
  for await (const file of logFolder(folder, () => false)) {
    begun.push(file.bytes().then(unpacked).then(work))
    if (begun.length >= 4) sum += (await begun.shift()) ?? 0
  }
  for (const rest of begun) sum += await rest
  return sum
}

async function siftAll(folder: string): Promise<number> {
  let found = 0
  for await (const reading of recordsIn(
    logFolder(folder, () => false),
    PAST_CALLS,
  )) {
    if (reading.kind === 'unread') throw new Error(`${reading.file}: ${reading.why}`)
    found += reading.records.length
  }
  return found
}

function peaksOf(folder: string): readonly number[] {
  return Array.from({ length: 3 }, () => {
    const memory = join('dist', 'bench', 'logs-memory.jsonl')
    rmSync(memory, { force: true })
    const peak = "process.on('exit', () => process.stderr.write('PEAK ' + process.resourceUsage().maxRSS + '\\n'))"
    const loader = `data:text/javascript,${encodeURIComponent(peak)}`
    const args = [
      '--import',
      loader,
      'dist/command-line/index.js',
      'backfill',
      '--logs',
      folder,
      '--memory',
      memory,
      '--format',
      'json',
      '--fail-on',
      'never',
    ]
    const run = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
    const kilobytes = /PEAK (\d+)/.exec(run.stderr)?.[1]
    if (run.status !== 0 || kilobytes === undefined) throw new Error(`backfill of ${folder} failed: ${run.stderr}`)
    return Number(kilobytes) / 1024
  })
}

function folderOf(files: number): string {
  const folder = join('dist', 'bench', `logs-${files}`)
  if (existsSync(folder)) return folder
  mkdirSync(folder, { recursive: true })
  for (let file = 0; file < files; file += 1) {
    const records = Array.from({ length: RECORDS_A_FILE }, (_, index) => recordOf(file, index))
    writeFileSync(
      join(folder, `${String(file).padStart(5, '0')}.json.gz`),
      gzipSync(`{"Records":[${records.join(',')}]}`),
    )
  }
  return folder
}

/** Ids are what does not compress: the same in every run, and as random as real ones (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hex(next: () => number, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join('')
}

/** Of the size and make that CloudTrail's are: a call of a role session, its parameters, its answer. */
function recordOf(file: number, index: number): string {
  const asked = index % ONE_IN === 7
  const next = random(file * RECORDS_A_FILE + index)
  const id = `${hex(next, 8)}-${hex(next, 4)}-4${hex(next, 3)}-8${hex(next, 3)}-${hex(next, 12)}`
  const session = `i-${hex(next, 17)}`
  const role = `service-role-${(index * 7) % 500}`
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${String((index * 7) % 500).padStart(16, '0')}:${session}`,
      arn: `arn:aws:sts::111122223333:assumed-role/${role}/${session}`,
      accountId: '111122223333',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::111122223333:role/${role}`, userName: role },
        attributes: { creationDate: '2026-09-01T00:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: new Date(Date.UTC(2026, 8, 1) + (file * RECORDS_A_FILE + index) * 1_000)
      .toISOString()
      .replace('.000', ''),
    eventSource: asked ? 'iam.amazonaws.com' : 's3.amazonaws.com',
    eventName: asked ? 'UpdateAssumeRolePolicy' : 'ListObjects',
    awsRegion: 'us-east-1',
    sourceIPAddress: `198.51.100.${index % 250}`,
    userAgent:
      'aws-sdk-java/2.31.1 Linux/6.8.0 OpenJDK_64-Bit_Server_VM/17.0.9 Java/17.0.9 vendor/Amazon kotlin/1.9 exec-env/AWS_ECS_FARGATE',
    requestParameters: asked
      ? {
          roleName: role,
          policyDocument:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
        }
      : {
          bucketName: `bucket-${index % 90}`,
          prefix: `data/${index}/`,
          Host: 's3.us-east-1.amazonaws.com',
          'list-type': '2',
        },
    responseElements: null,
    additionalEventData: {
      SignatureVersion: 'SigV4',
      CipherSuite: 'TLS_AES_128_GCM_SHA256',
      bytesTransferredIn: 0,
      AuthenticationMethod: 'AuthHeader',
      'x-amz-id-2': Buffer.from(hex(next, 108), 'hex').toString('base64'),
      bytesTransferredOut: index * 13,
    },
    requestID: hex(next, 16).toUpperCase(),
    eventID: id,
    readOnly: !asked,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '111122223333',
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: 's3.us-east-1.amazonaws.com',
    },
  })
}
