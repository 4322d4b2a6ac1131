/** What regional.yaml says: it forwards exactly what the home stack's rules take, loses nothing silently, and says where it cannot be. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { REFUSED_CALLS } from '../../shared/service-call.ts'
import { operationEvent, refusedCall, statusEvent } from '../functions/service-event.ts'
import { at, type JsonMap, list, map, parseTemplate, type Resource, resource, resourcesOf, text } from './document.ts'
import { matches, withRefs } from './pattern.ts'

const regionalText = readFileSync(new URL('../../regional.yaml', import.meta.url), 'utf8')
const regional = map(parseTemplate(regionalText))
const resources = resourcesOf(regional)
const account = '111122223333'

function named(name: string): Resource {
  const found = resources.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`regional.yaml has no resource ${name}`)
  return found
}

const rules = ['EventsRule', 'CallsRule'].map(named)
const home = ['AppRunnerRule', 'AppRunnerCallsRule'].map(resource)

const letsIn = (from: readonly Resource[], event: JsonMap, own = account) =>
  from.some((rule) => matches(withRefs(map(rule.properties.EventPattern), { 'AWS::AccountId': own }), event))

describe('what is forwarded', () => {
  const parsed = (event: string): JsonMap => map(JSON.parse(event))
  const at9 = { time: '12:09:00' }
  const { detail, ...call } = parsed(refusedCall('CreateService', at9))
  const { errorCode, ...accepted } = map(detail)

  it.each([
    ['an operation', parsed(operationEvent('DeploymentFailed', at9)), true],
    ['a status', parsed(statusEvent('RUNNING', at9)), true],
    ['a refused creation', parsed(refusedCall('CreateService', at9)), true],
    ['a refused update', parsed(refusedCall('UpdateService', at9)), true],
    ['a refused deployment', parsed(refusedCall('StartDeployment', at9)), true],
    ['a refused resumption', parsed(refusedCall('ResumeService', at9)), true],
    ['a call that was accepted', { ...call, detail: accepted }, false],
    ['another call', parsed(refusedCall('DeleteService', at9)), false],
    ['another account', parsed(operationEvent('DeploymentFailed', { ...at9, account: '444455556666' })), false],
    ['another source', { ...parsed(operationEvent('DeploymentFailed', at9)), source: 'my.app' }, false],
  ])('%s', (_, event, forwarded) => {
    expect(errorCode).toBe('InvalidRequestException')
    expect(letsIn(rules, event)).toBe(forwarded)
    expect(letsIn(home, event)).toBe(forwarded)
  })

  it('is asked for by the names of the calls that are read', () => {
    for (const rule of [named('CallsRule'), resource('AppRunnerCallsRule')])
      expect(at(rule.properties, 'EventPattern', 'detail', 'eventName')).toEqual([...REFUSED_CALLS])
  })

  it('goes to the default bus of the home region, tried for a day, then kept', () => {
    const [partition, region, own] = ['AWS::Partition', 'HomeRegion', 'AWS::AccountId'].map((name) => `\${${name}}`)
    const bus = { 'Fn::Sub': `arn:${partition}:events:${region}:${own}:event-bus/default` }
    for (const { properties } of rules) {
      expect(at(properties, 'Targets', 0)).toEqual({
        Id: 'home',
        Arn: bus,
        RoleArn: { 'Fn::GetAtt': ['ForwardRole', 'Arn'] },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['UndeliveredEvents', 'Arn'] } },
      })
      expect(list(properties.Targets)).toHaveLength(1)
    }
    const statements = list(at(named('ForwardRole').properties, 'Policies', 0, 'PolicyDocument', 'Statement'))
    expect(statements.map((one) => [at(one, 'Action'), at(one, 'Resource')])).toEqual([['events:PutEvents', bus]])
  })

  it('is kept for 14 days where it cannot be forwarded, and raises an alarm', () => {
    expect(named('UndeliveredEvents').properties.MessageRetentionPeriod).toBe(14 * 86_400)
    const alarm = named('UndeliveredEventsAlarm').properties
    expect([alarm.Threshold, alarm.ComparisonOperator, alarm.Statistic]).toEqual([0, 'GreaterThanThreshold', 'Maximum'])
    expect(alarm.AlarmActions).toEqual([{ Ref: 'OperationsTopic' }])
  })
})

describe('the stack', () => {
  it('refuses China, and the home regions, with words', () => {
    const refused = ['NotInChina', 'NotAtHome'].map((name) => at(regional, 'Rules', name, 'Assertions', 0))
    expect(refused.map((one) => at(one, 'Assert', 'Fn::Not', 0, 'Fn::Contains'))).toEqual([
      [['cn-north-1', 'cn-northwest-1'], { Ref: 'AWS::Region' }],
      [['us-east-1', 'us-gov-west-1', 'eusc-de-east-1'], { Ref: 'AWS::Region' }],
    ])
    expect(text(at(refused[0], 'AssertDescription'))).toMatch(/China.*no cross-region targets/)
    expect(text(at(refused[1], 'AssertDescription'))).toMatch(/needs no forwarding/)
  })

  it('names no partition and nothing by a fixed name, and tags what can be tagged', () => {
    expect(regionalText).not.toMatch(/arn:aws(-[a-z-]+)?:/)
    const fixed = ['Name', 'QueueName', 'TopicName', 'RoleName', 'AlarmName']
    expect(resources.filter(({ properties }) => fixed.some((key) => key in properties))).toEqual([])
    const untaggable = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription']
    for (const { type, properties } of resources.filter((one) => !untaggable.includes(one.type)))
      expect([type, properties.Tags]).toEqual([type, [{ Key: 'application', Value: 'trustdrift' }]])
  })

  it('lets nothing in without TLS, and nobody but its rules and alarms', () => {
    const policies = ['UndeliveredEventsPolicy', 'OperationsTopicPolicy'].map(named)
    const statements = policies.flatMap(({ properties }) => list(at(properties, 'PolicyDocument', 'Statement')))
    expect(statements.map((one) => [at(one, 'Sid'), at(one, 'Effect')])).toEqual([
      ['RulesMaySend', 'Allow'],
      ['TlsOnly', 'Deny'],
      ['AlarmsMayPublish', 'Allow'],
      ['TlsOnly', 'Deny'],
    ])
  })
})
