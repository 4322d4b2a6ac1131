import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeAws, startFakeAws } from '../aws/server.ts'
import { closed, opened, scratch } from './samples.ts'
import { linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()

describe('sweep', () => {
  let aws: FakeAws
  beforeAll(async () => {
    aws = await startFakeAws()
  })
  afterAll(() => aws.close())

  const sweep = (...args: readonly string[]) =>
    trustdrift(['sweep', '--format', 'json', ...args], {
      env: {
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      },
    })

  it('remembers the first time, and tells later what changed without an event', async () => {
    const memory = ['--memory', file('memory.jsonl', '')]
    aws.iam.createRole('deploy', JSON.stringify(closed))
    aws.iam.createRole('other', JSON.stringify(closed))
    const first = await sweep(...memory)
    expect(first).toMatchObject({ code: 0, stdout: '' })
    expect(first.stderr).toMatch(/2 roles remembered/)
    expect(await sweep(...memory)).toMatchObject({ code: 0, stdout: '' })
    aws.iam.updateTrust('deploy', JSON.stringify(opened))
    aws.iam.deleteRole('other')
    const changed = await sweep(...memory)
    expect(linesOf(changed)).toMatchObject([
      { kind: 'trust-changed', severity: 'high', role: { name: 'deploy' }, actor: null, evidence: { source: 'sweep' } },
      { kind: 'role-deleted', role: { name: 'other' } },
    ])
    expect(changed.code).toBe(1)
    expect(await sweep(...memory)).toMatchObject({ code: 0, stdout: '' })
  })

  it('says which exceptions no role of the account needs', async () => {
    const exception = { rule: 'foreign-account', reason: 'until the move', expires: '2099-01-01' }
    aws.iam.createRole('partners', JSON.stringify(opened))
    aws.iam.createRole('tidy', JSON.stringify(closed))
    const exceptions = ['partners', 'tidy'].map((role) => ({ role, ...exception }))
    const { code, stdout, stderr } = await sweep('--config', file('unused.json', { exceptions }))
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toMatch(/The exception from foreign-account for tidy leaves nothing out/)
    expect(stderr).not.toMatch(/for partners/)
  })

  it('IAM that refuses is 3', async () => {
    aws.faults.next('ListRoles', { kind: 'denied' })
    const { code, stderr } = await sweep('--account', '111122223333')
    expect(code).toBe(3)
    expect(stderr).toMatch(/IAM ListRoles/)
  })

  it('without credentials it is 3, and says what to do', async () => {
    const { code, stderr } = await trustdrift(['sweep', '--account', '111122223333'], {
      env: { AWS_ENDPOINT_URL: aws.endpoint, AWS_EC2_METADATA_DISABLED: 'true' },
    })
    expect(code).toBe(3)
    expect(stderr).toMatch(/No AWS credentials were found: set AWS_PROFILE, or log in/)
  })
})
