/** A path lies in its organization, and whoever shows the one shows the other. */

import { ABSENT, type Ask, type Demand, inTurn, type Link, openUnless, UNKNOWN, type Way } from './demand.ts'
import { glob, ID_ANY, ID_STAR } from './glob.ts'
import type { Condition } from './policy.ts'
import { fill } from './sample.ts'
import type { Domain, Literal } from './solve-key.ts'
import { only, pathsOf } from './stage.ts'

/** Also where documents ask for one of them only: strangers are told apart by both. */
export function organizationLink(): Link {
  return ORGANIZATION
}

const [ID, PATHS] = ['aws:principalorgid', 'aws:principalorgpaths'] as const

const ORGANIZATION: Link = {
  keys: [ID, PATHS],
  isPersonal: true,
  // Of a stranger's paths one stands for all by itself; beside his organization they are every path in it.
  widens: (name, stage) => stage !== 'anybody' && name === PATHS,
  ways: function* (demandOn, ask) {
    const [id, paths] = [demandOn(ID), demandOn(PATHS)]
    if (id.domain.absent && paths.domain.absent)
      yield inTurn(
        () => ask(id, ABSENT),
        () => ask(paths, ABSENT),
      )
    for (const organization of candidates(id, paths))
      if (isAllowed(organization, id.domain)) yield within(organization, [id, paths], ask)
    // Where one of them lists its organizations, all were tried.
    if (id.domain.only === null && ![id, paths].some(({ literals }) => literals.some(namesOrganizations)))
      yield ofAnyName(id, paths, ask)
  },
}

function within(organization: string, [id, paths]: readonly [Demand, Demand], ask: Ask): Way {
  return inTurn(
    () => ask(id, only([organization], false)),
    () => ask(paths, pathsOf(organization)),
  )
}

/** Ten letters or more as AWS gives them (Organizations API reference, Organization); documents name shorter ones in examples. */
const ORGANIZATION_ID = /^o-[a-z\d]+$/

const ANY_PATH = {
  has: (text: string) => /^o-[a-z\d]+\/.+\/$/.test(text),
  globs: () => [[...glob('o-'), ID_ANY, ID_STAR, ...glob('/?*/')]],
}

/** Looks for a path, of which the one key is the beginning: patterns on both meet in one text. */
function ofAnyName(id: Demand, paths: Demand, ask: Ask): Way {
  const literals = id.literals.map((one): Literal => ({ ...one, part: 'organization' }))
  if (![...literals, ...paths.literals].every(isOfTexts)) return openUnless([id, paths], ask)
  const path = ask(paths, { ...paths.domain, absent: false, within: ANY_PATH }, literals)
  if (path.kind !== 'value') return path.kind === 'none' ? null : [UNKNOWN, UNKNOWN]
  return within(path.values?.[0]?.split('/')[0] ?? '', [id, paths], ask)
}

function isOfTexts({ condition: { operator } }: Literal): boolean {
  return operator.base?.family === 'string' || operator.base?.family === 'null'
}

/** Where the key is there, it holds for those it names and no others. Where it is not, neither is the other key. */
function namesOrganizations({ condition: { operator, values }, want }: Literal): boolean {
  const { base } = operator
  if (base?.family !== 'string' || base.negated === want) return false
  return values.every((value) => base.relation !== 'like' || !/[*?]/.test(value.split('/')[0] ?? ''))
}

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
