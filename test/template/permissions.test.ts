/** Who may do what, as template.yaml grants it: each role exactly its calls on exactly its resources, each queue and topic exactly its senders. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  at,
  isMapping,
  type Json,
  type JsonMap,
  list,
  map,
  ofType,
  type Resource,
  referred,
  resource,
  text,
} from './document.ts'

const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8')

/** Actions that take no resource (Service Authorization Reference); every other statement names one. */
const withoutResource = ['apprunner:ListServices', 'cloudtrail:LookupEvents', 'iam:ListRoles']

/** Statements of a policy document; one under a condition counts as if the condition held. */
function statements(document: Json | undefined): readonly JsonMap[] {
  return list(at(document, 'Statement')).map((each) => map(at(each, 'Fn::If', 1) ?? each))
}

function granted(role: Resource): readonly JsonMap[] {
  return list(role.properties.Policies).flatMap((policy) => statements(at(policy, 'PolicyDocument')))
}

const roles = ofType('AWS::IAM::Role')
const queues = ofType('AWS::SQS::Queue')
const topics = ofType('AWS::SNS::Topic')
const resourcePolicies = [...ofType('AWS::SQS::QueuePolicy'), ...ofType('AWS::SNS::TopicPolicy')]
const everyStatement = [
  ...roles.flatMap(granted),
  ...roles.flatMap((role) => statements(role.properties.AssumeRolePolicyDocument)),
  ...resourcePolicies.flatMap((policy) => statements(policy.properties.PolicyDocument)),
]

/** `action on resource`, in order, the way a person reviews it. */
function grants(role: string): readonly string[] {
  return granted(resource(role)).flatMap((statement) =>
    list(statement.Action).flatMap((action) =>
      list(statement.Resource).map((target) => `${text(action)} on ${described(target)}`),
    ),
  )
}

function described(target: Json): string {
  const sub = at(target, 'Fn::Sub')
  return referred(target) ?? text(sub ?? target).replace(/\$\{(?:AWS::)?(\w+)\}/g, '<$1>')
}

const role = 'arn:<Partition>:iam::<AccountId>:role/*'
const parameters = 'arn:<Partition>:ssm:<Region>:<AccountId>:parameter<ConfigPath>'
const configuration = [`ssm:GetParametersByPath on ${parameters}`, `ssm:GetParametersByPath on ${parameters}/*`]

