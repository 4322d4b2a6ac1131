/** A world in the process: real memory, a topic that remembers, and whatever IAM and CloudTrail are told to answer. */

import type { Alert } from '../../shared/alert.ts'
import type { Config } from '../../shared/config.ts'
import type { ServiceWorld } from '../../shared/gather-service.ts'
import { instant, roleArn } from '../../shared/identity.ts'
import { type LocalMemory, openMemory } from '../../shared/local/memory.ts'
import { noRereads, unknownServices } from '../../shared/local/world.ts'
import type { RecordedAnswer, RoleReading } from '../../shared/ports.ts'
import { readHistory } from '../../shared/recorded-history.ts'
import { second } from '../builders.ts'

export interface LocalWorld {
  readonly world: ServiceWorld
  readonly alerts: readonly Alert[]
  readonly memory: LocalMemory
}

export interface Answers {
  readonly role?: RoleReading
  /** What CloudTrail recorded. */
  readonly history?: RecordedAnswer
  readonly config?: Config
  /** Second of the day at which all this happens. */
  readonly now?: number
}

export function localWorld(answers: Answers = {}): LocalWorld {
  const alerts: Alert[] = []
  const memory = openMemory(null)
  const world: ServiceWorld = {
    ports: {
      memory,
      outbox: { publish: async (alert) => void alerts.push(alert) },
      roles: {
        read: async () => answers.role ?? { kind: 'unknown', why: 'not asked' },
        list: async () => ({ roles: [], next: null }),
      },
      history: readHistory({ trustBefore: async () => answers.history ?? { kind: 'not-known', why: 'not asked' } }),
      rereads: noRereads,
      services: unknownServices('not asked'),
    },
    config: answers.config ?? {},
    now: () => Date.parse(second(answers.now ?? 3600)),
  }
  return { world, alerts, memory }
}

/** What GetRole answers for the role `Deploy`. */
export function reading(document: string, createdAt = '2026-01-01T00:00:00Z'): RoleReading {
  const arn = roleArn('arn:aws:iam::111122223333:role/Deploy')
  const created = instant(createdAt)
  if (!arn || !created) throw new Error('the reading is not well-formed')
  return { kind: 'role', arn, createdAt: created, document }
}
