/** How template.yaml brings alerts to people: each channel a queue of its own behind the topic, at the pace and in the batches that its code counts on. */

import { describe, expect, it } from 'vitest'
import { MOST_SINGLE } from '../../shared/channel/deliver.ts'
import { PACES } from '../../shared/channel/pace.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import { MAIL_NUMBERS, NUMBERS } from '../channel/simulated-channel.ts'
import { at, map, number, ofType, type Resource, referred, resource, resources, template, text } from './document.ts'

const channels = [
  ['Slack', 'slack', 1],
  ['Mail', 'mail', 5],
] as const

const source = (name: string) => map(at(resource(`${name}Function`).properties, 'Events', 'Queue', 'Properties'))

describe.each(channels)('%s', (name, channel, mostASecond) => {
  const queue = resource(`${name}Queue`).properties
  const lambda = resource(`${name}Function`).properties

  it('hears the topic of alerts through a queue of its own, raw, and loses nothing that cannot be put into it', () => {
    const { properties, body } = resource(`${name}Subscription`)
    expect([referred(properties.TopicArn), properties.Protocol]).toEqual(['AlertsTopic', 'sqs'])
    expect(referred(properties.Endpoint)).toBe(`${name}Queue`)
    expect(properties.RawMessageDelivery).toBe(true)
    expect(referred(at(properties, 'RedrivePolicy', 'deadLetterTargetArn'))).toBe(`${name}DeadLetters`)
    expect(body.DependsOn).toEqual([`${name}QueuePolicy`, `${name}DeadLettersPolicy`])
  })

  it('takes up to 30 in a window of 5 seconds, more than go out one by one, and answers for each', () => {
    expect(source(name).BatchSize).toBe(30)
    expect(number(source(name).BatchSize)).toBeGreaterThan(MOST_SINGLE)
    expect(source(name).MaximumBatchingWindowInSeconds).toBe(5)
    expect(source(name).FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
  })

  it('keeps the pace: twice the pace of one instance, since at most two run', () => {
    const instances = number(at(source(name), 'ScalingConfig', 'MaximumConcurrency'))
    expect(instances).toBe(2)
    expect((instances * 1_000) / PACES[channel].restMs).toBeLessThanOrEqual(mostASecond)
  })

  it('has time for a full batch of single messages before it stops to begin another', () => {
    const spare = number(lambda.Timeout) * 1_000 - PACES[channel].tellingMs
    expect(MOST_SINGLE * (PACES[channel].restMs + 1_000)).toBeLessThan(spare + PACES[channel].restMs + 1_000)
  })

  it('hides what waits for as long as its code believes', () => {
    expect(queue.VisibilityTimeout).toBe(PACES[channel].hiddenSeconds)
  })

  it('exists only where somebody asked for it', () => {
    const own: readonly Resource[] = resources.filter((each) => each.name.startsWith(name))
    expect(own.length).toBeGreaterThan(8)
    for (const each of own) expect([each.name, each.body.Condition]).toEqual([each.name, `Has${name}`])
    for (const [output, body] of Object.entries(map(template.Outputs))) {
      if (output.includes(name)) expect([output, at(body, 'Condition')]).toEqual([output, `Has${name}`])
    }
  })

  it('reads its own queue and dead letters, and the floor of the stack, from its environment', () => {
    expect(at(lambda, 'Environment', 'Variables')).toMatchObject({
      QUEUE_URL: { Ref: `${name}Queue` },
      DEAD_LETTERS_URL: { Ref: `${name}DeadLetters` },
      NOTIFY_AT: { Ref: 'NotifyAt' },
    })
  })
})

describe('the parameters', () => {
  const parameter = (name: string) => map(at(template, 'Parameters', name))
  const takes = (name: string, value: string) => new RegExp(text(parameter(name).AllowedPattern)).test(value)

  it('tell from medium on, and know every severity', () => {
    expect(parameter('NotifyAt').Default).toBe('medium')
    expect(parameter('NotifyAt').AllowedValues).toEqual([...SEVERITIES])
  })

  const secrets: readonly (readonly [string, boolean])[] = [
    ['', true],
    ['arn:aws:secretsmanager:us-east-1:111122223333:secret:trustdrift/slack-AbCdEf', true],
    ['arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/trustdrift-slack', true],
    ['arn:aws:secretsmanager:us-east-1:111122223333:secret:slack', false],
    ['arn:aws:ssm:us-east-1:111122223333:parameter/*', false],
    ['xoxb-1-2-3', false],
    ['https://hooks.slack.com/services/T/B/x', false],
    ['arn:aws:kms:us-east-1:111122223333:key/x', false],
  ]
  it.each(secrets)('take an ARN for the Slack secret, and never the secret itself: %s', (value, taken) => {
    expect(takes('SlackSecretArn', value)).toBe(taken)
  })

  it('take one address for alerts', () => {
    expect(['', 'you@example.com', 'you', 'a@b c@d'].map((value) => takes('AlertEmail', value))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  it('never put the secret itself into an environment', () => {
    const variables = at(resource('SlackFunction').properties, 'Environment', 'Variables')
    expect(at(variables, 'SLACK_SECRET_ARN')).toEqual({ Ref: 'SlackSecretArn' })
  })
})

describe('the topic of mail', () => {
  it('sends to the address, once it is confirmed', () => {
    const { properties, body } = resource('AlertEmailSubscription')
    expect(properties).toEqual({
      TopicArn: { Ref: 'MailTopic' },
      Protocol: 'email',
      Endpoint: { Ref: 'AlertEmail' },
    })
    expect(body.Condition).toBe('HasMail')
  })
})

it.each([
  ['Slack', NUMBERS],
  ['Mail', MAIL_NUMBERS],
])('the simulated queue of %s has the numbers of the real one', (name, numbers) => {
  const queue = resource(`${name}Queue`).properties
  expect(numbers).toEqual({
    visibilitySeconds: queue.VisibilityTimeout,
    maxReceiveCount: at(queue, 'RedrivePolicy', 'maxReceiveCount'),
    batchSize: source(name).BatchSize,
    windowSeconds: source(name).MaximumBatchingWindowInSeconds,
    functionSeconds: resource(`${name}Function`).properties.Timeout,
  })
})

it('the commands that redrive name the dead letters and the queue they came from', () => {
  for (const [name] of channels) {
    const command = text(at(template, 'Outputs', `Redrive${name}`, 'Value', 'Fn::Sub'))
    expect(command).toContain(`--source-arn \${${name}DeadLetters.Arn} --destination-arn \${${name}Queue.Arn}`)
  }
  expect(ofType('AWS::SNS::Subscription')).toHaveLength(4)
})
