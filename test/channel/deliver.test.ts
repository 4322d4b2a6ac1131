import { describe, expect, test } from 'vitest'
import type { Channel, Deliveries, Outcome, Queued, Telling } from '../../shared/channel/channel.ts'
import { type Delivering, deliver } from '../../shared/channel/deliver.ts'
import { SEVERITIES } from '../../shared/severity.ts'
import { alertOf, nth, queued, queuedText } from './alerts.ts'

interface Bench {
  readonly tellings: Telling[]
  readonly hidden: { readonly ids: readonly string[]; readonly seconds: number }[]
  readonly buried: { readonly message: Queued; readonly why: string }[]
  readonly rests: number[]
  readonly delivering: Delivering
}

const many = (count: number) => Array.from({ length: count }, (_, n) => nth(n))

/** @param outcomes what each telling comes to, in turn; sent where the list ends */
function bench(outcomes: readonly Outcome[] = [], parts: Partial<Delivering> = {}): Bench {
  const [tellings, hidden, buried, rests]: [Telling[], Bench['hidden'], Bench['buried'], number[]] = [[], [], [], []]
  const channel: Channel = {
    name: 'slack',
    send: async (telling) => {
      tellings.push(telling)
      return outcomes[tellings.length - 1] ?? { kind: 'sent' }
    },
  }
  const delivering: Delivering = {
    channel,
    deliveries: remembering(),
    queue: {
      postpone: async (messages, seconds) => void hidden.push({ ids: messages.map(({ id }) => id), seconds }),
      bury: async (message, why) => void buried.push({ message, why }),
    },
    notifyAt: 'medium',
    restMs: 2_000,
    hiddenSeconds: 540,
    sleep: async (ms) => void rests.push(ms),
    timeLeft: () => 90_000,
    tellingMs: 40_000,
    ...parts,
  }
  return { tellings, hidden, buried, rests, delivering }
}

function remembering(...told: readonly string[]): Deliveries {
  const known = new Set(told.map((id) => `slack ${id}`))
  return {
    wasDelivered: async (channel, id) => known.has(`${channel} ${id}`),
    markDelivered: async (channel, id) => void known.add(`${channel} ${id}`),
  }
}

const toldIds = ({ tellings }: Bench) =>
  tellings.map((telling) => (telling.kind === 'alert' ? [telling.alert] : telling.alerts).map(({ id }) => id))

describe('what is told', () => {
  test.each(SEVERITIES)('is what is at or above notifyAt (%s); the rest is done without a word', async (notifyAt) => {
    const story = bench([], { notifyAt })
    const alerts = SEVERITIES.map((severity, n) => nth(n, { severity }))
    const { quiet, failed } = await deliver(
      alerts.map((alert) => queued(alert)),
      story.delivering,
    )
    const heard = SEVERITIES.slice(SEVERITIES.indexOf(notifyAt))
    expect(story.tellings).toHaveLength(heard.length)
    expect([quiet, failed]).toEqual([SEVERITIES.length - heard.length, []])
  })

  test('is a test alert and what could not be read, however little is wanted', async () => {
    const story = bench([], { notifyAt: 'critical' })
    await deliver([queued(nth(1, { kind: 'test', severity: 'info' })), queuedText('{')], story.delivering)
    expect(story.tellings.map((telling) => telling.kind === 'alert' && telling.alert.kind)).toEqual([
      'test',
      'unreadable',
    ])
  })

  test('is told oldest first, each with a rest after it', async () => {
    const story = bench()
    await deliver(
      [nth(3), nth(1), nth(2)].map((alert) => queued(alert)),
      story.delivering,
    )
    expect(toldIds(story)).toEqual([['alert-1'], ['alert-2'], ['alert-3']])
    expect(story.rests).toEqual([2_000, 2_000, 2_000])
  })

  test('is ten messages for ten alerts, and one that names all for eleven', async () => {
    const [ten, eleven] = [bench(), bench()]
    await deliver(
      many(10).map((alert) => queued(alert)),
      ten.delivering,
    )
    await deliver(
      many(11).map((alert) => queued(alert)),
      eleven.delivering,
    )
    expect(toldIds(ten).map((ids) => ids.length)).toEqual(Array(10).fill(1))
    expect(toldIds(eleven)).toEqual([many(11).map(({ id }) => id)])
  })

  test('counts once what was told before, and it needs no digest', async () => {
    const story = bench([], { deliveries: remembering('alert-0', 'alert-1') })
    const { repeated, failed } = await deliver(
      many(11).map((alert) => queued(alert)),
      story.delivering,
    )
    expect(story.tellings).toHaveLength(9)
    expect([repeated, failed]).toEqual([2, []])
  })

  test('to one channel is not told to another', async () => {
    const story = bench([], { deliveries: remembering('alert-1') })
    const mail = { ...story.delivering.channel, name: 'mail' } as const
    await deliver([queued(nth(1))], { ...story.delivering, channel: mail })
    expect(story.tellings).toHaveLength(1)
  })
})

