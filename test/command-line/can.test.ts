import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { DEPLOY, OWN, STRANGER, scratch, trusting } from './samples.ts'
import { linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()
const vendor = `arn:aws:iam::${STRANGER}:role/Backup`
const ann = `arn:aws:iam::${OWN}:user/ann`
const ci = `arn:aws:iam::${OWN}:role/tools/ci`
const ciSession = `arn:aws:sts::${OWN}:assumed-role/ci/build-7`
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`

const statement = (principal: object, more: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
})
const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })
const byExternalId = policy(statement({ AWS: STRANGER }, { Condition: { StringEquals: { 'sts:ExternalId': 'v-7' } } }))

describe('can, by a policy in a file', () => {
  it('says what is missing, and 1', async () => {
    const { code, stdout, stderr } = await trustdrift(['can', vendor, file('vendor.json', byExternalId)])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toContain('REFUSED')
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `role Backup of account ${STRANGER} is trusted by statement 1, but sts:ExternalId must be v-7; the request has none. Pass the one agreed on (--external-id)`,
    )
  })

  it('takes what the call carries from --context, and ends with 0 where it is allowed', async () => {
    const args = ['can', vendor, file('vendor.json', byExternalId), '--context', 'STS:externalid=v-7', '--account', OWN]
    const { code, stdout } = await trustdrift(args)
    expect(code).toBe(0)
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /ALLOWED role Backup of account \d+ may assume the role whose trust policy is .*vendor\.json, if its own policies allow it too BECAUSE statement 1 allows it/,
    )
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /NOT SEEN The caller's own policies were not looked at: --aws asks them/,
    )
    expect(stdout).toMatch(/Service and resource control policies/)
  })

  it('JSON is an Evaluation, from standard input too', async () => {
    const ran = await trustdrift(['can', ann, '-', '--format', 'json', '--account', OWN], {
      stdin: JSON.stringify(trusting(ann)),
    })
    expect(linesOf(ran)).toEqual([{ decision: 'allow', caller: 'nothing-more', because: ['statement 1 allows it'] }])
    expect(ran.code).toBe(0)
  })

  it('a key given twice has two values, and a value may hold an equals sign', async () => {
    const condition = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a=b', 'c'] } }
    const text = file(
      'tags.json',
      policy(statement({ AWS: OWN }, { Condition: condition, Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    )
    const code = async (...keys: readonly string[]) =>
      (await trustdrift(['can', ann, text, ...keys.flatMap((key) => ['--context', `aws:TagKeys=${key}`])])).code
    expect([await code('a=b', 'c'), await code('a=b', 'd')]).toEqual([0, 1])
  })

  it('the call is the one by which such a caller assumes a role, unless another is named', async () => {
    const web = file(
      'web.json',
      policy({ ...statement({ Federated: GITHUB }), Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'] }),
    )
    const service = file('service.json', policy(statement({ Service: 'lambda.amazonaws.com' })))
    const code = async (...args: readonly string[]) => (await trustdrift(['can', ...args])).code
    expect(await code(GITHUB, web)).toBe(0)
    expect(await code(GITHUB, web, '--action', 'AssumeRole')).toBe(1)
    expect(await code(GITHUB, web, '--action', 'sts:tagsession')).toBe(0)
    expect(await code('lambda.amazonaws.com', service)).toBe(0)
    expect(await code('accounts.google.com', service)).toBe(1)
  })

  it('whose kind his name does not show, --type tells', async () => {
    const action = 'sts:AssumeRoleWithWebIdentity'
    const text = file(
      'kinds.json',
      policy(
        statement({ Service: ['idp.example.com', 'internal'], CanonicalUser: 'somebody' }),
        statement({ Federated: 'sso.amazonaws.com' }, { Action: action }),
      ),
    )
    const code = async (...args: readonly string[]) =>
      (await trustdrift(['can', args[0] ?? '', text, ...args.slice(1)])).code
    expect([await code('idp.example.com'), await code('idp.example.com', '--type', 'Service')]).toEqual([1, 0])
    expect([await code('sso.amazonaws.com'), await code('sso.amazonaws.com', '--type', 'Federated')]).toEqual([1, 0])
    expect([await code('internal'), await code('internal', '--type', 'Service')]).toEqual([2, 0])
    expect([await code('somebody'), await code('somebody', '--type', 'CanonicalUser')]).toEqual([2, 0])
    expect(await code('internal', '--type', 'service')).toBe(2)
  })

  it("the longest session is that of get-role's answer", async () => {
    const role = file('role.json', {
      Role: { Arn: DEPLOY, MaxSessionDuration: 3600, AssumeRolePolicyDocument: trusting(ann) },
    })
    const long = await trustdrift(['can', ann, role, '--context', 'sts:DurationSeconds=7200', '--format', 'json'])
    expect(long.code).toBe(1)
    expect(long.stdout).toContain("STS refuses more than 3600, the role's maximum session duration")
    expect((await trustdrift(['can', ann, role, '--context', 'sts:DurationSeconds=3600'])).code).toBe(0)
  })

  it("the organisation's accounts come from the configuration", async () => {
    const condition = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }
    const text = file('org.json', policy(statement({ AWS: '*' }, { Condition: condition })))
    const config = file('config.json', { organization: { id: 'o-a1b2c3d4e5', accounts: [STRANGER] } })
    expect((await trustdrift(['can', vendor, text])).code).toBe(1)
    expect((await trustdrift(['can', vendor, text, '--config', config])).code).toBe(0)
  })

  it('what cannot be decided is 1, and said', async () => {
    const condition = { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }
    const { code, stdout } = await trustdrift([
      'can',
      ann,
      file('until.json', policy(statement({ AWS: OWN }, { Condition: condition }))),
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^UNDECIDED .*may or may not/s)
    expect(stdout).toMatch(/the request does not say aws:CurrentTime/)
  })

  it('what IAM would refuse in the policy is noted, and judged all the same', async () => {
    const text = file('odd.json', policy({ ...statement({ AWS: OWN }), Sid: 'a b', Action: 'sts:*' }))
    const { code, stderr } = await trustdrift(['can', ann, text])
    expect(code).toBe(0)
    expect(stderr).toMatch(/odd\.json:1:\d+ .*Sid/)
  })

  it('texts from the policy cannot act on the terminal', async () => {
    const text = file(
      'evil.json',
      policy(statement({ AWS: OWN }, { Condition: { StringEquals: { 'sts:ExternalId': '\u001b[2J' } } })),
    )
    const { stdout } = await trustdrift(['can', ann, text])
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('\\u001b[2J')
  })

  it.each([
    ['somebody', /^trustdrift: somebody is no principal: it is neither an account id nor an ARN\./],
    ['', /^trustdrift: "" is no principal/],
    ['1111', /1111 is no principal/],
    ['trust.json', /trust\.json is no principal/],
    [`arn:aws:iam::${OWN}:role/*`, /takes no wildcard inside/],
    [`arn:aws:iam::${OWN}:group/admins`, /it is no account, user, role or session/],
    ['*', /\* is everybody, not a caller.*trustdrift diff \/dev\/null/],
    ['AROAEXAMPLEDELETED123', /deleted role or user/],
  ])('%s is no principal: says what one looks like, with 2', async (principal, words) => {
    const { code, stdout, stderr } = await trustdrift(['can', principal, file('t.json', trusting(ann))])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(
      /A principal is one of:\n.*an account\n.*a user\n.*a role\n.*a session of a role\n.*a service\n/,
    )
  })

  it.each([
    ['no JSON', 'hello', /is not JSON/],
    [
      'a permissions policy',
      JSON.stringify(policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' })),
      /looks like a permissions policy: its statements say on what \(Resource\), not who \(Principal\)/,
    ],
  ])('%s is told apart from a refusal, with 2', async (_, stdin, words) => {
    const { code, stdout, stderr } = await trustdrift(['can', ann, '-'], { stdin })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
  })
})

describe('can, by a role in AWS', () => {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
  })
  beforeEach(() => {
    aws.reset()
    aws.iam.createRole('deploy', JSON.stringify(policy(statement({ AWS: OWN }), statement({ AWS: STRANGER }))), {
      maxSession: 7200,
    })
  })
  afterAll(() => aws.close())

  const can = (...args: readonly string[]) =>
    trustdrift(['can', ...args, '--format', 'json'], {
      env: {
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      },
    })
  const named = () => aws.iam.updateTrust('deploy', JSON.stringify(trusting(ann, ci)))
  const evaluated = async (...args: readonly string[]) => Object(linesOf(await can(...args))[0])

  it('reads the trust policy in force, and asks nobody else', async () => {
    expect(await can(ann, DEPLOY)).toMatchObject({ code: 0, stderr: '' })
    expect(aws.calls('SimulatePrincipalPolicy')).toBe(0)
    const long = await can(ann, DEPLOY, '--context', 'sts:DurationSeconds=7201')
    expect(long.code).toBe(1)
    expect(long.stdout).toContain('STS refuses more than 7200')
  })

  it('a role that does not exist is 2; one that may not be read, 3; each with its words', async () => {
    const missing = await can(ann, `${DEPLOY}2`)
    expect(missing).toMatchObject({ code: 2, stdout: '' })
    expect(missing.stderr).toContain(`There is no role ${DEPLOY}2`)
    aws.faults.always('GetRole', { kind: 'denied' })
    const denied = await can(ann, DEPLOY)
    expect(denied).toMatchObject({ code: 3, stdout: '' })
    expect(denied.stderr).toMatch(/could not be read: IAM GetRole was denied/)
  })

  it('--aws: both sides allow', async () => {
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: DEPLOY })
    const ran = await can(ann, DEPLOY, '--aws')
    expect(ran.code).toBe(0)
    expect(linesOf(ran)).toEqual([
      {
        decision: 'allow',
        caller: 'nothing-more',
        because: [
          'statement 1 allows it',
          `the trust policy alone does not let user ann of account ${OWN} in: a policy of its own must allow sts:AssumeRole on this role too`,
          "the caller's own policies allow it",
        ],
      },
    ])
  })

  it("--aws: the caller's own side refuses, and it is said which", async () => {
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: `${DEPLOY}-other` })
    const ran = await can(ann, DEPLOY, '--aws')
    expect(ran.code).toBe(1)
    expect(linesOf(ran)).toMatchObject([{ decision: 'implicit-deny', caller: null }])
    expect(ran.stdout).toContain(
      "the trust policy allows it, but the caller's own policies do not allow sts:AssumeRole on the role",
    )
    aws.iam.ownPolicies.set(ann, { allow: [], deny: ['sts:AssumeRole'], on: DEPLOY })
    expect(await evaluated(ann, DEPLOY, '--aws')).toMatchObject({
      decision: 'explicit-deny',
      because: [
        "the trust policy allows it, but the caller's own policies deny sts:AssumeRole on the role",
        expect.anything(),
        expect.anything(),
      ],
    })
  })

  it('--aws: both sides refuse, or the trust policy alone', async () => {
    aws.iam.updateTrust('deploy', JSON.stringify(trusting(STRANGER)))
    aws.iam.ownPolicies.set(ann, { allow: [], on: DEPLOY })
    const both = await evaluated(ann, DEPLOY, '--aws')
    expect(both).toMatchObject({ decision: 'implicit-deny', caller: null })
    expect(both.because).toEqual([
      `no statement trusts user ann of account ${OWN}; trusted is account ${STRANGER}`,
      "the caller's own policies do not allow sts:AssumeRole on the role, too",
    ])
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: DEPLOY })
    expect((await evaluated(ann, DEPLOY, '--aws')).because.at(-1)).toBe("the caller's own policies allow it")
  })

  it("--aws: a session's policies are its role's, wherever the role's path is", async () => {
    aws.iam.createRole('ci', '{}', { path: '/tools/' })
    aws.iam.ownPolicies.set(ci, { allow: ['sts:AssumeRole'], on: DEPLOY })
    expect(await evaluated(ciSession, DEPLOY, '--aws')).toMatchObject({ decision: 'allow' })
    expect(aws.iam.simulated[0]).toMatchObject({ PolicySourceArn: ci, 'ResourceArns.member.1': DEPLOY })
    expect(await evaluated(ciSession.replace('/ci/', '/gone/'), DEPLOY, '--aws')).toMatchObject({
      decision: 'undecided',
      because: [
        "the trust policy allows it, but what the caller's own side says is not known: there is no role gone",
        expect.anything(),
        expect.anything(),
      ],
    })
  })

  it('--aws: every action that the call needs, with what it carries, is asked', async () => {
    aws.iam.updateTrust(
      'deploy',
      JSON.stringify(policy({ ...statement({ AWS: OWN }), Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    )
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: DEPLOY })
    const keys = ['aws:RequestTag/team=red', 'aws:MultiFactorAuthPresent=true', 'aws:TagKeys=team', 'aws:TagKeys=cost']
    const asked = await evaluated(ann, DEPLOY, '--aws', ...keys.flatMap((key) => ['--context', key]))
    expect(asked.because[0]).toContain('do not allow sts:TagSession on the role')
    const sent = aws.iam.simulated[0]
    expect(Object.values(sent ?? {})).toEqual(
      expect.arrayContaining(['sts:AssumeRole', 'sts:TagSession', 'boolean', 'stringList']),
    )
  })

  it('--aws: who is named by the policy of his own account needs no permission, but must not be denied', async () => {
    named()
    aws.iam.ownPolicies.set(ann, { allow: [], on: DEPLOY })
    const needless = await evaluated(ann, DEPLOY, '--aws')
    expect(needless).toMatchObject({ decision: 'allow', caller: 'nothing-more' })
    expect(needless.because.at(-1)).toContain('and need not: the trust policy of the same account names the caller')
    aws.iam.ownPolicies.set(ann, { allow: [], deny: ['sts:AssumeRole'], on: DEPLOY })
    expect(await evaluated(ann, DEPLOY, '--aws')).toMatchObject({ decision: 'explicit-deny' })
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], organization: [], on: DEPLOY })
    const byOrganization = await evaluated(ann, DEPLOY, '--aws')
    expect(byOrganization.decision).toBe('implicit-deny')
    expect(byOrganization.because[0]).toContain("policies of the caller's organisation do not allow sts:AssumeRole")
  })

  it('--aws: a boundary limits a role that is named, and that is not certain of others', async () => {
    named()
    aws.iam.ownPolicies.set(ci, { allow: ['sts:AssumeRole'], boundary: [], on: DEPLOY })
    const bounded = await evaluated(ci, DEPLOY, '--aws')
    expect(bounded.decision).toBe('undecided')
    expect(bounded.because[0]).toContain("the caller's permissions boundary does not allow sts:AssumeRole on the role")
  })

  it.each([
    ['not permitted', { kind: 'denied' }, /was denied \(AccessDenied\): it needs iam:SimulatePrincipalPolicy/],
    ['refused', { kind: 'error', status: 400, code: 'InvalidInput' }, /was refused as a bad request/],
    ['an answer that is none', { kind: 'answer', body: '<html></html>' }, /own side says is not known: /],
  ] as const)('--aws: where IAM does not say (%s), it is not guessed', async (_, fault, words) => {
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: DEPLOY })
    aws.faults.always('SimulatePrincipalPolicy', fault)
    const open = await evaluated(ann, DEPLOY, '--aws')
    expect(open).toMatchObject({ decision: 'undecided', caller: 'needs-identity-policy' })
    expect(open.because[0]).toMatch(words)
  })

  it('--aws: a caller of another account is not known to these credentials', async () => {
    const open = await evaluated(vendor, DEPLOY, '--aws')
    expect(open.decision).toBe('undecided')
    expect(open.because[0]).toContain(
      `IAM knows no ${vendor}: it does not exist, or the credentials belong to another account`,
    )
  })

  it('--aws: services have no policies; an account and a policy without its role cannot be asked', async () => {
    aws.iam.updateTrust('deploy', JSON.stringify(policy(statement({ AWS: OWN, Service: 'lambda.amazonaws.com' }))))
    expect(await evaluated('lambda.amazonaws.com', DEPLOY, '--aws')).toMatchObject({ decision: 'allow' })
    expect((await evaluated(OWN, DEPLOY, '--aws')).because[0]).toContain(
      'only users, roles and their sessions have policies',
    )
    const nameless = await evaluated(vendor, file('nameless.json', trusting(vendor)), '--aws')
    expect(nameless.because[0]).toContain('the policy does not say which role it is of')
    expect(aws.calls('SimulatePrincipalPolicy')).toBe(0)
  })

  it('with --aws, text does not say that nobody was asked', async () => {
    aws.iam.ownPolicies.set(ann, { allow: ['sts:AssumeRole'], on: DEPLOY })
    const { stdout } = await trustdrift(['can', ann, DEPLOY, '--aws'], {
      env: {
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      },
    })
    expect(stdout).toMatch(/^ALLOWED/)
    expect(stdout).not.toContain('were not looked at')
  })
})
