/** Where a person looks further in the AWS console. Knows addresses, not what is behind them. */

import type { Alert } from '../alert.ts'
import { isRegion, partitionNamed, partitionOfRegion } from '../partition.ts'

/** The event in CloudTrail's event history, which holds it for 90 days. Null where the alert names no event, or the partition has no public console. */
export function eventLink(alert: Alert): string | null {
  const { eventId, region, source } = alert.evidence
  const partition = partitionOf(alert)
  if (source !== 'cloudtrail' || partition === null || eventId === null || !/^[\w-]{1,128}$/.test(eventId)) return null
  const where = region !== null && isRegion(region) ? region : partition.home
  return `https://${where}.${partition.console}/cloudtrailv2/home?region=${where}#/events/${eventId}`
}

/** The role's trust policy in the console; null where there is no such role to look at. */
export function roleLink(alert: Alert): string | null {
  const { role, kind, inForce } = alert
  if (kind === 'role-deleted' || inForce === 'gone') return null
  const partition = partitionOf(alert)
  // IAM's own limit and alphabet: a name beyond it names no role.
  if (partition === null || !role || !/^[\w+=,.@-]{1,64}$/.test(role.name)) return null
  const path = `iam/home#/roles/details/${encodeURIComponent(role.name)}?section=trust_relationships`
  return `https://${partition.home}.${partition.console}/${path}`
}

function partitionOf({ evidence, role }: Alert): ReturnType<typeof partitionNamed> {
  const named = role?.arn?.split(':')[1]
  if (named !== undefined) return partitionNamed(named)
  return evidence.region === null ? null : partitionOfRegion(evidence.region)
}
