/** What may go wrong between a client and the fake AWS, planned by action. Knows no service. */

export type Fault =
  /** Refused before anything happens, in the service's own shape. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string }
  /** Refused the way this service throttles. */
  | { readonly kind: 'throttle' }
  /** Refused for lack of permission. */
  | { readonly kind: 'denied' }
  /** Done, but the answer comes late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Not done, and never answered. */
  | { readonly kind: 'hang' }
  /** The connection breaks before anything happens. */
  | { readonly kind: 'drop' }
  /** Not done; answers this instead, with status 200. */
  | { readonly kind: 'answer'; readonly body: string }
  /** Done, but the connection breaks before the answer. */
  | { readonly kind: 'lose-answer' }

/** Calls wait in a queue per action; `null` is a call that goes well. */
export interface Faults {
  /** @param action as on the wire: `GetRole`, `Publish`, `LookupEvents`, `SendMessage`, `PutItem` … */
  next(action: string, fault: Fault | null, times?: number): void
  /** From now on, until cleared. Planned ones come first. */
  always(action: string, fault: Fault): void
  clear(): void
}

export interface FaultPlan extends Faults {
  take(action: string): Fault | null
}

export function faultPlan(): FaultPlan {
  const planned = new Map<string, (Fault | null)[]>()
  const standing = new Map<string, Fault>()
  return {
    next: (action, fault, times = 1) => {
      planned.set(action, [...(planned.get(action) ?? []), ...Array<Fault | null>(times).fill(fault)])
    },
    always: (action, fault) => {
      standing.set(action, fault)
    },
    clear: () => {
      planned.clear()
      standing.clear()
    },
    take: (action) => {
      const waiting = planned.get(action)
      if (waiting === undefined || waiting.length === 0) return standing.get(action) ?? null
      return waiting.shift() ?? null
    },
  }
}
