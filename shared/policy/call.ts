/** A request as a policy's statements see it, with what follows from the caller filled in. Knows single statements, never the whole decision. */

import { actionMatches } from './action.ts'
import { holds, type Values } from './condition.ts'
import type { Lookup } from './glob.ts'
import { assumed, presence } from './keys.ts'
import type { Condition, Statement } from './policy.ts'
import { type Caller, callerOf, issuerBehind, principalMatches, serviceBehind } from './principal.ts'
import type { Request } from './request.ts'
import { all, type Truth } from './truth.ts'

/** A request with everything that follows from its principal filled in. */
export interface Call {
  readonly request: Request
  readonly caller: Caller
  /** By key in lower case. */
  readonly values: (name: string) => Values
  readonly lookup: Lookup
  /** True when the request says nothing of a key that every real call carries. */
  readonly isOpen: (name: string) => boolean
}

export function statementMatches(statement: Statement, call: Call): Truth {
  if (!actionMatches(statement.action, call.request.action)) return 'no'
  const principal = principalMatches(statement.principal, call.caller)
  if (principal === 'no') return 'no'
  const conditions = conditionsHold(statement.conditions, call)
  if (conditions === 'no') return 'no'
  return principal === 'yes' && conditions === 'yes' && statement.notUnderstood.length === 0 ? 'yes' : 'undecided'
}

function conditionsHold(conditions: readonly Condition[], call: Call): Truth {
  return conditions.length === 0 ? 'yes' : all(conditions, (condition) => conditionHolds(condition, call))
}

export function conditionHolds(condition: Condition, call: Call): Truth {
  const isTest = condition.operator.base?.family === 'null'
  if (call.isOpen(condition.name)) return isTest ? holds(condition, ['present']) : 'undecided'
  return holds(condition, call.values(condition.name), call.lookup)
}

/** @param caller who sends it, where that is known already */
export function callOf(request: Request, caller: Caller = callerOf(request.principal)): Call {
  const context = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(request.context))
    context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value)
  const { form } = caller
  const at = {
    type: request.principal.type,
    action: request.action,
    issuer: issuerBehind(form),
    service: serviceBehind(form),
  }
  const values = (name: string): Values => {
    if (presence(name, at) === 'never') return null
    const derived = caller.derived(name)
    if (derived !== undefined && !overrides(name, caller)) return [derived]
    const standard = derived ?? assumed(name)
    return context.get(name) ?? (standard === null ? null : [standard])
  }
  const lookup = (key: string): string | null => {
    const found = values(key.toLowerCase())
    return found?.length === 1 ? (found[0] ?? null) : null
  }
  const isOpen = (name: string) => presence(name, at) === 'always' && values(name) === null
  return { request, caller, values, lookup, isOpen }
}

/** A session does not show its role's path: there the request may know better. */
function overrides(name: string, caller: Caller): boolean {
  return name === 'aws:principalarn' && caller.form.kind === 'session'
}
