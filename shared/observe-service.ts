/**
 * The order for what is said of a service: gather → judge → publish → keep, then see what that closes. Publish comes before keep,
 * as in observe.ts, and every step can be taken again: alerts are told once under ids that follow from the episode.
 */

import type { Alert } from './alert.ts'
import { roleContextFor } from './config.ts'
import { closedBy, episodeOf, failureId, successAfter } from './episode.ts'
import { gatherFailure, type ServiceFailure, type ServiceWorld, type UsedRole } from './gather-service.ts'
import { instantOf } from './identity.ts'
import { judgeFailure, judgeRecovery } from './judge-service.ts'
import { judgedOrUnreadable } from './judge-unreadable.ts'
import { tellOnce } from './observe.ts'
import type { End, EndKey, ServiceReading } from './service-ports.ts'
import type { ServiceSignal } from './service-signal.ts'
import { isAtLeast, SEVERITIES, type Severity } from './severity.ts'

/**
 * Takes a signal of a service to its end and says what was published for it.
 * @throws where memory or the topic failed: the signal is to be observed again
 */
export async function observeService(signal: ServiceSignal, world: ServiceWorld): Promise<readonly Alert[]> {
  const result = resultOf(signal)
  switch (result) {
    case 'failed':
      return observeFailure(signal, world)
    case 'succeeded':
      return observeSuccess(signal, world)
    case 'gone':
      await keepEnd(signal, 'gone', world)
      await world.ports.memory.forgetService(signal.service, signal.origin.at)
      return []
    case null:
      await learnUnknown(signal, world)
      return []
    default:
      return result satisfies never
  }
}

/** Null for what ends nothing. A status of RUNNING closes nothing either: App Runner rolls a failed update back to it. */
function resultOf(signal: ServiceSignal): End['result'] | null {
  switch (signal.kind) {
    case 'service-call-failed':
      return 'failed'
    case 'service-status':
      if (signal.status === 'DELETED') return 'gone'
      return signal.status.endsWith('_FAILED') ? 'failed' : null
    case 'service-operation':
      if (signal.outcome === 'failed') return 'failed'
      if (signal.outcome !== 'succeeded') return null
      if (signal.operation === 'DeleteService') return 'gone'
      return signal.operation === 'PauseService' ? null : 'succeeded'
    default:
      return signal satisfies never
  }
}

async function observeFailure(signal: ServiceSignal, world: ServiceWorld): Promise<readonly Alert[]> {
  const { memory } = world.ports
  const key = keyOf(signal)
  const told = (await memory.end(key)) === null ? await tellFailure(signal, world) : []
  const success = await successAfter(key, memory)
  return success === null ? told : [...told, ...(await tellClosed(signal, success, world))]
}

async function tellFailure(signal: ServiceSignal, world: ServiceWorld): Promise<readonly Alert[]> {
  const { memory } = world.ports
  const episode = await episodeOf(keyOf(signal), memory)
  // Nothing worse than high can be found: a service that fails all day is not looked at all day.
  if (await wasTold(signal, { episode, severity: 'high' }, world)) {
    await keepEnd(signal, 'failed', world, { episode, severity: 'high' })
    return []
  }
  const failure = await gatherFailure(signal, world)
  const aboutOf = ({ role }: UsedRole) => roleContextFor(world.config, role, world.now())
  const judgement = judgedOrUnreadable(partsOf(signal), () => judgeFailure({ ...failure, episode, aboutOf }))
  const { alert } = judgement
  const severity = alert?.severity ?? 'medium'
  const known = judgement.kind === 'judged' && (await wasTold(signal, { episode, severity }, world))
  const told = known ? [] : await tellOnce(alert, world, async () => {})
  await learn(signal, failure, world)
  await keepEnd(signal, 'failed', world, { episode, severity })
  return told
}

/** In this episode, at this severity or a worse one. */
async function wasTold(
  { service }: ServiceSignal,
  { episode, severity }: { readonly episode: string; readonly severity: Severity },
  { ports }: ServiceWorld,
): Promise<boolean> {
  for (const worse of SEVERITIES.filter((other) => isAtLeast(other, severity))) {
    if (await ports.memory.wasTold(failureId(service, episode, worse))) return true
  }
  return false
}

async function observeSuccess(signal: ServiceSignal, world: ServiceWorld): Promise<readonly Alert[]> {
  await keepEnd(signal, 'succeeded', world)
  const told = await tellClosed(signal, keyOf(signal), world)
  // A new image or a resumption leaves the roles as they are.
  if (signal.kind === 'service-operation' && /^(Create|Update)Service$/.test(signal.operation)) {
    await learnReading(signal, await world.ports.services.read(signal.service), world)
  } else await learnUnknown(signal, world)
  return told
}

async function tellClosed(signal: ServiceSignal, success: EndKey, world: ServiceWorld): Promise<readonly Alert[]> {
  const closed = await closedBy(success, world.ports.memory)
  if (closed === null) return []
  const at = { ...signal, origin: { ...signal.origin, at: success.at } }
  return tellOnce(judgeRecovery(at, closed), world, async () => {})
}

function keyOf({ service, origin }: ServiceSignal): EndKey {
  return { service, at: origin.at, eventId: origin.eventId }
}

/** Only for a failure: where it belongs, and how bad it was. */
type OfFailure = Pick<End, 'episode' | 'severity'>

async function keepEnd(
  signal: ServiceSignal,
  result: End['result'],
  { ports }: ServiceWorld,
  of: OfFailure = { episode: '', severity: null },
): Promise<void> {
  const by = { 'service-operation': 'operation', 'service-status': 'status', 'service-call-failed': 'call' } as const
  await ports.memory.keepEnd({ ...keyOf(signal), result, by: by[signal.kind], ...of })
}

/** What memory should know of the service: asked only where it knows nothing yet, so that a flood of events asks nothing. */
async function learnUnknown(signal: ServiceSignal, world: ServiceWorld): Promise<void> {
  const known = await world.ports.memory.service(signal.service)
  if (known === null) return learnReading(signal, await world.ports.services.read(signal.service), world)
  if (signal.kind !== 'service-status' || known.status === signal.status || signal.origin.at < known.seenAt) return
  await world.ports.memory.keepService({ ...known, status: signal.status, seenAt: signal.origin.at })
}

async function learn(signal: ServiceSignal, { reading }: ServiceFailure, world: ServiceWorld): Promise<void> {
  return learnReading(signal, reading, world)
}

async function learnReading({ service }: ServiceSignal, reading: ServiceReading, world: ServiceWorld): Promise<void> {
  const seenAt = instantOf(world.now())
  if (reading.kind === 'no-such-service') await world.ports.memory.forgetService(service, seenAt)
  if (reading.kind === 'service') await world.ports.memory.keepService({ ...reading.service, seenAt })
}

/** As much of an origin as is needed to say that a failure could not be judged. */
function partsOf({ service, origin }: ServiceSignal) {
  const { eventId, eventName, region } = origin.evidence
  const of = {
    account: service.account,
    at: origin.at,
    eventId: origin.eventId,
    eventName,
    region,
    actor: origin.actor,
  }
  return { origin: { ...of, source: 'cloudtrail', evidence: eventId }, role: null } as const
}
