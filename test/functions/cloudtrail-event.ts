/** An EventBridge event of a trust change, as text: what the queue's messages hold. */

import { trustOf } from '../builders.ts'

export interface EventParts {
  readonly id: string
  /** `HH:MM:SS` */
  readonly time: string
  readonly role?: string
  readonly document?: string
  readonly admits?: readonly string[]
  readonly name?: 'UpdateAssumeRolePolicy' | 'CreateRole' | 'DeleteRole'
}

export function cloudTrailRecord(parts: EventParts) {
  const name = parts.name ?? 'UpdateAssumeRolePolicy'
  const document = parts.document ?? trustOf(parts.admits ?? [])
  const field = name === 'CreateRole' ? 'assumeRolePolicyDocument' : 'policyDocument'
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/ana',
      accountId: '111122223333',
      userName: 'ana',
    },
    eventTime: `2026-11-21T${parts.time}Z`,
    eventSource: 'iam.amazonaws.com',
    eventName: name,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.1',
    requestParameters: {
      roleName: parts.role ?? 'Deploy',
      ...(name !== 'DeleteRole' && { [field]: document }),
    },
    responseElements: null,
    eventID: parts.id,
    recipientAccountId: '111122223333',
  }
}

export function eventText(parts: EventParts): string {
  const detail = cloudTrailRecord(parts)
  return JSON.stringify({
    version: '0',
    id: `envelope-of-${parts.id}`,
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: '111122223333',
    time: detail.eventTime,
    region: 'us-east-1',
    resources: [],
    detail,
  })
}
