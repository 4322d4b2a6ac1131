/** Makes an entry of a caller found: who he stands for, how bad that is, and the words for it. Finds nobody. */

import { actionsOf } from './accompanying.ts'
import { assumeActionOf } from './action.ts'
import type { Budget } from './budget.ts'
import { fingerprint } from './canonical.ts'
import type { Admission } from './comparison.ts'
import { entirely } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { telling } from './covering.ts'
import { exceptionsOf } from './exceptions.ts'
import { whoIs } from './exposure.ts'
import type { Hit } from './hit.ts'
import { narrow } from './narrow.ts'
import type { PrincipalValue } from './policy.ts'
import { accompanyingSeverity, admittedSeverity, lostSeverity } from './severity-table.ts'
import { saysWho } from './words.ts'

interface Telling {
  readonly about: RoleContext
  readonly tense: 'gained' | 'lost'
  /** Work left for finding out what needs no words. */
  readonly wording: Budget
}

export function admit(hit: Hit, value: PrincipalValue, { about, tense, wording }: Telling): Admission {
  const { cell, request, clause, denial } = hit
  const who = whoIs(cell, hit, about)
  const kept = denial === null ? [] : denial.statement.conditions.map((condition) => narrow(condition, hit, wording))
  const demanded = [...clause.conditions, ...clause.riddles.flatMap(({ variable }) => variable ?? [])]
  const exceptions = exceptionsOf(hit, { about, wording })
  const rests = exceptions.rests.map(entirely)
  const narrowed = telling([...demanded.map((condition) => narrow(condition, hit, wording)), ...rests, ...kept])
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
