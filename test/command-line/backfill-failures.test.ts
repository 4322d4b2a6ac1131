/** Calls of the past that failed: App Runner's, in every region and from files alike, and IAM's. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Backfill } from '../../shared/backfill/report.ts'
import { REFUSED_CALLS } from '../../shared/service-call.ts'
import { AROUND, account, at, call, id, places, told } from './past.ts'
import { OWN } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { newMemory, logsOf, fromLogs } = places()
const { aws, happened, backfill } = account()
const fromHistory = (...more: readonly string[]) => backfill(newMemory(), ...AROUND, ...more)

const pull = `arn:aws:iam::${OWN}:role/service-role/pull`
const trusting = (...services: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: services.map((Service) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' })),
})

const refused = (number: number, more: object = {}) =>
  call('CreateService', number, {
    eventSource: 'apprunner.amazonaws.com',
    awsRegion: 'us-east-2',
    errorCode: 'InvalidRequestException',
    errorMessage: `Error in assuming access role ${pull}`,
    requestParameters: {
      serviceName: 'reports',
      sourceConfiguration: {
        authenticationConfiguration: { accessRoleArn: pull },
        imageRepository: { imageConfiguration: { runtimeEnvironmentVariables: { KEY: 'a-secret-of-the-service' } } },
      },
    },
    ...more,
  })

/** Made for App Runner, closed to it, and then a service that cannot be made. */
const story = [
  call('CreateRole', 1, {
    requestParameters: {
      roleName: 'pull',
      assumeRolePolicyDocument: JSON.stringify(trusting('build.apprunner.amazonaws.com')),
    },
  }),
  call('UpdateAssumeRolePolicy', 5, {
    requestParameters: { roleName: 'pull', policyDocument: JSON.stringify(trusting('ec2.amazonaws.com')) },
  }),
  refused(12),
]

const timelineOf = (backfill: Backfill, name: string) =>
  backfill.roles.find(({ role }) => role === name)?.timeline ?? []

