import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { expectGolden } from '../golden.ts'
import { asLines, DEPLOY, OWN, opened, openedAndClosed, STRANGER, scratch, trustWritten } from './samples.ts'
import { linesOf, type Ran, trustdrift } from './trustdrift.ts'

const file = scratch()

/** Kind, severity and verdict of each alert. */
function told(ran: Ran): readonly string[] {
  return linesOf(ran).map((alert) => {
    const { kind, severity, comparison } = Object(alert)
    return `${kind} ${severity} ${comparison?.verdict ?? 'none'}`
  })
}

const openedThenClosed = ['role-created info widened', 'trust-changed high widened', 'trust-changed medium narrowed']

describe('replay', () => {
  it('a role opened to a stranger and closed again gives two alerts a person reads', async () => {
    const { code, stdout, stderr } = await trustdrift(['replay', file('story.ndjson', asLines(openedAndClosed))])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expectGolden('terminal/replay-opened-and-closed.txt', stdout)
  })

  it('JSON holds every alert, one a line, and nothing else', async () => {
    const ran = await trustdrift(['replay', '-', '--format', 'json'], { stdin: asLines(openedAndClosed) })
    expect(told(ran)).toEqual(openedThenClosed)
    expect(ran.stderr).toMatch(/3 events/)
  })

  it('--fail-on never is 0; a run without anything bad is 0', async () => {
    expect((await trustdrift(['replay', '-', '--fail-on', 'never'], { stdin: asLines(openedAndClosed) })).code).toBe(0)
    expect((await trustdrift(['replay', '-'], { stdin: asLines(openedAndClosed.slice(0, 1)) })).code).toBe(0)
  })

  it('a second run with the same memory tells nothing', async () => {
    const story = file('story.json', { Records: openedAndClosed })
    const memory = file('memory.jsonl', '')
    const args = ['replay', story, '--memory', memory, '--format', 'json']
    expect(told(await trustdrift(args))).toHaveLength(3)
    expect(told(await trustdrift(args))).toEqual([])
  })

  it('a reformatted document tells nothing', async () => {
    const again = {
      Version: '2012-10-17',
      Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${OWN}:role/ci`] } }],
    }
    const stdin = asLines([...openedAndClosed.slice(0, 1), trustWritten(5, again)])
    expect(told(await trustdrift(['replay', '-', '--format', 'json'], { stdin }))).toHaveLength(1)
  })

  it('takes gzip from standard input', async () => {
    const ran = await trustdrift(['replay', '-', '--format', 'json'], {
      stdin: gzipSync(JSON.stringify({ Records: openedAndClosed })),
    })
    expect(told(ran)).toHaveLength(3)
  })

  it('what is no event among events is told; what is nothing but that is 2', async () => {
    const mixed = await trustdrift(['replay', '-', '--format', 'json'], {
      stdin: `${asLines(openedAndClosed.slice(0, 1))}{"cut":\n`,
    })
    expect(told(mixed).at(-1)).toBe('unreadable high none')
    expect(mixed.code).toBe(1)
    const nothing = await trustdrift(['replay', '-'], { stdin: 'hello\n' })
    expect(nothing).toMatchObject({ code: 2, stdout: '' })
    expect(nothing.stderr).toMatch(/Nothing in standard input is an event/)
  })

  it('notifyAt of the configuration decides what text shows', async () => {
    const config = file('quiet.json', { notifyAt: 'critical' })
    const { stdout } = await trustdrift(['replay', '-', '--config', config], { stdin: asLines(openedAndClosed) })
    expect(stdout).toMatch(/^3 events: 0 alerts at or above critical, and below critical: 1 high, 1 medium/)
  })

  it('a world says what is in force', async () => {
    const world = file('world.json', {
      roles: [
        { RoleName: 'deploy', Arn: DEPLOY, CreateDate: '2026-11-21T03:00:00Z', AssumeRolePolicyDocument: opened },
      ],
      services: [],
    })
    const ran = await trustdrift(['replay', '-', '--world', world, '--format', 'json'], {
      stdin: asLines(openedAndClosed.slice(0, 2)),
    })
    expect(linesOf(ran).at(-1)).toMatchObject({ kind: 'trust-changed', inForce: 'in-force' })
    const without = await trustdrift(['replay', '-', '--format', 'json'], {
      stdin: asLines(openedAndClosed.slice(0, 2)),
    })
    expect(linesOf(without).at(-1)).toMatchObject({ inForce: 'unknown' })
  })

  it.each([
    ['in a folder that does not exist', () => '/nonexistent/memory.jsonl', /--memory .*Create the folder/],
    ['that is a folder', () => dirname(file('memory', '')), /--memory .*it is a folder\. Name a file/],
  ])('a memory %s is 3, and says what to do', async (_, memory, words) => {
    const { code, stdout, stderr } = await trustdrift(['replay', '-', '--memory', memory()], {
      stdin: asLines(openedAndClosed),
    })
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('says that --account has no effect without --aws: every event names its own', async () => {
    const ran = await trustdrift(['replay', '-', '--account', STRANGER], {
      stdin: asLines(openedAndClosed.slice(0, 1)),
    })
    expect(ran.code).toBe(0)
    expect(ran.stderr).toMatch(/--account .* only with --aws/)
  })
})

describe('replay with AWS', () => {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
    aws.iam.createRole('deploy', JSON.stringify(opened))
  })
  afterAll(() => aws.close())

  it('asks what is in force, and what was before', async () => {
    const ran = await trustdrift(['replay', '-', '--aws', '--format', 'json', '--endpoint-url', aws.endpoint], {
      stdin: asLines([trustWritten(1, opened)]),
      env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-a-secret' },
    })
    expect(linesOf(ran)).toMatchObject([{ kind: 'trust-changed', inForce: 'in-force', comparison: null }])
    expect(JSON.stringify(linesOf(ran))).toContain(STRANGER)
    expect(aws.calls('LookupEvents')).toBeGreaterThan(0)
    expect(ran.code).toBe(1)
  })
})
