/** Makes an entry of a caller found: who he stands for, how bad that is, and the words for it. Finds nobody. */

import { actionsOf } from './accompanying.ts'
import { assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import { callOf, conditionHolds } from './call.ts'
import { fingerprint } from './canonical.ts'
import type { Admission } from './comparison.ts'
import { complement } from './complement.ts'
import type { Narrowed } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { whoIs } from './exposure.ts'
import type { Hit } from './hit.ts'
import type { Condition, PrincipalValue } from './policy.ts'
import { seek } from './search.ts'
import { accompanyingSeverity, admittedSeverity, lostSeverity } from './severity-table.ts'
import type { Clause } from './side.ts'
import type { Quest } from './state.ts'
import { saysWho } from './words.ts'

interface Telling {
  readonly about: RoleContext
  readonly tense: 'gained' | 'lost'
  /** Work left for finding out which Denies need no words. */
  readonly wording: Budget
}

export function admit(hit: Hit, value: PrincipalValue, { about, tense, wording }: Telling): Admission {
  const { cell, request, clause, denial } = hit
  const who = whoIs(cell, hit, about)
  const kept =
    denial === null ? [] : denial.statement.conditions.map((condition) => ({ condition, values: condition.values }))
  const demanded = [...clause.conditions, ...clause.riddles.flatMap(({ variable }) => variable ?? [])]
  const left = exceptionsOf(hit, wording).map((conditions) => ({ conditions, rest: complementOf(conditions) }))
  const rests = left.flatMap(({ rest }) => (rest === null ? [] : { condition: rest, values: rest.values }))
  const exceptions = left.flatMap(({ conditions, rest }) => (rest === null ? [conditions] : []))
  const narrowed = [...demanded.map((condition) => narrow(condition, hit)), ...rests, ...kept]
  const accompanying = isAccompanying(hit)
  const gained = accompanying ? accompanyingSeverity(who) : admittedSeverity(who)
  return {
    says: saysWho({ hit, who, value, tense, narrowed, exceptions, about, accompanying }),
    severity: tense === 'gained' ? gained : lostSeverity(who),
    witness: request,
    who,
    principal: value.value,
    named: cell.open === null && value.form.kind === cell.form.kind,
    statement: clause.statement.index,
    fingerprint: fingerprint(clause.statement),
    ...(accompanying ? { accompanying } : {}),
  }
}

/** Roles Anywhere cannot assume a role at all without some of these actions. */
export function isAccompanying({ cell, request }: Hit): boolean {
  return !actionsOf({ ...request, action: assumeActionOf(cell.form), context: {} }).includes(request.action)
}

const MOST_VALUES = 20

/** Of several values only those that make a difference are worth saying. */
function narrow(condition: Condition, { clause, quest, request }: Hit): Narrowed {
  const { values, operator } = condition
  const { allows } = quest.other
  if (operator.base?.negated !== false || values.length < 2 || allows.length === 0) return { condition, values }
  const told = new Set(allows.flatMap(({ conditions }) => valuesUnder(condition.name, conditions)))
  const news = values.filter((value) => !told.has(value))
  const tried = news.length > 0 ? news : values
  if (tried.length > MOST_VALUES) return { condition, values: tried }
  const full = whole(quest)
  const shown = [callOf(request)]
  const counting = tried.filter((value) => {
    const pinned: Condition = { ...condition, values: [value], canonical: `${condition.canonical} ${value}` }
    if (shown.some((call) => conditionHolds(pinned, call) === 'yes')) return true
    const found = seek({ ...clause, conditions: [...clause.conditions, pinned] }, full)
    if (found.kind === 'witness') shown.push(callOf(found.request))
    return found.kind === 'witness'
  })
  return { condition, values: [...new Set(counting.length === 0 ? tried : counting)] }
}

/**
 * The situation in which everybody is looked at whom the entry stands for: what was found out in another one does not count. Callers are
 * told apart by their organizations; of strangers each organization has an entry of its own, otherwise one stands for all.
 */
function whole(quest: Quest): Quest {
  const { cell, stage } = quest.situation
  const isOne = cell.organization === null ? cell.outside.length === 0 : cell.fresh
  if (isOne && stage === 'anybody') return quest
  const all = isOne ? cell : { ...cell, organization: null, outside: [] }
  return {
    ...quest,
    situation: { ...quest.situation, cell: all, stage: 'anybody', known: new Map(), solved: new Map() },
  }
}

/** The Denies beside the Allow that keep out some of those whom it lets in; those too of which that could not be told. */
function exceptionsOf({ clause, quest }: Hit, wording: Budget): readonly (readonly Condition[])[] {
  const { holder } = quest
  const own = holder.denies.filter(
    ({ statement, conditions, riddles }) =>
      conditions.length > 0 && riddles.length === 0 && holder.policy.statements.includes(statement),
  )
  if (own.length === 0) return []
  const anyone = {
    ...whole(quest),
    holder: { ...holder, denies: [] },
    other: { ...quest.other, allows: [], denies: [] },
  }
  const reaches = (one: Clause) => {
    const both = { ...clause, conditions: [...clause.conditions, ...one.conditions] }
    return seek(both, { ...anyone, budget: wording }).kind !== 'nobody'
  }
  return own.filter(reaches).map(({ conditions }) => conditions)
}

/** Whom a Deny of one condition leaves. */
function complementOf([only, ...others]: readonly Condition[]): Condition | null {
  return only === undefined || others.length > 0 ? null : complement(only)
}

function valuesUnder(name: string, conditions: readonly Condition[]): readonly string[] {
  return conditions.filter((one) => one.name === name).flatMap(({ values }) => values)
}
