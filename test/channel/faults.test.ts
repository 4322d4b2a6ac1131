/** The promise of a channel: every alert reaches it, and at most once unless a process died, an answer or a record was lost, or two had it at once. */

import { describe, expect, test } from 'vitest'
import { nth } from './alerts.ts'
import { secretWith, simulatedMail, simulatedSlack } from './simulated-channel.ts'
import { expectPace, mostWithin, notOnce } from './verdict.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const START = Date.parse('2026-11-21T12:00:00Z')
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

test('in fair weather each alert is a message of its own, soon', async () => {
  const slack = simulatedSlack()
  for (const n of numbers(8)) slack.publishAt(n * 2 * MINUTE, nth(n))
  await slack.clock.runUntil(START + HOUR)
  expect(notOnce(slack, 8)).toEqual({})
  expect(slack.told.map(({ ids }) => ids.length)).toEqual(Array(8).fill(1))
  for (const [n, { at }] of slack.told.entries()) expect(at - START - n * 2 * MINUTE).toBeLessThan(10_000)
})

test('Slack is down for an hour and comes back: all are told once, the last within a quarter of an hour', async () => {
  const [from, to] = [START + 10 * MINUTE, START + 70 * MINUTE]
  const slack = simulatedSlack({
    slack: (now) => (now >= from && now < to ? { kind: 'no-answer', why: 'down' } : { kind: 'ok' }),
  })
  for (const n of numbers(120)) slack.publishAt(n * 40_000, nth(n))
  await slack.clock.runUntil(START + 3 * HOUR)
  expect(notOnce(slack, 120)).toEqual({})
  expect(slack.queue.dead).toEqual([])
  expect(slack.queue.waiting()).toBe(0)
  expect(Math.max(...slack.told.map(({ at }) => at))).toBeLessThan(START + 85 * MINUTE)
  expectPace(slack)
})

test('Slack that stays down keeps every alert for a person: the dead letters hold all of them after six hours', async () => {
  const slack = simulatedSlack({ slack: () => ({ kind: 'no-answer', why: 'down' }) })
  for (const n of numbers(20)) slack.publish(nth(n))
  await slack.clock.runUntil(START + 6 * HOUR - MINUTE)
  expect(slack.queue.dead).toEqual([])
  await slack.clock.runUntil(START + 8 * HOUR)
  expect(slack.queue.dead).toHaveLength(20)
})

test('five hundred alerts in a minute become digests, at no more than a message a second, and none is missing', async () => {
  const slack = simulatedSlack()
  for (const n of numbers(500)) slack.publishAt(n * 120, nth(n))
  await slack.clock.runUntil(START + 10 * MINUTE)
  expect(notOnce(slack, 500)).toEqual({})
  expect(slack.told.length).toBeLessThan(60)
  expect(Math.max(...slack.told.map(({ ids }) => ids.length))).toBe(30)
  expect(Math.max(...slack.told.map(({ at }) => at))).toBeLessThan(START + 3 * MINUTE)
  expectPace(slack)
})

test('Slack asks to wait for longer than the queue would: it is left alone for as long, and nothing is lost', async () => {
  const [from, to] = [START + MINUTE, START + 41 * MINUTE]
  let asked = 0
  const slack = simulatedSlack({
    slack: (now) => {
      if (now < from || now >= to) return { kind: 'ok' }
      asked += 1
      return { kind: 'limited', seconds: Math.ceil((to - now) / 1_000) }
    },
  })
  for (const n of numbers(25)) slack.publishAt(n * 4_000, nth(n))
  await slack.clock.runUntil(START + 2 * HOUR)
  expect(notOnce(slack, 25)).toEqual({})
  expect(asked).toBeLessThanOrEqual(12)
  expectPace(slack)
})

describe('the topic of mail', () => {
  const refusing = { kind: 'later', concerns: 'channel', why: 'SNS Publish was denied', seconds: null } as const

  test('refuses for two hours: every alert is sent once all the same, and soon after', async () => {
    const [from, to] = [START + 10 * MINUTE, START + 130 * MINUTE]
    const mail = simulatedMail((now) => (now >= from && now < to ? refusing : { kind: 'sent' }))
    for (const n of numbers(200)) mail.publishAt(n * 45_000, nth(n))
    await mail.clock.runUntil(START + 4 * HOUR)
    expect(notOnce(mail, 200)).toEqual({})
    expect([mail.queue.dead, mail.queue.waiting()]).toEqual([[], 0])
    expect(Math.max(...mail.told.map(({ at }) => at))).toBeLessThan(Math.max(to, START + 150 * MINUTE) + 10 * MINUTE)
  })

  test('will never take one mail: that one waits for a person, the others are sent', async () => {
    let published = 0
    const mail = simulatedMail(() => {
      published += 1
      return published === 3 ? { kind: 'refused', concerns: 'message', why: 'too odd' } : { kind: 'sent' }
    })
    for (const n of numbers(6)) mail.publish(nth(n))
    await mail.clock.runUntil(START + HOUR)
    expect([mail.told.length, mail.queue.dead.map(({ why }) => why)]).toEqual([5, ['too odd']])
  })

  test('gets five hundred alerts of one minute at no more than five mails a second', async () => {
    const mail = simulatedMail(() => ({ kind: 'sent' }))
    for (const n of numbers(500)) mail.publishAt(n * 120, nth(n))
    await mail.clock.runUntil(START + 10 * MINUTE)
    expect(notOnce(mail, 500)).toEqual({})
    expect(mostWithin(mail.told, 1)).toBeLessThanOrEqual(5)
  })
})

