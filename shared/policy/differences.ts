/** Principal by principal: whom the Allow statements of one document let in and the other document does not. One direction only. */

import { admit, isAccompanying } from './admit.ts'
import { type Budget, budget } from './budget.ts'
import { canonicalPrincipal, sharedWith } from './canonical.ts'
import { type Cell, type Cells, type Kin, kinsOf } from './cell.ts'
import type { Admission, Undecided } from './comparison.ts'
import type { RoleContext } from './context.ts'
import { organizationOf, ownAccount } from './exposure.ts'
import { keysOf } from './glob.ts'
import { firstHit, type Hit, type Look, nothingFound } from './hit.ts'
import { parseMoment } from './moment.ts'
import { gainsByAny, unsaid } from './narrow.ts'
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

/** Enough for what people write; beyond it words tell of values that make no difference, and of Denies that keep nobody out. */
const WORDING = 3000

export function differences(direction: Direction): Differences {
  const { holder, other, cells, about } = direction
  const now = about.now === undefined ? null : parseMoment(about.now)
  const { conditionsOn, keysUnder } = indexOf(direction)
  const found = nothingFound()
  const role = { account: ownAccount(about), organization: about.organization?.id ?? null }
  const look: Look = { holder, other, cells, budget: direction.budget, conditionsOn, keysUnder, now, role, found }
  const wording = budget(WORDING)
  const told = { about, tense: direction.tense, wording }
  const undecided: Undecided[] = []
  const parts: Part[] = []
  const isShared = sharedWith(holder, other)
  for (const statement of holder.statements) {
    if (statement.effect !== 'Allow') continue
    for (const value of valuesOf(statement)) {
      if (isShared(statement, value)) continue
      const known = direction.recall(statement, value)
      const ask = () => hitsOf(statement, value, { look, undecided, wording }).map((hit) => admit(hit, value, told))
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
  return {
    conditionsOn: (name) => byName().get(name) ?? NO_CONDITIONS,
    keysUnder: (begin) => keysIn(byName(), begin),
  }
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
      if (variables) for (const key of keysOf(values)) note(key)
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
  readonly wording: Budget
}

/** An entry that may stand for others too, and what its words leave out. */
interface Told {
  readonly hit: Hit
  readonly left: () => readonly Condition[]
}

function toldBy(hits: readonly Hit[], wording: Budget): readonly Told[] {
  return hits.map((hit) => {
    let left: readonly Condition[] | null = null
    return { hit, left: () => (left ??= unsaid(hit, wording)) }
  })
}

function isWhole({ left }: Told): boolean {
  return left().length === 0
}

/** One for all when a stranger gets in; else each account, organization, service or provider that the value covers. */
function hitsOf(statement: Statement, value: PrincipalValue, task: Task): readonly Hit[] {
  const hits: Hit[] = []
  let first: readonly Told[] = []
  let latest: readonly Told[] = []
  for (const kin of kinsOf(value, task.look.cells)) {
    if (latest.some((told) => isStranger(told.hit) && told.hit.denial === null && isWhole(told))) break
    const best = first
    const spared = new Set(sparedBy(best.filter(({ hit }) => isStranger(hit))))
    // Once strangers were told, what is open of others changes no verdict.
    const undecided = best.some(({ hit }) => isStranger(hit)) ? [] : task.undecided
    const { look, wording } = task
    const found = hitsOfKin(statement, kin, { look, undecided, wording, spared })
    for (const hit of found) if (!best.some((told) => isCovered(hit, told, wording))) hits.push(hit)
    if (found.length > 0) latest = toldBy(found, wording)
    if (best.length === 0) first = latest
  }
  return hits
}

function isStranger({ cell, stage }: Hit): boolean {
  return cell.fresh && stage === 'stranger'
}

/** Denies whose entry says all of them: of others those are looked for whom something else kept out. */
function sparedBy(told: readonly Told[]): readonly Statement[] {
  return told.flatMap((one) => (one.hit.denial !== null && isWhole(one) ? [one.hit.denial.statement] : []))
}

function isCovered(hit: Hit, { hit: best, left }: Told, wording: Budget): boolean {
  if (!best.cell.fresh || STAGES.indexOf(hit.stage) < STAGES.indexOf(best.stage)) return false
  // Of several organizations each is told.
  if (hit.cell.organization !== null && organizationOf(best.request) !== null) return false
  if (best.denial !== null && hit.denial?.statement !== best.denial.statement) return false
  return !gainsByAny(left(), hit, wording)
}

const MOST_OF_KIN = 5

interface Sparing extends Task {
  /** Denies of the other document that were told already. */
  readonly spared: Set<Statement>
}

/** Where only a Deny keeps some of them out, each Deny and everybody it names; otherwise one for all, and those of whom more is to be said. */
function hitsOfKin(statement: Statement, kin: Kin, of: Sparing): readonly Hit[] {
  const { look, wording } = of
  const hits: Hit[] = []
  let told: readonly Told[] = []
  for (const cells of kin) {
    const forAll = told.filter(({ hit }) => hit.denial === null)
    if (forAll.some(isWhole)) break
    const undecided = forAll.length > 0 ? [] : of.undecided
    const spared = new Set([...of.spared, ...sparedBy(told)])
    const found = hitsOfKind(statement, cells, { look, undecided, wording, spared })
    for (const hit of found) if (forAll.every(({ left }) => gainsByAny(left(), hit, wording))) hits.push(hit)
    if (isOpen(cells)) told = toldBy(found, wording)
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
  { look, undecided, spared }: Sparing,
): readonly Hit[] {
  const hits: Hit[] = []
  const passed = new Set<string>()
  while (hits.length <= MOST_OF_KIN) {
    // Once somebody was told, what is open could only name another Deny: it changes no verdict.
    const open = spared.size === 0 ? undecided : []
    const hit = firstHit(statement, cells, { look, open, spared, passed })
    if (hit === null) break
    hits.push(hit)
    if (isAccompanying(hit) && hit.denial === null) {
      passed.add(hit.request.action)
      continue
    }
    if (hit.denial === null || hit.denial.conditions.length + hit.denial.riddles.length === 0) break
    // Who else is kept out, by another Deny?
    spared.add(hit.denial.statement)
  }
  return hits
}

function andOthers(hits: readonly Hit[]): readonly Hit[] {
  return hits.map((hit, i) => (i === hits.length - 1 ? { ...hit, andOthers: true } : hit))
}
