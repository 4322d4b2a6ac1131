/** The statements of one document that speak of a kind of caller and a call, as what must be true for them to apply. Decides nobody. */

import { actionMatches } from './action.ts'
import { type Budget, spend } from './budget.ts'
import type { Cell } from './cell.ts'
import { isUndecidable } from './condition.ts'
import type { Condition, Statement, TrustPolicy } from './policy.ts'
import { principalMatches } from './principal.ts'

/** Something no request decides: it may be either, but it is the same in both documents. */
export interface Riddle {
  readonly canonical: string
  readonly says: string
  readonly path: string
  /** Where only a policy variable makes it one: it is settled once the other keys are. */
  readonly variable?: Condition
}

/** A statement that speaks of the cell and the action, as what must be true for it to apply. */
export interface Clause {
  readonly statement: Statement
  readonly conditions: readonly Condition[]
  readonly riddles: readonly Riddle[]
}

export interface Side {
  readonly policy: TrustPolicy
  readonly allows: readonly Clause[]
  readonly denies: readonly Clause[]
}

/** The clauses of a policy that can apply to callers of the cell. */
export function sideOf(
  policy: TrustPolicy,
  of: { readonly cell: Cell; readonly action: string },
  within: Budget,
): Side {
  spend(within, policy.statements.length / 2)
  const [allows, denies]: [Clause[], Clause[]] = [[], []]
  for (const statement of policy.statements) {
    if (!actionMatches(statement.action, of.action)) continue
    const matched = principalMatches(statement.principal, of.cell)
    if (matched === 'no') continue
    const clause = clauseOf(statement, matched === 'undecided')
    if (statement.effect === 'Allow') allows.push(clause)
    else denies.push(clause)
  }
  return { policy, allows, denies }
}

function clauseOf(statement: Statement, openPrincipal: boolean): Clause {
  const { conditions, notUnderstood } = statement
  const isClear = !openPrincipal && notUnderstood.length === 0 && !conditions.some(isUndecidable)
  if (isClear) return { statement, conditions, riddles: [] }
  const riddles: Riddle[] = [...notUnderstood]
  if (openPrincipal) {
    const canonical = `${statement.principal.kind} ${statement.principal.values
      .map(({ value }) => value)
      .sort()
      .join()}`
    riddles.push({ canonical, says: 'whom this principal covers is not certain', path: statement.path })
  }
  for (const condition of conditions)
    if (isUndecidable(condition))
      riddles.push({
        canonical: condition.canonical,
        path: condition.path,
        says: `what ${condition.operator.name} does with ${condition.key} cannot be decided`,
        ...(isOfCaller(condition) ? { variable: condition } : {}),
      })
  return { statement, conditions: conditions.filter((one) => !isUndecidable(one)), riddles }
}

/** A variable is all that is open, and it speaks of the caller: what tags the role itself has, no caller chooses and no document holds. */
function isOfCaller(condition: Condition): boolean {
  const ofRole = condition.values.some((value) => /\$\{\s*(?:aws|iam):resourcetag\//i.test(value))
  return !ofRole && !isUndecidable({ ...condition, variables: false })
}
