/** What template.yaml says as a whole: every name in it exists, every part is described, tagged, and tied to no partition, region or stack name. */

import { describe, expect, it } from 'vitest'
import {
  at,
  isMapping,
  type Json,
  list,
  map,
  ofType,
  referred,
  resource,
  resources,
  template,
  templateText,
  text,
  walk,
} from './template/document.ts'

/** Types of template.yaml without a Tags property. Event source mappings could have tags; the China regions refuse them. */
const untaggable = [
  'AWS::SQS::QueuePolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SNS::Subscription',
  'AWS::Scheduler::Schedule',
  'AWS::Serverless::Function',
]

const nameProperties = [
  'FunctionName',
  'QueueName',
  'TopicName',
  'TableName',
  'RoleName',
  'LogGroupName',
  'AlarmName',
  'Name',
]

function variables(sub: Json): readonly string[] {
  const [pattern, own] = Array.isArray(sub) ? sub : [sub]
  const names = [...text(pattern).matchAll(/\$\{([^!}]+)\}/g)].map((match) => match[1] ?? '')
  return names.filter((name) => !isMapping(own) || !(name in own))
}

/** Every name that a Ref, GetAtt, Sub or DependsOn mentions. */
function mentioned(): readonly string[] {
  const inTree = [...walk(template)].filter(isMapping).flatMap((value) => {
    const direct = referred(value)
    if (direct !== null) return [direct]
    return value['Fn::Sub'] === undefined ? [] : variables(value['Fn::Sub']).map((name) => name.split('.')[0] ?? '')
  })
  return [...inTree, ...resources.flatMap((each) => list(each.body.DependsOn).map(text))]
}

function conditions(): readonly string[] {
  const tests = [...walk(template)].filter(isMapping).flatMap((value) => list(at(value, 'Fn::If', 0)))
  return [...tests, ...resources.flatMap((each) => list(each.body.Condition))].map(text)
}

describe('the template', () => {
  it('mentions no name that it does not define', () => {
    const pseudo = ['AWS::AccountId', 'AWS::NoValue', 'AWS::Partition', 'AWS::Region', 'AWS::StackName']
    const defined = [...pseudo, ...Object.keys(map(template.Parameters)), ...resources.map((each) => each.name)]
    expect(mentioned().filter((name) => !defined.includes(name))).toEqual([])
    expect(conditions().filter((name) => !(name in map(template.Conditions)))).toEqual([])
  })

  it('asks resources for their ARN, and queues for their name, and for nothing else', () => {
    const asked = [...walk(template)].filter(isMapping).flatMap((value) => {
      const name = referred(value)
      const attribute = at(value, 'Fn::GetAtt', 1)
      return name === null || attribute === undefined ? [] : [`${text(attribute)} of ${resource(name).type}`]
    })
    expect([...new Set(asked)].filter((each) => !each.startsWith('Arn of '))).toEqual(['QueueName of AWS::SQS::Queue'])
  })

  it('uses every parameter and every condition it asks for', () => {
    expect(Object.keys(map(template.Parameters)).filter((name) => !mentioned().includes(name))).toEqual([])
    expect(Object.keys(map(template.Conditions)).filter((name) => !conditions().includes(name))).toEqual([])
  })

  it('names no partition: an ARN is built from AWS::Partition or asked from the resource', () => {
    expect(templateText).not.toMatch(/arn:aws(-[a-z-]+)?:/)
  })

  it('gives nothing a fixed name, so that two stacks can stand side by side', () => {
    const named = resources.filter((each) => nameProperties.some((property) => property in each.properties))
    expect(named.map((each) => each.name)).toEqual([])
  })

  it('tags everything that can be tagged', () => {
    const bare = resources
      .filter((each) => !untaggable.includes(each.type))
      .filter((each) => JSON.stringify(each.properties.Tags) !== '[{"Key":"application","Value":"trustdrift"}]')
    expect(bare.map((each) => each.name)).toEqual([])
    expect(at(template, 'Globals', 'Function', 'Tags')).toEqual({ application: 'trustdrift' })
  })

  it('describes every parameter and every output', () => {
    const described = [...Object.values(map(template.Parameters)), ...Object.values(map(template.Outputs))]
    for (const each of described) expect(text(at(each, 'Description')).length).toBeGreaterThan(10)
  })

  it('refuses, with words, every region but the home region of IAM of each partition', () => {
    const assertion = at(template, 'Rules', 'IamHomeRegion', 'Assertions', 0)
    expect(at(assertion, 'Assert')).toEqual({
      'Fn::Contains': [['us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1'], { Ref: 'AWS::Region' }],
    })
    expect(at(template, 'Rules', 'IamHomeRegion', 'RuleCondition')).toBeUndefined()
    const words = text(at(assertion, 'AssertDescription'))
    for (const region of list(at(assertion, 'Assert', 'Fn::Contains', 0))) expect(words).toContain(text(region))
  })

  it('knows the console of every partition whose home region it allows', () => {
    expect(Object.keys(map(at(template, 'Mappings', 'Partitions')))).toEqual([
      'aws',
      'aws-cn',
      'aws-us-gov',
      'aws-eusc',
    ])
  })
})

