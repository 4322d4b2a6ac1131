/** Of a condition those values that make a difference between two documents: the others need no words. Says nothing itself. */

import type { Budget } from './budget.ts'
import { callOf, conditionHolds } from './call.ts'
import { NOBODY } from './certify.ts'
import type { Narrowed } from './condition-words.ts'
import type { Hit } from './hit.ts'
import type { Condition } from './policy.ts'
import { seek } from './search.ts'
import type { Clause } from './side.ts'
import type { Quest } from './state.ts'
import { wholeOf } from './whole.ts'

const MOST_VALUES = 20

/** @param wording work left for it; where there is none, all is said */
export function narrow(condition: Condition, hit: Hit, wording: Budget): Narrowed {
  const { values } = condition
  const { base, qualifier } = condition.operator
  const isAsked = base !== null && base.family !== 'null' && !base.negated
  if (!isAsked || hit.quest.other.allows.length === 0) return { condition, values }
  if (!holdsAbsent(condition)) return values.length < 2 ? { condition, values } : counting(condition, hit, wording)
  const isNews = gains(absent(condition), hit, wording)
  // Of a set that may hold several values, none alone makes the difference.
  if (qualifier === 'ForAllValues') return isNews ? { condition, values } : { condition, values, sent: true }
  const sent = whenSent(condition)
  const { values: told, none } = counting(sent, hit, wording)
  if (!isNews) return { condition: sent, values: told }
  return none ? { condition: absent(condition), values: ['true'] } : { condition, values: told }
}

/** What the words for these people do not say, because none of them gained by it: others may have. */
export function unsaid(hit: Hit, wording: Budget): readonly Condition[] {
  if (hit.quest.other.allows.length === 0) return NOTHING
  const kept = hit.denial?.statement.conditions ?? []
  return [...hit.clause.conditions, ...kept].flatMap((condition) => leftOut(condition, narrow(condition, hit, wording)))
}

const NOTHING: readonly Condition[] = []

function leftOut(condition: Condition, { condition: said, values, sent }: Narrowed): readonly Condition[] {
  if (said === condition && values === condition.values && sent === undefined) return []
  const isAbsent = said.operator.base?.family === 'null'
  const left = isAbsent ? condition.values : condition.values.filter((value) => !values.includes(value))
  const isSent = sent === true || (!isAbsent && holdsAbsent(condition) && !holdsAbsent(said))
  return [...(left.length === 0 ? [] : [pinned(whenSent(condition), left)]), ...(isSent ? [absent(condition)] : [])]
}

/** Did any of these people gain by what the words for others leave out? */
export function gainsByAny(left: readonly Condition[], hit: Hit, wording: Budget): boolean {
  return left.some((condition) => gains(condition, hit, wording))
}

function holdsAbsent({ operator }: Condition): boolean {
  return operator.ifExists || operator.qualifier === 'ForAllValues'
}

interface Counting extends Narrowed {
  /** Nobody gains by any of them. */
  readonly none: boolean
}

function counting(condition: Condition, hit: Hit, wording: Budget): Counting {
  const values = [...new Set(condition.values)]
  const news = values.filter((value) => !isTold(condition, value, hit))
  if (news.length === 0) return { condition, values, none: true }
  if (news.length > MOST_VALUES) return { condition, values: news, none: false }
  const shown = [callOf(hit.request)]
  const told = news.filter((value) => {
    const one = pinned(condition, [value])
    if (shown.some((call) => conditionHolds(one, call) === 'yes')) return true
    const found = asked(one, hit, wording)
    if (found.kind === 'witness') shown.push(callOf(found.request))
    return found.kind !== 'nobody'
  })
  return told.length === 0 ? { condition, values: news, none: true } : { condition, values: told, none: false }
}

/** Another Allow has the value, and asks nothing else that is not asked here. */
function isTold(condition: Condition, value: string, { clause, quest }: Hit): boolean {
  const { allows, denies } = quest.other
  if (denies.length > 0) return false
  const here = new Set(clause.conditions.map(({ canonical }) => canonical))
  const isMet = (one: Condition) => here.has(one.canonical) || (isAlike(one, condition) && one.values.includes(value))
  return allows.some(({ conditions, riddles }) => riddles.length === 0 && conditions.every(isMet))
}

function isAlike(one: Condition, other: Condition): boolean {
  const [a, b] = [one.operator, other.operator]
  if (one.name !== other.name || one.variables !== other.variables || a.qualifier !== b.qualifier) return false
  return a.base?.family === b.base?.family && a.base?.relation === b.base?.relation && a.base?.negated === false
}

function gains(condition: Condition, hit: Hit, wording: Budget): boolean {
  return conditionHolds(condition, callOf(hit.request)) === 'yes' || asked(condition, hit, wording).kind !== 'nobody'
}

/** The first who gains; nobody only where none of them all does. */
function asked(condition: Condition, { clause, quest }: Hit, wording: Budget): ReturnType<typeof seek> {
  return seekAll(withConditions(clause, [condition]), wholeOf(quest), wording)
}

export function seekAll(clause: Clause, quests: readonly Quest[], wording: Budget): ReturnType<typeof seek> {
  let found: ReturnType<typeof seek> = NOBODY
  for (const quest of quests) {
    const one = seek(clause, { ...quest, budget: wording })
    if (one.kind === 'witness') return one
    if (one.kind === 'unknown') found = one
  }
  return found
}

export function withConditions(clause: Clause, conditions: readonly Condition[]): Clause {
  return { ...clause, conditions: [...clause.conditions, ...conditions] }
}

function pinned(condition: Condition, values: readonly string[]): Condition {
  return { ...condition, values, canonical: `${condition.canonical} ${JSON.stringify(values)}` }
}

function whenSent(condition: Condition): Condition {
  if (!condition.operator.ifExists) return condition
  return {
    ...condition,
    operator: { ...condition.operator, ifExists: false },
    canonical: `sent ${condition.canonical}`,
  }
}

function absent({ key, name, path }: Condition): Condition {
  const base = { family: 'null', relation: 'null', negated: false } as const
  const operator = { name: 'Null', base, ifExists: false, qualifier: null }
  return { operator, key, name, values: ['true'], variables: false, path, canonical: `Null ${name} absent` }
}