describe('a call that App Runner refused', () => {
  it('is told of the role, whatever the region, with who had shut App Runner out; the same from files', async () => {
    aws().past.regions.push('us-east-2')
    happened(story)
    const history = await fromHistory()
    expect(timelineOf(told(history), 'pull').map(({ kind, at: when }) => [kind, when])).toEqual([
      ['created', at(1)],
      ['updated', at(5)],
      ['failed', at(12)],
    ])
    expect(timelineOf(told(history), 'pull')[2]).toEqual({
      eventId: id(12),
      at: at(12),
      kind: 'failed',
      actor: 'mallory, through AWS CLI',
      verdict: null,
      gained: [],
      lost: [],
      says: 'CreateService for App Runner service reports in us-east-2 was refused; build.apprunner.amazonaws.com could not assume its access role pull: mallory changed that 7 minutes before',
    })
    expect(told(history)).toMatchObject({ complete: true, events: 3 })
    const logs = told(await fromLogs(story))
    expect(logs.roles).toEqual(told(history).roles)
    expect(logs).toMatchObject({ complete: true, events: 3 })
  })

  it.each(REFUSED_CALLS)('is read whichever it is: %s', async (eventName) => {
    const records = [...story.slice(0, 2), refused(12, { eventName })]
    happened(records)
    const ran = await fromHistory('--region', 'us-east-1,us-east-2')
    expect(timelineOf(told(ran), 'pull')[2]?.says).toMatch(new RegExp(`^${eventName} for .* was refused; build`))
    expect(told(await fromLogs(records)).roles).toEqual(told(ran).roles)
  })

  it('is read once in each region, and asked for by its source', async () => {
    aws().past.regions.push('us-east-2', 'eu-west-1')
    happened([...story, call('UpdateService', 3, { eventSource: 'ecs.amazonaws.com', awsRegion: 'us-east-2' })])
    const memory = newMemory()
    const run = () => backfill(memory, ...AROUND)
    const first = told(await run())
    const asked = aws().calls('LookupEvents')
    expect(asked).toBe(3 + 3)
    expect(told(await run())).toEqual(first)
    expect(aws().calls('LookupEvents')).toBe(asked)
  })

  it('is read in the regions that were named alone', async () => {
    happened(story)
    expect(timelineOf(told(await fromHistory('--region', 'us-east-1,us-east-2')), 'pull')).toHaveLength(3)
    expect(timelineOf(told(await fromHistory('--region', 'us-east-1')), 'pull')).toHaveLength(2)
    expect(timelineOf(told(await fromLogs(story, '--region', 'us-east-1')), 'pull')).toHaveLength(2)
    expect(aws().calls('ListRegions')).toBe(0)
  })

  it('in a region that may not be read is missing, and the other regions are read', async () => {
    aws().past.regions.push('us-east-2', 'eu-west-1')
    happened(story)
    aws().cloudtrail.shut.add('eu-west-1')
    const ran = await fromHistory()
    expect(told(ran)).toMatchObject({
      complete: false,
      missing: [{ region: 'eu-west-1', what: 'App Runner calls', why: expect.stringMatching(/was denied/) }],
    })
    expect(timelineOf(told(ran), 'pull')).toHaveLength(3)
    expect(ran.code).toBe(3)
  })

  it('that names no role is not dropped', async () => {
    const nameless = refused(12, {
      errorMessage: 'Error in assuming instance role',
      requestParameters: { serviceName: 'reports' },
    })
    const { complete, missing } = told(await fromLogs([nameless]))
    expect(complete).toBe(false)
    expect(missing.map(({ region, what }) => `${region}: ${what}`)).toEqual([
      `us-east-2: which role it was for that a call failed (CreateService for App Runner service reports in us-east-2 was refused; event ${id(12)})`,
    ])
  })

  it('for no role is no event of a role', async () => {
    expect(told(await fromLogs([refused(12, { errorMessage: 'Service is in an invalid state' })]))).toMatchObject({
      complete: true,
      events: 0,
      roles: [],
    })
  })

  it('leaves the variables of the service where they are, and is told in words', async () => {
    const memory = newMemory()
    const ran = await trustdrift(['backfill', '--account', OWN, '--logs', logsOf(story), '--memory', memory])
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('was refused; build.apprunner.amazonaws.com could not assume')
    expect(ran.stdout).toContain('called by mallory')
    expect(readFileSync(memory, 'utf8') + ran.stdout).not.toContain('a-secret-of-the-service')
  })

  it('is told of the role that was asked for, and of no other', async () => {
    expect(told(await fromLogs(story, '--role', 'pull')).roles).toHaveLength(1)
    expect(told(await fromLogs(story, '--role', 'other'))).toMatchObject({ roles: [], events: 0 })
  })
})

describe('a call that IAM refused', () => {
  const failing = (eventName: string, number: number, errorCode: string) =>
    call(eventName, number, { errorCode, errorMessage: 'no', requestParameters: { roleName: 'kept' } })

  it('is told whatever it was refused for', async () => {
    const records = [
      failing('DeleteRole', 3, 'DeleteConflictException'),
      failing('CreateRole', 4, 'EntityAlreadyExistsException'),
      failing('UpdateAssumeRolePolicy', 5, 'MalformedPolicyDocumentException'),
    ]
    happened(records)
    const timeline = timelineOf(told(await fromHistory()), 'kept')
    expect(timeline.map(({ kind, says }) => `${kind}: ${says}`)).toEqual([
      'failed: DeleteRole was refused: DeleteConflictException',
      'failed: CreateRole was refused: EntityAlreadyExistsException',
      'failed: UpdateAssumeRolePolicy was refused: MalformedPolicyDocument',
    ])
    expect(timelineOf(told(await fromLogs(records)), 'kept')).toEqual(timeline)
  })

  it('for a role that nothing names is not dropped', async () => {
    const denied = call('UpdateAssumeRolePolicy', 3, { errorCode: 'AccessDenied', errorMessage: 'no' })
    expect(told(await fromLogs([denied]))).toMatchObject({
      complete: false,
      events: 1,
      missing: [{ what: expect.stringContaining('UpdateAssumeRolePolicy was refused: AccessDenied') }],
    })
  })
})
