/** A policy and what has to be said of it. */

import type { RoleContext } from '../../../shared/policy/context.ts'
import type { Json } from '../../../shared/rules/rule.ts'

export interface Labelled {
  readonly name: string
  readonly policy: Json
  readonly about: RoleContext
  /** `<rule> <severity>`, or `good`: nothing at medium or above. */
  readonly expected: string
  /** Title of the public document it is re-made from; null: made for this table. */
  readonly source: string | null
}
