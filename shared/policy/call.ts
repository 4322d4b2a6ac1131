/** A request as a policy's statements see it, with what follows from the caller filled in. Knows single statements, never the whole decision. */

import { actionMatches } from './action.ts'
import { holds, type Values } from './condition.ts'
import { type Lookup, matchesPattern } from './glob.ts'
import { implied } from './implied.ts'
import { assumed, isMultivalued, presence } from './keys.ts'
import type { Condition, Statement } from './policy.ts'
import { type Caller, callerOf, issuerBehind, parsePrincipal, principalMatches, serviceBehind } from './principal.ts'
import type { Request } from './request.ts'
import { all, type Truth } from './truth.ts'

/** A request with everything that follows from its principal filled in. */
export interface Call {
  readonly request: Request
  readonly caller: Caller
  /** By key in lower case. */
  readonly values: (name: string) => Values
  readonly lookup: Lookup
  /** True when the request says nothing of a key that every such call carries. */
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
  const truth = holds(condition, call.values(condition.name), call.lookup)
  return isTest || !dependsOnPath(condition, call) ? truth : 'undecided'
}

/**
 * A session does not show its role's path, and aws:PrincipalArn holds it. Taken to be `/`, as nearly every role's is, unless the condition
 * speaks of a role of this name under another.
 */
function dependsOnPath(condition: Condition, { caller, request }: Call): boolean {
  if (condition.name !== 'aws:principalarn' || caller.form.kind !== 'session') return false
  const { role } = caller.form
  const underPath = (value: string) => {
    const parts = value.split('/')
    return parts.length > 2 && matchesPattern(parts.at(-1) ?? '', role)
  }
  return condition.values.some(underPath) && !Object.keys(request.context).some((key) => isPrincipalArn(key))
}

function isPrincipalArn(key: string): boolean {
  return key.toLowerCase() === 'aws:principalarn'
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
    kind: form.kind,
  }
  const values = (name: string): Values => {
    if (presence(name, at) === 'never') return null
    const given = context.get(name)
    const derived = caller.derived(name)
    if (derived !== undefined) return overrides(name, given, caller) ? given : [derived]
    const standard = assumed(name)
    return given ?? (standard === null ? implied(name, request) : [standard])
  }
  const isOpen = (name: string) => presence(name, at) === 'always' && values(name) === null
  const lookup = (key: string): string | null | undefined => {
    const name = key.toLowerCase()
    if (isOpen(name) || isMultivalued(name)) return undefined
    const found = values(name)
    if (found === null) return null
    return found.length === 1 ? found[0] : undefined
  }
  return { request, caller, values, lookup, isOpen }
}

/** A session does not show its role's path: there the request may know better, of this very role. */
function overrides(name: string, given: readonly string[] | undefined, { form }: Caller): given is readonly string[] {
  if (name !== 'aws:principalarn' || form.kind !== 'session' || given?.length !== 1) return false
  const said = parsePrincipal('AWS', given[0] ?? '')
  return said.kind === 'role' && said.account === form.account && said.name === form.role
}
