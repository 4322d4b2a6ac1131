import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { trustOf } from '../builders.ts'
import { type Built, startBuilt } from './built.ts'
import { eventText } from './cloudtrail-event.ts'

const PARTNER = '444455556666'
const trusted = { trustedAccounts: [{ id: PARTNER, label: 'Partner', reason: 'contract' }] }
const taken = { batchItemFailures: [] }
const run = promisify(execFile)

const closed = eventText({ id: 'closed', time: '12:00:00', role: 'Deploy', admits: [] })
const opened = eventText({ id: 'opened', time: '12:05:00', role: 'Deploy', admits: [PARTNER] })

/** The bundle in a process of its own, whose standard output CloudWatch would read. */
async function linesOf(name: string, body: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const script = `require('./dist/${name}').handler({ Records: [{ messageId: 'm', eventSource: 'aws:sqs', body: ${JSON.stringify(body)} }] }, { getRemainingTimeInMillis: () => 900000 })`
  const env = { ...process.env, POWERTOOLS_LOG_LEVEL: 'INFO' }
  const { stdout, stderr } = await run(process.execPath, ['-e', script], { env })
  return `${stdout}\n${stderr}`.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
}

describe('trust-change', () => {
  let built: Built
  beforeEach(async () => {
    built = await startBuilt('trust-change')
  })
  afterEach(() => built.close())

  test('calls an account foreign that nobody vouches for', async () => {
    await built.invoke(closed)
    expect(await built.invoke(opened)).toEqual(taken)
    expect(built.alerts().at(-1)).toMatchObject({ severity: 'high', findings: [{ rule: 'foreign-account' }] })
  })

  test('takes an account for what the parameters say it is', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', trusted)
    await built.invoke(closed)
    expect(await built.invoke(opened)).toEqual(taken)
    expect(built.alerts().at(-1)).toMatchObject({
      severity: 'medium',
      findings: [{ rule: 'vendor-without-external-id', severity: 'medium' }],
    })
    expect(built.aws.calls('GetParametersByPath')).toBe(1)
  })

  test('tells all the same, trusting nobody, while a parameter is wrong or cannot be read', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', trusted)
    built.aws.faults.always('GetParametersByPath', { kind: 'denied' })
    await built.invoke(closed)
    expect(await built.invoke(opened)).toEqual(taken)
    expect(built.alerts().at(-1)).toMatchObject({ severity: 'high' })
  })

  test('says with its heartbeat that a parameter is wrong: a metric, and a line that names the fault and no value', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', { ...trusted, notifyAt: 'xoxb-pasted-by-mistake' })
    const lines = await linesOf('trust-change', '{"trustdrift":"heartbeat"}')
    expect(lines.filter((line) => 'ConfigurationUnusable' in line)).toMatchObject([
      { ConfigurationUnusable: 1, service: 'trust-change' },
    ])
    expect(lines.filter((line) => line.message === 'configuration unusable')).toMatchObject([
      { faults: ['/trustdrift/trust/partners /notifyAt must be one of info, low, medium, high, critical'], count: 1 },
    ])
    expect(JSON.stringify(lines)).not.toContain('xoxb')
  })

  test('says nothing of a configuration that is right', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', trusted)
    const lines = await linesOf('trust-change', '{"trustdrift":"heartbeat"}')
    expect(lines.some((line) => 'Heartbeat' in line)).toBe(true)
    expect(lines.some((line) => 'ConfigurationUnusable' in line)).toBe(false)
  })
})

describe('sweep', () => {
  let built: Built
  beforeEach(async () => {
    // What is read within one second has no order, and so no version before it: each reading gets a time of its own.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T03:00:00Z') })
    built = await startBuilt('sweep')
  })
  afterEach(async () => {
    vi.useRealTimers()
    await built.close()
  })

  test('takes an account for what the parameters say it is', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', trusted)
    built.aws.iam.createRole('Deploy', trustOf([]))
    await built.invoke('{"trustdrift":"sweep"}')
    built.aws.iam.updateTrust('Deploy', trustOf([PARTNER]))
    vi.setSystemTime('2026-11-25T03:00:00Z')
    await built.invoke('{"trustdrift":"sweep"}')
    vi.setSystemTime('2026-11-25T03:15:00Z')
    await built.invoke(...built.aws.sqs.sent.splice(0).map(({ body }) => body))
    expect(built.alerts()).toMatchObject([
      {
        kind: 'trust-changed',
        severity: 'medium',
        comparison: { verdict: 'widened' },
        findings: [{ rule: 'vendor-without-external-id' }],
      },
    ])
  })

  test('sweeps all the same while a parameter is wrong, and says so', async () => {
    built.aws.ssm.put('/trustdrift/trust/partners', '{')
    const lines = await linesOf('sweep', '{"trustdrift":"sweep"}')
    expect(lines.filter((line) => 'ConfigurationUnusable' in line)).toMatchObject([{ ConfigurationUnusable: 1 }])
    expect(lines.some((line) => line.message === 'swept')).toBe(true)
  })

  test('says at its end which exceptions no role needs', async () => {
    const exception = { role: 'gone', rule: 'foreign-account', reason: 'until the move', expires: '2099-01-01' }
    built.aws.ssm.put('/trustdrift/exceptions', { exceptions: [exception] })
    const lines = await linesOf('sweep', '{"trustdrift":"sweep"}')
    expect(lines.find((line) => line.message === 'swept')?.idle).toEqual([
      {
        path: '/exceptions/0',
        says: 'The exception from foreign-account for gone is for a role that this account does not have',
      },
    ])
  })

  test('says once a day what has expired, and that nothing has', async () => {
    const expired = { ...trusted.trustedAccounts[0], expires: '2026-01-01' }
    built.aws.ssm.put('/trustdrift/trust/partners', { trustedAccounts: [expired] })
    const lines = await linesOf('sweep', '{"trustdrift":"sweep"}')
    expect(lines.filter((line) => 'ConfigurationExpired' in line)).toMatchObject([{ ConfigurationExpired: 1 }])
    expect(lines.find((line) => line.message === 'configuration expired')?.entries).toEqual([
      'Partner (444455556666) expired 2026-01-01 and no longer counts',
    ])
    built.aws.ssm.parameters.clear()
    expect(await linesOf('sweep', '{"trustdrift":"sweep"}')).toContainEqual(
      expect.objectContaining({ ConfigurationExpired: 0 }),
    )
  })
})