describe('the secret', () => {
  const rotatedAt = START + 10 * MINUTE
  const validFrom = (now: number, token: string) =>
    (token === 'xoxb-first') === now < rotatedAt
      ? ({ kind: 'ok' } as const)
      : ({ kind: 'error', code: 'token_revoked' } as const)

  test('is rotated while the functions are warm, and nobody notices', async () => {
    const slack = simulatedSlack({
      slack: validFrom,
      secret: (now) => secretWith(now < rotatedAt ? 'xoxb-first' : 'xoxb-second'),
    })
    for (const n of numbers(60)) slack.publishAt(n * 20_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 60)).toEqual({})
    expect(slack.queue.dead).toEqual([])
  })

  test('is revoked and put right an hour later: what came between waits among the dead letters, says why, and is told once when redriven', async () => {
    const repairedAt = rotatedAt + HOUR
    const slack = simulatedSlack({
      slack: validFrom,
      secret: (now) => secretWith(now < repairedAt ? 'xoxb-first' : 'xoxb-second'),
    })
    for (const n of numbers(40)) slack.publishAt(n * MINUTE, nth(n))
    await slack.clock.runUntil(repairedAt)
    expect(slack.queue.dead).toHaveLength(30)
    expect(new Set(slack.queue.dead.map(({ why }) => why))).toEqual(new Set(['token_revoked']))
    expect(slack.queue.waiting()).toBe(0)
    slack.queue.redrive()
    await slack.clock.runUntil(repairedAt + HOUR)
    expect(notOnce(slack, 40)).toEqual({})
    expectPace(slack)
  })
})

describe('the record of what was told', () => {
  test('is lost: what was told counts as told', async () => {
    const slack = simulatedSlack({ record: () => 'fails' })
    for (const n of numbers(20)) slack.publishAt(n * 15_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 20)).toEqual({})
    expect(slack.batches.flatMap(({ unrecorded }) => unrecorded)).toHaveLength(20)
  })

  test('is never made because the process dies first: that alert comes again, under the same id, and no other', async () => {
    const slack = simulatedSlack({ record: (place) => (place === 5 ? 'dies' : null) })
    for (const n of numbers(12)) slack.publishAt(n * 30_000, nth(n))
    await slack.clock.runUntil(START + HOUR)
    expect(Object.values(notOnce(slack, 12))).toEqual([2])
    expect(slack.excused.size).toBe(1)
  })
})

describe('the same alert', () => {
  test('published twice, minutes apart, is told once', async () => {
    const slack = simulatedSlack()
    for (const n of numbers(10)) {
      slack.publishAt(n * MINUTE, nth(n), `first-${n}`)
      slack.publishAt(n * MINUTE + 3 * MINUTE, nth(n), `second-${n}`)
    }
    await slack.clock.runUntil(START + HOUR)
    expect(notOnce(slack, 10)).toEqual({})
    expect(slack.batches.reduce((sum, { repeated }) => sum + repeated, 0)).toBe(10)
  })

  test('twice in one batch is told once', async () => {
    const slack = simulatedSlack()
    slack.publish(nth(0), 'one')
    slack.publish(nth(0), 'other')
    await slack.clock.runUntil(START + MINUTE)
    expect(slack.times('alert-0')).toBe(1)
  })

  test('in the hands of both instances at once is told at most twice', async () => {
    const slack = simulatedSlack()
    for (const n of numbers(30)) slack.publish(nth(0), `copy-${n}`)
    for (const n of numbers(30)) slack.publish(nth(0), `more-${n}`)
    await slack.clock.runUntil(START + HOUR)
    expect(slack.times('alert-0')).toBeGreaterThanOrEqual(1)
    expect(slack.times('alert-0')).toBeLessThanOrEqual(2)
    expect(slack.excused).toEqual(new Set(['alert-0']))
  })
})
