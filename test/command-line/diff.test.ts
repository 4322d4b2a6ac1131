import { describe, expect, it } from 'vitest'
import { expectGolden } from '../golden.ts'
import { closed, DEPLOY, OWN, opened, STRANGER, scratch } from './samples.ts'
import { linesOf, trustdrift } from './trustdrift.ts'

const file = scratch()
const [before, after] = [file('before.json', closed), file('after.json', opened)]

describe('diff', () => {
  it('shows who is admitted before and after, with a caller as proof', async () => {
    const { code, stdout, stderr } = await trustdrift(['diff', before, after, '--account', OWN])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expectGolden('terminal/diff-opened.txt', stdout)
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
