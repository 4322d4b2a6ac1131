/** The user's configuration: what it may hold, and what it says about one role. Pure: who reads the text is not known here. */

import type { Finding } from './finding.ts'
import { instant, instantOf } from './identity.ts'
import type { RoleContext, TrustedAccount } from './policy/context.ts'
import { glob, matches } from './policy/glob.ts'
import type { Severity } from './severity.ts'

/** `trustdrift.json`, and the same for the functions. */
export interface Config {
  readonly organization?: { readonly id: string; readonly accounts: readonly string[] }
  readonly trustedAccounts?: readonly TrustedAccount[]
  /** Channels and the terminal take what is at or above this. */
  readonly notifyAt?: Severity
  readonly exceptions?: readonly Exception[]
  readonly environments?: Readonly<Record<string, readonly string[]>>
  readonly vendors?: readonly { readonly id: string; readonly label: string }[]
}

/** A rule's findings on a role that are known and borne with, until a day. */
export interface Exception {
  /** The role's name; `*` and `?` as in IAM. */
  readonly role: string
  readonly rule: string
  /** As the document writes it. */
  readonly principal?: string
  readonly reason: string
  readonly expires: string
}

/** A role as far as it is known: a policy in a file has neither name nor account. */
export interface KnownOfRole {
  readonly account: string | null
  readonly name: string | null
  readonly arn: string | null
}

/** What the configuration says about a role at a moment. @param now milliseconds since the epoch */
export function roleContextFor(config: Config, role: KnownOfRole, now: number): RoleContext {
  const trustedAccounts = (config.trustedAccounts ?? []).filter(
    (trusted) => isOpen(trusted, now) && covers(trusted, role),
  )
  return {
    ...(role.arn === null ? {} : { roleArn: role.arn }),
    ...(role.account === null ? {} : { account: role.account }),
    ...(config.organization ? { organization: config.organization } : {}),
    ...(config.vendors ? { vendors: config.vendors } : {}),
    ...(config.environments ? { environments: config.environments } : {}),
    trustedAccounts,
  }
}

/**
 * What whoever wrote the configuration should know of it, in sentences: what it says without effect.
 * @param account the own account, where it is known
 * @param now milliseconds since the epoch
 */
export function configNotes(config: Config, account: string | null, now: number): readonly string[] {
  const trusted = config.trustedAccounts ?? []
  return [
    ...expiredEntries(config, now).map(({ says }) => says),
    ...trusted
      .filter(({ id }) => id === account)
      .map(({ label, id }) => `${label} (${id}) is the own account, which needs no trust`),
  ]
}

export interface Expired {
  /** JSON pointer into the configuration. */
  readonly path: string
  readonly says: string
}

/** What no longer counts, because its day has come. The access it spoke of may still be there. */
export function expiredEntries(config: Config, now: number): readonly Expired[] {
  const trusted = (config.trustedAccounts ?? []).map((entry, index) => ({
    entry,
    path: `/trustedAccounts/${index}`,
    name: `${entry.label} (${entry.id})`,
  }))
  const exceptions = (config.exceptions ?? []).map((entry, index) => ({
    entry,
    path: `/exceptions/${index}`,
    name: `The exception from ${entry.rule} for ${entry.role}`,
  }))
  return [...trusted, ...exceptions]
    .filter(({ entry }) => !isOpen(entry, now))
    .map(({ entry, path, name }) => ({ path, says: `${name} expired ${entry.expires} and no longer counts` }))
}

/** Is this finding about this role one that the user has excepted? */
export type IsExcepted = (finding: Pick<Finding, 'rule' | 'principal'>) => boolean

/** @param now milliseconds since the epoch */
export function exceptedFor(config: Config, { name }: KnownOfRole, now: number): IsExcepted {
  const open = (config.exceptions ?? []).filter(
    (exception) => name !== null && isOpen(exception, now) && matches(glob(exception.role), name),
  )
  return (finding) => open.some((exception) => exceptedBy(exception, finding))
}

/** Is this finding, about a role the exception is for, one that it leaves out? */
export function exceptedBy(exception: Exception, { rule, principal }: Pick<Finding, 'rule' | 'principal'>): boolean {
  return exception.rule === rule && (exception.principal ?? principal) === principal
}

/**
 * A time that cannot be read has passed: trust that nobody can date is no trust.
 * @param now milliseconds since the epoch
 */
export function isOpen({ expires }: Pick<TrustedAccount, 'expires'>, now: number): boolean {
  if (expires === undefined) return true
  const end = instant(expires)
  return end !== null && instantOf(now) < end
}

/** Trust limited to named roles does not reach a role whose name is not known. */
function covers({ roles }: TrustedAccount, { name }: KnownOfRole): boolean {
  return roles === undefined || (name !== null && roles.some((pattern) => matches(glob(pattern), name)))
}
