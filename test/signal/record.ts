/** A minimal CloudTrail record for tests; `with` overrides, undefined takes a field away. */

export const ACCOUNT = '111122223333'

export const DOCUMENT =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'

export type Fields = Readonly<Record<string, unknown>>

export function record(changes: Fields = {}): Fields {
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT, userName: 'alice' },
    eventTime: '2026-11-21T08:00:00Z',
    eventSource: 'iam.amazonaws.com',
    eventName: 'UpdateAssumeRolePolicy',
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31.7',
    requestParameters: { roleName: 'deployer', policyDocument: DOCUMENT },
    responseElements: null,
    requestID: '0f2b6a0e-58a2-4b3b-9c73-0f4b7d8f5b11',
    eventID: '5b8e2f0c-9d0e-4a43-8a3e-9a2a4d1c7e55',
    recipientAccountId: ACCOUNT,
    ...changes,
  }
}

export function enveloped(detail: unknown, changes: Fields = {}): Fields {
  return {
    version: '0',
    id: '7c1d0f7a-7a59-4b7f-8a53-0b0d3a2f1e10',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: ACCOUNT,
    time: '2026-11-21T08:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail,
    ...changes,
  }
}
