/** Who came in while roles were open. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CloudTrailRecord } from '../aws/cloudtrail.ts'
import { AROUND, account, at, call, id, places, record, story, told } from './past.ts'
import { closed, OWN, opened, STRANGER } from './samples.ts'

const { newMemory, fromLogs } = places()
const { aws, happened, backfill } = account()

describe('who came in', () => {
  const ROLE = `arn:aws:iam::${OWN}:role/app/deploy`
  const came = (minute: number, account: string, region = 'us-east-1', more: object = {}): CloudTrailRecord => ({
    ...record({ minute, call: 'AssumeRole' }),
    eventSource: 'sts.amazonaws.com',
    awsRegion: region,
    sourceIPAddress: '198.51.100.77',
    userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:thief', accountId: account },
    requestParameters: { roleArn: ROLE, roleSessionName: 'x' },
    responseElements: { credentials: { sessionToken: 'the-secret-token' } },
    ...more,
  })

  it('is told of the exposed role, in every region, and no credentials are kept', async () => {
    happened(story)
    aws().past.regions.push('eu-west-1')
    aws().iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
    aws().cloudtrail.record(came(12, STRANGER))
    aws().cloudtrail.record(came(15, STRANGER, 'eu-west-1'))
    aws().cloudtrail.record(came(16, OWN))
    aws().cloudtrail.record(came(17, STRANGER, 'us-east-1', { errorCode: 'AccessDenied' }))
    aws().cloudtrail.record(came(30, STRANGER))
    const memory = newMemory()
    const ran = await backfill(memory, '--used')
    expect(told(ran).exposures).toMatchObject([
      {
        uses: [
          {
            caller: `thief of account ${STRANGER}`,
            account: STRANGER,
            sources: ['198.51.100.77'],
            count: 2,
            first: at(12),
            last: at(15),
          },
        ],
      },
    ])
    expect(readFileSync(memory, 'utf8') + ran.stdout + ran.stderr).not.toContain('the-secret-token')
  })

  it('is read in the regions that were named, and in no other', async () => {
    happened(story)
    aws().iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
    aws().cloudtrail.record(came(12, STRANGER, 'eu-west-1'))
    const ran = await backfill(newMemory(), '--used', '--region', 'us-east-1,eu-west-1')
    expect(told(ran).exposures).toMatchObject([{ uses: [{ count: 1 }] }])
    expect(aws().calls('ListRegions')).toBe(0)
  })

  it('is missing where the regions are not known', async () => {
    happened(story)
    aws().iam.createRole('deploy', JSON.stringify(closed), { path: '/app/' })
    aws().faults.always('ListRegions', { kind: 'denied' })
    expect(told(await backfill(newMemory(), '--used'))).toMatchObject({
      complete: false,
      missing: [
        { region: 'other regions', what: 'App Runner calls' },
        { region: 'other regions', what: 'who came in' },
      ],
    })
  })

  it('is missing where nobody knows the path of the role', async () => {
    happened(story)
    expect(told(await backfill(newMemory(), '--used'))).toMatchObject({
      complete: false,
      missing: [{ what: 'who came in as role deploy' }],
    })
  })
})

describe('a call that let somebody in and cannot be read', () => {
  const role = `arn:aws:iam::${OWN}:role/pull`
  const opening = call('UpdateAssumeRolePolicy', 2, {
    requestParameters: { roleName: 'pull', policyDocument: JSON.stringify(opened) },
  })
  const came = (number: number, more: object) =>
    call('AssumeRole', number, {
      eventSource: 'sts.amazonaws.com',
      userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:thief', accountId: STRANGER },
      requestParameters: { roleArn: role, roleSessionName: 'x' },
      responseElements: { credentials: { sessionToken: 'the-secret-token' } },
      ...more,
    })

  it('is missing, from the history and from files', async () => {
    const nobody = came(4, { userIdentity: { type: 'Unknown' } })
    aws().iam.createRole('pull', JSON.stringify(opened))
    happened([opening, came(3, {}), nobody])
    for (const ran of [
      await backfill(newMemory(), ...AROUND, '--used'),
      await fromLogs([opening, came(3, {}), nobody], '--used'),
    ]) {
      expect(told(ran)).toMatchObject({
        complete: false,
        events: 1,
        exposures: [{ uses: [{ account: STRANGER, count: 1 }] }],
        missing: [
          {
            from: at(4),
            what: `who came in as role pull by AssumeRole ${id(4)}`,
            why: 'it could not be read: it does not name the caller',
          },
        ],
      })
      expect(ran.code).toBe(3)
      expect(ran.stdout).not.toContain('the-secret-token')
    }
  })

  it('is nothing that a run without --used speaks of', async () => {
    const records = [opening, came(4, { userIdentity: { type: 'Unknown' } })]
    expect(told(await fromLogs(records))).toMatchObject({ complete: true, missing: [] })
  })
})
