/** Backfills that are stopped, and what happens while they run. */

import { expect, it } from 'vitest'
import { account, argsOf, at, places, story, told } from './past.ts'
import { start } from './trustdrift.ts'

const { newMemory } = places()
const { aws, env, happened, backfill } = account()

it('killed at any page and started again, it tells the same', async () => {
  happened(story)
  const window = ['--from', at(-10), '--to', at(500)]
  const whole = told(await backfill(newMemory(), ...window))
  const all = aws().calls('LookupEvents')
  expect(all).toBeGreaterThan(9)
  for (let pages = 1; pages < all; pages += 2) {
    aws().faults.clear()
    const memory = newMemory()
    const before = aws().calls('LookupEvents')
    aws().faults.always('LookupEvents', { kind: 'slow', ms: 15 })
    const child = start(argsOf(memory, ...window), env())
    while (aws().calls('LookupEvents') - before < pages) await new Promise((resolve) => setTimeout(resolve, 5))
    child.kill(pages % 4 === 1 ? 'SIGKILL' : 'SIGINT')
    await new Promise((resolve) => child.on('close', resolve))
    aws().faults.clear()
    expect(told(await backfill(memory, ...window))).toEqual(whole)
  }
}, 120_000)
