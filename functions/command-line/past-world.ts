/** What surrounds the calls of the past that App Runner refused, while they are judged to be told: memory, IAM and App Runner. */

import type { Config } from '../../shared/config.ts'
import type { ServiceWorld } from '../../shared/gather-service.ts'
import { instantOf, type Role } from '../../shared/identity.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import { noRereads, unknownHistory, unknownRoles } from '../../shared/local/world.ts'
import type { RoleReading, Roles } from '../../shared/ports.ts'
import type { ServiceReading, Services } from '../../shared/service-ports.ts'

export interface Surroundings {
  readonly memory: LocalMemory
  readonly config: Config
  /** Null: IAM is not asked. */
  readonly roles: Roles | null
  readonly services: Services
}

/** What was before a failure has just been read, or is not to be had. */
export const READ_ALREADY = unknownHistory('the backfill reads the history itself')

export function pastWorld({ memory, config, roles, services }: Surroundings): ServiceWorld {
  return {
    ports: {
      memory,
      roles: rolesThen(roles ?? unknownRoles('IAM is not asked'), memory),
      services: servicesOnce(services),
      history: READ_ALREADY,
      outbox: { publish: () => Promise.reject(new Error('the past is told here, and published elsewhere')) },
      rereads: noRereads,
    },
    config,
    now: Date.now,
  }
}

/**
 * What IAM says is of today: of a role whose changes are known it says nothing about a failure long ago. A service that failed a
 * hundred times names the same roles a hundred times, and each is asked for once.
 */
function rolesThen(roles: Roles, memory: Pick<LocalMemory, 'later'>): Roles {
  const asked = new Map<string, Promise<RoleReading>>()
  const ask = async (role: Role): Promise<RoleReading> => {
    for await (const _ of memory.later(role, instantOf(0))) return { kind: 'unknown', why: 'its changes are known' }
    return roles.read(role)
  }
  return { ...roles, read: (role) => once(asked, `${role.account}#${role.name}`, () => ask(role)) }
}

function servicesOnce(services: Services): Services {
  const asked = new Map<string, Promise<ServiceReading>>()
  return { ...services, read: (service) => once(asked, JSON.stringify(service), () => services.read(service)) }
}

function once<T>(asked: Map<string, Promise<T>>, name: string, ask: () => Promise<T>): Promise<T> {
  const answer = asked.get(name) ?? ask()
  asked.set(name, answer)
  return answer
}
