/** A deployed channel on a simulated clock: the real order, the real channel, two instances behind a small SQS, and a world that fails by plan. */

import type { Alert } from '../../shared/alert.ts'
import type { Channel, Deliveries, Outcome, Queued, Telling } from '../../shared/channel/channel.ts'
import { type Delivered, deliver } from '../../shared/channel/deliver.ts'
import { readLetter } from '../../shared/channel/letter.ts'
import { mailChannel } from '../../shared/channel/mail.ts'
import { PACES, type Pace } from '../../shared/channel/pace.ts'
import { type SecretText, slackChannel } from '../../shared/channel/slack.ts'
import type { SlackAnswer } from '../../shared/channel/slack-answer.ts'
import { queued } from './alerts.ts'
import { type SimulatedClock, simulatedClock } from './simulated-clock.ts'
import { poll, type QueueNumbers, type SimulatedQueue, simulatedQueue } from './simulated-queue.ts'

/** The numbers of template.yaml; test/template/channels.test.ts compares them. */
export const NUMBERS: QueueNumbers = {
  visibilitySeconds: 540,
  maxReceiveCount: 40,
  batchSize: 30,
  windowSeconds: 5,
  functionSeconds: 90,
}

/** The same for e-mail. */
export const MAIL_NUMBERS: QueueNumbers = {
  ...NUMBERS,
  visibilitySeconds: 360,
  maxReceiveCount: 60,
  functionSeconds: 60,
}

export interface Told {
  readonly at: number
  readonly ids: readonly string[]
}

export type RecordFault = 'fails' | 'dies'

/** What the world does; every part may be replaced by a test. */
export interface Weather {
  /** Slack's answer to a post at this moment; `lost`: posted, and the answer never came. */
  slack(now: number, token: string): SlackAnswer | 'lost'
  /** What goes wrong with the n-th record, from 0. */
  record(place: number): RecordFault | null
  /** The secret's text at this moment, as the store has it. */
  secret(now: number): string
}

export const FAIR: Weather = {
  slack: () => ({ kind: 'ok' }),
  record: () => null,
  secret: () => secretWith('xoxb-first'),
}

export function secretWith(token: string): string {
  return JSON.stringify({ token, channel: 'C0123456789' })
}

export interface Simulated {
  readonly clock: SimulatedClock
  readonly queue: SimulatedQueue
  readonly told: Told[]
  readonly batches: Delivered[]
  /** Alerts that may be told twice, since a process died, an answer or a record was lost, or two had them at once. */
  readonly excused: Set<string>
  publish(alert: Alert, id?: string): void
  publishAt(ms: number, alert: Alert, id?: string): void
  /** How often people saw the alert. */
  times(id: string): number
}

export function simulatedSlack(weather: Partial<Weather> = {}): Simulated {
  return simulated({ ...FAIR, ...weather }, { numbers: NUMBERS, pace: PACES.slack, channel: slackInstance })
}

/** @param topic what the topic makes of a mail at this moment */
export function simulatedMail(topic: (now: number) => Outcome): Simulated {
  const channel = (world: World) => mailInstance(world, topic)
  return simulated(FAIR, { numbers: MAIL_NUMBERS, pace: PACES.mail, channel })
}

interface Deployed {
  readonly numbers: QueueNumbers
  readonly pace: Pace
  /** Every instance is a process of its own, with a channel of its own. */
  readonly channel: (world: World) => Channel
}

function simulated(weather: Weather, deployed: Deployed): Simulated {
  const clock = simulatedClock(Date.parse('2026-11-21T12:00:00Z'))
  const queue = simulatedQueue(clock, deployed.numbers)
  const records = { kept: new Set<string>(), count: 0 }
  const world: World = { clock, queue, weather, records, told: [], batches: [], excused: new Set(), inHand: [] }
  startInstance(world, deployed)
  startInstance(world, deployed)
  const publish = (alert: Alert, id = `message-of-${alert.id}`) => queue.send(queued(alert).body, id)
  return {
    ...world,
    publish,
    publishAt: (ms, alert, id) => void clock.sleep(ms).then(() => publish(alert, id)),
    times: (id) => world.told.filter(({ ids }) => ids.includes(id)).length,
  }
}

