/** Who of the strangers really came in while a role was exposed. Pure. */

import type { Instant } from '../identity.ts'
import type { RoleContext } from '../policy/context.ts'
import { evaluate } from '../policy/evaluate.ts'
import { ownAccount } from '../policy/exposure.ts'
import type { TrustPolicy } from '../policy/policy.ts'
import type { Entry } from './entry.ts'
import type { Use } from './report.ts'

export interface Opening {
  readonly from: Instant
  /** Null: open still. */
  readonly to: Instant | null
  /** The trust in force before; null: nobody knows it, or the role was made open. */
  readonly before: TrustPolicy | null
  /** Principals that let themselves in. */
  readonly selfGranted: readonly string[]
  readonly about: RoleContext
}

/** By caller, those first who came first. */
export function usesOf(entries: readonly Entry[], opening: Opening): readonly Use[] {
  const within = entries.filter(({ at }) => at >= opening.from && (opening.to === null || at <= opening.to))
  const strange = within.filter((entry) => isStrange(entry, opening)).sort((one, other) => (one.at < other.at ? -1 : 1))
  const callers = [...new Set(strange.map(({ caller }) => caller))]
  return callers.flatMap((caller) => useOf(strange.filter((entry) => entry.caller === caller)))
}

function useOf(calls: readonly Entry[]): readonly Use[] {
  const [first, last] = [calls[0], calls.at(-1)]
  if (first === undefined || last === undefined) return []
  const sources = [...new Set(calls.map(({ source }) => source))].sort()
  return [
    { caller: first.caller, account: first.account, sources, count: calls.length, first: first.at, last: last.at },
  ]
}

/** Whoever the trust before would have let in is no stranger, and neither is one's own, unless he let himself in. */
function isStrange(entry: Entry, { before, selfGranted, about }: Opening): boolean {
  if (isOneOf(selfGranted, entry)) return true
  if (entry.account !== null && isTrusted(entry.account, about)) return false
  return before === null || evaluate(before, entry.request, about).decision !== 'allow'
}

/** A session is named by its role. */
function isOneOf(principals: readonly string[], { caller }: Entry): boolean {
  const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(caller)
  const role = session && new RegExp(`^arn:${session[1]}:iam::${session[2]}:role/(.*/)?${escaped(session[3] ?? '')}$`)
  return principals.some((principal) => principal === caller || role?.test(principal) === true)
}

function escaped(name: string): string {
  return name.replaceAll(/[.+]/g, '\\$&')
}

function isTrusted(account: string, about: RoleContext): boolean {
  if (account === ownAccount(about) || about.organization?.accounts.includes(account) === true) return true
  return about.trustedAccounts?.some(({ id }) => id === account) === true
}
