/** A policy as it occurs, with what has to be said of it. Judged by labelled.test.ts. */

import { allow, deny, trust } from '../../../shared/example.ts'
import type { RoleContext } from '../../../shared/policy/context.ts'
import type { Example, Json } from '../../../shared/rules/rule.ts'
import type { Severity } from '../../../shared/severity.ts'

export interface Labelled {
  readonly name: string
  /** Title of the public document the policy is re-made from; null: thought up here. */
  readonly source: string | null
  readonly policy: Json
  readonly about: RoleContext
  readonly change?: NonNullable<Example['change']>
  /** Null: a good policy, of which nothing at medium or above is said. */
  readonly bad: { readonly rule: string; readonly severity: Severity } | null
}

export { allow, deny, trust }

export const OWN: RoleContext = { account: '111122223333', roleArn: 'arn:aws:iam::111122223333:role/example' }
export const PARTNER: RoleContext = {
  ...OWN,
  trustedAccounts: [{ id: '999988887777', label: 'Backup Inc', reason: 'nightly copies' }],
}
export const HOUSE: RoleContext = {
  ...OWN,
  organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
  environments: { prod: ['111122223333'], dev: ['444455556666'] },
}
export const ORG: RoleContext = {
  ...OWN,
  organization: { id: 'o-a1b2c3d4e5', accounts: ['111122223333', '444455556666'] },
}
export const ALICE = 'arn:aws:iam::111122223333:user/alice'

type Extra = Partial<Pick<Labelled, 'about' | 'change'>>

export function good(name: string, source: string | null, policy: Json, extra: Extra = {}): Labelled {
  return { name, source, policy, about: OWN, bad: null, ...extra }
}

export function bad(
  [rule, severity]: readonly [string, Severity],
  name: string,
  source: string | null,
  policy: Json,
  extra: Extra = {},
): Labelled {
  return { name, source, policy, about: OWN, bad: { rule, severity }, ...extra }
}

export const service = (name: string, condition: Json = null, action: Json = 'sts:AssumeRole') =>
  trust(allow({ Service: `${name}.amazonaws.com` }, condition, action))
