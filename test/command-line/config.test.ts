import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CREDENTIALS } from '../aws/dynamo.ts'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { deploy } from '../doctor/deployed.ts'
import { OWN, scratch } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const file = scratch()
const backup = { id: '999988887777', label: 'Backup', reason: 'nightly copies' }
const past = { ...backup, expires: '2026-01-01' }

let aws: FakeAws
beforeAll(async () => {
  aws = await startFakeAws()
})
afterAll(() => aws.close())
beforeEach(() => aws.reset())

function environment() {
  return {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: 'us-east-1',
  }
}

function stored(...args: readonly string[]) {
  return trustdrift(['config', ...args, '--path', '/trustdrift'], { env: environment() })
}

describe('config check', () => {
  it('says so when all is well, and ends with 0', async () => {
    const good = file('good.json', { trustedAccounts: [backup] })
    expect(await trustdrift(['config', 'check', good])).toEqual({
      code: 0,
      stdout: '1 text read, no faults.\n',
      stderr: '',
    })
    expect((await trustdrift(['config', 'check', '--config', good])).code).toBe(0)
    expect((await trustdrift(['config', 'check', '-'], { stdin: '{}' })).code).toBe(0)
  })

  it('names every fault with its file, place and path, and ends with 1', async () => {
    const one = file('one.json', '{\n "notifyAt": "loud",\n "trusted": []\n}')
    const other = file('other.json', { trustedAccounts: [{ ...backup, id: '1' }] })
    const { code, stdout, stderr } = await trustdrift(['config', 'check', one, other])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout.split('\n')).toEqual([
      `${one}:2:14 /notifyAt must be one of info, low, medium, high, critical`,
      `${one}:3:13 /trusted is no setting that Trustdrift knows`,
      `${other}:1:27 /trustedAccounts/0/id must be an account id: twelve digits`,
      '2 texts read, 3 faults: nothing of it is used until they are mended.',
      '',
    ])
    expect((await trustdrift(['config', 'check', one, '--fail-on', 'never'])).code).toBe(0)
  })

  it('tells what has expired, as JSON too, and ends with 1', async () => {
    const old = file('old.json', {
      trustedAccounts: [backup],
      exceptions: [{ role: 'a', rule: 'public-role', reason: 'r', expires: '2026-01-01' }],
    })
    const { code, stdout } = await trustdrift(['config', 'check', old, '--format', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      sources: [old],
      faults: [],
      expired: [
        {
          source: old,
          path: '/exceptions/0',
          says: 'The exception from public-role for a expired 2026-01-01 and no longer counts',
        },
      ],
      unknownRules: [],
    })
  })

  it('tells of an exception from a rule that there is not, and ends with 1', async () => {
    const exception = { role: 'a', rule: 'publik-role', reason: 'r', expires: '2099-01-01' }
    const mistyped = file('mistyped.json', { exceptions: [exception] })
    const { code, stdout } = await trustdrift(['config', 'check', mistyped])
    expect({ code, lines: stdout.trimEnd().split('\n') }).toEqual({
      code: 1,
      lines: [
        `${mistyped} /exceptions/0 The exception from publik-role for a leaves nothing out: no rule for trust policies is called publik-role`,
        '1 text read, no faults, 1 exception from no rule.',
      ],
    })
  })

  it.each([['{'], [''], ['{"notifyAt":"low"} // why']])('text that is not JSON is 2: %j', async (stdin) => {
    expect((await trustdrift(['config', 'check', '-'], { stdin })).code).toBe(2)
  })

  it.each([[[]], [['missing.json']], [['x.json', '--path', '/trustdrift']], [['--path', 'trustdrift']]])(
    'wrong usage is 2, with words: %j',
    async (args) => {
      const { code, stdout, stderr } = await trustdrift(['config', 'check', ...args])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).not.toBe('')
    },
  )

  it('what a file holds does not move the terminal', async () => {
    const hostile = file('hostile.json', { '\u001b[2Jx': 1 })
    expect((await trustdrift(['config', 'check', hostile])).stdout).not.toContain('\u001b')
  })

  it('reads what the functions read', async () => {
    aws.ssm.put('/trustdrift/a', { notifyAt: 'low' })
    aws.ssm.put('/trustdrift/team/b', { notifyAt: 'low', trustedAccounts: [past] })
    const { code, stdout } = await stored('check')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^\/trustdrift\/team\/b:1:13 \/notifyAt is set in \/trustdrift\/a already$/m)
    expect(stdout).toMatch(/^\/trustdrift\/team\/b \/trustedAccounts\/0 Backup \(999988887777\) expired 2026-01-01/m)
  })

  it('parameters that cannot be read are 3, with words', async () => {
    aws.faults.always('GetParametersByPath', { kind: 'denied' })
    const { code, stderr } = await stored('check')
    expect(code).toBe(3)
    expect(stderr).toMatch(/SSM GetParametersByPath was denied/)
  })
})

