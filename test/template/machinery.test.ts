/** The numbers of template.yaml: timeouts, visibility, attempts, retention, schedules; and that every function has its own queue, role and log. */

import { describe, expect, it } from 'vitest'
import { VARIABLES } from '../../functions/environment.ts'
import { at, list, map, number, ofType, type Resource, referred, resource, template, text } from './document.ts'

const hours = (count: number) => count * 3600
const days = (count: number) => count * 86_400

const functions = ofType('AWS::Serverless::Function')
const names = ['trust-change', 'sweep', 'app-runner', 'slack', 'mail'] as const
const entrances = [resource('TrustChangeFunction'), resource('SweepFunction')]

function queueOf(lambda: Resource): Resource {
  return resource(referred(at(lambda.properties, 'Events', 'Queue', 'Properties', 'Queue')) ?? '')
}

function environmentOf(lambda: Resource) {
  return {
    ...map(at(template, 'Globals', 'Function', 'Environment', 'Variables')),
    ...map(at(lambda.properties, 'Environment', 'Variables')),
  }
}

const deadLetterQueues = ofType('AWS::SQS::Queue').filter((queue) => queue.properties.RedrivePolicy === undefined)
const workQueues = ofType('AWS::SQS::Queue').filter((queue) => queue.properties.RedrivePolicy !== undefined)

describe('the functions', () => {
  it('are shipped as the bundles that were tested', () => {
    expect(functions.map((lambda) => text(lambda.properties.CodeUri))).toEqual(names.map((name) => `dist/${name}`))
    for (const lambda of functions) expect(at(lambda.body, 'Metadata', 'SkipBuild')).toBe(true)
  })

  it('run on Node 24, arm64, 512 MB, without X-Ray', () => {
    const shared = map(at(template, 'Globals', 'Function'))
    expect(shared).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Handler: 'index.handler',
    })
    for (const lambda of functions) expect({ ...shared, ...lambda.properties }).not.toHaveProperty('Tracing')
  })

  it('each have a role and a log group of their own, and log JSON', () => {
    const roles = functions.map((lambda) => referred(lambda.properties.Role))
    const logs = functions.map((lambda) => referred(at(lambda.properties, 'LoggingConfig', 'LogGroup')))
    expect(roles).toEqual(['TrustChangeRole', 'SweepRole', 'AppRunnerRole', 'SlackRole', 'MailRole'])
    expect(logs).toEqual(['TrustChangeLogs', 'SweepLogs', 'AppRunnerLogs', 'SlackLogs', 'MailLogs'])
    for (const lambda of functions) expect(at(lambda.properties, 'LoggingConfig', 'LogFormat')).toBe('JSON')
    for (const log of logs) {
      expect(resource(log ?? '').properties.RetentionInDays).toEqual({ Ref: 'LogRetentionDays' })
    }
  })

  it('get exactly these environment variables', () => {
    const powertools = ['POWERTOOLS_LOG_LEVEL', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_SERVICE_NAME']
    const read = names.map((name) => [...VARIABLES[name], ...powertools].sort())
    expect(functions.map((lambda) => Object.keys(environmentOf(lambda)).sort())).toEqual(read)
    for (const lambda of entrances) expect(environmentOf(lambda).SWEEP_QUEUE_URL).toEqual({ Ref: 'SweepQueue' })
  })

  it('at the entrance take one message at a time and answer for each', () => {
    for (const lambda of entrances) {
      const source = map(at(lambda.properties, 'Events', 'Queue', 'Properties'))
      expect(source.BatchSize).toBe(1)
      expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
      expect(number(at(source, 'ScalingConfig', 'MaximumConcurrency'))).toBeGreaterThanOrEqual(2)
    }
  })
})

