import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../shared/events-in.ts'
import { type Signal, signalFrom } from '../../shared/signal.ts'

/** What each sample's messages are read as: kind, role, actor, via. */
const SAMPLES: readonly (readonly [string, ...string[]])[] = [
  ['010-role-created-in-console', 'created invoice-export: alice via AWS console, MFA'],
  ['020-role-created-by-terraform', 'created payments-deployer: run-pVqBkT3x as TerraformRunner via Terraform, no MFA'],
  ['030-role-created-by-cloudformation', 'created web-task: shop-release as StackDeployer via CloudFormation, no MFA'],
  ['040-role-created-by-a-service', 'created AWSReservedSSO_PlatformAdmin_4f0a1b2c3d4e5f60: sso.amazonaws.com'],
  ['050-role-created-for-a-partner', 'created partner-reader: alice@example.com via AWS CLI'],
  ['060-opened-to-a-foreign-account', 'updated payments-deployer: bob via AWS CLI'],
  ['070-closed-two-minutes-later', 'updated payments-deployer: alice@example.com via AWS console'],
  ['080-document-reformatted', 'updated payments-deployer: run-8sYcWm2d as TerraformRunner via Terraform, no MFA'],
  ['090-external-id-removed', 'updated partner-reader: bob@example.com via AWS CLI in CloudShell'],
  ['100-role-made-public', 'updated invoice-export: alice via AWS console, no MFA'],
  ['110-closed-by-root', 'updated invoice-export: root via AWS console, MFA'],
  ['120-user-admits-itself', 'updated web-task: bob via Boto3'],
  ['130-session-admits-its-own-role', 'updated web-task: carol as support-readonly via Boto3, MFA'],
  [
    '140-foreign-actor-admits-its-account',
    'updated payments-deployer: ticket-48151 of account 444455556666 via AWS SDK for Go',
  ],
  ['150-deleted-principal', 'updated payments-deployer: run-Kd81nQez as TerraformRunner via Terraform, no MFA'],
  ['160-nobody-can-assume', 'updated web-task: shop-release as StackDeployer via CloudFormation, no MFA'],
  [
    '170-role-created-for-github',
    'created github-release: GitHubActions as github-bootstrap via AWS SDK for Go in GitHub Actions',
  ],
  [
    '180-any-github-repository',
    'updated github-release: GitHubActions as github-bootstrap via AWS SDK for Go in GitHub Actions',
  ],
  ['190-a-hundred-foreign-accounts', 'updated partner-reader: batch-import as alice via Boto3, no MFA'],
  ['200-refused-malformed-policy', 'refused update of payments-deployer with a document: MalformedPolicyDocument'],
  ['210-refused-limit-exceeded', 'refused update of invoice-export with a document: LimitExceeded'],
  ['220-refused-access-denied', 'refused update of payments-deployer: AccessDenied'],
  ['230-refused-creation-denied', 'refused create of arn:aws:iam::111122223333:role/support/break-glass: AccessDenied'],
  ['240-failed-no-such-role', 'irrelevant: UpdateAssumeRolePolicy failed with NoSuchEntityException; nothing changed'],
  ['250-failed-throttled', 'irrelevant: UpdateAssumeRolePolicy failed with Throttling; nothing changed'],
  ['260-failed-deletion', 'irrelevant: DeleteRole failed with DeleteConflictException; nothing changed'],
  ['270-role-deleted', 'deleted invoice-export: bob via AWS CLI'],
  ['280-event-version-1-0', 'updated legacy-import: importer via AWS SDK for Java'],
  ['290-words-for-booleans', 'updated legacy-import: importer via AWS CLI'],
  ['300-unreadable-document-missing', 'unreadable: policyDocument is missing'],
  [
    '305-unreadable-hidden-by-its-size',
    'unreadable: CloudTrail left the requestParameters out as too large; a document padded with blanks causes that, and hides what it says',
  ],
  ['310-bare-cloudtrail-record', 'updated partner-reader: alice@example.com via AWS CLI'],
  [
    '320-cloudtrail-file',
    'irrelevant: another call: ListRoles',
    'created report-builder: reports as StackDeployer via CloudFormation, no MFA',
    'irrelevant: a call to another service: s3.amazonaws.com',
    'updated report-builder: reports as StackDeployer via CloudFormation, no MFA',
  ],
  ['330-sqs-batch', 'updated report-builder: reports as StackDeployer via CloudFormation, no MFA'],
  ['340-heartbeat', 'heartbeat'],
  ['345-test', 'test 6c1f0c52-3a8e-4b0d-9d52-1f0a7be0c3d4 in 111122223333 at 2026-11-21T16:00:00Z'],
  ['350-china', 'created orders-worker: alice via AWS console, MFA'],
  ['360-govcloud', 'created records-archive: erin as Operator via AWS CLI, MFA'],
  ['370-reissued-with-addendum', 'updated payments-deployer: bob via AWS CLI'],
  ['400-access-role-created', 'created AppRunnerECRAccessRole: alice via AWS CLI'],
  ['405-instance-role-created', 'created my-app-instance: alice via AWS CLI'],
  ['410-service-created', 'CreateService of my-app in us-east-2 succeeded'],
  ['415-service-running-older-spelling', 'my-app in us-east-2 is RUNNING'],
  ['420-app-runner-shut-out', 'updated AppRunnerECRAccessRole: dave via AWS CLI'],
  ['430-deployment-started', 'Deployment of my-app in us-east-2 started'],
  ['440-deployment-failed', 'Deployment of my-app in us-east-2 failed'],
  ['445-rolled-back-to-running', 'my-app in us-east-2 is RUNNING'],
  ['450-update-failed-older-spelling', 'UpdateService of my-app in us-east-2 failed'],
  ['460-app-runner-let-in-again', 'updated AppRunnerECRAccessRole: alice via AWS CLI'],
  ['470-deployment-works-again', 'Deployment of my-app in us-east-2 succeeded'],
  ['480-failed-with-trust-intact', 'CreateService of worker in us-east-2 failed'],
  ['485-create-failed', 'worker in us-east-2 is CREATE_FAILED'],
  ['490-pause-failed', 'PauseService of billing in eu-west-1 failed'],
  ['500-resume-failed', 'ResumeService of billing in eu-west-1 failed'],
  ['510-deletion-failed', 'DeleteService of billing in eu-west-1 failed'],
  [
    '520-refused-access-role',
    'CreateService of reports refused, apprunner-access reports-access, apprunner-instance reports-instance: carol via Terraform',
  ],
  [
    '530-refused-instance-role',
    'UpdateService of worker refused, apprunner-instance worker-instance: carol via Pulumi',
  ],
  [
    '540-refused-deployment',
    'StartDeployment of my-app refused, apprunner-access AppRunnerECRAccessRole: carol via AWS CLI',
  ],
  [
    '545-refused-resumption',
    'ResumeService of billing refused, apprunner-instance billing-instance: carol via AWS CLI',
  ],
  ['550-refused-for-another-reason', "irrelevant: UpdateService failed with InvalidStateException, for no role's sake"],
]

