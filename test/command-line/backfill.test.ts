/** Backfill from CloudTrail's event history. */

import { expect, it } from 'vitest'
import { account, expectTheStory, places, record, story, timeOf, told } from './past.ts'
import { closed, OWN, opened } from './samples.ts'

const { newMemory } = places()
const { aws, happened, backfill } = account()

it('finds the same as from the files', async () => {
  happened(story)
  const ran = await backfill(newMemory())
  expectTheStory(told(ran))
  expect(ran.code).toBe(1)
  const { from, to } = told(ran)
  expect(ran.stderr).toBe(
    `trustdrift: account ${OWN}, region us-east-1, as arn:aws:sts::${OWN}:assumed-role/Operator/alice: ${from} to ${to}\n`,
  )
})

it('a second run reads only what is new, and the last minutes again', async () => {
  happened(story)
  const memory = newMemory()
  await backfill(memory)
  const asked = aws().calls('LookupEvents')
  const fresh = record({ minute: 0, call: 'UpdateAssumeRolePolicy', role: 'fresh', document: opened })
  aws().cloudtrail.record({ ...fresh, eventTime: timeOf(Date.now() - 60_000) })
  const second = told(await backfill(memory))
  expect(second.roles.map(({ role }) => role)).toContain('fresh')
  expect(aws().calls('LookupEvents') - asked).toBeLessThanOrEqual(12)
  expect(aws().calls('LookupEvents')).toBeLessThan(2 * asked)
})

it('throttling and lost answers are got over', async () => {
  happened(story)
  for (const kind of ['throttle', 'drop'] as const) aws().faults.next('LookupEvents', { kind }, 2)
  expectTheStory(told(await backfill(newMemory())))
})

it('what is open is held against IAM', async () => {
  aws().cloudtrail.record(record({ minute: 10, call: 'UpdateAssumeRolePolicy', document: opened }))
  aws().iam.createRole('deploy', JSON.stringify(opened))
  expect(told(await backfill(newMemory()))).toMatchObject({
    complete: true,
    exposures: [{ to: null, closedBy: null }],
  })
  aws().iam.updateTrust('deploy', JSON.stringify(closed))
  expect(told(await backfill(newMemory()))).toMatchObject({
    complete: false,
    exposures: [{ to: expect.any(String), closedBy: null }],
    missing: [{ what: 'what closed role deploy' }],
  })
  aws().iam.deleteRole('deploy')
  expect(told(await backfill(newMemory()))).toMatchObject({ exposures: [{ to: expect.any(String) }], missing: [{}] })
  aws().faults.always('GetRole', { kind: 'denied' })
  expect(told(await backfill(newMemory()))).toMatchObject({
    exposures: [{ to: null }],
    missing: [{ what: 'whether role deploy is still open' }],
  })
})

it('keeps to the rate of each region, and provokes no throttle', async () => {
  happened(story)
  aws().cloudtrail.rate = 100
  expectTheStory(told(await backfill(newMemory(), '--rate', '50')))
  aws().cloudtrail.rate = Number.POSITIVE_INFINITY
})