describe('the permissions', () => {
  it('of trust-change are exactly these', () => {
    expect(grants('TrustChangeRole')).toEqual([
      'sqs:ReceiveMessage on TrustChangeQueue',
      'sqs:DeleteMessage on TrustChangeQueue',
      'sqs:GetQueueAttributes on TrustChangeQueue',
      'dynamodb:Query on MemoryTable',
      'dynamodb:GetItem on MemoryTable',
      'dynamodb:PutItem on MemoryTable',
      'dynamodb:UpdateItem on MemoryTable',
      'sns:Publish on AlertsTopic',
      `iam:GetRole on ${role}`,
      'sqs:SendMessage on SweepQueue',
      'cloudtrail:LookupEvents on *',
      ...configuration,
      'logs:CreateLogStream on TrustChangeLogs',
      'logs:PutLogEvents on TrustChangeLogs',
      'kms:GenerateDataKey on TopicKeyArn',
      'kms:Decrypt on TopicKeyArn',
    ])
  })

  it('of sweep are exactly these', () => {
    expect(grants('SweepRole')).toEqual([
      'sqs:ReceiveMessage on SweepQueue',
      'sqs:DeleteMessage on SweepQueue',
      'sqs:GetQueueAttributes on SweepQueue',
      'sqs:SendMessage on SweepQueue',
      'dynamodb:Query on MemoryTable',
      'dynamodb:GetItem on MemoryTable',
      'dynamodb:PutItem on MemoryTable',
      'dynamodb:UpdateItem on MemoryTable',
      'dynamodb:DeleteItem on MemoryTable',
      'dynamodb:BatchWriteItem on MemoryTable',
      'sns:Publish on AlertsTopic',
      `iam:GetRole on ${role}`,
      'iam:ListRoles on *',
      ...configuration,
      'logs:CreateLogStream on SweepLogs',
      'logs:PutLogEvents on SweepLogs',
      'kms:GenerateDataKey on TopicKeyArn',
      'kms:Decrypt on TopicKeyArn',
    ])
  })

  it('of slack are exactly these', () => {
    expect(grants('SlackRole')).toEqual([
      'sqs:ReceiveMessage on SlackQueue',
      'sqs:DeleteMessage on SlackQueue',
      'sqs:GetQueueAttributes on SlackQueue',
      'sqs:ChangeMessageVisibility on SlackQueue',
      'sqs:SendMessage on SlackDeadLetters',
      'dynamodb:GetItem on MemoryTable',
      'dynamodb:PutItem on MemoryTable',
      ...configuration,
      'secretsmanager:GetSecretValue on SlackSecretArn',
      'ssm:GetParameter on SlackSecretArn',
      'logs:CreateLogStream on SlackLogs',
      'logs:PutLogEvents on SlackLogs',
    ])
  })

  it('of mail are exactly these', () => {
    expect(grants('MailRole')).toEqual([
      'sqs:ReceiveMessage on MailQueue',
      'sqs:DeleteMessage on MailQueue',
      'sqs:GetQueueAttributes on MailQueue',
      'sqs:ChangeMessageVisibility on MailQueue',
      'sqs:SendMessage on MailDeadLetters',
      'dynamodb:GetItem on MemoryTable',
      'dynamodb:PutItem on MemoryTable',
      ...configuration,
      'sns:Publish on MailTopic',
      'kms:GenerateDataKey on TopicKeyArn',
      'kms:Decrypt on TopicKeyArn',
      'logs:CreateLogStream on MailLogs',
      'logs:PutLogEvents on MailLogs',
    ])
  })

  it("of a channel reach only its own records in memory, and no role's trust", () => {
    for (const channel of ['slack', 'mail']) {
      const remember = granted(resource(channel === 'slack' ? 'SlackRole' : 'MailRole')).find(
        (each) => referred(each.Resource) === 'MemoryTable',
      )
      expect(remember?.Condition).toEqual({
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`delivered#${channel}#*`] },
      })
    }
  })

  it('of app-runner are exactly these', () => {
    expect(grants('AppRunnerRole')).toEqual([
      'sqs:ReceiveMessage on AppRunnerQueue',
      'sqs:DeleteMessage on AppRunnerQueue',
      'sqs:GetQueueAttributes on AppRunnerQueue',
      'dynamodb:Query on MemoryTable',
      'dynamodb:GetItem on MemoryTable',
      'dynamodb:PutItem on MemoryTable',
      'dynamodb:DeleteItem on MemoryTable',
      'sns:Publish on AlertsTopic',
      'apprunner:DescribeService on arn:<Partition>:apprunner:*:<AccountId>:service/*',
      'apprunner:ListServices on *',
      `iam:GetRole on ${role}`,
      'cloudtrail:LookupEvents on *',
      ...configuration,
      'logs:CreateLogStream on AppRunnerLogs',
      'logs:PutLogEvents on AppRunnerLogs',
      'kms:GenerateDataKey on TopicKeyArn',
      'kms:Decrypt on TopicKeyArn',
    ])
  })

  it('of the scheduler are to send to the queues, and to the dead letters of what it starts daily', () => {
    expect(grants('SchedulerRole')).toEqual([
      'sqs:SendMessage on TrustChangeQueue',
      'sqs:SendMessage on SweepQueue',
      'sqs:SendMessage on SweepDeadLetters',
      'sqs:SendMessage on AppRunnerQueue',
      'sqs:SendMessage on AppRunnerDeadLetters',
    ])
  })

  it('are written out: no wildcard in an action, no managed policy, no policy that SAM makes', () => {
    for (const action of everyStatement.flatMap((each) => list(each.Action))) {
      expect(text(action)).toMatch(/^[a-z]+:[A-Za-z]+$/)
    }
    for (const each of everyStatement) expect(Object.keys(each)).not.toContain('NotAction')
    for (const each of roles) expect(each.properties).not.toHaveProperty('ManagedPolicyArns')
    for (const lambda of ofType('AWS::Serverless::Function')) expect(lambda.properties).not.toHaveProperty('Policies')
  })

  it('name a resource wherever the action takes one', () => {
    const unbound = everyStatement
      .filter((each) => list(each.Resource).includes('*'))
      .flatMap((each) => list(each.Action))
    expect([...new Set(unbound)].sort()).toEqual(withoutResource)
  })

  it('write nothing in IAM', () => {
    const iam = everyStatement.flatMap((each) => list(each.Action)).filter((action) => text(action).startsWith('iam:'))
    expect([...new Set(iam)].sort()).toEqual(['iam:GetRole', 'iam:ListRoles'])
  })

  it('are explained in docs/deploy.md, every one', () => {
    const actions = roles.flatMap(granted).flatMap((each) => list(each.Action).map(text))
    expect(actions.filter((action) => !guide.includes(`\`${action}\``))).toEqual([])
  })
})

