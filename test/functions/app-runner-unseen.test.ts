import { describe, expect, test } from 'vitest'
import { SECRET_VALUE } from '../aws/apprunner.ts'
import { roleArn, saysOf, stories, taken, trusting } from './app-runner-story.ts'
import { eventText } from './cloudtrail-event.ts'
import { operationEvent, statusEvent } from './service-event.ts'

const story = stories()

describe('what cannot be seen is said, and never guessed', () => {
  test.each([
    ['denied', 'was denied'],
    ['throttle', 'was throttled'],
  ] as const)('DescribeService: %s', async (kind, words) => {
    story().inOrder()
    story().built.aws.faults.always('DescribeService', { kind })
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' }, restore: null })
    expect(saysOf(alert)).toContain(`App Runner DescribeService ${words}`)
    expect(alert?.headline).toContain('could not be seen')
  })

  test('a service that is deleted meanwhile is judged by what was last seen of it', async () => {
    story().inOrder()
    await story().told(story().operation('CreateServiceCompletedSuccessfully', '11:00:00'))
    story().built.aws.apprunner.services.clear()
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com'))
    const [alert] = await story().told(story().operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'high', cause: { verdict: 'trust', role: story().pull } })
    expect(saysOf(alert)).toContain('does not exist any more; its roles are those last seen')
  })

  test('a role that IAM does not let us read', async () => {
    story().inOrder()
    story().built.aws.faults.always('GetRole', { kind: 'denied' })
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' } })
    expect(saysOf(alert)).toMatch(/could not be seen: IAM GetRole was denied/)
  })

  test('a role of another account', async () => {
    story().built.aws.apprunner.put({
      arn: story().arn,
      name: story().name,
      status: 'RUNNING',
      accessRoleArn: 'arn:aws:iam::444455556666:role/theirs',
    })
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ cause: { verdict: 'unknown' } })
    expect(saysOf(alert)).toContain('the role belongs to another account')
  })

  test('an ARN that names another account than the envelope', async () => {
    const other = story().arn.replace('111122223333', '123456789012')
    const [alert] = await story().told(operationEvent('DeploymentFailed', { time: '12:09:00', arn: other }))
    expect(alert).toMatchObject({
      account: '111122223333',
      service: { name: story().name, arn: other },
      cause: { verdict: 'unknown' },
    })
    expect(saysOf(alert)).toContain('the ARN in it names account 123456789012')
    expect(story().built.aws.calls('DescribeService')).toBe(0)
  })

  test('a service without any role is not accused', async () => {
    story().built.aws.apprunner.put({ arn: story().arn, name: story().name, status: 'CREATE_FAILED' })
    const [alert] = await story().told(
      story().operation('CreateServiceFailed', '12:09:00'),
      statusEvent('CREATE_FAILED', { time: '12:09:01', arn: story().arn }),
    )
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
    expect(saysOf(alert)).toContain('neither an access role nor an instance role')
  })

  test.each(['SomethingNew', 'DeploymentPaused', 'x'])('a status nobody knows (%s) is no failure', async (status) => {
    story().inOrder()
    expect(
      await story().told(
        story().operation(status, '12:00:00'),
        statusEvent(status, { time: '12:00:01', arn: story().arn }),
      ),
    ).toEqual([])
  })

  test('an event that names no service is told as unreadable', async () => {
    const [alert] = await story().told(
      operationEvent('DeploymentFailed', { time: '12:09:00', arn: 'arn:aws:s3:::x', id: `odd-${story().name}` }),
    )
    expect(alert).toMatchObject({ kind: 'unreadable', severity: 'high' })
  })
})

describe('the environment of a service', () => {
  test('is in App Runner’s answer, and nowhere else', async () => {
    story().inOrder()
    await story().told(
      story().operation('CreateServiceCompletedSuccessfully', '11:00:00'),
      story().operation('DeploymentFailed', '12:09:00'),
    )
    const table = await story().built.dynamo.dump('memory')
    expect(JSON.stringify(story().built.alerts()) + JSON.stringify(table)).not.toContain(SECRET_VALUE)
    expect(JSON.stringify(table)).toContain(roleArn(story().pull))
  })
})

describe('the daily sweep of services', () => {
  const sweep = () => story().built.invoke('{"trustdrift":"services"}')

  test('knows which services use which roles before any event came, and forgets those that are gone', async () => {
    story().inOrder()
    story().built.aws.apprunner.pageSize = 1
    const far = `arn:aws:apprunner:eu-west-1:111122223333:service/${story().name}/0fe1e10304f84fd2b0df550fe98a71fa`
    story().built.aws.apprunner.put({
      arn: far,
      name: story().name,
      status: 'PAUSED',
      instanceRoleArn: roleArn(story().run),
    })
    expect(await sweep()).toEqual(taken)
    await story().trustChange(
      eventText({ id: `${story().run}-gone`, time: '12:00:00', role: story().run, name: 'DeleteRole' }),
    )
    const [alert] = story().built.alerts()
    expect(alert).toMatchObject({ kind: 'role-deleted', severity: 'high' })
    expect(alert?.usedBy.map(({ region, as }) => `${as} in ${region}`)).toEqual([
      'instance role in eu-west-1',
      'instance role in us-east-2',
    ])
    expect(alert?.headline).toMatch(
      /was deleted, instance role of App Runner service .* in eu-west-1 \(and 1 more\): its next/,
    )
    story().built.aws.apprunner.services.delete(far)
    expect(await sweep()).toEqual(taken)
    await story().trustChange(story().trustWritten('12:10:00', story().run, trusting('ec2.amazonaws.com')))
    expect(
      story()
        .built.alerts()
        .at(-1)
        ?.usedBy.map(({ region }) => region),
    ).toEqual(['us-east-2'])
  })

  test.each(['ListServices', 'DescribeService'])(
    'that %s keeps from reading comes back, and forgets nothing',
    async (action) => {
      story().inOrder()
      await sweep()
      story().built.aws.faults.always(action, { kind: 'throttle' })
      await expect(sweep()).rejects.toThrow('no message was taken')
      story().built.aws.faults.clear()
      await story().trustChange(story().trustWritten('12:00:00', story().pull, trusting('ec2.amazonaws.com')))
      expect(story().built.alerts().at(-1)?.usedBy).toHaveLength(1)
    },
  )
})
