/** What nobody can answer is said, and never "nothing happened". */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { account, argsOf, at, DAY, places, told } from './past.ts'
import { STRANGER } from './samples.ts'
import { trustdrift } from './trustdrift.ts'

const { newMemory } = places()
const { aws, env, backfill } = account()

describe('a backfill that is asked for what nobody can answer', () => {
  it('says that a time has not come yet', async () => {
    const to = new Date(Date.now() + DAY).toISOString().slice(0, 10)
    const ran = await trustdrift(
      ['backfill', '--format', 'json', '--rate', '100', '--from', at(0), '--to', to, '--memory', newMemory()],
      { env: env() },
    )
    expect(told(ran)).toMatchObject({
      complete: false,
      missing: [{ to: `${to}T00:00:00Z`, why: 'by the clock of AWS that time has not come' }],
    })
    expect(ran.code).toBe(3)
  })

  it('goes by the clock of AWS, and says so where this computer disagrees', async () => {
    const ahead = 'const now = Date.now; Date.now = () => now() + 20 * 60_000'
    const memory = newMemory()
    const ran = await trustdrift(argsOf(memory, '--days', '1'), {
      env: { ...env(), NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(ahead)}` },
    })
    expect(ran.stderr).toContain("this computer's clock is 20 minutes ahead of AWS's")
    expect(told(ran)).toMatchObject({ complete: false, missing: [{ why: expect.stringMatching(/has not come/) }] })
    const marks = readFileSync(memory, 'utf8').matchAll(/"to":(\d+)/g)
    // What CloudTrail may still deliver is read again by the next run.
    for (const [, to] of marks) expect(Number(to)).toBeLessThan(Date.now() - 14 * 60_000)
  })

  it('names a profile that there is none of', async () => {
    const { AWS_ENDPOINT_URL } = env()
    const ran = await trustdrift(['backfill', '--profile', 'nobodys', '--memory', newMemory()], {
      env: { AWS_ENDPOINT_URL, AWS_EC2_METADATA_DISABLED: 'true' },
    })
    expect(ran.stderr).toContain('nobodys')
    expect(ran.code).toBe(3)
  })

  it('names a region that there is none of', async () => {
    const ran = await trustdrift(['backfill', '--region', 'mars', '--memory', newMemory()], { env: env() })
    expect(ran.stderr).toMatch(/--region mars is no region/)
    expect(ran.code).toBe(2)
  })

  it('what an SCP denies is missing, and never "nothing happened"', async () => {
    aws().faults.always('LookupEvents', { kind: 'denied' })
    const ran = await backfill(newMemory())
    const { complete, missing } = told(ran)
    expect(complete).toBe(false)
    expect(new Set(missing.map(({ what, why }) => `${what}: ${why}`))).toEqual(
      new Set(
        ['UpdateAssumeRolePolicy events', 'CreateRole events', 'DeleteRole events', 'App Runner calls'].map(
          (what) => `${what}: CloudTrail LookupEvents was denied (AccessDeniedException)`,
        ),
      ),
    )
    expect(ran.code).toBe(3)
  })

  it('what is older than the history holds is missing', async () => {
    const from = new Date(Date.now() - 200 * DAY).toISOString().slice(0, 10)
    const ran = await backfill(newMemory(), '--from', from)
    expect(told(ran).missing).toMatchObject([
      { from: `${from}T00:00:00Z`, why: expect.stringMatching(/holds 90 days/) },
    ])
    expect(ran.code).toBe(3)
  })

  it('credentials of another account than the one named are no source', async () => {
    const ran = await trustdrift(['backfill', '--account', STRANGER, '--memory', newMemory()], { env: env() })
    expect(ran.stderr).toMatch(/belong to account 111122223333, and --account says/)
    expect(ran.code).toBe(3)
  })
})
