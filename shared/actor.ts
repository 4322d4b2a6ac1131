/**
 * CloudTrail's `userIdentity`, in every shape it has, → the Actor people read. Refuses to know whether the actor was allowed to.
 * Every text here may be chosen by the caller: it is kept as written and escaped where it is shown.
 */

import { isIP } from 'node:net'
import * as v from 'valibot'
import type { Actor } from './alert.ts'
import type { CloudTrailRecord } from './cloudtrail-record.ts'
import { type AccountId, accountId } from './identity.ts'
import { toolBehind } from './tool.ts'
import { anything, fieldsOf, text } from './wire.ts'

const nothing = { type: null, userName: null, arn: null, principalId: null }
const person = { type: text, userName: text, arn: text, principalId: text }

const noProvider = { federatedProvider: null }

const sessionWire = v.object({
  sourceIdentity: text,
  sessionIssuer: v.fallback(v.object(person), nothing),
  webIdFederationData: v.fallback(v.object({ federatedProvider: text }), noProvider),
  attributes: v.fallback(v.object({ mfaAuthenticated: anything }), {}),
})

const noSession = { sourceIdentity: null, sessionIssuer: nothing, webIdFederationData: noProvider, attributes: {} }

const identityWire = v.object({
  ...person,
  accountId: text,
  invokedBy: text,
  identityProvider: text,
  onBehalfOf: v.fallback(v.object({ userId: text }), { userId: null }),
  sessionContext: v.fallback(sessionWire, noSession),
})

type Identity = v.InferOutput<typeof identityWire>

const NOBODY_NAMED: Identity = {
  ...nothing,
  accountId: null,
  invokedBy: null,
  identityProvider: null,
  onBehalfOf: { userId: null },
  sessionContext: noSession,
}

const UNKNOWN = 'unknown identity'

// CloudTrail cuts user agents at 1 KB (User Guide, record contents); a message made by hand need not.
const LONGEST = 1_024

/** Never null: a record that does not say who acted has an actor of CloudTrail's own type `Unknown`. */
export function actorOf(record: CloudTrailRecord): Actor {
  const identity = fieldsOf(identityWire, record.userIdentity) ?? NOBODY_NAMED
  return {
    type: cut(identity.type ?? 'Unknown'),
    name: cut(nameOf(identity)),
    arn: identity.arn === null ? null : cut(identity.arn),
    via: via(record, identity),
    ...whence(record),
    mfa: mfaOf(identity),
  }
}

/** The account an actor belongs to; null where neither its ARN nor CloudTrail's identity says. */
export function actorAccount(actor: Actor): AccountId | null {
  if (actor.arn !== null) return accountId(actor.arn.split(':')[4])
  // An AWSAccount has no ARN; its name ends as accountName below writes it. Other names are free text and are not read.
  return actor.type === 'AWSAccount' ? accountId(/\baccount (\d{12})$/.exec(actor.name)?.[1]) : null
}

function whence(record: CloudTrailRecord): Pick<Actor, 'sourceIp' | 'userAgent'> {
  const address = record.sourceIPAddress
  return {
    // A service's calls carry its host name or "AWS Internal" here: that is `via`, not an address.
    sourceIp: address !== null && isIP(address) !== 0 ? address : null,
    userAgent: record.userAgent === null ? null : cut(record.userAgent),
  }
}

function nameOf(identity: Identity): string {
  switch (identity.type) {
    case 'Root':
      return 'root'
    case 'AssumedRole':
      return sessionName(identity)
    case 'FederatedUser':
      return federatedName(identity)
    case 'AWSService':
      return identity.invokedBy ?? anyName(identity)
    case 'AWSAccount':
      return accountName(identity)
    case 'IdentityCenterUser':
      return identity.userName ?? identity.onBehalfOf.userId ?? anyName(identity)
    default:
      // IAMUser, Role, SAMLUser, WebIdentityUser, Directory, Unknown, and what AWS adds later.
      return anyName(identity)
  }
}

/** "session as role"; for Identity Center's own roles the session is the person, and the role's name is noise. */
function sessionName(identity: Identity): string {
  const parts = identity.arn?.split('/') ?? []
  const session = identity.sessionContext.sourceIdentity ?? (parts[2] || afterColon(identity.principalId))
  const role = identity.sessionContext.sessionIssuer.userName ?? parts[1] ?? null
  if (isIdentityCenter(identity)) return session ?? anyName(identity)
  if (session === null || role === null) return session ?? role ?? anyName(identity)
  return `${session} as ${role}`
}

/** A session of GetFederationToken: its name is free text, so the user who asked for it is named too. */
function federatedName(identity: Identity): string {
  const name = lastOf(identity.arn) ?? afterColon(identity.principalId) ?? anyName(identity)
  const issuer = identity.sessionContext.sessionIssuer
  const behind = issuer.type === 'Root' ? 'root' : (issuer.userName ?? lastOf(issuer.arn))
  return behind === null ? name : `${name} as ${behind}`
}

function accountName(identity: Identity): string {
  if (accountId(identity.accountId) === null) return identity.principalId ?? UNKNOWN
  const session = afterColon(identity.principalId)
  return session === null ? `account ${identity.accountId}` : `${session} of account ${identity.accountId}`
}

function anyName(identity: Identity): string {
  const account = identity.accountId === null ? null : `account ${identity.accountId}`
  const service = identity.invokedBy
  const behalf = identity.onBehalfOf.userId
  return identity.userName ?? lastOf(identity.arn) ?? identity.principalId ?? service ?? behalf ?? account ?? UNKNOWN
}

function via(record: CloudTrailRecord, identity: Identity): string | null {
  const tool = toolBehind({
    invokedBy: identity.invokedBy,
    userAgent: record.userAgent,
    sourceIpAddress: record.sourceIPAddress,
    fromConsole: truth(record.sessionCredentialFromConsole) === true,
    federatedProvider: identity.sessionContext.webIdFederationData.federatedProvider ?? identity.identityProvider,
  })
  // A service that acts for itself has nobody in between.
  return identity.type === 'AWSService' || tool === null ? null : cut(tool)
}

/**
 * CloudTrail writes the *string* "true" or "false". "false" on a session of Identity Center or of a web identity says nothing:
 * the second factor is asked for by the identity provider, which CloudTrail does not see.
 */
function mfaOf(identity: Identity): boolean | null {
  const said = truth(identity.sessionContext.attributes.mfaAuthenticated)
  const elsewhere = isIdentityCenter(identity) || identity.sessionContext.webIdFederationData.federatedProvider !== null
  return said === false && elsewhere ? null : said
}

function isIdentityCenter(identity: Identity): boolean {
  const role = identity.sessionContext.sessionIssuer.userName ?? identity.arn?.split('/')[1] ?? ''
  return role.startsWith('AWSReservedSSO_')
}

/** CloudTrail's booleans come as true, "true" and "True". */
function truth(value: unknown): boolean | null {
  const written = String(typeof value === 'string' || typeof value === 'boolean' ? value : '').toLowerCase()
  return written === 'true' ? true : written === 'false' ? false : null
}

function lastOf(arn: string | null): string | null {
  return arn === null ? null : arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1) || null
}

function afterColon(principalId: string | null): string | null {
  const colon = principalId?.indexOf(':') ?? -1
  return principalId === null || colon < 0 ? null : principalId.slice(colon + 1) || null
}

function cut(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST)}…`
}
