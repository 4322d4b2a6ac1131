/** Principal by principal: whom the Allow statements of one document let in and the other document does not. One direction only. */

import { admit } from './admit.ts'
import { type Budget, budget } from './budget.ts'
import { canonicalPrincipal, sharedWith } from './canonical.ts'
import { type Cell, type Cells, type Kin, kinsOf } from './cell.ts'
import type { Admission, Undecided } from './comparison.ts'
import type { RoleContext } from './context.ts'
import { organizationOf } from './exposure.ts'
import { variablesIn } from './glob.ts'
import { firstHit, type Hit, type Look, nothingFound } from './hit.ts'
import { parseMoment } from './moment.ts'
import type { Condition, PrincipalValue, Statement, TrustPolicy } from './policy.ts'
import type { Part, Recall } from './recall.ts'
import { STAGES } from './stage.ts'

export interface Differences {
  readonly found: readonly Admission[]
  readonly undecided: readonly Undecided[]
  /** Where the found come from: of several that read alike, one is told. */
  readonly parts: readonly Part[]
}

export interface Direction {
  /** Who lets in. */
  readonly holder: TrustPolicy
  /** Who does not. */
  readonly other: TrustPolicy
  readonly about: RoleContext
  readonly cells: Cells
  readonly tense: 'gained' | 'lost'
  readonly budget: Budget
  readonly recall: Recall
}

/** Enough for what people write; beyond it words tell of Denies that keep nobody out. */
const WORDING = 3000

export function differences(direction: Direction): Differences {
  const { holder, other, cells, about } = direction
  const now = about.now === undefined ? null : parseMoment(about.now)
  const { conditionsOn, keysUnder } = indexOf(direction)
  const found = nothingFound()
  const look: Look = { holder, other, cells, budget: direction.budget, conditionsOn, keysUnder, now, found }
  const told = { about, tense: direction.tense, wording: budget(WORDING) }
  const undecided: Undecided[] = []
  const parts: Part[] = []
  const isShared = sharedWith(holder, other)
  for (const statement of holder.statements) {
    if (statement.effect !== 'Allow') continue
    for (const value of valuesOf(statement)) {
      if (isShared(statement, value)) continue
      const known = direction.recall(statement, value)
      const ask = () => hitsOf(statement, value, { look, undecided }).map((hit) => admit(hit, value, told))
      parts.push({ statement, value, found: known ?? ask() })
    }
  }
  return { found: unlike(parts), undecided, parts }
}

/** The first of each: by the words, which seldom are the same, then by the principal. */
export function unlike(parts: readonly Part[]): readonly Admission[] {
  const told: Admission[] = []
  const principals = new Map<string, string[]>()
  for (const { value, found } of parts)
    for (const admission of found) {
      const name = canonicalPrincipal(value)
      const known = principals.get(admission.says)
      if (known?.includes(name) === true) continue
      if (known === undefined) principals.set(admission.says, [name])
      else known.push(name)
      told.push(admission)
    }
  return told
}

/** Few keys are ever asked for, in many documents none. */
function indexOf(direction: Direction): Pick<Look, 'conditionsOn' | 'keysUnder'> {
  let index: ReadonlyMap<string, readonly Condition[]> | null = null
  const byName = () => (index ??= conditionsByName(direction))
  return { conditionsOn: (name) => byName().get(name) ?? NO_CONDITIONS, keysUnder: (begin) => keysIn(byName(), begin) }
}

const NO_CONDITIONS: readonly Condition[] = []

function conditionsByName({ holder, other }: Direction): ReadonlyMap<string, readonly Condition[]> {
  const index = new Map<string, Condition[]>()
  for (const { statements } of [holder, other])
    for (const { conditions } of statements)
      for (const condition of conditions) {
        const known = index.get(condition.name)
        if (known === undefined) index.set(condition.name, [condition])
        else known.push(condition)
      }
  return index
}

function keysIn(index: ReadonlyMap<string, readonly Condition[]>, begin: string): readonly string[] {
  const keys = new Map<string, string>()
  const note = (key: string) => {
    const name = key.toLowerCase()
    if (name.startsWith(begin) && !keys.has(name)) keys.set(name, key)
  }
  for (const conditions of index.values())
    for (const { key, values, variables } of conditions) {
      note(key)
      if (variables) for (const one of values.flatMap(variablesIn)) if (one !== null) note(one.key)
    }
  return [...keys.values()]
}

function valuesOf({ principal, path }: Statement): readonly PrincipalValue[] {
  if (principal.kind === 'Principal') return principal.values
  return [{ key: 'NotPrincipal', value: 'NotPrincipal', form: { kind: 'everyone' }, path: `${path}/NotPrincipal` }]
}

interface Task {
  readonly look: Look
  readonly undecided: Undecided[]
}

/** One for all when a stranger gets in; else each account, organization, service or provider that the value covers. */
function hitsOf(statement: Statement, value: PrincipalValue, task: Task): readonly Hit[] {
  const hits: Hit[] = []
  for (const kin of kinsOf(value, task.look.cells)) {
    const [best] = hits
    hits.push(...hitsOfKin(statement, kin, task).filter((hit) => best === undefined || !isCovered(hit, best)))
    if (hits.some(({ cell, stage }) => cell.fresh && stage === 'stranger')) break
  }
  return hits
}

function isCovered(hit: Hit, best: Hit): boolean {
  if (!best.cell.fresh || STAGES.indexOf(hit.stage) < STAGES.indexOf(best.stage)) return false
  // Of several organizations each is told.
  return hit.cell.organization === null || organizationOf(best.request) === null
}

const MOST_OF_KIN = 5

/** Where only a Deny keeps some of them out, each Deny and everybody it names; otherwise one for all. */
function hitsOfKin(statement: Statement, kin: Kin, { look, undecided }: Task): readonly Hit[] {
  const hits: Hit[] = []
  const spared = new Set<Statement>()
  for (const cells of kin) {
    const found = hitsOfKind(statement, cells, { look, undecided, spared })
    hits.push(...found)
    if (found.some(({ denial }) => denial === null) && isOpen(cells)) break
    if (hits.length > MOST_OF_KIN) break
  }
  return hits.length <= MOST_OF_KIN ? hits : andOthers(hits.slice(0, MOST_OF_KIN))
}

function isOpen(cells: readonly Cell[]): boolean {
  return cells.some(({ open }) => open !== null)
}

function hitsOfKind(
  statement: Statement,
  cells: readonly Cell[],
  { look, undecided, spared }: Task & { readonly spared: Set<Statement> },
): readonly Hit[] {
  const hits: Hit[] = []
  while (hits.length <= MOST_OF_KIN) {
    // Once somebody was told, what is open could only name another Deny: it changes no verdict.
    const open = spared.size === 0 ? undecided : []
    const hit = firstHit(statement, cells, { look, open, spared })
    if (hit === null) break
    hits.push(hit)
    if (hit.denial === null || !isOpen(cells)) break
    // Who else is kept out, by another Deny?
    spared.add(hit.denial.statement)
  }
  return hits
}

function andOthers(hits: readonly Hit[]): readonly Hit[] {
  return hits.map((hit, i) => (i === hits.length - 1 ? { ...hit, andOthers: true } : hit))
}
