/** The interfaces to services and to what memory holds of them. Implemented by aws/ and local/; only functions/ choose which. */

import type { AccountId, EventId, Instant, ServiceArn } from './identity.ts'
import type { RoleUse, Service, ServiceKey } from './service-signal.ts'
import type { Severity } from './severity.ts'

/** A service as the platform describes it. Its environment variables are dropped where the answer is read. */
export interface SeenService extends ServiceKey {
  readonly arn: ServiceArn
  /** `RUNNING`, `OPERATION_IN_PROGRESS` …; one never seen before is passed on. */
  readonly status: string
  readonly uses: readonly RoleUse[]
}

export type ServiceReading =
  | { readonly kind: 'service'; readonly service: SeenService }
  | { readonly kind: 'no-such-service' }
  /** Denied, throttled out, another account, never made, or not asked: said, never guessed. */
  | { readonly kind: 'unknown'; readonly why: string }

export interface ServicePage {
  readonly services: readonly (ServiceKey & { readonly arn: ServiceArn })[]
  /** Where the next page begins; null at the end. */
  readonly next: string | null
}

export interface Services {
  /** Never throws for what the platform answers; `unknown` says why. */
  read(service: Service): Promise<ServiceReading>
  /** Throws where the page cannot be had. */
  list(region: string, from: string | null): Promise<ServicePage>
}

export interface KnownService extends SeenService {
  /** When it was seen so. */
  readonly seenAt: Instant
}

/** Where an operation's end stands in time: `<at>#<eventId>`. */
export interface EndKey {
  readonly service: ServiceKey
  readonly at: Instant
  readonly eventId: EventId
}

/** How an operation on a service ended. From these the episodes of failure follow, in whatever order they arrive. */
export interface End extends EndKey {
  /** `gone`: the service was deleted, which ends an episode without a word. */
  readonly result: 'failed' | 'succeeded' | 'gone'
  /** How it was told: a status change only echoes an operation, and is not counted beside it. */
  readonly by: 'operation' | 'status' | 'call'
  /** Of a failure: the sort key of the success after which its episode began; '' for none. */
  readonly episode: string
  /** Of a failure: as it was judged. */
  readonly severity: Severity | null
}

export interface ServiceMemory {
  service(key: ServiceKey): Promise<KnownService | null>
  /** Never over what was seen later. */
  keepService(service: KnownService): Promise<void>
  /** Never what was seen after that moment. */
  forgetService(key: ServiceKey, at: Instant): Promise<void>
  services(account: AccountId): AsyncIterable<KnownService>

  end(key: EndKey): Promise<End | null>
  /** The first one kept of a key stays. */
  keepEnd(end: End): Promise<void>
  /** Newest first, strictly before. Consistent. @param key `<at>#<eventId>` */
  endsBefore(service: ServiceKey, key: string): AsyncIterable<End>
  /** Oldest first, strictly after. Consistent. */
  endsAfter(service: ServiceKey, key: string): AsyncIterable<End>
}
