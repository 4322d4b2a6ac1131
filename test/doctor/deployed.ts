/** A healthy stack in the fake AWS, made from the real template: every resource under a name AWS might have given it. */

import type { FakeAws } from '../aws/server.ts'
import { at, type JsonMap, type Resource, referred, resources, template, text } from '../template/document.ts'
import { withRefs } from '../template/pattern.ts'

export const STACK = 'trustdrift'
export const ACCOUNT = '111122223333'
const REGION = 'us-east-1'
export const TABLE = 'memory'

/** What of the channels is switched on. */
export interface Chosen {
  readonly slackSecretArn?: string
  readonly alertEmail?: string
}

/** The stack, all of it well. The table itself is made by whoever started DynamoDB. */
export function deploy(aws: FakeAws, { slackSecretArn = '', alertEmail = '' }: Chosen = {}): void {
  clear(aws)
  const off = [...(slackSecretArn === '' ? ['HasSlack'] : []), ...(alertEmail === '' ? ['HasMail'] : []), 'HasTopicKey']
  const made = resources.filter(({ body }) => !off.includes(String(body.Condition ?? '')))
  aws.deployment.stacks.set(STACK, {
    id: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${STACK}/5f0c1a2b-0000-4000-8000-000000000000`,
    status: 'UPDATE_COMPLETE',
    parameters: parametersWith({
      SlackSecretArn: slackSecretArn,
      AlertEmail: alertEmail,
      OperationsEmail: 'ops@example.com',
    }),
    resources: made.flatMap(listed),
  })
  for (const resource of made) MAKERS[resource.type]?.(aws, resource)
  aws.cloudtrail.trails.push({
    name: 'management-events',
    arn: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/management-events`,
    logging: true,
    organization: false,
    globalServices: true,
    basic: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }],
    advanced: [],
  })
}

/** As AWS calls what the template calls so. */
export function physical(logicalId: string): string {
  const found = resources.find((resource) => resource.name === logicalId)
  return found === undefined ? `${STACK}-${logicalId}` : named(found.type, logicalId)
}

export function queueArn(logicalId: string): string {
  return `arn:aws:sqs:${REGION}:${ACCOUNT}:${STACK}-${logicalId}-1A2B3C4D5E6F`
}

function named(type: string, logicalId: string): string {
  const name = `${STACK}-${logicalId}-1A2B3C4D5E6F`
  switch (type) {
    case 'AWS::SQS::Queue':
      return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`
    case 'AWS::SNS::Topic':
      return `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`
    case 'AWS::DynamoDB::Table':
      return TABLE
    default:
      return name
  }
}

function clear({ deployment, cloudtrail, secrets, sns, sqs, table }: FakeAws): void {
  const { stacks, rules, functions, schedules, alarms, mappings } = deployment
  for (const all of [stacks, rules, functions, schedules, alarms, secrets.texts, sqs.queues]) all.clear()
  for (const list of [mappings, cloudtrail.trails, sns.subscriptions, sqs.sent]) list.length = 0
  table.recovery = 'ENABLED'
  table.protected = true
}

/** The template's defaults under those given. */
function parametersWith(given: Readonly<Record<string, string>>): Map<string, string> {
  const defaults = Object.entries(at(template, 'Parameters') ?? {}).map(
    ([name, parameter]) => [name, String(at(parameter, 'Default') ?? '')] as const,
  )
  const known = new Map<string, string>([['ConfigPath', '/trustdrift'], ...defaults])
  for (const [name, value] of Object.entries(given)) known.set(name, value)
  return known
}

/** SAM makes two resources of a function with a queue. */
function listed({ name, type, properties }: Resource) {
  const made = (logicalId: string, of: string) => ({
    logicalId,
    physicalId: named(of, logicalId),
    type: of,
    status: 'CREATE_COMPLETE',
  })
  if (type !== 'AWS::Serverless::Function') return [made(name, type)]
  const events = Object.keys(at(properties, 'Events') ?? {})
  return [
    made(name, 'AWS::Lambda::Function'),
    ...events.map((event) => made(`${name}${event}`, 'AWS::Lambda::EventSourceMapping')),
  ]
}

const MAKERS: Readonly<Record<string, (aws: FakeAws, resource: Resource) => void>> = {
  'AWS::SQS::Queue': ({ sqs }, { name, type }) =>
    void sqs.queues.set(named(type, name), { arn: queueArn(name), waiting: 0, inHand: 0, delayed: 0 }),
  'AWS::Events::Rule': ({ deployment }, { name, type, properties }) =>
    void deployment.rules.set(named(type, name), {
      state: 'ENABLED',
      pattern: JSON.stringify(withRefs(properties.EventPattern ?? null, { 'AWS::AccountId': ACCOUNT })),
      targets: targetsOf(properties),
    }),
  'AWS::Serverless::Function': ({ deployment }, { name, type, properties }) => {
    deployment.functions.add(named(type, name))
    const queue = referred(at(properties, 'Events', 'Queue', 'Properties', 'Queue'))
    if (queue === null) throw new Error(`${name} has no queue`)
    deployment.mappings.push({
      uuid: `mapping-of-${name}`,
      functionName: named(type, name),
      source: queueArn(queue),
      state: 'Enabled',
    })
  },
  'AWS::Scheduler::Schedule': ({ deployment }, { name, type, properties }) =>
    void deployment.schedules.set(named(type, name), {
      group: named('AWS::Scheduler::ScheduleGroup', text(referred(properties.GroupName))),
      state: 'ENABLED',
    }),
  'AWS::CloudWatch::Alarm': ({ deployment }, { name, type }) =>
    void deployment.alarms.set(named(type, name), { state: 'OK', actions: true }),
  'AWS::SNS::Subscription': ({ sns }, { name, properties }) => subscribe(sns, name, properties),
}

function targetsOf(properties: JsonMap): string[] {
  const targets = Array.isArray(properties.Targets) ? properties.Targets : []
  return targets.map((target) => queueArn(text(referred(at(target, 'Arn')))))
}

const MAIL: Readonly<Record<string, string>> = {
  OperationsEmailSubscription: 'ops@example.com',
  AlertEmailSubscription: 'security@example.com',
}

function subscribe(sns: FakeAws['sns'], name: string, properties: JsonMap): void {
  const topicArn = named('AWS::SNS::Topic', text(referred(properties.TopicArn)))
  const queue = referred(properties.Endpoint)
  const isMail = properties.Protocol === 'email'
  sns.subscriptions.push({
    topicArn,
    arn: `${topicArn}:${name}`,
    protocol: text(properties.Protocol),
    endpoint: isMail ? (MAIL[name] ?? 'somebody@example.com') : queueArn(queue ?? ''),
    authenticated: true,
  })
}
