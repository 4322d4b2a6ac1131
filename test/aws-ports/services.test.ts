import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { appRunnerClient } from '../../shared/aws/clients.ts'
import { servicesOf } from '../../shared/aws/services.ts'
import { serviceArn } from '../../shared/identity.ts'
import type { Services } from '../../shared/service-ports.ts'
import type { Service } from '../../shared/service-signal.ts'
import { SECRET_VALUE } from '../aws/apprunner.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { OTHER, OWN } from '../versions.ts'
import { LASTING, PASSING, placeAt, QUICK } from './places.ts'

const ARN = 'arn:aws:apprunner:us-east-2:111122223333:service/my-app/8fe1e10304f84fd2b0df550fe98a71fa'
const pull = 'arn:aws:iam::111122223333:role/service-role/pull'
const service: Service = { account: OWN, region: 'us-east-2', name: 'my-app', arn: serviceArn(ARN) }

let aws: FakeAws
let services: Services

beforeAll(async () => {
  aws = await startFakeAws()
  const clientIn = (region: string) => appRunnerClient(QUICK, { ...placeAt(aws.endpoint), region })
  services = servicesOf(clientIn, { ownAccount: OWN, readMs: 5_000 })
})
afterAll(() => aws.close())
beforeEach(() => {
  aws.reset()
  aws.apprunner.put({ arn: ARN, name: 'my-app', status: 'RUNNING', accessRoleArn: pull })
})

const READING = {
  kind: 'service',
  service: {
    ...service,
    status: 'RUNNING',
    uses: [{ as: 'apprunner-access', role: { account: OWN, name: 'pull', arn: pull } }],
  },
}

test('a service is read with the roles it uses, and nothing of its environment', async () => {
  const reading = await services.read(service)
  expect(reading).toEqual(READING)
  expect(JSON.stringify(reading)).not.toContain(SECRET_VALUE)
})

test('a service that was deleted is none, whether App Runner still describes it or not', async () => {
  aws.apprunner.put({ arn: ARN, name: 'my-app', status: 'DELETED' })
  expect(await services.read(service)).toEqual({ kind: 'no-such-service' })
  aws.apprunner.services.clear()
  expect(await services.read(service)).toEqual({ kind: 'no-such-service' })
})

test.each([
  ['another account', { ...service, account: OTHER }, 'belongs to another account'],
  ['an ARN of another account', { ...service, arn: serviceArn(ARN.replace(OWN, OTHER)) }, 'names another account'],
  ['no ARN', { ...service, arn: null }, 'was never made'],
])('%s is unknown, without asking', async (_, asked, why) => {
  expect(await services.read(asked)).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) })
  expect(aws.calls('DescribeService')).toBe(0)
})

test.each(PASSING)('App Runner %s, and the service is read all the same', async (_, fault, times) => {
  aws.faults.next('DescribeService', fault, times)
  expect(await services.read(service)).toEqual(READING)
})

test.each(LASTING)('App Runner %s: the service is unknown, and says why', async (_, fault) => {
  aws.faults.always('DescribeService', fault)
  expect(await services.read(service)).toMatchObject({
    kind: 'unknown',
    why: expect.stringMatching(/^App Runner DescribeService (was|got) /),
  })
})

test.each(['', '{}', '{"Service":{}}', 'nonsense'])('an answer that holds no service (%j) is unknown', async (body) => {
  aws.faults.always('DescribeService', { kind: 'answer', body })
  expect(await services.read(service)).toMatchObject({ kind: 'unknown' })
})

test('services are listed page by page, in their own region only', async () => {
  aws.apprunner.pageSize = 2
  for (const name of ['b', 'c', 'd']) aws.apprunner.put({ arn: ARN.replace('my-app', name), name, status: 'RUNNING' })
  aws.apprunner.put({ arn: ARN.replace('us-east-2', 'eu-west-1'), name: 'my-app', status: 'RUNNING' })
  const first = await services.list('us-east-2', null)
  const second = await services.list('us-east-2', first.next)
  expect([first.services.length, second.services.map(({ name }) => name), second.next]).toEqual([2, ['c', 'd'], null])
  expect((await services.list('eu-west-1', null)).services).toHaveLength(1)
})

test('services of another account are not taken for the own', async () => {
  aws.apprunner.put({ arn: ARN.replace(OWN, OTHER), name: 'my-app', status: 'RUNNING' })
  await expect(services.list('us-east-2', null)).rejects.toMatchObject({ failure: 'denied' })
})

test.each(LASTING)('App Runner %s: the page cannot be had, which is an error', async (_, fault, failure) => {
  aws.faults.always('ListServices', fault)
  await expect(services.list('us-east-2', null)).rejects.toMatchObject({ failure })
})
