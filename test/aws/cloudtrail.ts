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
  /** Puts in a record as CloudTrail would index it: by its role's name and ARN. */
  record(record: CloudTrailRecord): void
}

/** What indexing needs of a record; the rest passes through. */
export interface CloudTrailRecord {
  readonly eventTime: string
  readonly eventID: string
  readonly eventName: string
  readonly eventSource: string
  readonly requestParameters: { readonly roleName?: string; readonly roleArn?: string } | null
  readonly [field: string]: unknown
}

export function fakeCloudTrail(): FakeCloudTrail {
  const events: HistoryEvent[] = []
  return {
    events,
    trails: [],
    record: (record) => {
      const { roleName, roleArn } = record.requestParameters ?? {}
      events.push({
        time: Date.parse(record.eventTime) / 1_000,
        eventId: record.eventID,
        eventName: record.eventName,
        eventSource: record.eventSource,
        resourceNames: [roleName, roleArn].filter((name) => name !== undefined),
        raw: JSON.stringify(record),
      })
    },
  }
}

export function cloudTrailService(trail: FakeCloudTrail): Service {
  return {
    throttle: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    denied: {
      status: 400,
      code: 'AccessDeniedException',
      message: 'User is not authorized to perform: cloudtrail:LookupEvents',
    },
    refuse: jsonRefusal,
    act: (call) => act(trail, call),
  }
}

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

function lookUp(trail: FakeCloudTrail, { json }: Call): Answer | Refusal {
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
  const found = trail.events.filter((event) => matches(event, json, attributes[0])).sort((a, b) => b.time - a.time)
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
