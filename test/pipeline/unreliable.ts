/** Ports that fail by plan: before the act, or after it with the answer lost. A process killed between two steps looks the same. */

import type { Alert } from '../../shared/alert.ts'
import type { Memory } from '../../shared/ports.ts'
import type { World } from '../../shared/world.ts'

/** `before`: nothing happened. `after`: it happened, and nobody was told. */
export type Fault = 'before' | 'after'

/** Which call of one delivery fails, counted from 0 over all ports. */
export type Plan = ReadonlyMap<number, Fault>

/** A pause at every step, so that a scheduler can interleave what runs at once. */
export type Turn = () => Promise<void>

export class PlannedFault extends Error {}

/** The same world for one delivery, failing by plan. */
export function unreliable(world: World, plan: Plan, turn: Turn): World {
  let calls = 0
  const step = async <T>(act: () => Promise<T>): Promise<T> => {
    const fault = plan.get(calls)
    calls += 1
    await turn()
    if (fault === 'before') throw new PlannedFault('failed before the act')
    const answer = await act()
    if (fault === 'after') throw new PlannedFault('acted, and the answer was lost')
    await turn()
    return answer
  }
  const { roles, history, outbox, memory, rereads } = world.ports
  return {
    ...world,
    ports: {
      roles,
      history,
      rereads: { ask: (account, role) => step(() => rereads.ask(account, role)) },
      outbox: { publish: (alert) => step(() => outbox.publish(alert)) },
      memory: unreliableMemory(memory, step),
    },
  }
}

function unreliableMemory(memory: Memory, step: <T>(act: () => Promise<T>) => Promise<T>): Memory {
  return {
    ...memory,
    find: (key) => step(() => memory.find(key)),
    keep: (version) => step(() => memory.keep(version)),
    addJudged: (key, against) => step(() => memory.addJudged(key, against)),
    settle: (key) => step(() => memory.settle(key)),
    wasTold: (id) => step(() => memory.wasTold(id)),
    markTold: (id) => step(() => memory.markTold(id)),
    earlier: (role, at) => stepwise(() => memory.earlier(role, at), step),
    later: (role, at) => stepwise(() => memory.later(role, at), step),
  }
}

async function* stepwise<T>(
  open: () => AsyncIterable<T>,
  step: <A>(act: () => Promise<A>) => Promise<A>,
): AsyncGenerator<T> {
  const items = await step(async () => open())
  yield* items
}

/** A topic that remembers. */
export function listening(): { readonly alerts: Alert[]; readonly outbox: World['ports']['outbox'] } {
  const alerts: Alert[] = []
  return { alerts, outbox: { publish: async (alert) => void alerts.push(alert) } }
}