interface World extends Pick<Simulated, 'clock' | 'queue' | 'told' | 'batches' | 'excused'> {
  readonly weather: Weather
  readonly records: { readonly kept: Set<string>; count: number }
  /** Alert ids that each instance works on. */
  readonly inHand: Set<string>[]
}

function startInstance(world: World, { numbers, pace, channel }: Deployed): void {
  const { clock, queue } = world
  const hand = new Set<string>()
  world.inHand.push(hand)
  const own = { channel: channel(world), deliveries: deliveriesOf(world), queue, sleep: clock.sleep, ...pace }
  const invoke = async (messages: readonly Queued[], timeLeft: () => number): Promise<Delivered> => {
    takeInHand(world, hand, messages)
    const delivered = await deliver(messages, { ...own, notifyAt: 'medium', timeLeft })
    hand.clear()
    world.batches.push(delivered)
    return delivered
  }
  void poll(queue, { clock, numbers, invoke })
}

/** What another instance has in hand at the same time may be told twice. */
function takeInHand({ inHand, excused }: World, hand: Set<string>, messages: readonly Queued[]): void {
  hand.clear()
  for (const message of messages) {
    const { id } = readLetter(message).alert
    hand.add(id)
    if (inHand.filter((each) => each.has(id)).length > 1) excused.add(id)
  }
}

/** A channel, and the ids of what it is asked to tell. */
function noting(inner: Channel, note: (ids: readonly string[]) => void): Channel {
  return {
    name: inner.name,
    send: (telling) => {
      note(idsOf(telling))
      return inner.send(telling)
    },
  }
}

function slackInstance(world: World): Channel {
  const { clock, weather, told, excused } = world
  let ids: readonly string[] = []
  const post = async (secret: { readonly kind: string; readonly token?: string }): Promise<SlackAnswer> => {
    const answer = weather.slack(clock.now(), secret.token ?? '')
    if (answer === 'lost') for (const id of ids) excused.add(id)
    if (answer === 'lost' || answer.kind === 'ok') told.push({ at: clock.now(), ids })
    await clock.sleep(answer === 'lost' || answer.kind === 'no-answer' ? 5_000 : 200)
    return answer === 'lost' ? { kind: 'no-answer', why: 'Slack did not answer' } : answer
  }
  return noting(slackChannel({ secrets: secretsOf(world), post }), (next) => {
    ids = next
  })
}

function mailInstance({ clock, told }: World, topic: (now: number) => Outcome): Channel {
  let ids: readonly string[] = []
  const publish = async (): Promise<Outcome> => {
    const outcome = topic(clock.now())
    if (outcome.kind === 'sent') told.push({ at: clock.now(), ids })
    await clock.sleep(100)
    return outcome
  }
  return noting(mailChannel(publish), (next) => {
    ids = next
  })
}

function secretsOf({ clock, weather }: World) {
  let kept: { readonly text: SecretText; readonly at: number } | null = null
  const fresh = async (): Promise<SecretText> => {
    const text = { kind: 'text', text: weather.secret(clock.now()) } as const
    kept = { text, at: clock.now() }
    return text
  }
  return { fresh, recent: async () => (kept && clock.now() - kept.at < 300_000 ? kept.text : fresh()) }
}

function deliveriesOf({ records, weather, excused }: World): Deliveries {
  return {
    wasDelivered: async (_, id) => records.kept.has(id),
    markDelivered: async (_, id) => {
      const fault = weather.record(records.count)
      records.count += 1
      if (fault === null) return void records.kept.add(id)
      excused.add(id)
      if (fault === 'fails') throw new Error('the record is lost')
      await new Promise(() => {})
    },
  }
}

function idsOf(telling: Telling): readonly string[] {
  return telling.kind === 'alert' ? [telling.alert.id] : telling.alerts.map(({ id }) => id)
}