describe('config show', () => {
  it('says of every value where it comes from', async () => {
    aws.ssm.put('/trustdrift/b', { trustedAccounts: [{ ...backup, id: '444455556666' }] })
    aws.ssm.put('/trustdrift/a', { trustedAccounts: [backup] })
    const { code, stdout } = await stored('show', '--format', 'json')
    expect(code).toBe(0)
    const { config, values } = JSON.parse(stdout)
    expect(config.trustedAccounts.map(({ id }: { id: string }) => id)).toEqual(['999988887777', '444455556666'])
    expect(values.map(({ path, from }: { path: string; from: string }) => [path, from])).toEqual([
      ['/notifyAt', "default of the stack's parameter NotifyAt; see --stack"],
      ['/trustedAccounts', '/trustdrift/a'],
      ['/trustedAccounts', '/trustdrift/b'],
    ])
  })

  it('has a line for each value, and what has no effect on standard error', async () => {
    const given = file('given.json', { notifyAt: 'low', trustedAccounts: [past] })
    const { code, stdout, stderr } = await trustdrift(['config', 'show', given])
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(`/notifyAt "low"  (${given})`)
    expect(stderr).toMatch(/expired 2026-01-01 and no longer counts/)
  })

  describe('of a stack', () => {
    const ofStack = (...args: readonly string[]) =>
      trustdrift(['config', ...args, '--stack', 'trustdrift'], {
        env: { ...environment(), AWS_REGION: 'eu-west-1' },
      })
    beforeEach(() => {
      deploy(aws)
      aws.deployment.stacks.get('trustdrift')?.parameters.set('NotifyAt', 'high').set('ConfigPath', '/elsewhere')
    })

    it('says what it was deployed with where the configuration is silent, and reads where its functions do', async () => {
      aws.ssm.put('/elsewhere/a', { trustedAccounts: [backup] })
      const { code, stdout, stderr } = await ofStack('show')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout.split('\n')[0]).toBe('/notifyAt "high"  (parameter NotifyAt of stack trustdrift)')
      expect(stdout).toContain('(/elsewhere/a)')
    })

    it('is beaten by the configuration', async () => {
      aws.ssm.put('/elsewhere/a', { notifyAt: 'low' })
      expect((await ofStack('show')).stdout).toBe('/notifyAt "low"  (/elsewhere/a)\n')
      expect((await ofStack('check')).stdout).toBe('1 text read, no faults.\n')
    })

    it('that does not exist is wrong use, and so is naming two places', async () => {
      aws.deployment.stacks.clear()
      const { code, stderr } = await ofStack('show')
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: 'trustdrift: There is no stack named trustdrift in us-east-1 or eu-west-1\n',
      })
      expect((await ofStack('show', '--path', '/trustdrift')).code).toBe(2)
    })
  })

  it('shows nothing of a configuration with a fault: nothing of it counts', async () => {
    const { code, stdout, stderr } = await trustdrift(['config', 'show', '-'], { stdin: '{"notifyAt":"loud"}' })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/-:1:13 \/notifyAt must be one of/)
  })
})

describe('an exception', () => {
  const open = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sts:AssumeRole' },
  }
  const role = { Role: { Arn: `arn:aws:iam::${OWN}:role/legacy`, AssumeRolePolicyDocument: open } }
  const exception = { role: 'leg*', rule: 'foreign-account', reason: 'until the move', expires: '2099-01-01' }
  const findings = async (extra: object) => {
    const config = file('exceptions.json', { exceptions: [{ ...exception, ...extra }] })
    const ran = await trustdrift(['check', '-', '--format', 'json', '--config', config], {
      stdin: JSON.stringify(role),
    })
    return { ...ran, rules: JSON.parse(ran.stdout).findings.map(({ rule }: { rule: string }) => rule) }
  }

  it('leaves a finding out of check, says so, and does not make the role closed', async () => {
    const { rules, stderr, code } = await findings({})
    expect(rules).toEqual([])
    expect(stderr).toMatch(/left out by an exception from foreign-account/)
    expect(code).toBe(1)
  })

  it.each([
    ['another rule', { rule: 'public-role' }],
    ['another role', { role: 'other' }],
    ['another principal', { principal: 'arn:aws:iam::444455556666:root' }],
    ['a time that is over', { expires: '2026-01-01' }],
  ])('for %s leaves nothing out', async (_, extra) => {
    expect((await findings(extra)).rules).toEqual(['foreign-account'])
  })

  it('for the very principal leaves it out', async () => {
    expect((await findings({ principal: 'arn:aws:iam::999988887777:root' })).rules).toEqual([])
  })
})
