/** Reads the world around one failure of a service: the service, its roles, their trust at that moment, and who broke it. Judges nothing, writes nothing. */

import type { Search } from './culprit.ts'
import type { History, RoleReading } from './ports.ts'
import { culpritBefore, type RoleThen, roleThen } from './role-then.ts'
import type { ServiceMemory, ServiceReading, Services } from './service-ports.ts'
import type { RoleUse, ServiceSignal } from './service-signal.ts'
import { type Circumstances, documentAssumable } from './workloads/assumable.ts'
import { type Workload, workload } from './workloads/table.ts'
import type { World } from './world.ts'

export interface ServiceWorld extends World {
  readonly ports: World['ports'] & {
    readonly memory: World['ports']['memory'] & ServiceMemory
    readonly services: Services
  }
}

export interface ServiceFailure {
  readonly signal: ServiceSignal
  readonly reading: ServiceReading
  readonly roles: readonly UsedRole[]
}

/** A role of the service at the moment of the failure, and now. */
export interface UsedRole {
  readonly workload: Workload
  readonly role: RoleUse['role']
  readonly then: RoleThen
  readonly now: RoleReading
  /** Whether the service could assume it then. */
  readonly could: 'yes' | 'no' | 'undecided'
  readonly circumstances: Circumstances
  readonly search: Search
}

/** CloudTrail is not asked again once this many milliseconds are gone; the last question may take as long as it may. */
export const SEARCHING_MS = 25_000

export async function gatherFailure(signal: ServiceSignal, outside: ServiceWorld): Promise<ServiceFailure> {
  const world = { ...outside, ports: { ...outside.ports, history: inTime(outside) } }
  const reading = await world.ports.services.read(signal.service)
  const roles: UsedRole[] = []
  for (const use of await usesOf(signal, reading, world)) roles.push(await usedRole(use, signal, world))
  return { signal, reading, roles }
}

function inTime({ ports, now }: ServiceWorld): History {
  const end = now() + SEARCHING_MS
  return {
    trustBefore: async (role, at) =>
      now() < end
        ? ports.history.trustBefore(role, at)
        : { kind: 'not-known', why: 'CloudTrail was searched long enough' },
  }
}

/** What the call names, then what the service is described with, then what was last seen of it. */
async function usesOf(
  signal: ServiceSignal,
  reading: ServiceReading,
  world: ServiceWorld,
): Promise<readonly RoleUse[]> {
  const named = signal.kind === 'service-call-failed' ? signal.uses : []
  const known = reading.kind === 'service' ? reading.service : await world.ports.memory.service(signal.service)
  const others = (known?.uses ?? []).filter((use) => named.every((other) => other.as !== use.as))
  return [...named, ...others]
}

async function usedRole(use: RoleUse, signal: ServiceSignal, world: ServiceWorld): Promise<UsedRole> {
  const { service, origin } = signal
  const needed = workload(use.as)
  const circumstances = { account: service.account, service: service.arn, region: service.region, at: origin.at }
  const can = (document: string) => documentAssumable(document, needed.principal, circumstances)
  const now = await world.ports.roles.read(use.role)
  const then = await roleThen(use.role, origin.at, { reading: now, world })
  const could = couldThen(then, can)
  const search = could === 'no' ? await culpritBefore(use.role, origin.at, { can, world }) : NOBODY
  return { workload: needed, role: use.role, then, now, could, circumstances, search }
}

const NOBODY: Search = { kind: 'none' }

function couldThen(then: RoleThen, can: (document: string) => UsedRole['could']): UsedRole['could'] {
  switch (then.kind) {
    case 'missing':
      return 'no'
    case 'unknown':
      return 'undecided'
    default: {
      const [first = 'undecided', ...others] = then.documents.map(can)
      return others.every((other) => other === first) ? first : 'undecided'
    }
  }
}
