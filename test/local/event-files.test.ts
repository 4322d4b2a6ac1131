import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventFiles, signalsIn } from '../../shared/local/event-files.ts'
import { messagesIn } from '../../shared/local/event-text.ts'

const record = (name: string) => ({
  eventVersion: '1.08',
  eventSource: 'iam.amazonaws.com',
  eventName: 'DeleteRole',
  eventTime: '2026-11-21T12:00:00Z',
  eventID: `event-${name}`,
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '111122223333' },
  requestParameters: { roleName: name },
})

const envelope = (name: string) => ({
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.iam',
  account: '111122223333',
  time: '2026-11-21T12:00:00Z',
  region: 'us-east-1',
  detail: record(name),
})

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'trustdrift-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What the files hold: the name of each role deleted, `?` for what could not be read. */
async function roles(files: readonly string[], stdin: AsyncIterable<Uint8Array> = none()): Promise<string> {
  const names: string[] = []
  for await (const signal of signalsIn(files, stdin)) {
    names.push(signal.kind === 'role-deleted' ? signal.role.name : signal.kind === 'unreadable' ? '?' : signal.kind)
  }
  return names.join(' ')
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function* none(): AsyncGenerator<Uint8Array> {}

async function* chunks(text: string | Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('what replay reads', () => {
  const pretty = JSON.stringify({ Records: [record('a'), record('b')] }, null, 2)
  const lines = `${JSON.stringify(record('a'))}\n\n${JSON.stringify(envelope('b'))}\r\n`
  it.each([
    ['an EventBridge event', JSON.stringify(envelope('a')), 'a'],
    ['a bare record over many lines', JSON.stringify(record('a'), null, 2), 'a'],
    ['a Records file', pretty, 'a b'],
    ['a gzipped Records file', gzipSync(pretty), 'a b'],
    [
      'two gzip members one after the other',
      Buffer.concat([gzipSync(JSON.stringify(record('a'))), gzipSync(`\n${JSON.stringify(record('b'))}`)]),
      'a b',
    ],
    ['one JSON a line', lines, 'a b'],
    ['a byte order mark', `\ufeff${pretty}`, 'a b'],
    ['a list of events', JSON.stringify([envelope('a'), record('b')]), 'a b'],
    [
      'a batch of a queue',
      JSON.stringify({ Records: [{ eventSource: 'aws:sqs', body: JSON.stringify(envelope('a')) }] }),
      'a',
    ],
    ['a broken line among others', `${JSON.stringify(record('a'))}\n{"cut":\n${JSON.stringify(record('b'))}`, 'a ? b'],
    ['a broken first line', `{"cut":\n${JSON.stringify(record('a'))}\n${JSON.stringify(record('b'))}`, '? a b'],
    ['a line separator inside a string', JSON.stringify(record('a')).replace('alice', 'al\u2028ice'), 'a'],
  ])('%s', async (_, content, expected) => expect(await roles([file('one.json', content)])).toBe(expected))

  it('standard input, in chunks of any size', async () => {
    for (const size of [1, 7, 4096]) {
      expect(await roles(['-'], chunks(`${JSON.stringify(record('ä'))}\n${JSON.stringify(record('b'))}`, size))).toBe(
        'ä b',
      )
      expect(await roles(['-'], chunks(gzipSync(pretty), size))).toBe('a b')
    }
  })

  it('a folder, in the order of the names, whatever else lies there', async () => {
    file('logs/2026/b.json.gz', gzipSync(JSON.stringify(record('b'))))
    file('logs/2026/a.ndjson', JSON.stringify(record('a')))
    file('logs/2026/README.md', 'x')
    file('logs/10.jsonl', JSON.stringify(record('first')))
    expect(await roles(await eventFiles([join(folder, 'logs')]))).toBe('first a b')
  })

  it('a folder without a file of events is no input', async () => {
    file('notes/README.md', 'x')
    await expect(eventFiles([join(folder, 'notes')])).rejects.toThrow(/no \.json/)
  })

  it('a file that breaks off is told among the others', async () => {
    const cut = file('cut.json.gz', gzipSync(pretty).subarray(0, 60))
    expect(await roles([file('good.json', pretty), cut, file('empty.json', '')])).toBe('a b ? ?')
    expect(await roles([cut, file('good.json', pretty)])).toBe('? a b')
  })

  it('nothing but what is not JSON cannot be read at all', async () => {
    await expect(roles([file('notes.txt', 'hello\nthere')])).rejects.toThrow(
      /notes\.txt is an event: the message is not JSON/,
    )
    await expect(roles(['-'])).rejects.toThrow(/standard input/)
    await expect(roles([file('log.txt', 'no json here\n'.repeat(5000))])).rejects.toThrow(/is an event/)
  })

  it('a path that does not exist is said before anything runs', async () => {
    await expect(eventFiles([join(folder, 'missing.json')])).rejects.toThrow(/missing\.json cannot be read: ENOENT/)
  })

  it('memory stays flat over a hundred thousand lines', async () => {
    const line = Buffer.from(`${JSON.stringify({ ...envelope('a'), resources: 'x'.repeat(5000) })}\n`)
    async function* many(count: number): AsyncGenerator<Uint8Array> {
      for (let index = 0; index < count; index++) yield line
    }
    let most = 0
    let count = 0
    for await (const message of messagesIn(many(100_000), false)) {
      if (message.kind === 'json' && ++count % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
    }
    expect(count).toBe(100_000)
    expect(most).toBeLessThan(250e6)
  })
})
