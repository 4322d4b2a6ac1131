/** App Runner's own EventBridge events → signals. Never throws; reads both spellings of the documented detail. Judges nothing. */

import * as v from 'valibot'
import { type Envelope, shortName } from './delivery.ts'
import { digest } from './finding.ts'
import { type EventId, eventId, type ServiceArn, serviceArn } from './identity.ts'
import type { Outcome, Service, ServiceOrigin } from './service-signal.ts'
import type { Irrelevant, Reading, Unread } from './signal.ts'
import { fieldsOf, text } from './wire.ts'

/** An earlier revision of the App Runner Developer Guide spells the keys with a capital, and two of them shorter. */
const detailWire = v.object({
  operationStatus: text,
  OperationStatus: text,
  currentServiceStatus: text,
  CurrentServiceStatus: text,
  CurrentStatus: text,
  currentStatus: text,
  serviceName: text,
  ServiceName: text,
})

type Detail = v.InferOutput<typeof detailWire>

/** One such event, as its envelope was opened. */
export interface ServiceEvent {
  readonly type: 'operation' | 'status'
  readonly id: string | null
  readonly resources: unknown
  readonly detail: unknown
  readonly envelope: Envelope
}

export function readServiceEvent(event: ServiceEvent): Reading {
  const { source } = event.envelope
  if (source === null) return unreadable(event, 'the App Runner event does not say its source')
  if (source !== 'aws.apprunner') return irrelevant('an event that calls itself one of App Runner')
  const detail = Array.isArray(event.detail) ? null : fieldsOf(detailWire, event.detail)
  if (detail === null) return unreadable(event, "the App Runner event's detail is not a JSON object")
  const service = serviceOf(event, detail)
  if (typeof service === 'string') return unreadable(event, service)
  const said = event.type === 'operation' ? operationStatus(detail) : serviceStatus(detail)
  if (said === null) return unreadable(event, `the App Runner event says no ${event.type} status`)
  const origin = originOf(event, service, said)
  if (typeof origin === 'string') return unreadable(event, origin)
  if (event.type === 'status') return { kind: 'service-status', service, origin, status: said.toUpperCase() }
  return { kind: 'service-operation', service, origin, ...operationOf(said) }
}

function operationStatus({ operationStatus, OperationStatus }: Detail): string | null {
  return shortName(operationStatus ?? OperationStatus)
}

function serviceStatus(detail: Detail): string | null {
  const { currentServiceStatus, CurrentServiceStatus, CurrentStatus, currentStatus } = detail
  return shortName(currentServiceStatus ?? CurrentServiceStatus ?? CurrentStatus ?? currentStatus)
}

/** `DeploymentFailed` → a Deployment, failed. */
function operationOf(status: string): { readonly operation: string; readonly outcome: Outcome } {
  const parts = /^(\w+?)(Started|CompletedSuccessfully|Failed)$/.exec(status)
  if (parts === null) return { operation: status, outcome: 'unknown' }
  return { operation: parts[1] ?? status, outcome: OUTCOMES[parts[2] ?? ''] ?? 'unknown' }
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  Started: 'started',
  CompletedSuccessfully: 'succeeded',
  Failed: 'failed',
}

/** The service, or why it cannot be named. The account is the envelope's: the guide's own sample has another one in the ARN. */
function serviceOf({ resources, envelope }: ServiceEvent, detail: Detail): Service | string {
  const arn = serviceArn(Array.isArray(resources) ? resources[0] : null)
  if (arn === null) return 'the App Runner event names no service in resources'
  if (envelope.account === null) return 'the App Runner event names no account'
  const name = detail.serviceName ?? detail.ServiceName
  const region = regionOf(arn)
  return { account: envelope.account, region, arn, name: isName(name) ? name : nameOf(arn) }
}

function isName(name: string | null): name is string {
  return name !== null && /^[\w-]{1,64}$/.test(name)
}

export function regionOf(arn: ServiceArn): string {
  return arn.split(':')[3] ?? ''
}

/** What stands behind `service/`. */
export function nameOf(arn: ServiceArn): string {
  return arn.split('/')[1] ?? ''
}

/** EventBridge may deliver an event twice, and a second bus may give it another id: the happening itself is its name. */
function originOf({ id, envelope, type }: ServiceEvent, service: Service, said: string): ServiceOrigin | string {
  const { at, account } = envelope
  if (at === null || account === null) return 'the App Runner event has no time'
  const made = eventId(`apprunner-${digest('service-event', account, service.arn ?? '', type, at, said)}`)
  if (made === null) return 'the App Runner event cannot be named'
  const evidence = { eventId: known(id), eventName: said, region: service.region, source: 'apprunner' }
  return { at, eventId: made, evidence, actor: null }
}

function known(id: string | null): EventId | null {
  return id === null ? null : eventId(id)
}

function unreadable({ id, envelope }: ServiceEvent, why: string): Unread {
  const { account, at, region } = envelope
  const nothing = { role: null, eventName: null, actor: null }
  return { kind: 'unreadable', why, account, at, region: shortName(region), eventId: known(id), ...nothing }
}

function irrelevant(why: string): Irrelevant {
  return { kind: 'irrelevant', why }
}
