import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectGolden } from '../golden.ts'
import { closed, DEPLOY, OWN, opened, STRANGER, scratch } from './samples.ts'
import { BUILT, linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()
const [before, after] = [file('before.json', closed), file('after.json', opened)]

/** The command line in a shell that finds the built command under its name. @returns its exit code */
function runInShell(command: string): Promise<number> {
  const script = `trustdrift() { "${process.execPath}" "${BUILT}" "$@"; }; ${command}`
  return new Promise((done) => {
    execFile('sh', ['-c', script], (error) => done(typeof error?.code === 'number' ? error.code : 0))
  })
}

// who, the principal, the action
const CALLERS: readonly (readonly [string, object, string])[] = [
  ['a user called as if by mail', { AWS: `arn:aws:iam::${STRANGER}:user/bob@x.amazonaws.com` }, 'AssumeRole'],
  ['a role called as if a service', { AWS: `arn:aws:iam::${STRANGER}:role/x.amazonaws.com` }, 'AssumeRole'],
  ['a role under the path of a provider', { AWS: `arn:aws:iam::${STRANGER}:role/:saml-provider/x` }, 'AssumeRole'],
  [
    'a session called as if a service',
    { AWS: `arn:aws:sts::${STRANGER}:assumed-role/Deploy/ec2.amazonaws.com` },
    'AssumeRole',
  ],
  ['Cognito in GovCloud', { Federated: 'cognito-identity-us-gov.amazonaws.com' }, 'AssumeRoleWithWebIdentity'],
  ['Cognito in China', { Federated: 'cognito-identity.cn-north-1.amazonaws.com.cn' }, 'AssumeRoleWithWebIdentity'],
  ['a provider without an ARN', { Federated: 'idp.example.com' }, 'AssumeRoleWithWebIdentity'],
  ['a provider with a path', { Federated: 'idp.example.com/tenant' }, 'AssumeRoleWithWebIdentity'],
  [
    'a canonical user',
    { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
    'AssumeRole',
  ],
  ['a service of AWS alone', { Service: 'foo.aws.internal' }, 'AssumeRole'],
  ['a service called as if a provider', { Service: 'idp.example.com' }, 'AssumeRole'],
  ['a provider called as if a service', { Federated: 'sso.amazonaws.com' }, 'AssumeRoleWithWebIdentity'],
  ['a canonical user called by a name', { CanonicalUser: 'somebody' }, 'AssumeRole'],
  ['a service in Europe', { Service: 'lambda.amazonaws.eu' }, 'AssumeRole'],
]

describe('diff', () => {
  it('shows who is admitted before and after, with a caller as proof', async () => {
    const { code, stdout, stderr } = await trustdrift(['diff', before, after, '--account', OWN])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expectGolden('terminal/diff-opened.txt', stdout.replaceAll(dirname(after), '/policies'))
  })

  it('each caller comes with a command that shows him refused by the one and allowed by the other', async () => {
    const open = file('open policy.json', {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${STRANGER}:root` },
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: { StringEquals: { 'sts:ExternalId': "it's $HOME; `id`", 'aws:RequestTag/team': 'a b' } },
        },
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } },
        },
      ],
    })
    const { stdout } = await trustdrift(['diff', after, open, '--account', OWN])
    const commands = stdout.match(/trustdrift can .*/g) ?? []
    expect(commands).toHaveLength(4)
    const codes = commands.flatMap((command) =>
      [open, after].map((one) => runInShell(command.replace(/('[^']*open policy\.json'|\S*after\.json)/, `'${one}'`))),
    )
    expect(await Promise.all(codes)).toEqual([0, 1, 0, 1, 1, 0, 1, 0])
  })

  it.each(CALLERS)('the command of %s shows him allowed', async (_, principal, action) => {
    const text = file('of.json', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: principal, Action: `sts:${action}` }],
    })
    const { stdout } = await trustdrift(['diff', '/dev/null', text, '--account', OWN])
    const commands = stdout.match(/trustdrift can .*/g) ?? []
    expect([commands.length, await runInShell(commands[0] ?? '')]).toEqual([1, 0])
  })

  it('the command names the configuration, which it needs as well', async () => {
    const organization = { id: 'o-a1b2c3d4e5', accounts: [OWN] }
    const config = file('a config.json', { organization })
    const text = file('own-org.json', {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: 'sts:AssumeRole',
          Condition: { StringEquals: { 'aws:PrincipalOrgID': `\${aws:ResourceOrgID}` } },
        },
      ],
    })
    const { stdout } = await trustdrift(['diff', '/dev/null', text, '--account', OWN, '--config', config])
    const [command = ''] = stdout.match(/trustdrift can .*/g) ?? []
    expect(command).toContain(`--config '${config}'`)
    expect([await runInShell(command), await runInShell(command.replace(/ --config .*/, ''))]).toEqual([0, 1])
  })

  it('somebody who lost access counts with the severity of that', async () => {
    const codes = ['high', 'medium'].map(
      async (failOn) => (await trustdrift(['diff', after, before, '--account', OWN, '--fail-on', failOn])).code,
    )
    expect(await Promise.all(codes)).toEqual([0, 1])
  })

  it('JSON is a Comparison', async () => {
    const ran = await trustdrift(['diff', before, after, '--account', OWN, '--format', 'json'])
    const [comparison, ...more] = linesOf(ran)
    expect(more).toEqual([])
    expect(Object.keys(Object(comparison))).toEqual(['verdict', 'gained', 'lost', 'undecided'])
    expect(comparison).toMatchObject({
      verdict: 'widened',
      gained: [{ severity: 'high', witness: { action: 'sts:AssumeRole' } }],
      lost: [],
    })
    expect(JSON.stringify(comparison)).toContain(STRANGER)
  })

  it('the same meaning in another text is equivalent', async () => {
    const other = file('other.json', JSON.stringify({ ...opened, Id: 'x' }, null, 4))
    const ran = await trustdrift(['diff', after, other, '--format', 'json', '--fail-on', 'info'])
    expect(linesOf(ran)).toMatchObject([{ verdict: 'equivalent', gained: [], lost: [] }])
    expect(ran.code).toBe(0)
  })

  it('/dev/null admits nobody', async () => {
    const ran = await trustdrift(['diff', '/dev/null', after, '--account', OWN, '--format', 'json'])
    expect(linesOf(ran)).toMatchObject([{ verdict: 'widened', lost: [] }])
    expect(ran.code).toBe(1)
  })

  it("takes one side from standard input, and the account from a role's ARN", async () => {
    const role = { Role: { Arn: DEPLOY, AssumeRolePolicyDocument: opened } }
    const ran = await trustdrift(['diff', before, '-', '--format', 'json'], { stdin: JSON.stringify(role) })
    expect(linesOf(ran)).toMatchObject([{ verdict: 'widened', gained: [{ severity: 'high' }] }])
  })

  it('what is not JSON is 2', async () => {
    const { code, stdout, stderr } = await trustdrift(['diff', before, file('notes.txt', 'hello')])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/notes\.txt is not JSON/)
  })

  it('what is no trust policy is not compared, and called by its name', async () => {
    const { code, stdout, stderr } = await trustdrift(['diff', before, file('roles.json', { Roles: [] })])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/roles\.json is no trust policy\. It looks like what IAM answers about roles/)
  })

  it('the length of a policy is nobody to let in: which quota it had, no document says', async () => {
    const long = file('long.json', { ...Object(JSON.parse(JSON.stringify(opened))), Id: 'x'.repeat(3000) })
    const { code, stderr } = await trustdrift(['diff', before, long, '--fail-on', 'critical'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
