import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { SECRET_VALUE } from '../aws/apprunner.ts'
import { type Built, startBuilt } from './built.ts'
import { cloudTrailRecord, eventText } from './cloudtrail-event.ts'
import { capitalStatusEvent, operationEvent, refusedCall, statusEvent } from './service-event.ts'

const BUILD = 'build.apprunner.amazonaws.com'
const TASKS = 'tasks.apprunner.amazonaws.com'
const taken = { batchItemFailures: [] }

let built: Built
let trustChange: Pick<Built, 'invoke'>
let stories = 0
/** Names of this story's own: the table outlives it. */
let name = ''
let arn = ''

beforeAll(async () => {
  built = await startBuilt('app-runner')
  trustChange = built.beside('trust-change')
})
afterAll(() => built.close())
beforeEach(() => {
  built.aws.reset()
  stories += 1
  name = `app-${stories}`
  arn = `arn:aws:apprunner:us-east-2:111122223333:service/${name}/8fe1e10304f84fd2b0df550fe98a71fa`
})

const pull = () => `pull-${stories}`
const run = () => `run-${stories}`
const roleArn = (role: string) => `arn:aws:iam::111122223333:role/${role}`

function trusting(...services: readonly string[]): string {
  const Statement = services.map((Service) => ({ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }))
  return JSON.stringify({ Version: '2012-10-17', Statement })
}

/** The service and both its roles, in order. */
function inOrder(status = 'RUNNING'): void {
  built.aws.iam.createRole(pull(), trusting(BUILD))
  built.aws.iam.createRole(run(), trusting(TASKS))
  built.aws.apprunner.put({ arn, name, status, accessRoleArn: roleArn(pull()), instanceRoleArn: roleArn(run()) })
}

const operation = (status: string, time: string, more: object = {}) => operationEvent(status, { time, arn, ...more })
const trustWritten = (time: string, role: string, document: string) =>
  eventText({ id: `${role}-${time.replaceAll(':', '')}`, time, role, document })

async function told(...events: readonly string[]): Promise<readonly Alert[]> {
  const before = built.alerts().length
  expect(await built.invoke(...events)).toEqual(taken)
  return built.alerts().slice(before)
}