describe('the sample events', () => {
  it.each(SAMPLES)('%s is read as what it is', (name, ...expected) => {
    expect(signalsOf(name).map(inWords)).toEqual(expected)
  })

  it('are all in this table and in the README, in one order', () => {
    const files = fileNames()
    expect(SAMPLES.map(([name]) => name)).toEqual(files)
    const rows = readFileSync('events/README.md', 'utf8').matchAll(/^\| (\d{3}-[\w-]+) \|/gm)
    expect([...rows].map((row) => row[1])).toEqual(files)
  })

  it('happen in the order of their names, but for the one that CloudTrail sends again', () => {
    const times = fileNames()
      .filter((name) => name !== '370-reissued-with-addendum')
      .flatMap((name) => signalsOf(name).flatMap((signal) => ('origin' in signal ? [signal.origin.at] : [])))
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBe(times.length)
  })

  it('name each happening once, and the one sent again by its first name', () => {
    const ids = fileNames().flatMap((name) =>
      signalsOf(name).flatMap((signal) => ('origin' in signal ? [signal.origin.eventId] : [])),
    )
    expect(ids.length - new Set(ids).size).toBe(1)
    const idOf = (name: string) => signalsOf(name).map((signal) => ('origin' in signal ? signal.origin.eventId : null))
    expect(idOf('370-reissued-with-addendum')).toEqual(idOf('060-opened-to-a-foreign-account'))
  })

  it("know the role's ARN where CreateRole's answer says it", () => {
    expect(signalsOf('030-role-created-by-cloudformation')[0]).toMatchObject({
      role: { account: '111122223333', arn: 'arn:aws:iam::111122223333:role/service-role/web-task' },
    })
    expect(signalsOf('060-opened-to-a-foreign-account')[0]).toMatchObject({ role: { arn: null } })
  })
})

function fileNames(): string[] {
  return readdirSync('events')
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

function signalsOf(name: string): Signal[] {
  return [...eventsIn(JSON.parse(readFileSync(`events/${name}.json`, 'utf8')))].map(signalFrom)
}

function inWords(signal: Signal): string {
  switch (signal.kind) {
    case 'trust-written':
      return `${signal.write} ${signal.role.name}: ${actorInWords(signal)}`
    case 'role-deleted':
      return `deleted ${signal.role.name}: ${actorInWords(signal)}`
    case 'trust-update-refused': {
      const role = signal.role?.arn ?? signal.role?.name ?? 'an unknown role'
      const document = signal.document === null ? '' : ' with a document'
      return `refused ${signal.attempted} of ${role}${document}: ${signal.errorCode}`
    }
    case 'service-operation':
      return `${signal.operation} of ${signal.service.name} in ${signal.service.region} ${signal.outcome}`
    case 'service-status':
      return `${signal.service.name} in ${signal.service.region} is ${signal.status}`
    case 'service-call-failed':
      return `${signal.call} of ${signal.service.name} refused, ${signal.uses.map(({ as, role }) => `${as} ${role.name}`).join(', ')}: ${actorInWords(signal)}`
    case 'heartbeat':
      return 'heartbeat'
    case 'test':
      return `test ${signal.id} in ${signal.account} at ${signal.at}`
    case 'irrelevant':
    case 'unreadable':
      return `${signal.kind}: ${signal.why}`
    default:
      return signal satisfies never
  }
}

function actorInWords({ origin: { actor } }: Extract<Signal, { readonly origin: unknown }>): string {
  if (actor === null) return 'nobody'
  const via = actor.via === null ? '' : ` via ${actor.via}`
  const mfa = actor.mfa === null ? '' : actor.mfa ? ', MFA' : ', no MFA'
  return `${actor.name}${via}${mfa}`
}
