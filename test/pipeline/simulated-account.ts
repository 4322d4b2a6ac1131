/**
 * An account with one role over days: what truly happens to it, events that come late, twice or never, IAM that answers stale,
 * CloudTrail's history, sweeps and their second looks, on a clock of its own. Everything judged is judged by the real code.
 */

import type { Alert } from '../../shared/alert.ts'
import { type Instant, type RoleArn, roleArn } from '../../shared/identity.ts'
import { openMemory } from '../../shared/local/memory.ts'
import { noRereads } from '../../shared/local/world.ts'
import { observe } from '../../shared/observe.ts'
import type { RecordedAnswer, RolePage, RoleReading } from '../../shared/ports.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import type { TrustChange } from '../../shared/signal.ts'
import { type SweepTask, type SweepWorld, sweep } from '../../shared/sweep.ts'
import { changeAt, OWN, second, trustOf } from '../builders.ts'
import { type Plan, PlannedFault, unreliable } from './unreliable.ts'

/** One change of the role, `gap` seconds after the one before. */
export interface Step {
  readonly gap: number
  readonly write: 'created' | 'updated' | 'deleted'
  readonly admits: readonly string[]
  /** The event never comes. */
  readonly lost: boolean
  /** Seconds until the event comes. */
  readonly lag: number
  readonly twice: boolean
  readonly plan: Plan
}

export interface Story {
  /** Whom the role admits when Trustdrift is deployed; null: there is no role yet. */
  readonly initial: readonly string[] | null
  readonly steps: readonly Step[]
  /** Seconds at which a sweep is run by hand, beside the daily ones. */
  readonly sweeps: readonly number[]
  /** How old IAM's answers are, in seconds. */
  readonly staleness: number
  readonly hasHistory: boolean
}

/** The role's state from a second on. */
export interface Moment {
  readonly at: number
  readonly document: string | null
  readonly createdAt: number
  readonly change: TrustChange | null
}

/** The first sweep runs this many seconds after the beginning, the first change comes later. */
export const FIRST_SWEEP = 500
const FIRST_CHANGE = 1000
const DAY = 86_400
const LONG_AGO = -1_000_000

export function momentsOf({ initial, steps }: Story): readonly Moment[] {
  const before: Moment = { at: LONG_AGO, document: initial && trustOf(initial), createdAt: LONG_AGO, change: null }
  const moments = [before]
  let at = FIRST_CHANGE
  for (const [index, step] of steps.entries()) {
    at += step.gap
    moments.push(momentOf(step, { id: `event-${index}`, at, last: moments.at(-1) ?? before }))
  }
  return moments
}

/** What is asked of a role that is not there makes it, and a role that is there is not made again. */
function momentOf(
  step: Step,
  { id, at, last }: { readonly id: string; readonly at: number; readonly last: Moment },
): Moment {
  const exists = last.document !== null
  const write = exists ? (step.write === 'created' ? 'updated' : step.write) : 'created'
  const change = changeAt({ id, at, write, admits: step.admits })
  const document = change.kind === 'trust-written' ? change.document : null
  return { at, document, change, createdAt: write === 'created' ? at : last.createdAt }
}

/** Plays the story to two days after its last change, and says what was published. */
export async function play(story: Story): Promise<readonly Alert[]> {
  const moments = momentsOf(story)
  const alerts: Alert[] = []
  const agenda = agendaOf()
  const world = worldOf({ story, moments, alerts, agenda })
  const run = async (task: SweepTask): Promise<void> => void (await sweep(task, world))
  world.followUps.lookAgain = async (sightings, seconds) => {
    if (sightings.length > 0) agenda.after(seconds, () => run({ kind: 'look-again', sightings }))
  }
  const end = (moments.at(-1)?.at ?? 0) + DAY
  for (const at of [FIRST_SWEEP, ...story.sweeps, end, end + DAY]) agenda.at(at, () => run({ kind: 'sweep' }))
  for (const [index, step] of story.steps.entries()) deliver(step, moments[index + 1], { world, agenda })
  await agenda.runAll()
  return alerts
}

