/** Where a person looks further in the AWS console. Knows the partitions' hosts, not what is behind them. */

import type { Alert } from '../alert.ts'

/** The console's host and IAM's home region, by partition. IAM's events and pages are those of the home region. */
const CONSOLES = {
  aws: { host: 'console.aws.amazon.com', home: 'us-east-1' },
  'aws-cn': { host: 'console.amazonaws.cn', home: 'cn-north-1' },
  'aws-us-gov': { host: 'console.amazonaws-us-gov.com', home: 'us-gov-west-1' },
  'aws-eusc': { host: 'console.amazonaws-eusc.eu', home: 'eusc-de-east-1' },
} as const

type Partition = keyof typeof CONSOLES

/** The event in CloudTrail's event history, which holds it for 90 days. Null where the alert names no event, or the partition has no public console. */
export function eventLink({ evidence, role }: Alert): string | null {
  if (evidence.source !== 'cloudtrail') return null
  const partition = partitionOf(evidence.region, role?.arn ?? null)
  if (partition === null || evidence.eventId === null || !/^[\w-]{1,128}$/.test(evidence.eventId)) return null
  const { host, home } = CONSOLES[partition]
  const region = isRegion(evidence.region) ? evidence.region : home
  return `https://${region}.${host}/cloudtrailv2/home?region=${region}#/events/${evidence.eventId}`
}

/** The role's trust policy in the console; null where there is no such role to look at. */
export function roleLink({ evidence, role, kind, inForce }: Alert): string | null {
  if (kind === 'role-deleted' || inForce === 'gone') return null
  const partition = partitionOf(evidence.region, role?.arn ?? null)
  // IAM's own limit and alphabet: a name beyond it names no role.
  if (partition === null || !role || !/^[\w+=,.@-]{1,64}$/.test(role.name)) return null
  const { host, home } = CONSOLES[partition]
  return `https://${home}.${host}/iam/home#/roles/details/${encodeURIComponent(role.name)}?section=trust_relationships`
}

function partitionOf(region: string | null, arn: string | null): Partition | null {
  const named = arn?.split(':')[1]
  if (named !== undefined) return isPartition(named) ? named : null
  return isRegion(region) ? partitionOfRegion(region) : null
}

/** Regions say their partition by their first letters. The isolated ones (`us-iso…`, `eu-isoe…`) have no public console. */
function partitionOfRegion(region: string): Partition | null {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('eusc-')) return 'aws-eusc'
  return region.includes('-iso') ? null : 'aws'
}

function isPartition(text: string): text is Partition {
  return Object.hasOwn(CONSOLES, text)
}

function isRegion(text: string | null): text is string {
  return text !== null && /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text)
}
