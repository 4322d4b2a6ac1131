/** Backfills that are stopped, and what happens while they run. */

import { readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { account, argsOf, at, expectTheStory, places, record, story, timeOf, told } from './past.ts'
import { start } from './trustdrift.ts'

const { newMemory } = places()
const { aws, env, happened, backfill } = account()

it('killed at any page and started again, it tells the same', async () => {
  happened(story)
  const window = ['--from', at(-10), '--to', at(500)]
  const whole = told(await backfill(newMemory(), ...window))
  expectTheStory(whole)
  const all = aws().calls('LookupEvents')
  expect(all).toBeGreaterThan(9)
  for (let answered = 0; answered < all; answered += 1) {
    const memory = newMemory()
    await killedAfter(answered, argsOf(memory, ...window))
    expect(told(await backfill(memory, ...window))).toEqual(whole)
  }
}, 120_000)

/** @param answered so many pages; the next one is asked for, and never comes */
async function killedAfter(answered: number, args: readonly string[]): Promise<void> {
  const before = aws().calls('LookupEvents')
  aws().faults.next('LookupEvents', null, answered)
  aws().faults.always('LookupEvents', { kind: 'hang' })
  const child = start(args, env())
  const closing = new Promise((resolve) => child.on('close', resolve))
  while (child.exitCode === null && aws().calls('LookupEvents') - before <= answered) await after(5)
  child.kill(answered % 2 === 0 ? 'SIGKILL' : 'SIGINT')
  await closing
  aws().faults.clear()
}

it('what happens while it runs is not in it, and the next run tells it', async () => {
  happened(story)
  const memory = newMemory()
  const running = backfill(memory, '--rate', '4')
  while (aws().calls('LookupEvents') === 0) await after(5)
  await after(1_100)
  // Of the kind that is asked for last: an end that moved would take it in.
  const late = { ...record({ minute: 0, call: 'DeleteRole', role: 'late' }), eventTime: timeOf(Date.now()) }
  const asked = aws().calls('LookupEvents')
  aws().cloudtrail.record(late)
  const first = told(await running)
  expect(aws().calls('LookupEvents') - asked).toBeGreaterThan(3)
  expect(first.to < late.eventTime).toBe(true)
  expect(first).toMatchObject({ complete: true, events: story.length })
  expect(readFileSync(memory, 'utf8')).not.toContain(late.eventID)
  const second = told(await backfill(memory))
  expect(second.roles.find(({ role }) => role === 'late')?.timeline).toMatchObject([{ at: late.eventTime }])
  expect(second.events).toBe(story.length + 1)
})