describe('the roles', () => {
  it('are assumed by Lambda, and by the scheduler only for schedules of this stack', () => {
    const trusts = roles.flatMap((each) => statements(each.properties.AssumeRolePolicyDocument))
    expect(trusts.map((trust) => at(trust, 'Principal', 'Service'))).toEqual([
      'lambda.amazonaws.com',
      'lambda.amazonaws.com',
      'lambda.amazonaws.com',
      'scheduler.amazonaws.com',
      'lambda.amazonaws.com',
      'lambda.amazonaws.com',
    ])
    const group = { 'Fn::GetAtt': ['Schedules', 'Arn'] }
    expect(at(trusts[3], 'Condition')).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': group },
    })
    for (const schedule of ofType('AWS::Scheduler::Schedule')) {
      expect(referred(schedule.properties.GroupName)).toBe('Schedules')
      expect(referred(at(schedule.properties, 'Target', 'RoleArn'))).toBe('SchedulerRole')
    }
  })
})

describe('the policies of queues and topics', () => {
  it('refuse every call without TLS', () => {
    for (const each of [...queues, ...topics]) {
      const policy = resourcePolicies.find((candidate) =>
        list(candidate.properties.Queues ?? candidate.properties.Topics).some(
          (target) => referred(target) === each.name,
        ),
      )
      const deny = statements(policy?.properties.PolicyDocument).find((statement) => statement.Effect === 'Deny')
      expect(deny, each.name).toMatchObject({
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      })
      expect(referred(deny?.Resource)).toBe(each.name)
    }
  })

  it('let in the rules at the entrances, alerts at the channels, each at the dead letters too, and CloudWatch alarms of this account at operations; nobody else', () => {
    const allowed = resourcePolicies
      .flatMap((policy) => statements(policy.properties.PolicyDocument))
      .filter((statement) => statement.Effect !== 'Deny')
    const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] })
    const from = (...rules: readonly string[]) => ({
      ArnEquals: { 'aws:SourceArn': rules.length === 1 ? arnOf(rules[0] ?? '') : rules.map(arnOf) },
    })
    const topic = { ArnEquals: { 'aws:SourceArn': { Ref: 'AlertsTopic' } } }
    const services = ['AppRunnerRule', 'AppRunnerCallsRule']
    expect(
      allowed.map((each) => [at(each, 'Principal', 'Service'), each.Action, referred(each.Resource), each.Condition]),
    ).toEqual([
      ['events.amazonaws.com', 'sqs:SendMessage', 'UndeliveredEvents', from('TrustChangeRule', ...services)],
      ['events.amazonaws.com', 'sqs:SendMessage', 'TrustChangeQueue', from('TrustChangeRule')],
      ['events.amazonaws.com', 'sqs:SendMessage', 'AppRunnerQueue', from(...services)],
      ['sns.amazonaws.com', 'sqs:SendMessage', 'SlackQueue', topic],
      ['sns.amazonaws.com', 'sqs:SendMessage', 'SlackDeadLetters', topic],
      ['sns.amazonaws.com', 'sqs:SendMessage', 'MailQueue', topic],
      ['sns.amazonaws.com', 'sqs:SendMessage', 'MailDeadLetters', topic],
      ['cloudwatch.amazonaws.com', 'sns:Publish', 'OperationsTopic', expect.toSatisfy(isMapping)],
    ])
    expect(at(allowed.at(-1), 'Condition', 'StringEquals')).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } })
  })
})
