/**
 * `backfill --publish`: what the past holds goes through `observe` like what is delivered live: published to the topic of a
 * deployed stack, and remembered in its table as announced. What was announced already is not told again.
 */

import { documentClient, type Limits, snsClient } from '../../shared/aws/clients.ts'
import { memoryOf } from '../../shared/aws/memory.ts'
import { serviceMemoryIn } from '../../shared/aws/memory-services.ts'
import { outboxOf } from '../../shared/aws/outbox.ts'
import { type Aside, accountOfAside, timeOfAside } from '../../shared/backfill/backlog.ts'
import { mayConcern, type RoleFilter } from '../../shared/backfill/collect.ts'
import { inOrder } from '../../shared/backfill/order.ts'
import { physicalId } from '../../shared/doctor/stack.ts'
import type { ServiceWorld } from '../../shared/gather-service.ts'
import { instantOf } from '../../shared/identity.ts'
import type { LocalMemory } from '../../shared/local/memory.ts'
import { noRereads } from '../../shared/local/world.ts'
import { observeAll } from '../../shared/observe-all.ts'
import type { Roles, Version } from '../../shared/ports.ts'
import type { Services } from '../../shared/service-ports.ts'
import type { Signal } from '../../shared/signal.ts'
import { changeOf } from '../../shared/version.ts'
import type { Window } from './event-history.ts'
import { READ_ALREADY } from './past-world.ts'
import { progressOf } from './progress.ts'
import type { Settings } from './settings.ts'
import { openStack } from './stack.ts'
import type { Output } from './streams.ts'

const LIMITS: Limits = { connectionMs: 3_000, requestMs: 10_000, attempts: 8 }

export interface Publishing {
  readonly stack: string
  readonly settings: Settings
  readonly streams: Output
  readonly memory: LocalMemory
  readonly window: Window
  readonly roles: Roles
  readonly services: Services
  /** Null: every role. */
  readonly only: RoleFilter
  /** The account that was read. */
  readonly account: string
}

/** @returns how many alerts were published @throws where the stack, its table or its topic cannot be used */
export async function publishPast(publishing: Publishing): Promise<number> {
  const { settings, streams } = publishing
  const world = await worldOf(publishing)
  const signals = await signalsOf(publishing)
  const progress = progressOf(streams, { noun: 'events', total: signals.length })
  let told = 0
  try {
    for (const signal of signals) {
      told += (await observeAll(signal, world)).length
      progress.add(1)
    }
  } finally {
    progress.end()
  }
  if (settings.format === 'text') streams.note(`${told} alerts published`)
  return told
}

async function worldOf({ stack: name, settings, roles, services, account }: Publishing): Promise<ServiceWorld> {
  const { stack, looked } = await openStack(name, settings.place)
  if (stack === null) throw new Error(`There is no stack ${name} in ${looked.join(' or ')}`)
  if (stack.account !== account)
    throw new Error(`Stack ${name} watches account ${stack.account}, and account ${account} was read`)
  const [table, topic] = [physicalId(stack, 'MemoryTable'), physicalId(stack, 'AlertsTopic')]
  if (table === null || topic === null)
    throw new Error(`Stack ${name} has no MemoryTable or no AlertsTopic: is it Trustdrift's?`)
  const place = { ...settings.place, region: stack.region }
  const documents = documentClient(LIMITS, place)
  return {
    ports: {
      roles,
      services,
      history: READ_ALREADY,
      memory: { ...memoryOf(documents, table, Date.now), ...serviceMemoryIn({ documents, name: table }, Date.now) },
      outbox: outboxOf(snsClient(LIMITS, place), topic),
      rereads: noRereads,
    },
    config: settings.config,
    now: Date.now,
  }
}

/** In order of time, as they would have been delivered. */
async function signalsOf(publishing: Publishing): Promise<readonly Signal[]> {
  const { memory, window, account, only } = publishing
  const within = (at: string) => at >= window.from && at <= window.to
  const changes: { readonly at: string; readonly signal: Signal }[] = []
  for (const role of memory.everyRole()) {
    if (role.account !== account || (only !== null && role.name !== only)) continue
    const versions: Version[] = []
    for await (const version of memory.later(role, instantOf(0))) versions.push(version)
    for (const version of inOrder(versions))
      if (within(version.at)) changes.push({ at: version.at, signal: changeOf(version) })
  }
  for (const aside of memory.asides()) {
    const at = timeOfAside(aside)
    if (at === null || !within(at) || !mayConcern(aside, only)) continue
    if ([account, null].includes(accountOfAside(aside)) && isTold(aside)) changes.push({ at, signal: aside })
  }
  return changes.sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))).map(({ signal }) => signal)
}

/** As the live path tells it. */
function isTold(aside: Aside): aside is Extract<Aside, Signal> {
  return aside.kind !== 'call-failed' && aside.kind !== 'entry-unreadable'
}
