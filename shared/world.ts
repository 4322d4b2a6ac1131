/** Everything observing needs from outside, in one typed object. */

import type { Config } from './config.ts'
import type { History, Memory, Outbox, Rereads, Roles } from './ports.ts'

export interface World {
  readonly ports: {
    readonly roles: Roles
    readonly history: History
    readonly memory: Memory
    readonly outbox: Outbox
    readonly rereads: Rereads
  }
  readonly config: Config
  /** Milliseconds since the epoch. */
  readonly now: () => number
}
