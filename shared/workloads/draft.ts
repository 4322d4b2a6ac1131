/** What a rule about workloads has to say of a policy: one draft for each workload that stands so. Pure. */

import type { Draft, RuleInput } from '../rules/rule.ts'
import { type Standing, standingOf } from './standing.ts'
import { type Workload, workloadsOf } from './table.ts'

type Kind = Standing['kind']

/** @param words of one workload; its standing is of that kind */
export function draftsFor<K extends Kind>(
  { policy, about }: RuleInput,
  kind: K,
  draft: (workload: Workload, standing: Extract<Standing, { kind: K }>) => Pick<Draft, 'says' | 'statement'>,
): readonly Draft[] {
  return workloadsOf(about.workload).flatMap((workload) => {
    const standing = standingOf(policy, workload, { account: about.account ?? null })
    if (!isOf(standing, kind)) return []
    const { says, statement } = draft(workload, standing)
    return [{ severity: 'high', says, statement, principal: workload.principal, fingerprint: kind } as const]
  })
}

function isOf<K extends Kind>(standing: Standing, kind: K): standing is Extract<Standing, { kind: K }> {
  return standing.kind === kind
}
