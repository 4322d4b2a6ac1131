/** Keys that say something about each other are solved together: an age of MFA needs MFA, a path lies in its organization. */

import type { Budget } from './budget.ts'
import type { Condition } from './policy.ts'
import { fill } from './sample.ts'
import { type Domain, type Literal, type Solution, solveKey } from './solve-key.ts'
import { domainOf, only, pathsOf, type Situation, type Stage } from './stage.ts'

/** What is demanded of one key of a link, and what it may be. */
interface Demand {
  readonly literals: readonly Literal[]
  readonly domain: Domain
}

/** One after the other: the first often will do. What the second key is then is asked only where the first one can be that. */
type Ways = Iterable<readonly [Domain, () => Domain]>

interface Link {
  /** In lower case. */
  readonly keys: readonly [string, string]
  /** What both can be at once. */
  readonly ways: (demands: readonly [Demand, Demand]) => Ways
  /** The one that says nothing of the other where no document asks for that; null: neither. */
  readonly free: string | null
  /** Can a key be nothing beside the other that it cannot be by itself? */
  readonly bounds: (name: string, stage: Stage) => boolean
  /** Are these all the ways there are? Otherwise a pair that finds none is open as long as each key alone finds one. */
  readonly isComplete: (demands: readonly [Demand, Demand]) => boolean
}

const ABSENT = only([], true)

const MFA: Link = {
  keys: ['aws:multifactorauthpresent', 'aws:multifactorauthage'],
  // An age is never shown without what it is the age of.
  free: 'aws:multifactorauthpresent',
  bounds: () => true,
  isComplete: () => true,
  ways: function* ([{ domain: present }, { domain: age }]) {
    const others = () => only(present.only?.filter((value) => value !== 'true') ?? [], present.absent)
    if (age.absent) yield [others(), () => ABSENT]
    if (present.only?.includes('true')) yield [only(['true'], false), () => ({ ...age, absent: false })]
  },
}

const ORGANIZATION: Link = {
  keys: ['aws:principalorgid', 'aws:principalorgpaths'],
  free: null,
  // Of a stranger's paths one stands for all by itself; beside his organization they are every path in it.
  bounds: (name, stage) => stage === 'anybody' || name !== 'aws:principalorgpaths',
  isComplete: (demands) => demands.some(({ literals }) => literals.some(namesOrganizations)),
  ways: function* ([id, paths]) {
    if (id.domain.absent && paths.domain.absent) yield [ABSENT, () => ABSENT]
    for (const organization of candidates(id, paths))
      if (isAllowed(organization, id.domain)) yield [only([organization], false), () => pathsOf(organization)]
  },
}

/** Where the key is there, it holds for those it names and no others. Where it is not, neither is the other key. */
function namesOrganizations({ condition: { operator, values }, want }: Literal): boolean {
  const { base } = operator
  if (base?.family !== 'string' || base.negated === want) return false
  return values.every((value) => base.relation !== 'like' || !/[*?]/.test(value.split('/')[0] ?? ''))
}

/** Ten letters or more as AWS gives them (Organizations API reference, Organization); documents name shorter ones in examples. */
const ORGANIZATION_ID = /^o-[a-z\d]+$/

/** Organizations worth trying, each once: those usual, those demanded. */
function* candidates(id: Demand, paths: Demand): Iterable<string> {
  const usual = id.domain.only ?? id.domain.samples
  yield* usual
  const tried = [...usual]
  for (const { condition } of [...id.literals, ...paths.literals])
    for (const one of organizationsIn(condition)) {
      if (tried.includes(one)) continue
      tried.push(one)
      yield one
    }
}

/** What a document calls one is taken for one. AWS writes ids in lower case: so are patterns filled in, and names whose case says nothing. */
function organizationsIn({ operator, values }: Condition): readonly string[] {
  const { base } = operator
  if (base?.family === 'null') return []
  return values.flatMap((value) => {
    const [organization = ''] = value.split('/')
    if (/[*?]/.test(organization)) return fill(organization).filter((one) => ORGANIZATION_ID.test(one))
    return base?.relation === 'equals-ignore-case' ? organization.toLowerCase() : organization
  })
}

function isAllowed(organization: string, { only: listed, except }: Domain): boolean {
  return (
    !/[*?]/.test(organization) && !except.includes(organization) && (listed === null || listed.includes(organization))
  )
}

const LINKS: readonly Link[] = [MFA, ORGANIZATION]

/** @param name in lower case; null: the key stands for itself */
export function linkOf(name: string, { conditionsOn }: Situation): Link | null {
  // Asked for every key of every document: few begin like this.
  if (!name.startsWith('aws:multi') && !name.startsWith('aws:principalorg')) return null
  const link = LINKS.find(({ keys }) => keys.includes(name)) ?? null
  if (link?.free !== name) return link
  const isAlone = link.keys.every((key) => key === name || conditionsOn(key).length === 0)
  return isAlone ? null : link
}

const UNKNOWN: Solution = { kind: 'unknown' }

/** A solution for both keys; null: there is none. */
export function solveLink(
  { keys, ways, isComplete }: Link,
  literalsOf: (name: string) => readonly Literal[],
  of: { readonly situation: Situation; readonly budget: Budget },
): readonly [Solution, Solution] | null {
  const demandOf = (key: string): Demand => ({ literals: literalsOf(key), domain: domainOf(key, of.situation) })
  const demands = [demandOf(keys[0]), demandOf(keys[1])] as const
  const solve = ({ literals }: Demand, domain: Domain) => solveKey(literals, domain, of.budget)
  let open = false
  for (const [domain, domainBeside] of ways(demands)) {
    const first = solve(demands[0], domain)
    if (first.kind === 'none') continue
    const second = solve(demands[1], domainBeside())
    if (first.kind === 'value' && second.kind === 'value') return [first, second]
    open ||= second.kind !== 'none'
  }
  const alone =
    !isComplete(demands) &&
    demands.every((demand) => solve(demand, { ...demand.domain, absent: false }).kind !== 'none')
  return open || alone ? [UNKNOWN, UNKNOWN] : null
}
