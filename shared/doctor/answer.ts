/** What asking AWS came to: a value, "there is no such thing", or no answer at all. Knows no service. */

export type Answer<T> =
  | { readonly kind: 'known'; readonly value: T }
  /** AWS says that it does not exist. */
  | { readonly kind: 'missing' }
  /** Refused, or no answer. `why` names the call. */
  | NotKnown

export interface NotKnown {
  readonly kind: 'not-known'
  readonly why: string
}

export function known<T>(value: T): Answer<T> {
  return { kind: 'known', value }
}
