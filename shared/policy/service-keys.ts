/**
 * Which services say for whom they call when they assume a role, and which condition keys a service never sends. What is in neither
 * table is not known, and nothing is said of it: AWS publishes no list.
 */

import { presence } from './keys.ts'

/**
 * Services whose own guides show a role's trust policy with aws:SourceArn or aws:SourceAccount ("cross-service confused deputy
 * prevention" of each guide): they send both. Services that run their users' code stay out, documented or not: there
 * iam:PassRole decides who uses the role.
 */
const SENDS_SOURCE = new Set(
  // Not CloudTrail or Transcribe: roles that asked them for a source were locked out (prowler-cloud/prowler issue 4714).
  'appflow bedrock comprehend forecast frauddetector grafana iot kendra lexv2 personalize pipes scheduler sms-voice transfer vpc-flow-logs'
    .split(' ')
    .map((name) => `${name}.amazonaws.com`),
)

/** Services that assume roles without saying for which resource. */
const SENDS_NO_SOURCE = new Set(['ec2.amazonaws.com', 'ec2.amazonaws.com.cn', 'lambda.amazonaws.com'])

const SOURCE = /^aws:source(?:arn|account|orgid|orgpaths)$/

export function sendsSource(service: string): boolean {
  return SENDS_SOURCE.has(service)
}

/** @param name the key in lower case */
export function neverSends(service: string, name: string): boolean {
  if (SENDS_NO_SOURCE.has(service) && SOURCE.test(name)) return true
  return presence(name, { type: 'Service', action: 'sts:AssumeRole', issuer: null, service }) === 'never'
}
