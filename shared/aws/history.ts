/** CloudTrail's event history as the port `history`. Finds the raw records; refuses to know what they mean, or to call a search that was cut short empty. */

import { setTimeout as pause } from 'node:timers/promises'
import {
  type CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandOutput,
  type Event as TrailEvent,
} from '@aws-sdk/client-cloudtrail'
import { type AccountId, type Instant, instantOf, type Role } from '../identity.ts'
import type { RecordedAnswer, RecordedHistory } from '../ports.ts'
import { explain } from './failure.ts'
import { ROLE_NAME } from './roles.ts'

export interface Search {
  /** The account whose history the client reads. */
  readonly ownAccount: AccountId
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  readonly limits?: SearchLimits
}

export interface SearchLimits {
  readonly pages: number
  readonly totalMs: number
  /** Milliseconds between two pages: LookupEvents allows two calls a second in an account and region. */
  readonly paceMs: number
}

export const SEARCH_LIMITS: SearchLimits = { pages: 5, totalMs: 20_000, paceMs: 500 }

const TRUST_EVENTS: ReadonlySet<unknown> = new Set(['UpdateAssumeRolePolicy', 'CreateRole', 'DeleteRole'])

export function historyOf(cloudtrail: CloudTrailClient, search: Search): RecordedHistory {
  return {
    trustBefore: async (role, at) => {
      if (role.account !== search.ownAccount)
        return notKnown('CloudTrail was not asked: the role belongs to another account')
      if (!ROLE_NAME.test(role.name)) return notKnown('CloudTrail was not asked: no role can have this name')
      try {
        return await walk(cloudtrail, search, role, at)
      } catch (error) {
        return notKnown(explain('CloudTrail LookupEvents', error))
      }
    },
  }
}

/** The latest second before `at` that holds trust events, as far as it has been read. */
interface Group {
  readonly second: Instant | null
  readonly records: readonly unknown[]
  /** An earlier second has been seen: nothing more can belong to this one. */
  readonly whole: boolean
  readonly unreadable: boolean
}

const EMPTY: Group = { second: null, records: [], whole: false, unreadable: false }

async function walk(cloudtrail: CloudTrailClient, search: Search, role: Role, at: Instant): Promise<RecordedAnswer> {
  const { pages, totalMs, paceMs } = search.limits ?? SEARCH_LIMITS
  const end = search.clock() + totalMs
  let group = EMPTY
  let token: string | undefined
  for (let page = 0; page < pages; page += 1) {
    if (page > 0) await pause(paceMs)
    const left = end - search.clock()
    if (left <= 0) return notKnown(`CloudTrail was searched for ${totalMs / 1_000} seconds and had more to tell`)
    const answer = await lookUp(cloudtrail, role, at, token, left)
    if (answer.Events === undefined) return notKnown('CloudTrail LookupEvents answered no list')
    group = answer.Events.reduce((so, event) => extended(so, event, role, at), group)
    if (group.unreadable) return notKnown('CloudTrail holds an event about this role that could not be read')
    token = answer.NextToken
    if (group.whole || !token) return { kind: 'records', records: group.records }
  }
  return notKnown(`CloudTrail was searched for ${pages} pages and had more to tell`)
}

// EndTime is inclusive; what happened in that very second is left out afterwards. The token is bound to its parameters.
function lookUp(
  cloudtrail: CloudTrailClient,
  role: Role,
  at: Instant,
  token: string | undefined,
  leftMs: number,
): Promise<LookupEventsCommandOutput> {
  const command = new LookupEventsCommand({
    LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: role.name }],
    EndTime: new Date(at),
    MaxResults: 50,
    ...(token === undefined ? {} : { NextToken: token }),
  })
  return cloudtrail.send(command, { abortSignal: AbortSignal.timeout(leftMs) })
}

function extended(group: Group, event: TrailEvent, role: Role, at: Instant): Group {
  if (group.whole || group.unreadable) return group
  const second = secondOf(event)
  if (second === null) return { ...group, unreadable: true }
  if (second >= at) return group
  if (group.second !== null && second < group.second) return { ...group, whole: true }
  if (event.EventName !== undefined && !TRUST_EVENTS.has(event.EventName)) return group
  const record = recordOf(event)
  if (record === null) return { ...group, unreadable: true }
  return changedTrust(record, role) ? { ...group, second, records: [...group.records, record] } : group
}

function secondOf(event: TrailEvent): Instant | null {
  const ms = event.EventTime?.getTime() ?? Number.NaN
  return Number.isNaN(ms) ? null : instantOf(ms)
}

function recordOf(event: TrailEvent): object | null {
  try {
    const record: unknown = JSON.parse(event.CloudTrailEvent ?? '')
    return typeof record === 'object' ? record : null
  } catch {
    return null // said by the caller: the search is then "not known"
  }
}

function changedTrust(record: object, role: Role): boolean {
  if (field(record, 'eventSource') !== 'iam.amazonaws.com' || !TRUST_EVENTS.has(field(record, 'eventName')))
    return false
  return (
    (field(record, 'errorCode') ?? null) === null && field(field(record, 'requestParameters'), 'roleName') === role.name
  )
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
}

function notKnown(why: string): RecordedAnswer {
  return { kind: 'not-known', why }
}