describe('later', () => {
  const later = (seconds: number | null): Outcome => ({ kind: 'later', concerns: 'channel', why: 'w', seconds })

  const waits: readonly (readonly [string, number, number])[] = [
    ['as long as Slack asks', 3_600, 3_600],
    ['never shorter than the queue hides by itself', 1, 540],
    ['never longer than SQS hides anything', 100_000, 43_080],
  ]
  test.each(waits)('hides what was not told %s', async (_, asked, hidden) => {
    const story = bench([{ kind: 'sent' }, later(asked)])
    const { failed } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    const rest = ['message-of-alert-1', 'message-of-alert-2']
    expect(story.hidden).toEqual([{ ids: rest, seconds: hidden }])
    expect(failed).toEqual(rest)
    expect(story.tellings).toHaveLength(2)
  })

  test('without a time leaves them to the queue', async () => {
    const story = bench([later(null)])
    const { failed } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    expect([story.hidden, failed.length]).toEqual([[], 3])
  })

  test('for one message alone does not keep the others', async () => {
    const story = bench([{ kind: 'later', concerns: 'message', why: 'solar_flare', seconds: null }])
    const { failed } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    expect([story.tellings.length, failed]).toEqual([3, ['message-of-alert-0']])
  })

  test('though the queue cannot hide them: they come back in its own time', async () => {
    const queue = { ...bench().delivering.queue, postpone: () => Promise.reject(new Error('down')) }
    const { failed, trouble } = await deliver([queued(nth(0))], bench([later(9_999)], { queue }).delivering)
    expect([failed, trouble.map(({ kind }) => kind)]).toEqual([['message-of-alert-0'], ['later', 'port']])
  })

  test('is also what there is no time for: nothing is begun that could be cut off', async () => {
    const left = [90_000, 41_000, 39_999]
    const story = bench([], { timeLeft: () => left.shift() ?? 0 })
    const { failed, trouble } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    expect([story.tellings.length, failed]).toEqual([2, ['message-of-alert-2']])
    expect(trouble).toEqual([{ kind: 'no-time' }])
  })

  test('is when nobody can say whether an alert was told: it is neither told nor lost', async () => {
    const deliveries: Deliveries = {
      ...remembering(),
      wasDelivered: async (_, id) => (id === 'alert-1' ? Promise.reject(new Error('down')) : false),
    }
    const story = bench([], { deliveries })
    const { failed } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    expect(toldIds(story)).toEqual([['alert-0'], ['alert-2']])
    expect(failed).toEqual(['message-of-alert-1'])
  })
})

describe('refused', () => {
  test('by the channel: this and all that would follow go to the dead letters as they are, with the reason, and are done', async () => {
    const story = bench([{ kind: 'sent' }, { kind: 'refused', concerns: 'channel', why: 'token_revoked' }])
    const messages = many(4).map((alert) => queued(alert))
    const { failed, buried } = await deliver(messages, story.delivering)
    expect(story.buried).toEqual(messages.slice(1).map((message) => ({ message, why: 'token_revoked' })))
    expect([failed, buried.length, story.tellings.length]).toEqual([[], 3, 2])
  })

  test('for what one message holds: that one goes, the others are told', async () => {
    const story = bench([{ kind: 'refused', concerns: 'message', why: 'msg_too_long' }])
    const { told } = await deliver(
      many(3).map((alert) => queued(alert)),
      story.delivering,
    )
    expect(story.buried.map(({ message }) => message.id)).toEqual(['message-of-alert-0'])
    expect(told).toEqual([['alert-1'], ['alert-2']])
  })

  test('every message that carried the alert goes', async () => {
    const story = bench([{ kind: 'refused', concerns: 'channel', why: 'no_service' }])
    await deliver([queued(alertOf(), 'a'), queued(alertOf(), 'b')], story.delivering)
    expect(story.buried.map(({ message }) => message.id)).toEqual(['a', 'b'])
  })

  test('and cannot be put to the dead letters: it is delivered again, not dropped', async () => {
    const story = bench([{ kind: 'refused', concerns: 'channel', why: 'no_service' }])
    const bury = async ({ id }: Queued) => (id === 'a' ? Promise.reject(new Error('down')) : undefined)
    const queue = { ...story.delivering.queue, bury }
    const messages = [queued(nth(1), 'a'), queued(nth(2), 'b')]
    const { failed, buried } = await deliver(messages, { ...story.delivering, queue })
    expect([failed, buried]).toEqual([['a'], ['b']])
  })
})

test('an empty batch is done', async () => {
  expect(await deliver([], bench().delivering)).toMatchObject({ told: [], failed: [], trouble: [] })
})