describe('the memory', () => {
  const table = resource('MemoryTable')

  it('outlives the stack, cannot be deleted by accident, and can be put back to any second of the last 35 days', () => {
    expect([table.body.DeletionPolicy, table.body.UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
    expect(table.properties.DeletionProtectionEnabled).toBe(true)
    expect(table.properties.PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true })
  })

  it('has text keys pk and sk, is paid by request, and lets items expire', () => {
    expect(table.properties.KeySchema).toEqual([
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ])
    expect(list(table.properties.AttributeDefinitions).map((each) => at(each, 'AttributeType'))).toEqual(['S', 'S'])
    expect(table.properties.BillingMode).toBe('PAY_PER_REQUEST')
    expect(table.properties.TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true })
  })

  it('is the only thing that stays when the stack goes', () => {
    const kept = resources.filter((each) => each.body.DeletionPolicy !== undefined)
    expect(kept.map((each) => each.name)).toEqual(['MemoryTable'])
  })
})

describe('the configuration', () => {
  it('is read under a path that begins with a slash and does not end with one', () => {
    const path = map(at(template, 'Parameters', 'ConfigPath'))
    expect(path.Default).toBe('/trustdrift')
    const pattern = new RegExp(text(path.AllowedPattern))
    for (const good of ['/trustdrift', '/security/trust.drift_2', '/a-b/c']) expect(good).toMatch(pattern)
    for (const bad of ['', '/', 'trustdrift', '/trustdrift/', '//a', '/a b', '/a/*', '/a\n/b'])
      expect(bad).not.toMatch(pattern)
  })

  it('is stored and checked by commands in the outputs, under that very path', () => {
    const command = (output: string) => text(at(template, 'Outputs', output, 'Value', 'Fn::Sub'))
    expect(command('PutConfiguration')).toMatch(/--name \$\{ConfigPath\}\//)
    expect(command('CheckConfiguration')).toMatch(/config check .*--path \$\{ConfigPath\}$/)
  })
})

describe('the topics', () => {
  it('are three, and CloudWatch can publish to the one for alarms: no key of AWS is on it', () => {
    const topics = ofType('AWS::SNS::Topic').map((topic) => topic.name)
    expect(topics).toEqual(['AlertsTopic', 'OperationsTopic', 'MailTopic'])
    const own = { Ref: 'TopicKeyArn' }
    const keyOf = (name: string) => resource(name).properties.KmsMasterKeyId
    expect(keyOf('AlertsTopic')).toEqual({ 'Fn::If': ['HasTopicKey', own, 'alias/aws/sns'] })
    expect(keyOf('MailTopic')).toEqual(keyOf('AlertsTopic'))
    expect(keyOf('OperationsTopic')).toEqual({ 'Fn::If': ['HasTopicKey', own, { Ref: 'AWS::NoValue' }] })
  })

  it('send alarms by e-mail only where an address is given', () => {
    const subscription = resource('OperationsEmailSubscription')
    expect(subscription.body.Condition).toBe('HasOperationsEmail')
    expect(subscription.properties).toEqual({
      TopicArn: { Ref: 'OperationsTopic' },
      Protocol: 'email',
      Endpoint: { Ref: 'OperationsEmail' },
    })
  })
})