describe('trust is removed at 12:00, the deployment fails at 12:09', () => {
  /** In force while the story goes on: what IAM says follows the events. */
  async function broken(): Promise<readonly Alert[]> {
    inOrder()
    await told(operation('CreateServiceCompletedSuccessfully', '11:00:00'))
    await trustChange.invoke(trustWritten('11:30:00', pull(), trusting(BUILD)))
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com'))
    await trustChange.invoke(trustWritten('12:00:00', pull(), trusting('ec2.amazonaws.com')))
    return built.alerts()
  }

  test('the 12:00 alert names the service before anything fails', async () => {
    const alert = (await broken()).at(-1)
    expect(alert).toMatchObject({
      kind: 'trust-changed',
      severity: 'high',
      usedBy: [{ service: name, arn, region: 'us-east-2', as: 'access role' }],
    })
    expect(alert?.headline).toContain(
      `access role of App Runner service ${name} in us-east-2: its next deployment will fail`,
    )
    expect(alert?.comparison?.lost).toMatchObject([{ severity: 'high', witness: { principal: { id: BUILD } } }])
    expect(alert?.restore?.command).toContain(BUILD)
  })

  test('the failure names the role, the missing principal, the person, the nine minutes and the repairing command', async () => {
    await broken()
    const [alert, ...more] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(more).toEqual([])
    expect(alert).toMatchObject({
      kind: 'service-failed',
      severity: 'high',
      role: { name: pull(), arn: roleArn(pull()) },
      service: { name, arn, region: 'us-east-2' },
      cause: {
        verdict: 'trust',
        role: pull(),
        as: 'access role',
        missing: BUILD,
        changedBy: { eventId: `${pull()}-120000`, at: '2026-11-21T12:00:00Z', actor: 'ana', minutesBefore: 9 },
      },
    })
    expect(alert?.headline).toBe(
      `Deployment of App Runner service ${name} in us-east-2 failed; ${BUILD} could not assume its access role ${pull()}: ana changed that 9 minutes before`,
    )
    expect(JSON.parse(repairedBy(alert))).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        { Effect: 'Allow', Principal: { Service: BUILD }, Action: 'sts:AssumeRole' },
      ],
    })
    expect(alert?.findings.map(({ rule }) => rule)).toEqual([
      'access-role-untrusted',
      'trust-change-before-failure',
      'service-rolled-back',
    ])
  })

  test('not the latest change is named, but the one that shut the service out', async () => {
    await broken()
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com', 'lambda.amazonaws.com'))
    await trustChange.invoke(trustWritten('12:05:00', pull(), trusting('ec2.amazonaws.com', 'lambda.amazonaws.com')))
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert?.cause?.changedBy).toMatchObject({ at: '2026-11-21T12:00:00Z', minutesBefore: 9 })
  })

  test('put right before anybody looked, it still was the cause, and there is nothing left to repair', async () => {
    await broken()
    built.aws.iam.updateTrust(pull(), trusting(BUILD))
    await trustChange.invoke(trustWritten('12:10:00', pull(), trusting(BUILD)))
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ cause: { verdict: 'trust', changedBy: { minutesBefore: 9 } }, restore: null })
  })

  test('the same failure with intact trust does not accuse IAM', async () => {
    inOrder()
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({
      severity: 'medium',
      headline: `Deployment of App Runner service ${name} in us-east-2 failed; the trust of its roles is intact`,
      role: null,
      cause: { verdict: 'not-trust', role: null, missing: null, changedBy: null },
      restore: null,
    })
    expect(alert?.findings.find(({ rule }) => rule === 'trust-intact')?.says).toMatch(
      /can assume the access role .*usual other causes.*ECR.*linux\/amd64.*health check/,
    )
  })

  test('broken only after the failure, it was not the cause', async () => {
    inOrder()
    await trustChange.invoke(trustWritten('11:30:00', pull(), trusting(BUILD)))
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com'))
    await trustChange.invoke(trustWritten('12:10:00', pull(), trusting('ec2.amazonaws.com')))
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
  })

  test('where memory knows nothing of it, CloudTrail does', async () => {
    inOrder()
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com'))
    const parts = [
      ['10:00:00', trusting(BUILD)],
      ['12:00:00', trusting('ec2.amazonaws.com')],
      ['12:04:00', trusting('ec2.amazonaws.com', 'lambda.amazonaws.com')],
    ] as const
    for (const [time, document] of parts)
      built.aws.cloudtrail.record(
        cloudTrailRecord({ id: `${pull()}-${time.replaceAll(':', '')}`, time, role: pull(), document }),
      )
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert?.cause?.changedBy).toMatchObject({ eventId: `${pull()}-120000`, actor: 'ana', minutesBefore: 9 })
  })
})

/** What the command hands to aws, word by word, as a shell takes it apart. */
function repairedBy(alert: Alert | undefined): string {
  const script = `aws() { printf '%s\\n' "$@"; }; ${alert?.restore?.command}`
  return spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.trimEnd().split('\n').at(-1) ?? ''
}

describe('what is wrong with a role', () => {
  const faults: readonly (readonly [string, () => void, string, string])[] = [
    [
      'an instance role that trusts somebody else',
      () => built.aws.iam.updateTrust(run(), trusting('ssm.amazonaws.com')),
      'instance-role-untrusted',
      TASKS,
    ],
    ['two roles swapped', () => swap(), 'app-runner-roles-swapped', BUILD],
    ['a role that is gone', () => built.aws.iam.deleteRole(pull()), 'service-role-missing', BUILD],
    [
      'a condition that no service meets',
      () => built.aws.iam.updateTrust(pull(), conditioned({ StringEquals: { 'sts:ExternalId': 'x' } })),
      'app-runner-role-blocked',
      BUILD,
    ],
  ]
  function swap(): void {
    built.aws.iam.updateTrust(pull(), trusting(TASKS))
    built.aws.iam.updateTrust(run(), trusting(BUILD))
  }
  test.each(faults)('%s is the cause', async (_, fault, rule, missing) => {
    inOrder()
    fault()
    const [alert] = await told(operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'high', cause: { verdict: 'trust', missing } })
    expect(alert?.findings.map((finding) => finding.rule)).toContain(rule)
  })

  test('what depends on what App Runner sends is undecided, and says so', async () => {
    inOrder()
    built.aws.iam.updateTrust(pull(), conditioned({ StringEquals: { 'aws:SourceAccount': '111122223333' } }))
    const [alert] = await told(operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' }, restore: null })
    expect(saysOf(alert)).toMatch(/could not be decided: a condition in its trust depends on what App Runner sends/)
  })
})