describe('the queues', () => {
  it('hide a message for six times as long as its function may run', () => {
    for (const lambda of functions) {
      const timeout = number(lambda.properties.Timeout)
      expect(queueOf(lambda).properties.VisibilityTimeout).toBe(6 * timeout)
    }
    expect(functions.map((lambda) => lambda.properties.Timeout)).toEqual([60, 900, 120, 90, 60])
  })

  it('try a message for at least six hours before it counts as dead, and keep it longer than that', () => {
    for (const { properties } of workQueues) {
      const trying = number(at(properties, 'RedrivePolicy', 'maxReceiveCount')) * number(properties.VisibilityTimeout)
      expect(trying).toBeGreaterThanOrEqual(hours(6))
      expect(properties.MessageRetentionPeriod).toBe(days(4))
      expect(days(4)).toBeGreaterThan(2 * trying)
    }
  })

  it('keep dead letters for 14 days, each in a queue of its own', () => {
    expect(deadLetterQueues.map((queue) => queue.name)).toEqual([
      'UndeliveredEvents',
      'TrustChangeDeadLetters',
      'SweepDeadLetters',
      'AppRunnerDeadLetters',
      'SlackDeadLetters',
      'MailDeadLetters',
    ])
    for (const queue of deadLetterQueues) expect(queue.properties.MessageRetentionPeriod).toBe(days(14))
    const targets = workQueues.map((queue) => referred(at(queue.properties, 'RedrivePolicy', 'deadLetterTargetArn')))
    expect(targets).toEqual([
      'TrustChangeDeadLetters',
      'SweepDeadLetters',
      'AppRunnerDeadLetters',
      'SlackDeadLetters',
      'MailDeadLetters',
    ])
  })

  it('are encrypted with the key of SQS, which takes events without a key policy', () => {
    for (const queue of ofType('AWS::SQS::Queue')) {
      expect(queue.properties.SqsManagedSseEnabled).toBe(true)
      expect(queue.properties).not.toHaveProperty('KmsMasterKeyId')
    }
  })
})

describe('the schedules', () => {
  const target = (name: string) => map(resource(name).properties.Target)

  it('start a sweep at deployment and then daily: no StartDate means at once', () => {
    const { properties } = resource('SweepSchedule')
    expect(properties.ScheduleExpression).toBe('rate(1 day)')
    expect(properties).not.toHaveProperty('StartDate')
    expect(properties.FlexibleTimeWindow).toEqual({ Mode: 'OFF' })
    expect(list(resource('SweepSchedule').body.DependsOn)).toContain('SweepFunction')
  })

  it('send the sweep through its queue, and to its dead letters where that fails for a day', () => {
    const sweep = target('SweepSchedule')
    expect(JSON.parse(text(sweep.Input))).toEqual({ trustdrift: 'sweep' })
    expect(referred(sweep.Arn)).toBe('SweepQueue')
    expect(referred(at(sweep, 'DeadLetterConfig', 'Arn'))).toBe('SweepDeadLetters')
    expect(sweep.RetryPolicy).toEqual({ MaximumEventAgeInSeconds: days(1), MaximumRetryAttempts: 185 })
  })

  it('have services read at deployment and then daily, through the queue of app-runner', () => {
    const services = target('ServicesSchedule')
    expect(resource('ServicesSchedule').properties.ScheduleExpression).toBe('rate(1 day)')
    expect(resource('ServicesSchedule').properties).not.toHaveProperty('StartDate')
    expect(JSON.parse(text(services.Input))).toEqual({ trustdrift: 'services' })
    expect(referred(services.Arn)).toBe('AppRunnerQueue')
    expect(referred(at(services, 'DeadLetterConfig', 'Arn'))).toBe('AppRunnerDeadLetters')
  })

  it('send a heartbeat an hour through the same queue as the changes', () => {
    const heartbeat = target('HeartbeatSchedule')
    expect(resource('HeartbeatSchedule').properties.ScheduleExpression).toBe('rate(1 hour)')
    expect(JSON.parse(text(heartbeat.Input))).toEqual({ trustdrift: 'heartbeat' })
    expect(referred(heartbeat.Arn)).toBe('TrustChangeQueue')
    expect(at(heartbeat, 'RetryPolicy', 'MaximumEventAgeInSeconds')).toBe(hours(1))
  })
})
