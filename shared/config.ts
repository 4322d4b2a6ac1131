/** The user's configuration: one schema, parsed once, all faults reported together. Pure: who reads the text is not known here. */

import type { TrustedAccount } from './policy/context.ts'
import type { Severity } from './severity.ts'

/** `trustdrift.json`, and the same for the functions. */
export interface Config {
  readonly organization?: { readonly id: string; readonly accounts: readonly string[] }
  readonly trustedAccounts?: readonly TrustedAccount[]
  /** Channels and the terminal take what is at or above this. */
  readonly notifyAt?: Severity
  readonly exceptions?: readonly {
    readonly role: string
    readonly rule: string
    readonly principal?: string
    readonly reason: string
    readonly expires: string
  }[]
  readonly environments?: Readonly<Record<string, readonly string[]>>
  readonly vendors?: readonly { readonly id: string; readonly label: string }[]
}
