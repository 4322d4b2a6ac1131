/**
 * How a version lies in the table, and back. Schema 1 stays readable for as long as tables hold it; an unknown schema is an error,
 * for a version skipped would change what "before" means. Knows no table and no client.
 */

import * as v from 'valibot'
import { accountId, eventId, instant, type Role, roleArn } from '../identity.ts'
import type { Version, VersionKey } from '../ports.ts'
import { branded } from './branded.ts'
import { PortError } from './failure.ts'
import type { ItemKey } from './table.ts'

export function versionKey(key: VersionKey): ItemKey {
  return { pk: roleKey(key.role), sk: `${key.at}#${key.eventId}` }
}

/** An account id has twelve digits and a role name no `#`, so no other item's key can look like this. */
export function roleKey(role: Role): string {
  return `${role.account}#${role.name}`
}

/** What a version's item holds beside its key and `judgedAgainst`, which only grows and is added apart. */
export function versionFields(version: Version) {
  return {
    schema: 1,
    arn: version.role.arn,
    change: version.change,
    document: version.document,
    standing: version.standing,
    settled: version.settled,
    actor: version.actor,
    evidence: version.evidence,
  }
}

/** @throws PortError for an item of an unknown schema, or one that is not what its schema says */
export function readVersion(item: unknown): Version {
  const schema = v.safeParse(AnyItem, item)
  if (!schema.success)
    throw new PortError('broken', 'Memory holds an item without a schema number; nothing of ours writes such')
  switch (schema.output.schema) {
    case 1:
      return readVersion1(item)
    default:
      throw new PortError(
        'broken',
        `Memory holds a version of schema ${schema.output.schema}, which this release cannot read: deploy the release that wrote it, or a later one`,
      )
  }
}

const AnyItem = v.object({ schema: v.number() })

const Actor1 = v.object({
  type: v.string(),
  name: v.string(),
  arn: v.nullable(v.string()),
  via: v.nullable(v.string()),
  sourceIp: v.nullable(v.string()),
  userAgent: v.nullable(v.string()),
  mfa: v.nullable(v.boolean()),
})

const Evidence1 = v.object({
  eventId: v.nullable(v.string()),
  eventName: v.nullable(v.string()),
  region: v.nullable(v.string()),
  source: v.string(),
})

const Version1 = v.object({
  pk: v.pipe(v.string(), v.transform(cut), v.tuple([branded(accountId), v.string()])),
  sk: v.pipe(v.string(), v.transform(cut), v.tuple([branded(instant), branded(eventId)])),
  arn: v.nullable(branded(roleArn)),
  change: v.picklist(['created', 'updated', 'deleted', 'observed']),
  document: v.nullable(v.string()),
  standing: v.picklist(['seen', 'announced', 'accepted']),
  settled: v.boolean(),
  // DynamoDB keeps no empty set and no order within one.
  judgedAgainst: v.optional(v.set(v.string()), new Set()),
  actor: v.nullable(Actor1),
  evidence: Evidence1,
})

function readVersion1(item: unknown): Version {
  const parsed = v.safeParse(Version1, item)
  if (!parsed.success) {
    const path = v.getDotPath(parsed.issues[0]) ?? 'the item'
    throw new PortError('broken', `Memory holds a version whose ${path} is not what its schema says`)
  }
  const { pk, sk, arn, judgedAgainst, ...rest } = parsed.output
  const role = { account: pk[0], name: pk[1], arn }
  return { role, at: sk[0], eventId: sk[1], judgedAgainst: [...judgedAgainst].sort(), ...rest }
}

/** Before and behind the first `#`. */
function cut(key: string): [string, string] {
  const at = key.indexOf('#')
  return [key.slice(0, at), key.slice(at + 1)]
}
