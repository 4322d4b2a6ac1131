/** Small policies and events for the command, and a folder to put them in. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

export const OWN = '111122223333'
export const STRANGER = '999988887777'
export const DEPLOY = `arn:aws:iam::${OWN}:role/deploy`

export function trusting(...principals: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: principals.map((AWS) => ({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })),
  }
}

/** The role's own account only, by one role. */
export const closed = trusting(`arn:aws:iam::${OWN}:role/ci`)
export const opened = trusting(`arn:aws:iam::${OWN}:role/ci`, `arn:aws:iam::${STRANGER}:root`)

/** One record of CloudTrail. @param minute within the hour, also the event's id */
export function trustWritten(minute: number, document: unknown, roleName = 'deploy'): object {
  const at = `2026-11-21T03:${String(minute).padStart(2, '0')}:00Z`
  return {
    eventVersion: '1.10',
    eventTime: at,
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.17.0',
    eventID: `00000000-0000-4000-8000-${String(minute).padStart(12, '0')}`,
    eventType: 'AwsApiCall',
    managementEvent: true,
    readOnly: false,
    recipientAccountId: OWN,
    userIdentity: { type: 'IAMUser', userName: 'alice', accountId: OWN, arn: `arn:aws:iam::${OWN}:user/alice` },
    requestParameters: { roleName, policyDocument: JSON.stringify(document) },
    responseElements: null,
  }
}

export function roleCreated(minute: number, document: unknown): object {
  return {
    ...trustWritten(minute, document),
    eventName: 'CreateRole',
    requestParameters: { roleName: 'deploy', assumeRolePolicyDocument: JSON.stringify(document) },
  }
}

/** Created closed, opened to a stranger, closed again. */
export const openedAndClosed = [roleCreated(0, closed), trustWritten(1, opened), trustWritten(2, closed)]

export function asLines(events: readonly unknown[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

/** Writes files into a folder of the test file's own, removed at its end. */
export function scratch(): (name: string, content: unknown) => string {
  const folder = mkdtempSync(join(tmpdir(), 'trustdrift-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return (name, content) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
}