function conditioned(Condition: object): string {
  const statement = { Effect: 'Allow', Principal: { Service: BUILD }, Action: 'sts:AssumeRole', Condition }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

function saysOf(alert: Alert | undefined): string {
  return (alert?.findings ?? []).map(({ says }) => says).join('\n')
}

describe('an episode of failures', () => {
  test('is one alert, and one word when it is over', async () => {
    inOrder()
    const events = [
      operation('DeploymentStarted', '12:00:00'),
      operation('DeploymentFailed', '12:01:00'),
      statusEvent('RUNNING', { time: '12:01:01', arn }),
      operation('DeploymentFailed', '12:11:00'),
      operation('UpdateServiceFailed', '12:21:00'),
      operation('DeploymentCompletedSuccessfully', '12:31:00'),
    ]
    const alerts = await told(...events)
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['service-failed', 'medium'],
      ['service-recovered', 'medium'],
    ])
    expect(alerts.at(-1)?.headline).toBe(
      `App Runner service ${name} in us-east-2 works again, after 3 failures since 2026-11-21 12:01 UTC`,
    )
    expect(await told(...events)).toEqual([])
    expect(await told(operation('DeploymentFailed', '12:41:00'))).toHaveLength(1)
  })

  test('a status of RUNNING after a failure is a rollback, and closes nothing', async () => {
    inOrder()
    expect(await told(operation('UpdateServiceFailed', '12:00:00'))).toHaveLength(1)
    expect(
      await told(
        statusEvent('RUNNING', { time: '12:00:05', arn }),
        capitalStatusEvent('RUNNING', { time: '12:00:06', arn }),
      ),
    ).toEqual([])
    expect(await told(operation('UpdateServiceFailed', '12:20:00'))).toEqual([])
  })

  test('hundreds of failures in a minute are one alert, and soon nobody is asked about them', async () => {
    inOrder()
    const times = Array.from(
      { length: 300 },
      (_, n) => `12:${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`,
    )
    built.aws.faults.always('DescribeService', { kind: 'throttle' })
    expect(await told(operation('DeploymentFailed', '12:00:00'))).toHaveLength(1)
    built.aws.faults.clear()
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com'))
    const alerts = await told(...times.map((time) => operation('DeploymentFailed', time, { id: `again-${time}` })))
    expect(alerts.map(({ severity, cause }) => [severity, cause?.verdict])).toEqual([['high', 'trust']])
    // Once the worst is told, nobody asks any more.
    expect(built.aws.calls('DescribeService')).toBeLessThan(10)
    const [recovered] = await told(operation('DeploymentCompletedSuccessfully', '13:00:00'))
    expect(recovered).toMatchObject({ kind: 'service-recovered', severity: 'high' })
    expect(recovered?.headline).toContain('after 300 failures')
  }, 120_000)
})

