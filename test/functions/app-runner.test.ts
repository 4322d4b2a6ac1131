import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Alert } from '../../shared/alert.ts'
import { BUILD, roleArn, saysOf, stories, TASKS, trusting } from './app-runner-story.ts'
import { cloudTrailRecord } from './cloudtrail-event.ts'

const story = stories()

describe('trust is removed at 12:00, the deployment fails at 12:09', () => {
  /** In force while the story goes on: what IAM says follows the events. */
  async function broken(): Promise<readonly Alert[]> {
    story().inOrder()
    await story().told(story().operation('CreateServiceCompletedSuccessfully', '11:00:00'))
    await story().trustChange(story().trustWritten('11:30:00', story().pull, trusting(BUILD)))
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com'))
    await story().trustChange(story().trustWritten('12:00:00', story().pull, trusting('ec2.amazonaws.com')))
    return story().built.alerts()
  }

  test('the 12:00 alert names the service before anything fails', async () => {
    const alert = (await broken()).at(-1)
    expect(alert).toMatchObject({
      kind: 'trust-changed',
      severity: 'high',
      usedBy: [{ service: story().name, arn: story().arn, region: 'us-east-2', as: 'access role' }],
    })
    expect(alert?.headline).toContain(
      `access role of App Runner service ${story().name} in us-east-2: its next deployment will fail`,
    )
    expect(alert?.comparison?.lost).toMatchObject([{ severity: 'high', witness: { principal: { id: BUILD } } }])
    expect(alert?.restore?.command).toContain(BUILD)
  })

  test('the failure names the role, the missing principal, the person, the nine minutes and the repairing command', async () => {
    await broken()
    const [alert, ...more] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(more).toEqual([])
    expect(alert).toMatchObject({
      kind: 'service-failed',
      severity: 'high',
      role: { name: story().pull, arn: roleArn(story().pull) },
      service: { name: story().name, arn: story().arn, region: 'us-east-2' },
      cause: {
        verdict: 'trust',
        role: story().pull,
        as: 'access role',
        missing: BUILD,
        changedBy: { eventId: `${story().pull}-120000`, at: '2026-11-21T12:00:00Z', actor: 'ana', minutesBefore: 9 },
      },
    })
    expect(alert?.headline).toBe(
      `Deployment of App Runner service ${story().name} in us-east-2 failed; ${BUILD} could not assume its access role ${story().pull}: ana changed that 9 minutes before`,
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
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com', 'lambda.amazonaws.com'))
    await story().trustChange(
      story().trustWritten('12:05:00', story().pull, trusting('ec2.amazonaws.com', 'lambda.amazonaws.com')),
    )
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert?.cause?.changedBy).toMatchObject({ at: '2026-11-21T12:00:00Z', minutesBefore: 9 })
  })

  test('put right before anybody looked, it still was the cause, and there is nothing left to repair', async () => {
    await broken()
    story().built.aws.iam.updateTrust(story().pull, trusting(BUILD))
    await story().trustChange(story().trustWritten('12:10:00', story().pull, trusting(BUILD)))
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ cause: { verdict: 'trust', changedBy: { minutesBefore: 9 } }, restore: null })
  })

  test('the same failure with intact trust does not accuse IAM', async () => {
    story().inOrder()
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({
      severity: 'medium',
      headline: `Deployment of App Runner service ${story().name} in us-east-2 failed; the trust of its roles is intact`,
      role: null,
      cause: { verdict: 'not-trust', role: null, missing: null, changedBy: null },
      restore: null,
    })
    expect(alert?.findings.find(({ rule }) => rule === 'trust-intact')?.says).toMatch(
      /can assume the access role .*usual other causes.*ECR.*linux\/amd64.*health check/,
    )
  })

  test('broken only after the failure, it was not the cause', async () => {
    story().inOrder()
    await story().trustChange(story().trustWritten('11:30:00', story().pull, trusting(BUILD)))
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com'))
    await story().trustChange(story().trustWritten('12:10:00', story().pull, trusting('ec2.amazonaws.com')))
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'not-trust' } })
  })

  test('where memory knows nothing of it, CloudTrail does', async () => {
    story().inOrder()
    story().built.aws.iam.updateTrust(story().pull, trusting('ec2.amazonaws.com'))
    const parts = [
      ['10:00:00', trusting(BUILD)],
      ['12:00:00', trusting('ec2.amazonaws.com')],
      ['12:04:00', trusting('ec2.amazonaws.com', 'lambda.amazonaws.com')],
    ] as const
    for (const [time, document] of parts)
      story().built.aws.cloudtrail.record(
        cloudTrailRecord({ id: `${story().pull}-${time.replaceAll(':', '')}`, time, role: story().pull, document }),
      )
    const [alert] = await story().told(story().operation('DeploymentFailed', '12:09:00'))
    expect(alert?.cause?.changedBy).toMatchObject({ eventId: `${story().pull}-120000`, actor: 'ana', minutesBefore: 9 })
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
      () => story().built.aws.iam.updateTrust(story().run, trusting('ssm.amazonaws.com')),
      'instance-role-untrusted',
      TASKS,
    ],
    ['two roles swapped', () => swap(), 'app-runner-roles-swapped', BUILD],
    ['a role that is gone', () => story().built.aws.iam.deleteRole(story().pull), 'service-role-missing', BUILD],
    [
      'a condition that no service meets',
      () => story().built.aws.iam.updateTrust(story().pull, conditioned({ StringEquals: { 'sts:ExternalId': 'x' } })),
      'app-runner-role-blocked',
      BUILD,
    ],
  ]
  function swap(): void {
    story().built.aws.iam.updateTrust(story().pull, trusting(TASKS))
    story().built.aws.iam.updateTrust(story().run, trusting(BUILD))
  }
  test.each(faults)('%s is the cause', async (_, fault, rule, missing) => {
    story().inOrder()
    fault()
    const [alert] = await story().told(story().operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'high', cause: { verdict: 'trust', missing } })
    expect(alert?.findings.map((finding) => finding.rule)).toContain(rule)
  })

  test('what depends on what App Runner sends is undecided, and says so', async () => {
    story().inOrder()
    story().built.aws.iam.updateTrust(
      story().pull,
      conditioned({ StringEquals: { 'aws:SourceAccount': '111122223333' } }),
    )
    const [alert] = await story().told(story().operation('UpdateServiceFailed', '12:09:00'))
    expect(alert).toMatchObject({ severity: 'medium', cause: { verdict: 'unknown' }, restore: null })
    expect(saysOf(alert)).toMatch(/could not be decided: a condition in its trust depends on what App Runner sends/)
  })
})

function conditioned(Condition: object): string {
  const statement = { Effect: 'Allow', Principal: { Service: BUILD }, Action: 'sts:AssumeRole', Condition }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}
