import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../shared/doctor/check.ts'
import { trustdrift } from '../command-line/trustdrift.ts'
import { MAIL_TOPIC } from '../functions/built.ts'
import { expectGolden } from '../golden.ts'
import { type Clinic, checkIn, openClinic } from './clinic.ts'
import { deploy, physical, STACK } from './deployed.ts'
import { mailOf, queueOf, ruleOf, stackOf, trailOf, writeSecret } from './illness.ts'
import { TOKEN } from './slack-web-api.ts'

let clinic: Clinic

beforeAll(async () => {
  clinic = await openClinic()
})
afterAll(() => clinic.close())
beforeEach(() => clinic.heal())

describe('a healthy stack', () => {
  test('is green to the last check, and the test alert has gone the whole way', async () => {
    const ran = await clinic.attended(['slack', 'mail'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expectGolden('doctor/healthy.txt', ran.stdout.replaceAll(/after \d+ s/g, 'after 2 s'))
  })

  test('is one document for a program', async () => {
    const ran = await clinic.attended(['slack', 'mail'], '--format', 'json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const report: Report = JSON.parse(ran.stdout)
    expect(report).toMatchObject({
      version: 1,
      stack: STACK,
      account: '111122223333',
      region: 'us-east-1',
      healthy: true,
    })
    expect(report.checks.filter(({ status }) => status !== 'ok')).toEqual([])
    expect(new Set(report.checks.map(({ id }) => id)).size).toBe(report.checks.length)
    for (const check of report.checks)
      expect(Object.keys(check).sort()).toEqual(['found', 'id', 'known', 'remedy', 'status', 'title', 'why'])
  })

  test('shows the test alert in Slack and by e-mail, once each', async () => {
    await clinic.attended(['slack', 'mail'])
    expect(clinic.slack.asked.filter(({ call }) => call === 'chat.postMessage')).toHaveLength(1)
    const mails = clinic.aws.sns.published.filter(({ topicArn }) => topicArn === MAIL_TOPIC)
    expect(mails.map(({ subject }) => subject)).toEqual(['TEST: This is a test of Trustdrift: nothing happened'])
  })

  test('gets exactly one message, marked as a test', async () => {
    await clinic.attended(['slack', 'mail'])
    expect(clinic.aws.sqs.sent.map(({ queueUrl, body }) => ({ queueUrl, ...JSON.parse(body) }))).toEqual([
      {
        queueUrl: physical('TrustChangeQueue'),
        trustdrift: 'test',
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        account: '111122223333',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
    ])
  })

  test('is only looked at with --no-test-alert', async () => {
    const ran = await clinic.doctor('--no-test-alert', '--format', 'json')
    expect(ran.code).toBe(0)
    expect(clinic.aws.sqs.sent).toEqual([])
    expect(checkIn(ran, 'test-alert:slack')).toMatchObject({ status: 'skipped', found: 'not sent (--no-test-alert)' })
  })

  test('is asked for what docs/first-ten-minutes.md says, and nothing else', async () => {
    const page = readFileSync('docs/first-ten-minutes.md', 'utf8')
    const block = /### What doctor may ask[\s\S]*?```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
    const { Statement } = JSON.parse(block)
    const allowed = Statement.flatMap(({ Action }: { Action: string | string[] }) => Action).map((action: string) =>
      action.slice(action.indexOf(':') + 1),
    )
    clinic.aws.reset()
    await clinic.heal()
    const before = new Set(clinic.aws.called())
    await clinic.doctor('--wait', '1')
    const asked = clinic.aws.called().filter((action) => !before.has(action))
    // Of the two places of a secret one stack has one.
    expect([...asked, 'GetParameter'].sort()).toEqual([...allowed].sort())
  })

  test('never has its secret shown', async () => {
    const shown = [await clinic.doctor('--no-test-alert'), await clinic.doctor('--no-test-alert', '--format', 'json')]
    for (const { stdout, stderr } of shown) expect(stdout + stderr).not.toContain(TOKEN)
  })
})

describe('a stack with several faults', () => {
  test('reads well on a terminal', async () => {
    trailOf(clinic).logging = false
    queueOf(clinic, 'TrustChangeDeadLetters').waiting = 2
    mailOf(clinic, 'security@example.com').arn = 'PendingConfirmation'
    mailOf(clinic, 'ops@example.com').authenticated = false
    const ran = await clinic.doctor('--no-test-alert')
    expect(ran.code).toBe(1)
    expectGolden('doctor/ill.txt', ran.stdout)
  })
})

describe('what may not be asked is never green', () => {
  const asked: readonly (readonly [action: string, id: string])[] = [
    ['DescribeTrails', 'trail'],
    ['GetTrailStatus', 'trail'],
    ['GetEventSelectors', 'trail'],
    ['DescribeRule', 'rule-enabled:TrustChangeRule'],
    ['TestEventPattern', 'rule-matches:TrustChangeRule'],
    ['ListTargetsByRule', 'rule-target:TrustChangeRule'],
    ['ListEventSourceMappings', 'consumer:SweepFunction'],
    ['GetQueueAttributes', 'dead-letters:SweepDeadLetters'],
    ['DescribeTable', 'table'],
    ['DescribeContinuousBackups', 'table-recovery'],
    ['GetItem', 'table-seeded'],
    ['GetParametersByPath', 'configuration'],
    ['GetSecretValue', 'slack-secret'],
    ['ListSubscriptionsByTopic', 'subscriptions:AlertsTopic'],
    ['DescribeAlarms', 'alarms'],
    ['GetSchedule', 'schedule:SweepSchedule'],
  ]
  test.each(asked)('%s is denied', async (action, id) => {
    clinic.aws.faults.always(action, { kind: 'denied' })
    const ran = await clinic.doctor('--no-test-alert', '--format', 'json')
    expect(checkIn(ran, id)).toMatchObject({
      status: 'failed',
      known: false,
      found: expect.stringMatching(new RegExp(`^could not be learnt: .*${action} was denied`)),
    })
    expect(ran.code).toBe(1)
  })
})

describe('the test alert', () => {
  test('that nobody takes is missed at every stage, within the time given', async () => {
    const begun = performance.now()
    const ran = await clinic.doctor('--wait', '2', '--format', 'json')
    expect(performance.now() - begun).toBeLessThan(15_000)
    expect(ran.code).toBe(1)
    for (const id of ['test-alert', 'test-alert:slack', 'test-alert:mail'])
      expect(checkIn(ran, id)).toMatchObject({ status: 'failed', known: true, found: 'not within 2 s' })
  })

  test('that Slack does not deliver is missed there alone', async () => {
    const ran = await clinic.attended(['mail'], '--wait', '3', '--format', 'json')
    expect(['test-alert', 'test-alert:slack', 'test-alert:mail'].map((id) => checkIn(ran, id).status)).toEqual([
      'ok',
      'failed',
      'ok',
    ])
    expect(checkIn(ran, 'test-alert:slack').remedy?.says).toContain('SlackQueue')
  })

  test('that may not be sent is not called sent', async () => {
    clinic.aws.faults.always('SendMessage', { kind: 'denied' })
    const ran = await clinic.doctor('--format', 'json')
    expect(checkIn(ran, 'test-alert')).toMatchObject({ status: 'failed', known: false })
    expect(checkIn(ran, 'test-alert').found).toMatch(/SQS SendMessage was denied/)
  })
})

describe('where nothing can be looked at', () => {
  test('a stack that is not there is named, with where was looked', async () => {
    clinic.aws.deployment.stacks.clear()
    const ran = await clinic.doctor('--region', 'eu-west-1', '--format', 'json')
    expect(ran.code).toBe(1)
    expect(checkIn(ran, 'stack').found).toBe('there is no stack named trustdrift in us-east-1 or eu-west-1')
    expect(clinic.aws.sqs.sent).toEqual([])
  })

  test('a region that may not be asked is not said to be empty', async () => {
    clinic.aws.deployment.stacks.clear()
    clinic.aws.faults.next('DescribeStacks', null)
    clinic.aws.faults.next('DescribeStacks', { kind: 'denied' })
    const ran = await clinic.doctor('--region', 'eu-west-1', '--format', 'json')
    expect(ran.code).toBe(1)
    expect(checkIn(ran, 'stack').found).toBe('there is no stack named trustdrift in us-east-1')
  })

  test("somebody else's stack is not examined", async () => {
    stackOf(clinic).resources.splice(0)
    const ran = await clinic.doctor('--format', 'json')
    expect(ran.code).toBe(1)
    expect(checkIn(ran, 'resources').found).toBe('stack trustdrift holds nothing of Trustdrift')
    expect(clinic.aws.calls('DescribeTrails') + clinic.aws.sqs.sent.length).toBe(0)
  })

  test('credentials of another account than the one meant are told', async () => {
    const ran = await clinic.doctor('--account', '999988887777', '--no-test-alert', '--format', 'json')
    expect(ran.code).toBe(1)
    expect(checkIn(ran, 'identity').found).toMatch(/but --account says 999988887777/)
  })

  test.each(['GetCallerIdentity', 'DescribeStacks', 'ListStackResources'])('%s denied is 3', async (action) => {
    clinic.aws.faults.always(action, { kind: 'denied' })
    const ran = await clinic.doctor()
    expect(ran).toMatchObject({ code: 3, stdout: '' })
    expect(ran.stderr).toMatch(new RegExp(`${action} was denied`))
  })

  test.each([
    ['no stack named', ['doctor']],
    ['a wait that is none', ['doctor', '--stack', 's', '--wait', 'long']],
  ])('%s is 2', async (_, args) => {
    expect((await trustdrift(args)).code).toBe(2)
  })

  test('--fail-on never reports and exits with 0', async () => {
    ruleOf(clinic).state = 'DISABLED'
    expect((await clinic.doctor('--no-test-alert', '--fail-on', 'never')).code).toBe(0)
  })
})

describe('channels that are not configured', () => {
  test('are skipped, with how to turn them on', async () => {
    deploy(clinic.aws)
    const ran = await clinic.attended([], '--format', 'json')
    expect(checkIn(ran, 'slack-secret')).toMatchObject({
      status: 'skipped',
      remedy: { says: expect.stringContaining('SlackSecretArn') },
    })
    expect(checkIn(ran, 'subscriptions:MailTopic')).toMatchObject({
      status: 'skipped',
      remedy: { says: expect.stringContaining('AlertEmail') },
    })
    expect(checkIn(ran, 'test-alert').status).toBe('ok')
    expect(checkIn(ran, 'subscriptions:AlertsTopic').status).toBe('failed')
  })

  test('a webhook is proven by the test alert, not by a post of its own', async () => {
    writeSecret(clinic, { webhook: 'https://hooks.slack.com/services/T000/B000/not-a-real-hook' })
    const ran = await clinic.doctor('--no-test-alert', '--format', 'json')
    expect(checkIn(ran, 'slack')).toMatchObject({ status: 'skipped', found: expect.stringContaining('test alert') })
    expect(ran.stdout).not.toContain('not-a-real-hook')
    expect(clinic.slack.asked).toEqual([])
  })

  test('a token without the scope to look channels up is no fault', async () => {
    clinic.slack.replies.set('conversations.info', { ok: false, error: 'missing_scope' })
    const ran = await clinic.doctor('--no-test-alert', '--format', 'json')
    expect(checkIn(ran, 'slack')).toMatchObject({
      status: 'ok',
      found: expect.stringContaining('the test alert proves the channel'),
    })
  })
})
