/** What somebody sees who watches a long run, and that nobody else sees anything of it. */

import { describe, expect, it } from 'vitest'
import { progressOf } from '../../functions/command-line/progress.ts'
import { fileProgress, historyProgress } from '../../functions/command-line/reading-progress.ts'
import { streamsOf } from '../../functions/command-line/streams.ts'
import type { Search } from '../../shared/backfill/chains.ts'
import { type Instant, instantOf } from '../../shared/identity.ts'
import { AROUND, account, places, story, told } from './past.ts'
import { OWN } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const DAY = 86_400_000
const first = Date.parse('2026-08-23T00:00:00Z')
const last = first + 90 * DAY - 1_000
const CREATED: Search = { key: 'EventName', value: 'CreateRole' }
const DELETED: Search = { key: 'EventName', value: 'DeleteRole' }
const CLEAR = '\r\u001b[K'

/** A process whose standard error is a terminal, or not, and a clock that somebody moves. */
function watched(isTTY = true) {
  const written: string[] = []
  const stderr = { isTTY, on: () => {}, write: (text: string) => written.push(text) }
  const stdout = { isTTY: false, on: () => {}, write: () => true }
  const fake = Object.create(process, { stderr: { value: stderr }, stdout: { value: stdout }, on: { value: () => {} } })
  let now = 0
  return {
    streams: streamsOf(fake),
    clock: () => now,
    pass: (ms: number) => {
      now += ms
    },
    written,
    /** What stands on the line now. */
    line: () => written.at(-1)?.split(CLEAR).at(-1),
  }
}

const days = (from: number, to: number) => ({ from: first + from * DAY, to: first + to * DAY - 1_000 })

describe('reading the event history', () => {
  it('tells the window, how much of it is read, how long it still takes, the events and the rate', () => {
    const { streams, clock, pass, line } = watched()
    const progress = historyProgress(streams, clock)
    progress.begin('us-east-1', [{ search: CREATED, span: { from: first, to: last } }])
    expect(line()).toBe('us-east-1 2026-08-23 to 11-20: 0 %, 0 events')
    pass(1_000)
    progress.page('us-east-1', CREATED, { records: 50, read: days(81, 90) })
    expect(line()).toBe('us-east-1 2026-08-23 to 11-20: 10 %, 9 s left, 50 events at 1.0 requests/s')
    pass(500)
    progress.page('us-east-1', CREATED, { records: 50, read: days(45, 90) })
    expect(line()).toBe('us-east-1 2026-08-23 to 11-20: 50 %, 2 s left, 100 events at 1.3 requests/s')
    pass(500)
    progress.page('us-east-1', CREATED, { records: 1, read: null })
    expect(line()).toBe('us-east-1 2026-08-23 to 11-20: 50 %, 2 s left, 101 events at 1.5 requests/s')
    progress.end()
    expect(line()).toBe('')
  })

  it('counts no second twice, and one question apart from the others', () => {
    const { streams, clock, pass, line } = watched()
    const progress = historyProgress(streams, clock)
    progress.begin(
      'us-east-1',
      [CREATED, DELETED].map((search) => ({ search, span: days(0, 10) })),
    )
    for (const [search, read] of [
      [CREATED, days(5, 10)],
      [DELETED, days(5, 10)],
      // Another chain took over, and both read the same.
      [CREATED, days(0, 6)],
      [CREATED, days(2, 10)],
    ] as const) {
      pass(1_000)
      progress.page('us-east-1', search, { records: 0, read })
    }
    expect(line()).toContain(': 75 %, 2 s left')
  })

  it('is one line for all regions, and waits for none that cannot be read', () => {
    const { streams, clock, pass, line } = watched()
    const progress = historyProgress(streams, clock)
    const regions = ['us-east-1', 'us-east-2', 'eu-west-1', 'eu-north-1']
    for (const region of regions) progress.begin(region, [{ search: CREATED, span: days(0, 90) }])
    progress.done('eu-west-1')
    pass(1_000)
    progress.page('us-east-2', CREATED, { records: 50, read: days(0, 90) })
    expect(line()).toBe('4 regions 2026-08-23 to 11-20: 50 %, 1 s left, 50 events at 1.0 requests/s')
  })

  it('has the year of both ends where they differ', () => {
    const { streams, clock, line } = watched()
    const span = { from: Date.parse('2026-12-01T00:00:00Z'), to: Date.parse('2027-01-31T00:00:00Z') }
    historyProgress(streams, clock).begin('us-east-1', [{ search: CREATED, span }])
    expect(line()).toMatch(/^us-east-1 2026-12-01 to 2027-01-31:/)
  })

  it('keeps to one row of a narrow terminal, and to four lines a second', () => {
    const { streams, clock, pass, line, written } = watched()
    const progress = historyProgress(streams, clock)
    progress.begin('ap-southeast-1', [{ search: CREATED, span: days(0, 90) }])
    for (let page = 0; page < 1_000; page += 1) {
      pass(10)
      progress.page('ap-southeast-1', CREATED, { records: 50, read: null })
    }
    expect(line()?.length).toBeLessThan(80)
    expect(written.length).toBeLessThanOrEqual(41)
  })
})

