/** What a change of a role's trust means for the services that use the role: said before their next deployment fails. Pure. */

import type { Alert } from './alert.ts'
import type { Situation } from './gather.ts'
import type { RoleContext } from './policy/context.ts'
import { readmitting } from './readmit.ts'
import type { KnownService } from './service-ports.ts'
import { clippedTo, serviceWords } from './service-words.ts'
import { isAtLeast, mostSevere } from './severity.ts'
import type { TrustChange } from './signal.ts'
import { type Circumstances, documentAssumable } from './workloads/assumable.ts'
import { type Workload, workload } from './workloads/table.ts'

interface Dependent {
  readonly service: KnownService
  readonly workload: Workload
  readonly circumstances: Circumstances
}

/** What rules need to know of the role: which workloads depend on it. */
export function withWorkloads(about: RoleContext, change: TrustChange, users: readonly KnownService[]): RoleContext {
  const ids = new Set(dependentsOf(change, users).map((dependent) => dependent.workload.id))
  return ids.size === 0 ? about : { ...about, workload: [...ids].sort().join(',') }
}

/** The alert with the services that depend on the role, and what becomes of those that are shut out. */
export function withDependents(
  alert: Alert,
  { change, before }: Pick<Situation, 'change' | 'before'>,
  { users, about }: { readonly users: readonly KnownService[]; readonly about: RoleContext },
): Alert {
  const dependents = dependentsOf(change, users)
  const [first, ...others] = dependents.filter((dependent) => isShutOut(dependent, { change, before }))
  const usedBy = dependents.map(({ service: { name, arn, region }, workload: { as } }) => ({
    service: name,
    arn,
    region,
    as,
  }))
  if (first === undefined) return { ...alert, usedBy }
  return {
    ...alert,
    usedBy,
    severity: mostSevere([alert.severity, 'high']),
    headline: headlineOf(alert, { change, before }, [first, ...others]),
    comparison: alert.comparison && weighed(alert.comparison, [first, ...others]),
    restore: alert.restore ?? restoration({ change, before }, first, { alert, about }),
  }
}

function dependentsOf({ role }: TrustChange, users: readonly KnownService[]): readonly Dependent[] {
  return users.flatMap((service) =>
    service.uses
      .filter((use) => use.role.account === role.account && use.role.name === role.name)
      .map(({ as }) => ({
        service,
        workload: workload(as),
        circumstances: { account: service.account, service: service.arn, region: service.region },
      })),
  )
}

/** Shut out now, and not before; where nobody knows what was before, shut out now is enough. */
function isShutOut({ workload, circumstances }: Dependent, { change, before }: Pick<Situation, 'change' | 'before'>) {
  const can = (document: string | null) =>
    document === null ? 'no' : documentAssumable(document, workload.principal, circumstances)
  if (can(change.kind === 'role-deleted' ? null : change.document) !== 'no') return false
  const isNew = change.kind === 'trust-written' && change.write === 'created'
  return before.length === 0 || isNew || before.some(({ document }) => can(document) !== 'no')
}

/** A known workload that lost its access is high, whoever else lost or gained. */
function weighed(comparison: NonNullable<Alert['comparison']>, shutOut: readonly Dependent[]) {
  const principals: readonly string[] = shutOut.map(({ workload }) => workload.principal)
  return {
    ...comparison,
    lost: comparison.lost.map((loss) =>
      principals.includes(loss.witness.principal.id) ? ({ ...loss, severity: 'high' } as const) : loss,
    ),
  }
}

const MOST_CHARACTERS = 240

/** What will happen is never cut off: the words before it give way. Who gained something worse still comes first. */
function headlineOf(
  alert: Alert,
  { change, before }: Pick<Situation, 'change' | 'before'>,
  [first, ...others]: readonly [Dependent, ...Dependent[]],
): string {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`
  const { as, principal, without } = first.workload
  const then = alert.inForce === 'superseded' ? 'its trust has been changed again since' : without
  const fate = clippedTo(`${as} of ${serviceWords(first.service)}${more}: ${then}`, MOST_CHARACTERS - 40)
  const room = MOST_CHARACTERS - fate.length - 2
  const isWorse = alert.comparison?.gained.some(({ severity }) => isAtLeast(severity, 'high')) === true
  if (isWorse) return `${clippedTo(alert.headline, room)}; ${fate}`
  const can = before.length === 0 ? 'cannot' : 'can no longer'
  const name = change.role.name
  const happened =
    change.kind === 'role-deleted' ? `Role ${name} was deleted` : `${principal} ${can} assume role ${name}`
  return `${clippedTo(happened, room)}, ${fate}`
}

/** Offered only while the change may still be in force, as every other way back. */
function restoration(
  { change, before }: Pick<Situation, 'change' | 'before'>,
  { workload, circumstances }: Dependent,
  { alert, about }: { readonly alert: Alert; readonly about: RoleContext },
): Alert['restore'] {
  if (alert.inForce !== 'in-force' && alert.inForce !== 'unknown') return null
  return readmitting({
    roleName: change.role.name,
    principal: workload.principal,
    document: change.kind === 'role-deleted' ? null : change.document,
    before: before.length === 1 ? (before[0] ?? null) : null,
    about,
    circumstances,
  })
}
