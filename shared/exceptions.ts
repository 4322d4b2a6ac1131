/**
 * Which exceptions of the configuration still leave something out. Only who has seen every role of an account can say that one is
 * not needed there. Pure; silences nothing itself.
 */

import { judgePolicy } from './check.ts'
import { type Config, type Exception, exceptedBy, isOpen, roleContextFor } from './config.ts'
import { digest, type Finding } from './finding.ts'
import { instantOf } from './identity.ts'
import { glob, matches } from './policy/glob.ts'
import { parseTrust } from './policy/parse.ts'
import type { ExceptionTally, ListedRole } from './ports.ts'
import { rules } from './rules/index.ts'

/** An exception that does nothing, and why. */
export interface Idle {
  /** JSON pointer into the configuration. */
  readonly path: string
  readonly says: string
}

/** Nothing is counted yet. */
export function newTally(config: Config): ExceptionTally {
  return { of: exceptionsId(config), named: [], used: [] }
}

/** Counts what these roles need. What was begun with other exceptions is left as it is: `idleIn` will not speak of it. @param now milliseconds since the epoch */
export function tallied(
  tally: ExceptionTally,
  roles: readonly ListedRole[],
  { config, now }: { readonly config: Config; readonly now: number },
): ExceptionTally {
  if (tally.of !== exceptionsId(config)) return tally
  return roles.reduce((so, listed) => withRole(so, listed, { config, now }), tally)
}

function withRole(
  tally: ExceptionTally,
  { role, document }: ListedRole,
  { config, now }: { readonly config: Config; readonly now: number },
): ExceptionTally {
  const of = placed(config).filter(({ exception }) => speaksOf(exception, role.name))
  if (of.length === 0) return tally
  const named = union(
    tally.named,
    of.map(({ place }) => place),
  )
  const open = of.filter(({ exception, place }) => isOpen(exception, now) && !tally.used.includes(place))
  if (open.length === 0) return { ...tally, named }
  const { policy } = parseTrust(document)
  const about = { ...roleContextFor(config, role, now), now: instantOf(now) }
  const findings = judgePolicy({ policy, about, account: role.account, role: role.name, drift: null })
  const used = open.filter(({ exception }) => findings.some((finding) => exceptedBy(exception, finding)))
  return {
    ...tally,
    named,
    used: union(
      tally.used,
      used.map(({ place }) => place),
    ),
  }
}

/**
 * The exceptions that no role of the account needs, after a sweep of all of them; null where that is not known.
 * @param tally null: the sweep did not count, or has not ended
 * @param now milliseconds since the epoch
 */
export function idleIn(config: Config, tally: ExceptionTally | null, now: number): readonly Idle[] | null {
  if (tally === null || tally.of !== exceptionsId(config)) return null
  return placed(config).flatMap(({ exception, place }) => {
    if (!isOpen(exception, now) || !isRule(exception) || tally.used.includes(place)) return []
    const { path, name } = wordsOf(exception, place)
    if (!tally.named.includes(place)) return [{ path, says: `${name} is for a role that this account does not have` }]
    if (needsMore(exception)) return []
    return [{ path, says: `${name} leaves nothing out: no role it is for has such a finding` }]
  })
}

/** The exceptions written for this very role that leave out none of its findings. @param now milliseconds since the epoch */
export function idleFor(
  config: Config,
  name: string | null,
  { findings, now }: { readonly findings: readonly Finding[]; readonly now: number },
): readonly Idle[] {
  return placed(config).flatMap(({ exception, place }) => {
    if (exception.role !== name || !isOpen(exception, now) || needsMore(exception) || !isRule(exception)) return []
    if (findings.some((finding) => exceptedBy(exception, finding))) return []
    const { path, name: words } = wordsOf(exception, place)
    return [{ path, says: `${words} leaves nothing out here` }]
  })
}

/** The exceptions from rules that there are not. */
export function misnamed(config: Config): readonly Idle[] {
  return placed(config).flatMap(({ exception, place }) => {
    if (isRule(exception)) return []
    const { path, name } = wordsOf(exception, place)
    return [{ path, says: `${name} leaves nothing out: no rule for trust policies is called ${exception.rule}` }]
  })
}

function placed({ exceptions = [] }: Config) {
  return exceptions.map((exception, place) => ({ exception, place }))
}

function speaksOf({ role }: Exception, name: string): boolean {
  return matches(glob(role), name)
}

function isRule({ rule }: Exception): boolean {
  return rules.some(({ id }) => id === rule)
}

/** What a policy as it stands cannot show: a change, or a service that uses the role. */
function needsMore({ rule }: Exception): boolean {
  return rules.some(({ id, needs }) => id === rule && needs !== undefined)
}

function wordsOf({ rule, role, principal }: Exception, place: number) {
  const about = principal === undefined ? '' : ` about ${principal}`
  return { path: `/exceptions/${place}`, name: `The exception from ${rule} for ${role}${about}` }
}

function exceptionsId({ exceptions = [] }: Config): string {
  return digest('exceptions', JSON.stringify(exceptions))
}

function union(one: readonly number[], other: readonly number[]): readonly number[] {
  return [...new Set([...one, ...other])].sort((a, b) => a - b)
}
