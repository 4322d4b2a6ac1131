/**
 * The order of a channel: read, leave out what is too small or told already, tell, record. Knows neither Slack nor mail nor AWS.
 * Record comes after tell: a crash between the two repeats a message and never loses one.
 */

import { isAtLeast, type Severity } from '../severity.ts'
import type { Channel, ChannelQueue, Deliveries, NotSent, Queued, Telling } from './channel.ts'
import { gathered, type Letter, readLetter } from './letter.ts'

/** More than this at once become one message that names every role. */
export const MOST_SINGLE = 10

/** Twelve hours after a message was received SQS refuses to hide it longer (ChangeMessageVisibility); a batch takes a minute of that. */
const MOST_SECONDS_HIDDEN = 12 * 3_600 - 120

export interface Delivering {
  readonly channel: Channel
  readonly deliveries: Deliveries
  readonly queue: ChannelQueue
  readonly notifyAt: Severity
  /** Milliseconds of rest after each telling, the last one too: whoever runs next in this one's place keeps the pace unknowingly. */
  readonly restMs: number
  /** For how many seconds the queue hides a message by itself. */
  readonly hiddenSeconds: number
  readonly sleep: (ms: number) => Promise<void>
  /** Milliseconds until the process is ended, and what one telling may take of them. */
  readonly timeLeft: () => number
  readonly tellingMs: number
}

/** What became of a batch. */
export interface Delivered {
  /** Alert ids, one list for each message that people got. */
  readonly told: readonly (readonly string[])[]
  /** Below what people want to hear of. */
  readonly quiet: number
  /** Told before. */
  readonly repeated: number
  /** Told, but not recorded: should the queue deliver them twice, they are told twice. */
  readonly unrecorded: readonly string[]
  /** Messages put to the dead letters. */
  readonly buried: readonly string[]
  /** Messages to be delivered again. */
  readonly failed: readonly string[]
  /** Why not all were told. */
  readonly trouble: readonly Trouble[]
}

export type Trouble =
  | NotSent
  | { readonly kind: 'no-time' }
  /** The table or the queue could not be reached. */
  | { readonly kind: 'port'; readonly error: unknown }

/** Takes a batch. Never throws: what was not done is in `failed`. */
export async function deliver(messages: readonly Queued[], delivering: Delivering): Promise<Delivered> {
  const letters = gathered(messages.map(readLetter)).toSorted(byTime)
  const wanted = letters.filter((letter) => isWanted(letter, delivering.notifyAt))
  const { fresh, repeated, unknown, trouble } = await withoutTold(wanted, delivering)
  const run = await tellAll(tellingsOf(fresh), delivering)
  return {
    ...run,
    quiet: letters.length - wanted.length,
    repeated: repeated.length,
    failed: [...idsOf(unknown), ...run.failed],
    trouble: [...trouble, ...run.trouble],
  }
}

/** The queue keeps no order; people read the oldest first. */
function byTime(a: Letter, b: Letter): number {
  return Date.parse(a.alert.at) - Date.parse(b.alert.at) || 0
}

function isWanted({ kind, alert }: Letter, notifyAt: Severity): boolean {
  return kind === 'notice' || alert.kind === 'test' || isAtLeast(alert.severity, notifyAt)
}

/** Where nobody can say whether an alert was told, it waits: told twice is as wrong as late. */
async function withoutTold(letters: readonly Letter[], { channel, deliveries }: Delivering) {
  const answers = await Promise.allSettled(letters.map(({ alert }) => deliveries.wasDelivered(channel.name, alert.id)))
  const which = (told: boolean | undefined) =>
    letters.filter((_, place) => {
      const answer = answers[place]
      return (answer?.status === 'fulfilled' ? answer.value : undefined) === told
    })
  return { fresh: which(false), repeated: which(true), unknown: which(undefined), trouble: portTroubles(answers) }
}

/** Calls made at once fail alike: the first says why. */
function portTroubles(answers: readonly PromiseSettledResult<unknown>[]): readonly Trouble[] {
  const first = answers.find((answer) => answer.status === 'rejected')
  return first ? [{ kind: 'port', error: first.reason }] : []
}

/** One message to people: the letters in it. */
type Sheet = readonly Letter[]

