/** How a role stands to the service that needs it: can it be assumed, and if not, why not. Pure. */

import { callOf } from '../policy/call.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import { principalMatches } from '../policy/principal.ts'
import { assumable, type Circumstances, requests } from './assumable.ts'
import { WORKLOADS, type Workload } from './table.ts'

export type Standing =
  | { readonly kind: 'can' }
  /** No statement trusts the service. */
  | { readonly kind: 'untrusted' }
  /** It trusts the principal of another role of the same service instead. */
  | { readonly kind: 'swapped'; readonly trusted: string }
  /** A statement trusts the service; a condition or a Deny takes that back. @param statement the index of the first such */
  | { readonly kind: 'blocked'; readonly statement: number }
  | { readonly kind: 'undecided' }

export function standingOf(policy: TrustPolicy, workload: Workload, about: Circumstances = {}): Standing {
  switch (assumable(policy, workload.principal, about)) {
    case 'yes':
      return { kind: 'can' }
    case 'undecided':
      return { kind: 'undecided' }
    default:
      return whyNot(policy, workload, about)
  }
}

function whyNot(policy: TrustPolicy, workload: Workload, about: Circumstances): Standing {
  const trusting = trustingStatement(policy, workload.principal)
  if (trusting !== null) return { kind: 'blocked', statement: trusting }
  const other = WORKLOADS.find(
    ({ service, principal }) =>
      service === workload.service && principal !== workload.principal && assumable(policy, principal, about) === 'yes',
  )
  return other === undefined ? { kind: 'untrusted' } : { kind: 'swapped', trusted: other.principal }
}

function trustingStatement(policy: TrustPolicy, principal: string): number | null {
  const [request] = requests(principal, {})
  if (request === undefined) return null
  const { caller } = callOf(request)
  const found = policy.statements.find(
    (statement) => statement.effect === 'Allow' && principalMatches(statement.principal, caller) !== 'no',
  )
  return found?.index ?? null
}
