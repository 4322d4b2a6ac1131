import { describe, expect, test } from 'vitest'
import { BUILD, roleArn, saysOf, stories, TASKS, trusting } from './app-runner-story.ts'
import { capitalStatusEvent, refusedCall, statusEvent } from './service-event.ts'

const story = stories()

describe('an episode of failures', () => {
  test('is one alert, and one word when it is over', async () => {
    story().inOrder()
    const events = [
      story().operation('DeploymentStarted', '12:00:00'),
      story().operation('DeploymentFailed', '12:01:00'),
      statusEvent('RUNNING', { time: '12:01:01', arn: story().arn }),
      story().operation('DeploymentFailed', '12:11:00'),
      story().operation('UpdateServiceFailed', '12:21:00'),
      story().operation('DeploymentCompletedSuccessfully', '12:31:00'),
    ]
    const alerts = await story().told(...events)
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['service-failed', 'medium'],
      ['service-recovered', 'medium'],
    ])
    expect(alerts.at(-1)?.headline).toBe(
      `App Runner service ${story().name} in us-east-2 works again, after 3 failures since 2026-11-21 12:01 UTC`,
    )
    expect(await story().told(...events)).toEqual([])
    expect(await story().told(story().operation('DeploymentFailed', '12:41:00'))).toHaveLength(1)
  })

  test('a status of RUNNING after a failure is a rollback, and closes nothing', async () => {
    story().inOrder()
    expect(await story().told(story().operation('UpdateServiceFailed', '12:00:00'))).toHaveLength(1)
    expect(
      await story().told(
        statusEvent('RUNNING', { time: '12:00:05', arn: story().arn }),
        capitalStatusEvent('RUNNING', { time: '12:00:06', arn: story().arn }),
      ),
    ).toEqual([])
    expect(await story().told(story().operation('UpdateServiceFailed', '12:20:00'))).toEqual([])
  })

  test('thousands of failures in a minute are one alert, and soon nobody is asked about them', async () => {
    story().inOrder()
    const failures = Array.from({ length: 2_000 }, (_, n) => ({
      time: `12:00:${String(n % 60).padStart(2, '0')}`,
      id: `again-${n}`,
    }))
    story().built.aws.faults.always('DescribeService', { kind: 'throttle' })
    expect(await story().told(story().operation('DeploymentFailed', '12:00:00'))).toHaveLength(1)
    story().built.aws.faults.clear()
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com'))
    const alerts = await story().told(
      ...failures.map(({ time, id }) => story().operation('DeploymentFailed', time, { id })),
    )
    expect(alerts.map(({ severity, cause }) => [severity, cause?.verdict])).toEqual([['high', 'trust']])
    // Once the worst is told, nobody asks any more.
    expect(story().built.aws.calls('DescribeService')).toBeLessThan(10)
    const [recovered] = await story().told(story().operation('DeploymentCompletedSuccessfully', '13:00:00'))
    expect(recovered).toMatchObject({ kind: 'service-recovered', severity: 'high' })
    // What one second tells twice of one operation is one failure.
    expect(recovered?.headline).toContain('after 60 failures')
  }, 120_000)
})

describe('a call that App Runner refuses at once', () => {
  const message = (role: string, as = 'access') => `Error in assuming ${as} role ${roleArn(role)}`
  const call = (name_: string, time: string, errorMessage: string, parameters: object) =>
    refusedCall(
      name_,
      { time, id: `${story().name}-${time.replaceAll(':', '')}` },
      { errorMessage, requestParameters: parameters },
    )

  test('is told with the role its message names, and closed by the creation that works', async () => {
    story().built.aws.iam.createRole(story().pull, trusting('ec2.amazonaws.com'))
    const parameters = {
      serviceName: story().name,
      sourceConfiguration: { authenticationConfiguration: { accessRoleArn: roleArn(story().pull) } },
    }
    const first = call('CreateService', '12:00:00', message(story().pull), parameters)
    const again = call('CreateService', '12:00:30', message(story().pull), parameters)
    const alerts = await story().told(first, again, first)
    expect(alerts).toMatchObject([
      {
        kind: 'service-failed',
        severity: 'high',
        actor: { name: 'carol' },
        service: { name: story().name, region: 'us-east-2' },
        cause: { verdict: 'trust', role: story().pull, missing: BUILD },
      },
    ])
    expect(saysOf(alerts[0])).toContain('Error in assuming access role')
    story().inOrder()
    const [recovered] = await story().told(story().operation('CreateServiceCompletedSuccessfully', '12:10:00'))
    expect(recovered?.headline).toContain('after 2 failures')
  })

  test('for a role that was made seconds before says so, and does not accuse its trust', async () => {
    story().built.aws.iam.createRole(story().run, trusting(TASKS), { createDate: new Date('2026-11-21T11:59:55Z') })
    story().built.aws.apprunner.put({
      arn: story().arn,
      name: story().name,
      status: 'RUNNING',
      instanceRoleArn: roleArn(story().run),
    })
    const [alert] = await story().told(
      call('UpdateService', '12:00:00', message(story().run, 'instance'), { serviceArn: story().arn }),
    )
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
    expect(saysOf(alert)).toContain('was made just before')
  })

  test.each(['StartDeployment', 'ResumeService'])(
    '%s, whose request names no role, is told with the role',
    async (name) => {
      story().inOrder()
      story().built.aws.iam.updateTrust(story().run, trusting('ec2.amazonaws.com'))
      const [alert] = await story().told(
        call(name, '12:00:00', message(story().run, 'instance'), { serviceArn: story().arn }),
      )
      expect(alert).toMatchObject({
        kind: 'service-failed',
        severity: 'high',
        cause: { verdict: 'trust', role: story().run, missing: TASKS },
      })
      expect(alert?.headline).toContain(`${name} for App Runner service ${story().name} in us-east-2 was refused`)
    },
  )

  test('for another reason, or that was accepted, is nobody’s business', async () => {
    story().inOrder()
    expect(
      await story().told(
        call('UpdateService', '12:00:00', 'Service is in an invalid state', { serviceArn: story().arn }),
      ),
    ).toEqual([])
    expect(
      await story().told(
        refusedCall('StartDeployment', { time: '12:01:00' }, { errorCode: undefined, errorMessage: undefined }),
      ),
    ).toEqual([])
  })
})

describe('memory that fails', () => {
  test.each(['GetItem', 'Query', 'PutItem', 'Publish'])(
    '%s is down: the message comes back, and tells the same',
    async (action) => {
      story().inOrder()
      story().built.aws.faults.always(action, { kind: 'error', status: 500, code: 'InternalError' })
      await expect(story().built.invoke(story().operation('DeploymentFailed', '12:09:00'))).rejects.toThrow(
        'no message was taken',
      )
      story().built.aws.faults.clear()
      await story().told(story().operation('DeploymentFailed', '12:09:00'))
      expect(
        new Set(
          story()
            .built.alerts()
            .map(({ id }) => id),
        ).size,
      ).toBe(1)
    },
  )
})
