import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { closed, DEPLOY, OWN, opened, STRANGER, scratch, trusting } from './samples.ts'
import { linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()
const rules = (checked: unknown) => JSON.stringify(checked).match(/"rule":"[a-z-]+"/g)

const anyRepository = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    // Enough for IAM, and everybody's all the same.
    Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' } },
  },
}
const byTag = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${OWN}:role/ci` },
    Action: 'sts:AssumeRole',
    // A variable that depends on the role's own tags, which no document holds.
    Condition: { StringEquals: { 'aws:PrincipalTag/team': '$\u007baws:ResourceTag/team}' } },
  },
}

describe('check', () => {
  it('has nothing to report of a policy that admits its own account only', async () => {
    const { code, stdout, stderr } = await trustdrift(['check', file('closed.json', closed), '--account', OWN])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/CHECKED .*closed\.json\n.*Nothing to report\./)
  })

  it('reports a foreign account with 1, and says who and why', async () => {
    const { code, stdout } = await trustdrift(['check', file('opened.json', opened), '--account', OWN])
    expect(code).toBe(1)
    expect(stdout).toMatch(new RegExp(`FINDINGS.*\\[foreign-account\\].*${STRANGER}.*Why: `, 's'))
  })

  it('shows what a fix changes, as a unified diff, and the command that writes it', async () => {
    const role = file('role.json', { Role: { Arn: DEPLOY, AssumeRolePolicyDocument: opened } })
    const { stdout } = await trustdrift(['check', role])
    const diff = stdout.split('\n').map((line) => line.trim())
    expect(diff).toContain(`--- ${role}`)
    expect(diff).toContain(`+++ ${role} (proposed)`)
    expect(diff.some((line) => /^@@ -\d+,\d+ \+\d+,\d+ @@$/.test(line))).toBe(true)
    expect(diff.some((line) => line.startsWith('-') && line.includes(STRANGER))).toBe(true)
    const command = diff.find((line) => line.startsWith('aws iam update-assume-role-policy --role-name deploy '))
    expect(JSON.parse(/'(.*)'$/.exec(command ?? '')?.[1] ?? '')).toEqual(closed)
  })

  it('--fail-on decides what counts', async () => {
    const policy = file('opened.json', opened)
    const codes = ['never', 'critical', 'high', 'info'].map(
      async (failOn) => (await trustdrift(['check', policy, '--account', OWN, '--fail-on', failOn])).code,
    )
    expect(await Promise.all(codes)).toEqual([0, 0, 1, 1])
  })

  it('JSON is one { source, problems, findings } a line', async () => {
    const [one, two] = [file('one.json', opened), file('two.json', closed)]
    const ran = await trustdrift(['--format', 'json', 'check', one, two, '--account', OWN])
    expect(linesOf(ran)).toMatchObject([
      { source: one, problems: [], findings: [{ rule: 'foreign-account', severity: 'high' }] },
      { source: two, problems: [], findings: [] },
    ])
    expect(Object.keys(Object(linesOf(ran)[0]))).toEqual(['source', 'problems', 'findings'])
  })

  it.each([
    ['the document', opened],
    ['what aws iam get-role prints', { Role: { RoleName: 'deploy', Arn: DEPLOY, AssumeRolePolicyDocument: opened } }],
    [
      'the same, URL-encoded',
      { Role: { Arn: DEPLOY, AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(opened)) } },
    ],
    ['the role without its wrapping', { Arn: DEPLOY, AssumeRolePolicyDocument: JSON.stringify(opened) }],
    ['the document as a JSON string', JSON.stringify(opened)],
    ['the document URL-encoded', encodeURIComponent(JSON.stringify(opened))],
  ])('takes %s from standard input', async (_, input) => {
    const stdin = typeof input === 'string' && input.startsWith('%') ? input : JSON.stringify(input)
    const ran = await trustdrift(['check', '-', '--format', 'json', '--account', OWN], { stdin })
    expect(ran.code).toBe(1)
    expect(rules(linesOf(ran))).toEqual(['"rule":"foreign-account"'])
  })

  it("takes the account from the role's ARN, so that its own account is not foreign", async () => {
    const role = {
      Role: { RoleName: 'deploy', Arn: DEPLOY, AssumeRolePolicyDocument: trusting(`arn:aws:iam::${OWN}:root`) },
    }
    const ran = await trustdrift(['check', '-', '--format', 'json'], { stdin: JSON.stringify(role) })
    expect(rules(linesOf(ran))).toEqual(['"rule":"whole-account"'])
    expect(ran.code).toBe(0)
  })

  it('an account trusted by the configuration is not foreign, until the trust expires', async () => {
    const policy = file('opened.json', opened)
    const config = (expires: string) =>
      file(`config-${expires}.json`, {
        trustedAccounts: [{ id: STRANGER, label: 'Partner', reason: 'contract', expires }],
      })
    const code = async (expires: string) =>
      (await trustdrift(['check', policy, '--account', OWN, '--config', config(expires)])).code
    expect(await code('2199-01-01')).toBe(0)
    expect(await code('2020-01-01')).toBe(1)
  })

  it("a problem's line is that of the file, inside get-role's answer too", async () => {
    const text = `{\n "Role": {\n  "Arn": "${DEPLOY}",\n  "AssumeRolePolicyDocument": {\n   "Version": "2012-10-17",\n   "Statement": [{"Effect": "Sometimes", "Principal": {"AWS": "${OWN}"}, "Action": "sts:AssumeRole"}]\n  }\n }\n}`
    const ran = await trustdrift(['check', '-', '--format', 'json'], { stdin: text })
    expect(ran.code).toBe(1)
    expect(linesOf(ran)).toMatchObject([{ problems: [{ line: 6 }] }])
  })

  it.each([
    [
      'a stranger through a shared provider',
      anyRepository,
      /critical .*\n\s+GitHub Actions runs of anyone's repository .*get in through statement 1/,
    ],
    ['what cannot be decided', byTag, /UNDECIDED\s+high\s+.*aws:PrincipalTag\/team cannot be decided/],
  ])('%s counts, in both formats, and text says it', async (_, document, words) => {
    const ran = (...args: readonly string[]) =>
      trustdrift(['check', '-', '--account', OWN, ...args], { stdin: JSON.stringify(document) })
    const text = await ran()
    expect(text.stdout).toMatch(words)
    expect(text.stdout).not.toContain('Nothing to report')
    const json = await ran('--format', 'json')
    expect([text.code, json.code]).toEqual([1, 1])
    expect(linesOf(json).map((line) => Object.keys(Object(line)))).toEqual([['source', 'problems', 'findings']])
  })

  it('never ends in 1 without a reason: who is routine is shown when routine counts', async () => {
    const args = ['check', file('closed.json', closed), '--account', OWN]
    const { code, stdout } = await trustdrift([...args, '--fail-on', 'info'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/ADMITTED\s+low/)
  })

  it('tells a permissions policy pasted by mistake', async () => {
    const permissions = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
    }
    const { code, stderr } = await trustdrift(['check', '-'], { stdin: JSON.stringify(permissions) })
    expect(code).toBe(1)
    expect(stderr).toMatch(/looks like a permissions policy/)
  })

  it.each([
    [
      'Terraform',
      'resource "aws_iam_role" "deploy" {\n  assume_role_policy = "{}"\n}',
      2,
      /is not JSON\n.*looks like Terraform/,
    ],
    ['a template', JSON.stringify({ Resources: {} }), 1, /looks like a CloudFormation template/],
    ['the list of roles', JSON.stringify({ Roles: [] }), 1, /looks like what IAM answers about roles/],
  ])('tells %s from a trust policy, and what to take instead', async (_, stdin, exit, words) => {
    const { code, stderr } = await trustdrift(['check', '-'], { stdin })
    expect(code).toBe(exit)
    expect(stderr).toMatch(words)
  })

  it('measures a policy by the quota of the account, and what IAM holds by none', async () => {
    const long = {
      ...closed,
      Id: 'x'.repeat(3000),
    }
    const ran = (stdin: unknown, ...args: readonly string[]) =>
      trustdrift(['check', '-', '--account', OWN, ...args], { stdin: JSON.stringify(stdin) })
    const tooLong = await ran(long)
    expect([tooLong.code, tooLong.stdout]).toEqual([1, expect.stringMatching(/over its quota of 2048 characters/)])
    expect((await ran(long, '--quota', '4096')).code).toBe(0)
    const held = { Role: { Arn: DEPLOY, AssumeRolePolicyDocument: long } }
    expect((await ran(held)).code).toBe(0)
    expect((await ran(held, '--quota', '2048')).code).toBe(1)
    expect((await ran(long, '--quota', 'long')).stderr).toMatch(/A quota is a number of characters/)
  })

  it('what is not JSON is 2, and the others are judged all the same', async () => {
    const ran = await trustdrift([
      'check',
      file('notes.txt', 'hello'),
      file('closed.json', closed),
      'missing.json',
      '--format',
      'json',
      '--account',
      OWN,
    ])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/notes\.txt is not JSON/)
    expect(ran.stderr).toMatch(/missing\.json cannot be read/)
    expect(linesOf(ran)).toHaveLength(2)
  })
})

describe('check of a role in AWS', () => {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
    aws.iam.createRole('deploy', JSON.stringify(opened))
  })
  afterAll(() => aws.close())

  const env = (endpoint: string) => ({
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  })

  it('reads the trust policy in force', async () => {
    const ran = await trustdrift(['check', DEPLOY, '--format', 'json'], { env: env(aws.endpoint) })
    expect(ran.stderr).toBe('')
    expect(linesOf(ran)).toMatchObject([{ source: DEPLOY, findings: [{ rule: 'foreign-account' }] }])
    expect(ran.code).toBe(1)
  })

  it('a role that is not there is wrong input; IAM that does not answer is 3, before 1 and 2', async () => {
    expect((await trustdrift(['check', `${DEPLOY}2`], { env: env(aws.endpoint) })).code).toBe(2)
    const down = await trustdrift(['check', DEPLOY, file('opened.json', opened), 'missing.json'], {
      env: { ...env('http://127.0.0.1:9'), AWS_MAX_ATTEMPTS: '1' },
    })
    expect(down.code).toBe(3)
    expect(down.stderr).toMatch(/could not be read/)
  })
})
