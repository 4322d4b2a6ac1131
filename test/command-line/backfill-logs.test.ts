/** Backfill from the files of a trail in a folder. */

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { at, call, expectTheStory, places, record, story, timeOf, told } from './past.ts'
import { closed, OWN, STRANGER } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { file, newMemory, logsOf } = places()

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

  it('says first what is read, and that AWS is not asked', async () => {
    const folder = trail('first')
    const { stderr } = await backfill('--logs', folder, '--memory', newMemory(), '--to', at(500))
    expect(stderr).toBe(
      `trustdrift: log files of ${folder}, and AWS is not asked: roles of every account in them, everything up to ${at(500)}\n`,
    )
  })

  it.each([
    ['a stack to publish to, which needs AWS', ['--publish', 'trustdrift'], 2, 'not with --logs'],
    [
      'a page that cannot be written',
      ['--html', '/nowhere/past.html'],
      3,
      '--html /nowhere/past.html cannot be written',
    ],
  ])('says before it reads anything what cannot be: %s', async (_, flags, code, why) => {
    const ran = await backfill('--logs', trail('before'), '--memory', newMemory(), ...flags)
    expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code, stdout: '' })
    expect(ran.stderr).toContain(why)
    expect(ran.stderr).not.toContain('log files of')
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
    const folder = logsOf([...story, odd])
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

describe('the files of many accounts', () => {
  const OTHER = '444455556666'
  const written = (number: number, account: string, eventTime = at(number)) =>
    call('UpdateAssumeRolePolicy', number, {
      eventTime,
      recipientAccountId: account,
      requestParameters: { roleName: 'deploy', policyDocument: JSON.stringify(closed) },
    })

  it('tell roles of one name apart', async () => {
    const folder = logsOf([written(1, OWN), written(2, OTHER)])
    const args = ['backfill', '--account', OWN, '--fail-on', 'never', '--logs', folder, '--memory', newMemory()]
    const { stdout } = await trustdrift(args)
    expect(stdout).toMatch(/ROLE +deploy\n/)
    expect(stdout).toMatch(new RegExp(`ROLE +deploy of account ${OTHER}\n`))
  })

  it('may be dated later than this computer, which is said', async () => {
    const later = timeOf(Date.now() + 3_600_000)
    const folder = logsOf([written(1, OWN), written(2, OWN, later)])
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