describe('a call that App Runner refuses at once', () => {
  const message = (role: string, as = 'access') => `Error in assuming ${as} role ${roleArn(role)}`
  const call = (name_: string, time: string, errorMessage: string, parameters: object) =>
    refusedCall(
      name_,
      { time, id: `${name}-${time.replaceAll(':', '')}` },
      { errorMessage, requestParameters: parameters },
    )

  test('is told with the role its message names, and closed by the creation that works', async () => {
    built.aws.iam.createRole(pull(), trusting('ec2.amazonaws.com'))
    const parameters = {
      serviceName: name,
      sourceConfiguration: { authenticationConfiguration: { accessRoleArn: roleArn(pull()) } },
    }
    const first = call('CreateService', '12:00:00', message(pull()), parameters)
    const again = call('CreateService', '12:00:30', message(pull()), parameters)
    const alerts = await told(first, again, first)
    expect(alerts).toMatchObject([
      {
        kind: 'service-failed',
        severity: 'high',
        actor: { name: 'carol' },
        service: { name, region: 'us-east-2' },
        cause: { verdict: 'trust', role: pull(), missing: BUILD },
      },
    ])
    expect(saysOf(alerts[0])).toContain('Error in assuming access role')
    inOrder()
    const [recovered] = await told(operation('CreateServiceCompletedSuccessfully', '12:10:00'))
    expect(recovered?.headline).toContain('after 2 failures')
  })

  test('for a role that was made seconds before says so, and does not accuse its trust', async () => {
    built.aws.iam.createRole(run(), trusting(TASKS), { createDate: new Date('2026-11-21T11:59:55Z') })
    built.aws.apprunner.put({ arn, name, status: 'RUNNING', instanceRoleArn: roleArn(run()) })
    const [alert] = await told(call('UpdateService', '12:00:00', message(run(), 'instance'), { serviceArn: arn }))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
    expect(saysOf(alert)).toContain('was made just before')
  })

  test('for another reason, or that was accepted, is nobody’s business', async () => {
    inOrder()
    expect(
      await told(call('UpdateService', '12:00:00', 'Service is in an invalid state', { serviceArn: arn })),
    ).toEqual([])
    expect(
      await told(
        refusedCall('StartDeployment', { time: '12:01:00' }, { errorCode: undefined, errorMessage: undefined }),
      ),
    ).toEqual([])
  })
})

describe('what cannot be seen is said, and never guessed', () => {
  test.each([
    ['denied', 'was denied'],
    ['throttle', 'was throttled'],
  ] as const)('DescribeService: %s', async (kind, words) => {
    inOrder()
    built.aws.faults.always('DescribeService', { kind })
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' }, restore: null })
    expect(saysOf(alert)).toContain(`App Runner DescribeService ${words}`)
    expect(alert?.headline).toContain('could not be seen')
  })

  test('a service that is deleted meanwhile is judged by what was last seen of it', async () => {
    inOrder()
    await told(operation('CreateServiceCompletedSuccessfully', '11:00:00'))
    built.aws.apprunner.services.clear()
    built.aws.iam.updateTrust(pull(), trusting('ec2.amazonaws.com'))
    const [alert] = await told(operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'high', cause: { verdict: 'trust', role: pull() } })
    expect(saysOf(alert)).toContain('does not exist any more; its roles are those last seen')
  })

  test('a role that IAM does not let us read', async () => {
    inOrder()
    built.aws.faults.always('GetRole', { kind: 'denied' })
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' } })
    expect(saysOf(alert)).toMatch(/could not be seen: IAM GetRole was denied/)
  })

  test('a role of another account', async () => {
    built.aws.apprunner.put({ arn, name, status: 'RUNNING', accessRoleArn: 'arn:aws:iam::444455556666:role/theirs' })
    const [alert] = await told(operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ cause: { verdict: 'unknown' } })
    expect(saysOf(alert)).toContain('the role belongs to another account')
  })

  test('an ARN that names another account than the envelope', async () => {
    const other = arn.replace('111122223333', '123456789012')
    const [alert] = await told(operationEvent('DeploymentFailed', { time: '12:09:00', arn: other }))
    expect(alert).toMatchObject({
      account: '111122223333',
      service: { name, arn: other },
      cause: { verdict: 'unknown' },
    })
    expect(saysOf(alert)).toContain('the ARN in it names account 123456789012')
    expect(built.aws.calls('DescribeService')).toBe(0)
  })

  test('a service without any role is not accused', async () => {
    built.aws.apprunner.put({ arn, name, status: 'CREATE_FAILED' })
    const [alert] = await told(
      operation('CreateServiceFailed', '12:09:00'),
      statusEvent('CREATE_FAILED', { time: '12:09:01', arn }),
    )
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
    expect(saysOf(alert)).toContain('neither an access role nor an instance role')
  })

  test.each(['SomethingNew', 'DeploymentPaused', 'x'])('a status nobody knows (%s) is no failure', async (status) => {
    inOrder()
    expect(await told(operation(status, '12:00:00'), statusEvent(status, { time: '12:00:01', arn }))).toEqual([])
  })

  test('an event that names no service is told as unreadable', async () => {
    const [alert] = await told(
      operationEvent('DeploymentFailed', { time: '12:09:00', arn: 'arn:aws:s3:::x', id: `odd-${stories}` }),
    )
    expect(alert).toMatchObject({ kind: 'unreadable', severity: 'high' })
  })
})