function tellingsOf(letters: readonly Letter[]): readonly Sheet[] {
  return letters.length > MOST_SINGLE ? [letters] : letters.map((letter) => [letter])
}

function tellingOf(sheet: Sheet): Telling {
  const [only, ...more] = sheet
  if (only && more.length === 0) return { kind: 'alert', alert: only.alert }
  return { kind: 'digest', alerts: sheet.map(({ alert }) => alert) }
}

type Run = Pick<Delivered, 'told' | 'unrecorded' | 'buried' | 'failed' | 'trouble'>

const NOTHING: Run = { told: [], unrecorded: [], buried: [], failed: [], trouble: [] }

async function tellAll(sheets: readonly Sheet[], delivering: Delivering): Promise<Run> {
  let run = NOTHING
  for (const [place, sheet] of sheets.entries()) {
    if (delivering.timeLeft() < delivering.tellingMs) {
      return joined(run, { failed: idsOf(sheets.slice(place).flat()), trouble: [{ kind: 'no-time' }] })
    }
    const outcome = await delivering.channel.send(tellingOf(sheet))
    if (outcome.kind === 'sent') {
      run = joined(run, await recorded(sheet, delivering))
      await delivering.sleep(delivering.restMs)
      continue
    }
    const concerned = outcome.concerns === 'channel' ? sheets.slice(place).flat() : sheet
    run = joined(run, await notSent(outcome, concerned, delivering))
    if (outcome.concerns === 'channel') return run
    await delivering.sleep(delivering.restMs)
  }
  return run
}

/** What was told stays told, whether or not it can be recorded: delivered again, it would be told twice for certain. */
async function recorded(sheet: Sheet, { channel, deliveries }: Delivering): Promise<Partial<Run>> {
  const ids = sheet.map(({ alert }) => alert.id)
  const answers = await Promise.allSettled(ids.map((id) => deliveries.markDelivered(channel.name, id)))
  const unrecorded = ids.filter((_, place) => answers[place]?.status === 'rejected')
  return { told: [ids], unrecorded, trouble: portTroubles(answers) }
}

async function notSent(outcome: NotSent, letters: readonly Letter[], delivering: Delivering): Promise<Partial<Run>> {
  const messages = letters.flatMap((letter) => letter.messages)
  switch (outcome.kind) {
    case 'later':
      return { failed: ids(messages), trouble: [outcome, ...(await postponed(messages, outcome.seconds, delivering))] }
    case 'refused': {
      const { buried, failed, trouble } = await bury(messages, outcome.why, delivering)
      return { buried, failed, trouble: [outcome, ...trouble] }
    }
    default:
      return outcome satisfies never
  }
}

/** A channel that names no time gets the queue's own. */
async function postponed(
  messages: readonly Queued[],
  seconds: number | null,
  { queue, hiddenSeconds }: Delivering,
): Promise<readonly Trouble[]> {
  if (seconds === null) return []
  const within = Math.min(Math.max(seconds, hiddenSeconds), MOST_SECONDS_HIDDEN)
  return portTroubles(await Promise.allSettled([queue.postpone(messages, within)]))
}

/** Whoever cannot be buried is delivered again, and comes to the dead letters in the queue's own time. */
async function bury(messages: readonly Queued[], why: string, { queue }: Delivering) {
  const answers = await Promise.allSettled(messages.map((message) => queue.bury(message, why)))
  const which = (status: 'fulfilled' | 'rejected') => messages.filter((_, place) => answers[place]?.status === status)
  return { buried: ids(which('fulfilled')), failed: ids(which('rejected')), trouble: portTroubles(answers) }
}

function joined(run: Run, more: Partial<Run>): Run {
  return {
    told: [...run.told, ...(more.told ?? [])],
    unrecorded: [...run.unrecorded, ...(more.unrecorded ?? [])],
    buried: [...run.buried, ...(more.buried ?? [])],
    failed: [...run.failed, ...(more.failed ?? [])],
    trouble: [...run.trouble, ...(more.trouble ?? [])],
  }
}

function idsOf(letters: readonly Letter[]): readonly string[] {
  return ids(letters.flatMap(({ messages }) => messages))
}

function ids(messages: readonly Queued[]): readonly string[] {
  return messages.map(({ id }) => id)
}
