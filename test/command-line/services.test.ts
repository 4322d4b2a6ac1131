import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SECRET_VALUE } from '../aws/apprunner.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { asLines, OWN, scratch, trustWritten } from './samples.ts'
import { linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()
const ARN = `arn:aws:apprunner:us-east-2:${OWN}:service/my-app/8fe1e10304f84fd2b0df550fe98a71fa`

function trusting(Service: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] }
}

describe('services', () => {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
  })
  afterAll(() => aws.close())
  beforeEach(() => {
    aws.reset()
    aws.iam.createRole('pull', JSON.stringify(trusting('build.apprunner.amazonaws.com')))
    aws.iam.createRole('run', JSON.stringify(trusting('ec2.amazonaws.com')))
    const roles = { accessRoleArn: `arn:aws:iam::${OWN}:role/pull`, instanceRoleArn: `arn:aws:iam::${OWN}:role/run` }
    aws.apprunner.put({ arn: ARN, name: 'my-app', status: 'RUNNING', ...roles })
  })

  const env = () => ({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  })
  const services = (...args: readonly string[]) => trustdrift(['services', ...args], { env: env() })

  it('tells for each role whether App Runner can assume it, and ends with 1 where it cannot', async () => {
    const ran = await services('--regions', 'us-east-2,eu-west-1')
    expect(ran.code).toBe(1)
    expect(ran.stdout).toBe(`my-app in us-east-2, RUNNING
  yes       access role: arn:aws:iam::${OWN}:role/pull
  no        instance role: arn:aws:iam::${OWN}:role/run
            tasks.apprunner.amazonaws.com cannot assume it: its next deployment will fail, and what runs loses its credentials
`)
    expect(ran.stderr).toMatch(/1 service in 2 regions/)
    expect(ran.stdout + ran.stderr).not.toContain(SECRET_VALUE)
  })

  it('as JSON, one service a line', async () => {
    aws.iam.updateTrust('run', JSON.stringify(trusting('tasks.apprunner.amazonaws.com')))
    const ran = await services('--regions', 'us-east-2', '--format', 'json')
    expect(ran.code).toBe(0)
    expect(linesOf(ran)).toMatchObject([
      { service: 'my-app', arn: ARN, region: 'us-east-2', status: 'RUNNING', roles: [{ can: 'yes' }, { can: 'yes' }] },
    ])
  })

  it('into a memory, from which a replay knows who depends on a role', async () => {
    const memory = file('memory.jsonl', '')
    await services('--regions', 'us-east-2', '--memory', memory)
    const stdin = asLines([trustWritten(1, trusting('ec2.amazonaws.com'), 'pull')])
    const ran = await trustdrift(['replay', '-', '--memory', memory, '--format', 'json'], { stdin })
    expect(linesOf(ran)).toMatchObject([{ severity: 'high', usedBy: [{ service: 'my-app', as: 'access role' }] }])
  })

  it('a region that cannot be read is 3, and what could be read is told', async () => {
    aws.faults.next('ListServices', { kind: 'denied' })
    const ran = await services('--regions', 'eu-west-1,us-east-2')
    expect(ran.code).toBe(3)
    expect(ran.stdout).toContain('my-app')
    expect(ran.stderr).toMatch(/not read: eu-west-1: App Runner ListServices was denied/)
  })

  it.each([[[]], [['--regions', 'Ohio']]])('without a region to read it is 2 (%j)', async (args) => {
    expect((await services(...args)).code).toBe(2)
  })
})

describe('replay with AWS', () => {
  it('reads services and their roles', async () => {
    const aws = await startFakeAws()
    aws.iam.createRole('pull', JSON.stringify(trusting('ec2.amazonaws.com')))
    aws.apprunner.put({ arn: ARN, name: 'my-app', status: 'RUNNING', accessRoleArn: `arn:aws:iam::${OWN}:role/pull` })
    const { operationEvent } = await import('../functions/service-event.ts')
    const ran = await trustdrift(['replay', '-', '--aws', '--format', 'json', '--endpoint-url', aws.endpoint], {
      stdin: operationEvent('DeploymentFailed', { time: '12:09:00', arn: ARN }),
      env: { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-a-secret' },
    })
    await aws.close()
    expect(linesOf(ran)).toMatchObject([{ kind: 'service-failed', cause: { verdict: 'trust', role: 'pull' } }])
  })
})
