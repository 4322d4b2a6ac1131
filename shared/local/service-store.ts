/** Services and the ends of their operations, in the process. Knows no file and no clock. Same contract as the table. */

import type { Instant, Role } from '../identity.ts'
import { sortKey } from '../lineage.ts'
import type { End, EndKey, KnownService } from '../service-ports.ts'
import type { ServiceKey } from '../service-signal.ts'

export interface ServiceStore {
  readonly service: (key: ServiceKey) => KnownService | null
  readonly all: () => readonly KnownService[]
  readonly usersOf: (role: Role) => readonly KnownService[]
  /** Says whether anything changed, as all that write here do. */
  readonly keep: (service: KnownService) => boolean
  readonly forget: (key: ServiceKey, at: Instant) => boolean
  readonly end: (key: EndKey) => End | null
  readonly keepEnd: (end: End) => boolean
  /** In order of time. */
  readonly ends: (service: ServiceKey) => readonly End[]
}

export function serviceStore(): ServiceStore {
  const services = new Map<string, KnownService>()
  const ends = new Map<string, readonly End[]>()
  const endsOf = (service: ServiceKey) => ends.get(nameOf(service)) ?? []
  const find = (key: EndKey) => endsOf(key.service).find((end) => sortKey(end) === sortKey(key)) ?? null
  return {
    service: (key) => services.get(nameOf(key)) ?? null,
    all: () => [...services.entries()].sort(byName).map(([, service]) => service),
    usersOf: (role) => [...services.entries()].sort(byName).flatMap(([, one]) => (uses(one, role) ? [one] : [])),
    keep: (service) => {
      const there = services.get(nameOf(service))
      if (there !== undefined && there.seenAt > service.seenAt) return false
      services.set(nameOf(service), service)
      return true
    },
    forget: (key, at) => {
      const there = services.get(nameOf(key))
      return there !== undefined && there.seenAt <= at && services.delete(nameOf(key))
    },
    end: find,
    keepEnd: (end) => {
      if (find(end) !== null) return false
      const kept = [...endsOf(end.service), end].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
      ends.set(nameOf(end.service), kept)
      return true
    },
    ends: endsOf,
  }
}

function uses(service: KnownService, role: Role): boolean {
  return service.uses.some((use) => use.role.account === role.account && use.role.name === role.name)
}

function nameOf({ account, region, name }: ServiceKey): string {
  return `${account}#${region}#${name}`
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