function deliver(
  step: Step,
  moment: Moment | undefined,
  { world, agenda }: { readonly world: SimulatedWorld; readonly agenda: Agenda },
): void {
  const change = moment?.change
  if (!change || step.lost) return
  const take = async (plan: Plan): Promise<void> => {
    try {
      await observe(
        change,
        unreliable(world, plan, async () => {}),
      )
    } catch (error) {
      if (!(error instanceof PlannedFault)) throw error
      agenda.after(360, () => take(new Map()))
    }
  }
  agenda.at(moment.at + step.lag, () => take(step.plan))
  if (step.twice) agenda.at(moment.at + 2 * step.lag, () => take(new Map()))
}

interface SimulatedWorld extends SweepWorld {
  readonly followUps: { -readonly [Key in keyof SweepWorld['followUps']]: SweepWorld['followUps'][Key] }
}

interface Parts {
  readonly story: Story
  readonly moments: readonly Moment[]
  readonly alerts: Alert[]
  readonly agenda: Agenda
}

function worldOf({ story, moments, alerts, agenda }: Parts): SimulatedWorld {
  const shown = () => truthAt(moments, agenda.now() - story.staleness)
  return {
    ports: {
      memory: openMemory(null),
      outbox: { publish: async (alert) => void alerts.push(alert) },
      rereads: noRereads,
      roles: { read: async () => readingOf(shown()), list: async () => pageOf(shown()) },
      history: readHistory({
        trustBefore: async (_, at) => (story.hasHistory ? historyBefore(at, moments, agenda.now()) : NOT_ASKED),
      }),
    },
    followUps: { lookAgain: async () => {}, goOn: async () => {} },
    config: {},
    now: () => Date.parse(second(agenda.now())),
    account: OWN,
    timeLeft: () => Number.POSITIVE_INFINITY,
  }
}

const NOT_ASKED: RecordedAnswer = { kind: 'not-known', why: 'not asked' }

function truthAt(moments: readonly Moment[], at: number): Moment {
  const moment = moments.filter((one) => one.at <= at).at(-1)
  if (!moment) throw new Error('the story begins later')
  return moment
}

function readingOf({ document, createdAt }: Moment): RoleReading {
  if (document === null) return { kind: 'no-such-role' }
  return { kind: 'role', arn: arnOf(), createdAt: second(createdAt), document }
}

function pageOf({ document, createdAt }: Moment): RolePage {
  if (document === null) return { roles: [], next: null }
  const role = { account: OWN, name: 'Deploy', arn: arnOf() }
  return { roles: [{ role, createdAt: second(createdAt), document, serviceLinked: false }], next: null }
}

function arnOf(): RoleArn {
  const arn = roleArn(`arn:aws:iam::${OWN}:role/Deploy`)
  if (!arn) throw new Error('the ARN is well-formed')
  return arn
}

/** CloudTrail shows an event after half a minute. */
function historyBefore(at: Instant, moments: readonly Moment[], now: number): RecordedAnswer {
  const seen = moments.filter((one) => one.change && second(one.at) < at && one.at < now - 30)
  const latest = seen.filter((one) => one.at === seen.at(-1)?.at)
  return { kind: 'records', records: latest.flatMap(({ change }) => (change ? [recordOf(change)] : [])) }
}

function recordOf(change: TrustChange): object {
  const { eventName, eventId, at } = change.origin
  const field = eventName === 'CreateRole' ? 'assumeRolePolicyDocument' : 'policyDocument'
  const document = change.kind === 'trust-written' ? { [field]: change.document } : {}
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'IAMUser', userName: 'ana' },
    eventTime: at,
    eventSource: 'iam.amazonaws.com',
    eventName,
    requestParameters: { roleName: 'Deploy', ...document },
    eventID: eventId,
    recipientAccountId: OWN,
  }
}

/** What is to be done, in order of time. */
interface Agenda {
  now(): number
  at(second: number, run: () => Promise<void>): void
  after(seconds: number, run: () => Promise<void>): void
  runAll(): Promise<void>
}

function agendaOf(): Agenda {
  const entries: { readonly at: number; readonly run: () => Promise<void> }[] = []
  let now = 0
  const at = (second: number, run: () => Promise<void>) => void entries.push({ at: second, run })
  return {
    now: () => now,
    at,
    after: (seconds, run) => at(now + seconds, run),
    runAll: async () => {
      while (entries.length > 0) {
        entries.sort((a, b) => a.at - b.at)
        const next = entries.shift()
        now = Math.max(now, next?.at ?? now)
        await next?.run()
      }
    },
  }
}
