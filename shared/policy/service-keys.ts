/**
 * Which services say for whom they call when they assume a role, and which condition keys a service never sends. What is in neither
 * table is not known, and nothing is said of it: AWS publishes no list.
 */

import { presence } from './keys.ts'

/**
 * Services that send both aws:SourceArn and aws:SourceAccount, each with the guide that shows a role's trust policy with them ("Cross-service
 * confused deputy prevention" in most). Services that run their users' code stay out, documented or not: there iam:PassRole decides
 * who uses the role. Not CloudTrail, Elastic Transcoder or Transcribe: roles that asked them for a source were locked out
 * (prowler-cloud/prowler issue 4714).
 */
const SENDS_SOURCE: ReadonlyMap<string, string> = new Map([
  ['appflow.amazonaws.com', 'Amazon AppFlow User Guide'],
  ['bedrock.amazonaws.com', 'Amazon Bedrock User Guide'],
  ['comprehend.amazonaws.com', 'Amazon Comprehend Developer Guide'],
  ['forecast.amazonaws.com', 'Amazon Forecast Developer Guide'],
  ['frauddetector.amazonaws.com', 'Amazon Fraud Detector User Guide'],
  ['grafana.amazonaws.com', 'Amazon Managed Grafana User Guide'],
  ['iot.amazonaws.com', 'AWS IoT Core Developer Guide'],
  ['kendra.amazonaws.com', 'Amazon Kendra Developer Guide'],
  ['lexv2.amazonaws.com', 'Amazon Lex V2 Developer Guide'],
  ['personalize.amazonaws.com', 'Amazon Personalize Developer Guide'],
  ['pipes.amazonaws.com', 'Amazon EventBridge User Guide'],
  ['scheduler.amazonaws.com', 'EventBridge Scheduler User Guide'],
  ['sms-voice.amazonaws.com', 'AWS End User Messaging SMS User Guide'],
  ['transfer.amazonaws.com', 'AWS Transfer Family User Guide'],
  ['vpc-flow-logs.amazonaws.com', 'Amazon VPC User Guide'],
])

export function sendsSource(service: string): boolean {
  return SENDS_SOURCE.has(service)
}

/** @param name the key in lower case */
export function neverSends(service: string, name: string): boolean {
  return presence(name, { type: 'Service', action: 'sts:AssumeRole', issuer: null, service }) === 'never'
}
