/** What template.yaml watches of Trustdrift itself: nothing gets stuck, lost or silent without an alarm to `operations`. */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, list, number, ofType, type Resource, referred, resource, template, text } from './document.ts'

const guide = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8')
const alarms = ofType('AWS::CloudWatch::Alarm')

/** The alarm on a metric of a resource. */
function alarmOn(metric: string, name: string): Resource {
  const found = alarms.find(
    (alarm) =>
      alarm.properties.MetricName === metric && referred(at(alarm.properties, 'Dimensions', 0, 'Value')) === name,
  )
  if (!found) throw new Error(`no alarm watches ${metric} of ${name}`)
  return found
}

describe('the alarms', () => {
  it('all go to operations, say what to do, and say what silence means', () => {
    for (const alarm of alarms) {
      expect(list(alarm.properties.AlarmActions).map(referred)).toEqual(['OperationsTopic'])
      expect(text(alarm.properties.AlarmDescription).length).toBeLessThanOrEqual(1024)
      expect(['breaching', 'notBreaching']).toContain(alarm.properties.TreatMissingData)
    }
  })

  it('are explained in docs/deploy.md, every one', () => {
    expect(alarms.map((alarm) => alarm.name).filter((name) => !guide.includes(`\`${name}\``))).toEqual([])
  })

  it('watch every queue of dead letters: one message is enough', () => {
    const dead = ofType('AWS::SQS::Queue').filter((queue) => queue.properties.RedrivePolicy === undefined)
    expect(dead.length).toBe(6)
    for (const queue of dead) {
      const { properties } = alarmOn('ApproximateNumberOfMessagesVisible', queue.name)
      expect([properties.ComparisonOperator, properties.Threshold]).toEqual(['GreaterThanThreshold', 0])
      expect([properties.Statistic, properties.EvaluationPeriods]).toEqual(['Maximum', 1])
    }
  })

  it('watch the age of every work queue while a failing message still counts: after one retry, before the third', () => {
    for (const { name } of ofType('AWS::SQS::Queue').filter(({ properties }) => properties.RedrivePolicy)) {
      const visibility = number(resource(name).properties.VisibilityTimeout)
      const { properties } = alarmOn('ApproximateAgeOfOldestMessage', name)
      const threshold = number(properties.Threshold)
      expect(threshold).toBeGreaterThan(visibility)
      expect(threshold + 2 * number(properties.Period)).toBeLessThan(3 * visibility)
      expect(properties.Statistic).toBe('Maximum')
    }
  })

  it('give a delayed second look time before the age of the sweep queue alarms', () => {
    const queueDelay = 900
    const threshold = number(alarmOn('ApproximateAgeOfOldestMessage', 'SweepQueue').properties.Threshold)
    expect(threshold).toBeGreaterThan(queueDelay + 2 * number(resource('SweepFunction').properties.Timeout))
  })

  it('watch errors and throttles of every function', () => {
    for (const { name } of ofType('AWS::Serverless::Function')) {
      for (const metric of ['Errors', 'Throttles']) {
        expect(alarmOn(metric, name).properties).toMatchObject({
          Namespace: 'AWS/Lambda',
          Statistic: 'Sum',
          Threshold: 0,
        })
      }
    }
  })

  it('see the retry of a failing message inside the window in which errors are counted', () => {
    for (const name of ['TrustChange', 'AppRunner', 'Slack', 'Mail']) {
      const { properties } = alarmOn('Errors', `${name}Function`)
      const visibility = number(resource(`${name}Queue`).properties.VisibilityTimeout)
      expect(properties.DatapointsToAlarm).toBe(2)
      expect(visibility).toBeGreaterThan(number(properties.Period))
      expect(number(properties.Period) * number(properties.EvaluationPeriods)).toBeGreaterThan(2 * visibility)
    }
  })

  it('tell at once that Slack refuses, under the very name that slack counts it', () => {
    const { properties } = resource('SlackRefusedAlarm')
    const variables = at(resource('SlackFunction').properties, 'Environment', 'Variables')
    expect(properties.Dimensions).toEqual([{ Name: 'service', Value: at(variables, 'POWERTOOLS_SERVICE_NAME') }])
    expect([properties.Namespace, properties.MetricName]).toEqual(['Trustdrift', 'SlackRefused'])
    expect([properties.Period, properties.EvaluationPeriods, properties.Threshold]).toEqual([60, 1, 0])
    expect(properties.ComparisonOperator).toBe('GreaterThanThreshold')
  })

  it('of a channel exist only where the channel does', () => {
    for (const { name, body } of alarms) {
      const channel = /^(Slack|Mail)/.exec(name)?.[0]
      expect([name, body.Condition]).toEqual([name, channel && `Has${channel}`])
    }
  })

  it('miss the heartbeat after three hours, under the very name that trust-change counts it', () => {
    const { properties } = resource('HeartbeatAlarm')
    const service = at(
      resource('TrustChangeFunction').properties,
      'Environment',
      'Variables',
      'POWERTOOLS_SERVICE_NAME',
    )
    expect(properties.Dimensions).toEqual([{ Name: 'service', Value: service }])
    expect(properties.Namespace).toBe(
      at(template, 'Globals', 'Function', 'Environment', 'Variables', 'POWERTOOLS_METRICS_NAMESPACE'),
    )
    expect([properties.MetricName, properties.TreatMissingData]).toEqual(['Heartbeat', 'breaching'])
    expect([properties.ComparisonOperator, properties.Threshold]).toEqual(['LessThanThreshold', 1])
    expect(number(properties.Period) * number(properties.EvaluationPeriods)).toBe(3 * 3600)
  })

  it('hear within two hours of a configuration that cannot be used, and within a day of one that has expired', () => {
    const watched = [
      ['ConfigurationAlarm', 'ConfigurationUnusable', 'TrustChangeFunction'],
      ['ConfigurationExpiredAlarm', 'ConfigurationExpired', 'SweepFunction'],
    ] as const
    for (const [alarm, metric, lambda] of watched) {
      const { properties } = resource(alarm)
      const name = at(resource(lambda).properties, 'Environment', 'Variables', 'POWERTOOLS_SERVICE_NAME')
      expect(properties).toMatchObject({ MetricName: metric, Dimensions: [{ Name: 'service', Value: name }] })
      expect([properties.Namespace, properties.Threshold]).toEqual(['Trustdrift', 0])
    }
    const unusable = resource('ConfigurationAlarm').properties
    // The heartbeat asks for it once an hour, so that each hour's sum has a say.
    expect([unusable.Period, unusable.DatapointsToAlarm]).toEqual([3600, 1])
    // One sweep a day reports it: two days hold at least one, so that the alarm stays until it is mended.
    const expired = resource('ConfigurationExpiredAlarm').properties
    expect([expired.Period, expired.EvaluationPeriods, expired.DatapointsToAlarm]).toEqual([86_400, 2, 1])
  })

  it('miss a daily sweep within 30 hours', () => {
    const { properties } = alarmOn('Invocations', 'SweepFunction')
    expect(number(properties.Period) * number(properties.EvaluationPeriods)).toBe(30 * 3600)
    expect([properties.TreatMissingData, properties.ComparisonOperator]).toEqual(['breaching', 'LessThanThreshold'])
  })

  it('tell of an event that EventBridge could neither deliver nor keep', () => {
    for (const rule of ofType('AWS::Events::Rule'))
      expect(alarmOn('InvocationsFailedToBeSentToDlq', rule.name).properties.Namespace).toBe('AWS/Events')
  })
})