describe('reading files', () => {
  const until = (from: Instant) => ({ from, to: instantOf(last) })

  it('tells the window, how many of how many, how long it still takes, the events and the rate', () => {
    const { streams, clock, pass, line } = watched()
    const progress = fileProgress(streams, until(instantOf(first)), clock)
    progress.found(1_100)
    for (let known = 0; known < 100; known += 1) progress.skip()
    for (let file = 0; file < 249; file += 1) progress.read(file === 0 ? 3 : 0)
    pass(2_500)
    progress.read(0)
    expect(line()).toBe('2026-08-23 to 11-20: 25 %, 8 s left, 3 events in 250 of 1000 files at 100/s')
  })

  it('tells no time where nobody knows how many there are', () => {
    const { streams, clock, pass, line } = watched()
    const progress = fileProgress(streams, until(instantOf(0)), clock)
    pass(500)
    progress.read(1)
    expect(line()).toBe('up to 2026-11-20: 1 event in 1 file at 2.0/s')
  })
})

it('what is counted alone tells the number, the rate, and the time left where the total is known', () => {
  const { streams, clock, pass, line } = watched()
  const known = progressOf(streams, { noun: 'events', total: 40 }, clock)
  pass(1_000)
  known.add(10)
  expect(line()).toBe('10 of 40 events at 10/s, 3 s left')
  const unknown = progressOf(streams, { noun: 'events' }, clock)
  pass(1_000)
  unknown.add(5)
  expect(line()).toBe('5 events at 5.0/s')
})

it('where nobody watches, nothing is written', () => {
  const { streams, clock, pass, written } = watched(false)
  const progress = historyProgress(streams, clock)
  progress.begin('us-east-1', [{ search: CREATED, span: days(0, 90) }])
  pass(1_000)
  progress.page('us-east-1', CREATED, { records: 50, read: days(0, 90) })
  progress.end()
  expect(written).toEqual([])
})

it('a note takes the place of the line, and the line goes on below it', () => {
  const { streams, written } = watched()
  streams.progress('half')
  streams.note('by the way')
  streams.progress('more')
  expect(written.join('')).toBe(`${CLEAR}half${CLEAR}trustdrift: by the way\n${CLEAR}more`)
})

describe('a backfill that somebody watches', () => {
  const { newMemory, logsOf } = places()
  const { env, happened } = account()
  /** Standard error says that it is a terminal. */
  const terminal = `--import=data:text/javascript,${encodeURIComponent('process.stderr.isTTY = true')}`
  const common = ['backfill', '--account', OWN, '--format', 'json', ...AROUND]

  it('shows how far it is, and its report is the same', async () => {
    happened(story)
    const args = [...common, '--rate', '20', '--memory']
    const seen = await trustdrift([...args, newMemory()], { env: { ...env(), NODE_OPTIONS: terminal } })
    const lines = seen.stderr.split(CLEAR)
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^us-east-1 [-\d]{10} to [-\d]{5,10}: \d+ %, \d+ s left, \d+ events at [\d.]+ requests\/s$/,
      ),
    )
    expect(lines.at(-1)).toBe('')
    const unseen = await trustdrift([...args, newMemory()], { env: env() })
    expect(unseen.stderr).toMatch(/^trustdrift: account .*\n$/)
    expect(told(seen)).toEqual(told(unseen))
  })

  it('shows how far it is with files', async () => {
    const args = [...common, '--logs', logsOf(story), '--memory']
    const seen = await trustdrift([...args, newMemory()], { env: { NODE_OPTIONS: terminal } })
    expect(seen.stderr.split(CLEAR)).toContainEqual(expect.stringMatching(/: 100 %.*, 365 events in 1 of 1 files/))
    const unseen = await trustdrift([...args, newMemory()])
    expect(unseen.stderr).toMatch(/^trustdrift: log files .*\n$/)
  })
})
