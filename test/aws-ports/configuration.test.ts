import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ssmClient } from '../../shared/aws/clients.ts'
import { CONFIGURATION_MS, configurationOf, parametersUnder } from '../../shared/aws/configuration.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const backup = { id: '999988887777', label: 'Backup', reason: 'nightly copies' }
const partner = { id: '444455556666', label: 'Partner', reason: 'contract' }
const CALL = 'GetParametersByPath'
const MINUTE = 60_000

let aws: FakeAws
let now = 0
let failures: string[][] = []

beforeAll(async () => {
  aws = await startFakeAws()
})
afterAll(() => aws.close())
beforeEach(() => {
  aws.reset()
  now = Date.parse('2026-11-24T12:00:00Z')
  failures = []
})

const client = () => ssmClient(QUICK, placeAt(aws.endpoint))

function live() {
  return configurationOf(client(), '/trustdrift', { clock: () => now, failed: (why) => failures.push([...why]) })
}

describe('the parameters under the path', () => {
  test('are read at every depth and on every page, and merged in the order of their names', async () => {
    aws.ssm.pageSize = 2
    for (const index of [3, 1, 2, 0]) {
      aws.ssm.put(`/trustdrift/trust/${index}`, { trustedAccounts: [{ ...backup, id: `99998888777${index}` }] })
    }
    aws.ssm.put('/trustdrift/notify', { notifyAt: 'low' })
    aws.ssm.put('/other/notify', { notifyAt: 'high' })
    aws.ssm.put('/trustdrift-of-others/notify', { notifyAt: 'high' })
    const { config, faults } = await parametersUnder(client(), '/trustdrift')
    expect(faults).toEqual([])
    expect(config.notifyAt).toBe('low')
    expect(config.trustedAccounts?.map(({ id }) => id.at(-1))).toEqual(['0', '1', '2', '3'])
    expect(aws.calls(CALL)).toBe(3)
  })

  test('may be none: that is an empty configuration, and no failure', async () => {
    expect(await live().current()).toEqual({})
    expect(failures).toEqual([])
  })

  test('are refused when one is a SecureString, which says how to store it', async () => {
    aws.ssm.parameters.set('/trustdrift/secret', { value: 'AQICAHh…', type: 'SecureString' })
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [backup] })
    const configuration = live()
    expect(await configuration.current()).toEqual({})
    expect(failures).toEqual([
      ['/trustdrift/secret  is a SecureString, which is not decrypted here: store it as a String'],
    ])
  })

  test.each(PASSING)('come though SSM %s', async (_, fault, times) => {
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [backup] })
    aws.faults.next(CALL, fault, times)
    expect(await live().current()).toEqual({ trustedAccounts: [backup] })
    expect(failures).toEqual([])
  })
})

describe('the configuration in use', () => {
  test('is asked for once in five minutes, and once by however many ask together', async () => {
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [backup] })
    const configuration = live()
    await Promise.all([configuration.current(), configuration.current(), configuration.current()])
    now += 5 * MINUTE - 1
    await configuration.current()
    expect(aws.calls(CALL)).toBe(1)
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [partner] })
    now += 1
    expect(await configuration.current()).toEqual({ trustedAccounts: [partner] })
  })

  test.each(LASTING)('stays the last good one while SSM %s', async (_, fault) => {
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [backup] })
    const configuration = live()
    await configuration.current()
    now += 6 * MINUTE
    aws.faults.always(CALL, fault)
    expect(await configuration.current()).toEqual({ trustedAccounts: [backup] })
    expect(failures).toHaveLength(1)
    expect(failures[0]?.[0]).toMatch(/^SSM GetParametersByPath/)
  })

  test.each(LASTING)('is the empty one where SSM %s from the start', async (_, fault) => {
    aws.faults.always(CALL, fault)
    expect(await live().current()).toEqual({})
    expect(failures).toHaveLength(1)
  })

  test('stays the last good one while a parameter is wrong, which is named without what it holds', async () => {
    aws.ssm.put('/trustdrift/trust', { trustedAccounts: [backup] })
    const configuration = live()
    await configuration.current()
    now += 6 * MINUTE
    aws.ssm.put('/trustdrift/new', { notifyAt: 'xoxb-pasted-by-mistake' })
    expect(await configuration.current()).toEqual({ trustedAccounts: [backup] })
    expect(failures).toEqual([['/trustdrift/new /notifyAt must be one of info, low, medium, high, critical']])
  })

  test('is asked for again a minute after it failed, not with every signal', async () => {
    aws.ssm.put('/trustdrift/new', '{')
    const configuration = live()
    await configuration.current()
    now += MINUTE - 1
    await configuration.current()
    expect([failures.length, aws.calls(CALL)]).toEqual([1, 1])
    aws.ssm.put('/trustdrift/new', { notifyAt: 'low' })
    now += 1
    expect(await configuration.current()).toEqual({ notifyAt: 'low' })
    expect(failures).toHaveLength(1)
  })

  test('costs an alert no more than its time, however many pages come slowly', async () => {
    aws.ssm.pageSize = 1
    for (let index = 0; index < 30; index += 1) aws.ssm.put(`/trustdrift/${index}`, {})
    aws.faults.always(CALL, { kind: 'slow', ms: 200 })
    const begun = performance.now()
    expect(await live().current()).toEqual({})
    expect(performance.now() - begun).toBeLessThan(CONFIGURATION_MS + 1_000)
    expect(failures).toHaveLength(1)
  })
})