describe('the environment of a service', () => {
  test('is in App Runner’s answer, and nowhere else', async () => {
    inOrder()
    await told(operation('CreateServiceCompletedSuccessfully', '11:00:00'), operation('DeploymentFailed', '12:09:00'))
    const table = await built.dynamo.dump('memory')
    expect(JSON.stringify(built.alerts()) + JSON.stringify(table)).not.toContain(SECRET_VALUE)
    expect(JSON.stringify(table)).toContain(roleArn(pull()))
  })
})

describe('the daily sweep of services', () => {
  const sweep = () => built.invoke('{"trustdrift":"services"}')

  test('knows which services use which roles before any event came, and forgets those that are gone', async () => {
    inOrder()
    built.aws.apprunner.pageSize = 1
    const far = `arn:aws:apprunner:eu-west-1:111122223333:service/${name}/0fe1e10304f84fd2b0df550fe98a71fa`
    built.aws.apprunner.put({ arn: far, name, status: 'PAUSED', instanceRoleArn: roleArn(run()) })
    expect(await sweep()).toEqual(taken)
    await trustChange.invoke(eventText({ id: `${run()}-gone`, time: '12:00:00', role: run(), name: 'DeleteRole' }))
    const [alert] = built.alerts()
    expect(alert).toMatchObject({ kind: 'role-deleted', severity: 'high' })
    expect(alert?.usedBy.map(({ region, as }) => `${as} in ${region}`)).toEqual([
      'instance role in eu-west-1',
      'instance role in us-east-2',
    ])
    expect(alert?.headline).toMatch(
      /was deleted, instance role of App Runner service .* in eu-west-1 \(and 1 more\): its next/,
    )
    built.aws.apprunner.services.delete(far)
    expect(await sweep()).toEqual(taken)
    await trustChange.invoke(trustWritten('12:10:00', run(), trusting('ec2.amazonaws.com')))
    expect(
      built
        .alerts()
        .at(-1)
        ?.usedBy.map(({ region }) => region),
    ).toEqual(['us-east-2'])
  })

  test.each(['ListServices', 'DescribeService'])(
    'that %s keeps from reading comes back, and forgets nothing',
    async (action) => {
      inOrder()
      await sweep()
      built.aws.faults.always(action, { kind: 'throttle' })
      await expect(sweep()).rejects.toThrow('no message was taken')
      built.aws.faults.clear()
      await trustChange.invoke(trustWritten('12:00:00', pull(), trusting('ec2.amazonaws.com')))
      expect(built.alerts().at(-1)?.usedBy).toHaveLength(1)
    },
  )
})

describe('memory that fails', () => {
  test.each(['GetItem', 'Query', 'PutItem', 'Publish'])(
    '%s is down: the message comes back, and tells the same',
    async (action) => {
      inOrder()
      built.aws.faults.always(action, { kind: 'error', status: 500, code: 'InternalError' })
      await expect(built.invoke(operation('DeploymentFailed', '12:09:00'))).rejects.toThrow('no message was taken')
      built.aws.faults.clear()
      await told(operation('DeploymentFailed', '12:09:00'))
      expect(new Set(built.alerts().map(({ id }) => id)).size).toBe(1)
    },
  )
})
