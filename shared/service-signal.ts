/** What was said of a service that uses roles: the signals, as parsed. Knows no wire and no judgement. */

import type { Actor, Evidence } from './alert.ts'
import type { AccountId, EventId, Instant, Role, RoleArn, ServiceArn } from './identity.ts'
import type { WorkloadId } from './workloads/table.ts'

/** A service by what stays when it is made anew: unique in its account and region. */
export interface ServiceKey {
  /** Of the event's envelope. */
  readonly account: AccountId
  readonly region: string
  readonly name: string
}

export interface Service extends ServiceKey {
  /** Null for one that was never made. */
  readonly arn: ServiceArn | null
}

/** A role in one of a service's role fields. */
export interface RoleUse {
  readonly as: WorkloadId
  readonly role: Role & { readonly arn: RoleArn }
}

export interface ServiceOrigin {
  readonly at: Instant
  /** One happening, one id, however often and through whatever bus it is delivered. */
  readonly eventId: EventId
  readonly evidence: Evidence
  /** App Runner's own events never say who. */
  readonly actor: Actor | null
}

export type Outcome = 'started' | 'succeeded' | 'failed' | 'unknown'

/** `AppRunner Service Operation Status Change`. */
export interface ServiceOperation {
  readonly kind: 'service-operation'
  readonly service: Service
  readonly origin: ServiceOrigin
  /** `CreateService`, `Deployment` …; the whole status where it is of no known form. */
  readonly operation: string
  readonly outcome: Outcome
}

/** `AppRunner Service Status Change`. */
export interface ServiceStatus {
  readonly kind: 'service-status'
  readonly service: Service
  readonly origin: ServiceOrigin
  /** `RUNNING`, `CREATE_FAILED` …, in upper case; one never seen before is passed on. */
  readonly status: string
}

/** CloudTrail: App Runner refused a call because it could not assume a role. No App Runner event tells of it. */
export interface ServiceCallFailed {
  readonly kind: 'service-call-failed'
  readonly service: Service
  readonly origin: ServiceOrigin
  readonly call: string
  readonly errorCode: string
  readonly errorMessage: string
  /** The roles that the request or the message names. */
  readonly uses: readonly RoleUse[]
}

export type ServiceSignal = ServiceOperation | ServiceStatus | ServiceCallFailed
