/** CloudTrail: LookupEvents over the records a test has put in, and the trails there are. Knows no delivery delay. */

import { createHash } from 'node:crypto'
import { type Answer, type Call, jsonAnswer, jsonRefusal, type Refusal, type Service } from './wire.ts'

export interface HistoryEvent {
  /** Seconds since the epoch. */
  readonly time: number
  readonly eventId: string
  readonly eventName: string
  readonly eventSource: string
  readonly resourceNames: readonly string[]
  /** Null: told in every region. */
  readonly region: string | null
  /** `CloudTrailEvent`: the record as text. */
  readonly raw: string
}

export interface FakeTrail {
  readonly name: string
  readonly arn: string
  logging: boolean
  organization: boolean
  globalServices: boolean
  basic: readonly object[]
  advanced: readonly object[]
}

export interface FakeCloudTrail {
  readonly events: HistoryEvent[]
  readonly trails: FakeTrail[]
  /** Requests a second in each region, as AWS allows 2; infinite where a test is in a hurry. */
  rate: number
  /** Regions in which a policy of the organisation lets nobody look anything up. */
  readonly shut: Set<string>
  /** Puts in a record as CloudTrail would index it: by its role's name and ARN. */
  record(record: CloudTrailRecord): void
}

/** What indexing needs of a record; the rest passes through. */
export interface CloudTrailRecord {
  readonly eventTime: string
  readonly eventID: string
  readonly eventName: string
  readonly eventSource: string
  readonly requestParameters: {
    readonly roleName?: string
    readonly roleArn?: string
    readonly [name: string]: unknown
  } | null
  readonly [field: string]: unknown
}

export function fakeCloudTrail(): FakeCloudTrail {
  const events: HistoryEvent[] = []
  return {
    events,
    trails: [],
    rate: Number.POSITIVE_INFINITY,
    shut: new Set(),
    record: (record) => {
      const { roleName, roleArn } = record.requestParameters ?? {}
      events.push({
        time: Date.parse(record.eventTime) / 1_000,
        eventId: record.eventID,
        eventName: record.eventName,
        eventSource: record.eventSource,
        region: typeof record.awsRegion === 'string' ? record.awsRegion : null,
        resourceNames: [roleName, roleArn].filter((name) => name !== undefined),
        raw: JSON.stringify(record),
      })
    },
  }
}

export function cloudTrailService(trail: FakeCloudTrail): Service {
  const buckets = new Map<string, Bucket>()
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: {
      status: 400,
      code: 'AccessDeniedException',
      message: 'User is not authorized to perform: cloudtrail:LookupEvents',
    },
    refuse: jsonRefusal,
    act: (call) => (isTooFast(trail, call, buckets) ? TOO_FAST : act(trail, call)),
  }
}

const TOO_FAST: Refusal = { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' }

interface Bucket {
  readonly tokens: number
  readonly at: number
}

/** A bucket for each region that holds a second's worth of requests and is refilled at the rate; what is refused takes none. */
function isTooFast({ rate }: FakeCloudTrail, { action, region = '' }: Call, buckets: Map<string, Bucket>): boolean {
  if (action !== 'LookupEvents' || rate === Number.POSITIVE_INFINITY) return false
  const now = performance.now()
  const before = buckets.get(region) ?? { tokens: rate, at: now }
  const tokens = Math.min(rate, before.tokens + ((now - before.at) / 1_000) * rate)
  buckets.set(region, { tokens: tokens < 1 ? tokens : tokens - 1, at: now })
  return tokens < 1
}

const HISTORY_SECONDS = 90 * 24 * 60 * 60

function act(trail: FakeCloudTrail, call: Call): Answer | Refusal {
  switch (call.action) {
    case 'DescribeTrails':
      return jsonAnswer({ trailList: trail.trails.map(described) })
    case 'GetTrailStatus':
      return aboutTrail(trail, call.json.Name, ({ logging }) => ({ IsLogging: logging }))
    case 'GetEventSelectors':
      return aboutTrail(trail, call.json.TrailName, ({ basic, advanced }) => ({
        EventSelectors: basic,
        AdvancedEventSelectors: advanced,
      }))
    default:
      return lookUp(trail, call)
  }
}

function described({ name, arn, organization, globalServices }: FakeTrail) {
  return { Name: name, TrailARN: arn, IsOrganizationTrail: organization, IncludeGlobalServiceEvents: globalServices }
}

function aboutTrail({ trails }: FakeCloudTrail, arn: unknown, about: (trail: FakeTrail) => object): Answer | Refusal {
  const trail = trails.find((candidate) => candidate.arn === arn)
  return trail
    ? jsonAnswer(about(trail))
    : { status: 400, code: 'TrailNotFoundException', message: `Unknown trail: ${String(arn)}` }
}

function lookUp(trail: FakeCloudTrail, { json, region }: Call): Answer | Refusal {
  if (trail.shut.has(region ?? ''))
    return { status: 400, code: 'AccessDeniedException', message: 'with an explicit deny in a service control policy' }
  if (typeof json.StartTime === 'number' && json.StartTime < Date.now() / 1_000 - HISTORY_SECONDS)
    return { status: 400, code: 'InvalidTimeRangeException', message: 'The start is more than 90 days ago' }
  const attributes = Array.isArray(json.LookupAttributes) ? json.LookupAttributes : []
  if (attributes.length > 1)
    return { status: 400, code: 'InvalidLookupAttributesException', message: 'one attribute only' }
  const size = typeof json.MaxResults === 'number' ? json.MaxResults : 50
  if (size < 1 || size > 50) return { status: 400, code: 'InvalidMaxResultsException', message: 'between 1 and 50' }
  const { NextToken, ...parameters } = json
  const bound = createHash('sha256').update(JSON.stringify(parameters)).digest('hex')
  const [owner, offset] = NextToken === undefined ? [bound, '0'] : String(NextToken).split('.')
  if (owner !== bound) return { status: 400, code: 'InvalidNextTokenException', message: 'other parameters' }
  const start = Number(offset)
  const found = trail.events
    .filter((event) => matches(event, json, attributes[0]) && (event.region ?? region) === region)
    .sort((a, b) => b.time - a.time)
  return jsonAnswer({
    Events: found.slice(start, start + size).map(shown),
    ...(start + size < found.length ? { NextToken: `${bound}.${start + size}` } : {}),
  })
}

function matches(event: HistoryEvent, json: Call['json'], attribute: unknown): boolean {
  if (typeof json.StartTime === 'number' && event.time < json.StartTime) return false
  if (typeof json.EndTime === 'number' && event.time > json.EndTime) return false
  if (typeof attribute !== 'object' || attribute === null) return true
  const value = Reflect.get(attribute, 'AttributeValue')
  return valuesOf(event, Reflect.get(attribute, 'AttributeKey')).includes(value)
}

function valuesOf(event: HistoryEvent, key: unknown): readonly string[] {
  if (key === 'ResourceName') return event.resourceNames
  if (key === 'EventName') return [event.eventName]
  if (key === 'EventId') return [event.eventId]
  return key === 'EventSource' ? [event.eventSource] : []
}

function shown(event: HistoryEvent) {
  return {
    EventId: event.eventId,
    EventName: event.eventName,
    EventSource: event.eventSource,
    EventTime: event.time,
    ReadOnly: 'false',
    Resources: event.resourceNames.map((name) => ({ ResourceType: 'AWS::IAM::Role', ResourceName: name })),
    CloudTrailEvent: event.raw,
  }
}
