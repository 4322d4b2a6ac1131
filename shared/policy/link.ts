/** Keys that say something about each other are solved together: an age of MFA needs MFA, a path lies in its organization. */

import type { Budget } from './budget.ts'
import type { Condition } from './policy.ts'
import { fill } from './sample.ts'
import { type Domain, type Literal, type Solution, solveKey } from './solve-key.ts'
import { domainOf, only, pathsOf, type Situation } from './stage.ts'

/** What is demanded of one key of a link, and what it may be. */
interface Demand {
  readonly literals: readonly Literal[]
  readonly domain: Domain
}

/** One after the other: the first often will do. */
type Ways = Iterable<readonly [Domain, Domain]>

interface Link {
  /** Spelt as IAM does. */
  readonly keys: readonly [string, string]
  /** What both can be at once. */
  readonly ways: (demands: readonly [Demand, Demand]) => Ways
  /** In lower case: the one that says nothing of the other where no document asks for that; null: neither. */
  readonly free: string | null
  /** Are these all the ways there are? Otherwise a pair that finds none is open as long as each key alone finds one. */
  readonly isComplete: (demands: readonly [Demand, Demand]) => boolean
}

const ABSENT = only([], true)

const MFA: Link = {
  keys: ['aws:MultiFactorAuthPresent', 'aws:MultiFactorAuthAge'],
  // An age is never shown without what it is the age of.
  free: 'aws:multifactorauthpresent',
  isComplete: () => true,
  ways: ([{ domain: present }, { domain: age }]) => [
    ...(age.absent
      ? [[only(present.only?.filter((value) => value !== 'true') ?? [], present.absent), ABSENT] as const]
      : []),
    ...(present.only?.includes('true') ? [[only(['true'], false), { ...age, absent: false }] as const] : []),
  ],
}

const ORGANIZATION: Link = {
  keys: ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
  free: null,
  isComplete: (demands) => demands.some(({ literals }) => literals.some(namesOrganizations)),
  ways: function* ([id, paths]) {
    if (id.domain.absent && paths.domain.absent) yield [ABSENT, ABSENT]
    for (const organization of candidates(id, paths)) yield [only([organization], false), pathsOf(organization)]
  },
}

/** It holds for those it names, and no others. */
function namesOrganizations({ condition: { operator, values }, want }: Literal): boolean {
  const { base, qualifier, ifExists } = operator
  const isPositive = base?.family === 'string' && !base.negated && want && !ifExists && qualifier !== 'ForAllValues'
  return isPositive && values.every((value) => base.relation === 'equals' || !/[*?]/.test(value.split('/')[0] ?? ''))
}

/** Ten letters or more as AWS gives them (Organizations API reference, Organization); documents name shorter ones in examples. */
const ORGANIZATION_ID = /^o-[a-z\d]+$/

/** Organizations worth trying: those usual, those demanded. */
function candidates(id: Demand, paths: Demand): readonly string[] {
  const named = [...id.literals, ...paths.literals].flatMap(({ condition }) => organizationsIn(condition))
  const found = [...(id.domain.only ?? id.domain.samples), ...named]
  return [...new Set(found)].filter((one) => !/[*?]/.test(one) && isAllowed(one, id.domain))
}

/** What a document calls one is taken for one; a pattern is filled in as AWS would. */
function organizationsIn({ operator, values }: Condition): readonly string[] {
  if (operator.base?.family === 'null') return []
  return values.flatMap((value) => {
    const [organization = ''] = value.split('/')
    return /[*?]/.test(organization) ? fill(organization).filter((one) => ORGANIZATION_ID.test(one)) : [organization]
  })
}

function isAllowed(organization: string, { only: listed, except }: Domain): boolean {
  return !except.includes(organization) && (listed === null || listed.includes(organization))
}

const LINKS: readonly Link[] = [MFA, ORGANIZATION]

/** @param name in lower case; null: the key stands for itself */
export function linkOf(name: string, { conditionsOn }: Situation): Link | null {
  // Asked for every key of every document: few begin like this.
  if (!name.startsWith('aws:multi') && !name.startsWith('aws:principalorg')) return null
  const link = LINKS.find(({ keys }) => keys.some((key) => key.toLowerCase() === name)) ?? null
  if (link?.free !== name) return link
  const isAlone = link.keys.every((key) => key.toLowerCase() === name || conditionsOn(key.toLowerCase()).length === 0)
  return isAlone ? null : link
}

const UNKNOWN: Solution = { kind: 'unknown' }

/** A solution for both keys; null: there is none. */
export function solveLink(
  { keys, ways, isComplete }: Link,
  literalsOf: (name: string) => readonly Literal[],
  of: { readonly situation: Situation; readonly budget: Budget },
): readonly [Solution, Solution] | null {
  const demandOf = (key: string): Demand => {
    const name = key.toLowerCase()
    return { literals: literalsOf(name), domain: domainOf(name, of.situation) }
  }
  const demands = [demandOf(keys[0]), demandOf(keys[1])] as const
  const solve = ({ literals }: Demand, domain: Domain) => solveKey(literals, domain, of.budget)
  let open = false
  for (const [first, second] of ways(demands)) {
    const found = [solve(demands[0], first), solve(demands[1], second)] as const
    if (found.every(({ kind }) => kind === 'value')) return found
    open ||= !found.some(({ kind }) => kind === 'none')
  }
  const alone =
    !isComplete(demands) &&
    demands.every((demand) => solve(demand, { ...demand.domain, absent: false }).kind !== 'none')
  return open || alone ? [UNKNOWN, UNKNOWN] : null
}
