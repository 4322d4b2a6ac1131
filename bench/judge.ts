/** What one event costs from its text to its alert, over JSON.parse of that text. */

import { judge } from '../shared/judge.ts'
import type { Version } from '../shared/ports.ts'
import type { TrustChange } from '../shared/signal.ts'
import { parseSignal } from '../shared/signal.ts'
import { versionOf } from '../shared/version.ts'
import { type Figure, median } from './figure.ts'
import { perCall, warmUp } from './timing.ts'

const ROUNDS = 41
const MOST = 150

export async function benchJudge(): Promise<readonly Figure[]> {
  const before = versionBefore()
  const text = eventText(policyOfFive('vendor-7'))
  const whole = () => judgeText(text, before)
  if (whole() === null) throw new Error('the measured event makes no alert: the figure would say nothing')
  const parse = () => JSON.parse(text)
  // A second or two each, so that both are measured as compiled code.
  warmUp(whole, 4_000)
  warmUp(parse, 400_000)
  const rounds = Array.from({ length: ROUNDS }, () => [perCall(whole, 40), perCall(parse, 2_000)] as const)
  const wholeUs = median(rounds.map(([us]) => us))
  const parseUs = median(rounds.map(([, us]) => us))
  return [
    {
      name: 'parse and judge one event, 5 statements, all rules, over JSON.parse of the event',
      measured: `${wholeUs.toFixed(0)} µs against ${parseUs.toFixed(2)} µs, warm, median of ${ROUNDS} rounds in turn, ${text.length} characters`,
      ratio: median(rounds.map(([a, b]) => a / b)),
      most: MOST,
    },
  ]
}

function judgeText(text: string, before: Version) {
  const change = changeIn(text)
  return judge({ change, before: [before], inForce: 'unknown', about: { account: '111122223333' } })
}

function changeIn(text: string): TrustChange {
  const signal = parseSignal(text)
  if (signal.kind !== 'trust-written') throw new Error(`the measured event reads as ${signal.kind}`)
  return signal
}

function versionBefore(): Version {
  return versionOf(changeIn(eventText(policyOfFive('vendor-6'))), 'announced')
}

function policyOfFive(externalId: string): string {
  const allow = (principal: object, condition?: object) => ({
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  })
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      allow({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] }),
      allow({ AWS: 'arn:aws:iam::111122223333:root' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      allow({ AWS: 'arn:aws:iam::444455556666:root' }, { StringEquals: { 'sts:ExternalId': externalId } }),
      allow({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
      {
        ...allow(
          { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
          {
            StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
            StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/deploy:ref:refs/heads/*' },
          },
        ),
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
  })
}

function eventText(policyDocument: string): string {
  return JSON.stringify({
    version: '0',
    id: '8c1f0a52-6d0c-4f3f-9d55-0d1a2b3c4d5e',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.iam',
    account: '111122223333',
    time: '2026-11-21T12:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLEID12345678:ana',
        arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana',
        accountId: '111122223333',
        sessionContext: {
          sessionIssuer: { type: 'Role', userName: 'AWSReservedSSO_Admin_0123456789abcdef' },
          attributes: { creationDate: '2026-11-21T11:40:00Z', mfaAuthenticated: 'false' },
        },
      },
      eventTime: '2026-11-21T12:00:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'UpdateAssumeRolePolicy',
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'aws-cli/2.31.1 md/awscrt#0.27.6 ua/2.1 os/macos',
      requestParameters: { roleName: 'Deploy', policyDocument },
      responseElements: null,
      requestID: '0f2d3c4b-5a69-4788-9776-655443322110',
      eventID: '11f0aa31-2b3c-4d5e-8f60-718293a4b5c6',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
    },
  })
}
