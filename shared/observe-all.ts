/** Every kind of signal to the order it belongs to. For entrances that take all of them; knows nothing of what a signal means. */

import type { Alert } from './alert.ts'
import type { ServiceWorld } from './gather-service.ts'
import { observe } from './observe.ts'
import { observeService } from './observe-service.ts'
import type { Signal } from './signal.ts'

/** @throws where memory or the topic failed: the signal is to be observed again */
export async function observeAll(signal: Signal, world: ServiceWorld): Promise<readonly Alert[]> {
  switch (signal.kind) {
    case 'service-operation':
    case 'service-status':
    case 'service-call-failed':
      return observeService(signal, world)
    default:
      return observe(signal, world)
  }
}
