/** The configuration a function lives with. */

import type { Config } from '../config.ts'

export interface LiveConfiguration {
  /** Never throws. */
  current(): Promise<Config>
}
