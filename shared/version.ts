/** Signal → Version: what memory keeps of a change. Pure. */

import { digest } from './finding.ts'
import type { EventId, Instant } from './identity.ts'
import { eventId } from './identity.ts'
import type { Standing, Version } from './ports.ts'
import type { Origin, TrustChange } from './signal.ts'

/** The version a change makes, as yet unsettled and judged against nothing. */
export function versionOf(change: TrustChange, standing: Standing): Version {
  const document = change.kind === 'role-deleted' ? null : change.document
  return {
    role: change.role,
    at: change.origin.at,
    eventId:
      change.origin.eventId ??
      observedId(document, change.kind === 'role-deleted' ? null : (change.roleCreatedAt ?? null)),
    change: change.kind === 'role-deleted' ? 'deleted' : change.write,
    document,
    standing,
    settled: false,
    judgedAgainst: [],
    actor: change.origin.actor,
    evidence: {
      eventId: change.origin.eventId,
      eventName: change.origin.eventName,
      region: change.origin.region,
      source: change.origin.source,
    },
  }
}

/** The change a kept version came from: what is needed to judge it anew. */
export function changeOf(version: Version): TrustChange {
  const origin: Origin = {
    account: version.role.account,
    at: version.at,
    eventId: version.evidence.source === 'sweep' ? null : version.eventId,
    eventName: version.evidence.eventName,
    region: version.evidence.region,
    source: version.evidence.source === 'sweep' ? 'sweep' : 'cloudtrail',
    actor: version.actor,
  }
  if (version.document === null) return { kind: 'role-deleted', origin, role: version.role }
  const write = version.change === 'created' ? 'created' : 'updated'
  return { kind: 'trust-written', write, origin, role: version.role, document: version.document }
}

/**
 * The id of what only the sweep saw: the same document has the same id, but a role made anew with it does not.
 * @param document null: the role was gone
 */
export function observedId(document: string | null, createdAt: Instant | null = null): EventId {
  const id = eventId(`sweep-${digest('observed', document ?? '', createdAt ?? '')}`)
  if (!id) throw new Error('an observed id is always an event id')
  return id
}
