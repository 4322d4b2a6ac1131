/** The same call with other condition keys: what a policy does not insist on can be left out. Finds no callers of its own. */

import { callOf } from './call.ts'
import { decide } from './evaluate.ts'
import type { Condition, Statement, TrustPolicy } from './policy.ts'
import { callerOf, principalMatches } from './principal.ts'
import type { Request } from './request.ts'

/** @param keys by name, whatever its case; null: the key is left out */
export function withKeys(request: Request, keys: Readonly<Record<string, string | readonly string[] | null>>): Request {
  const changed = Object.keys(keys).map((key) => key.toLowerCase())
  const context: (readonly [string, string | readonly string[]])[] = []
  for (const entry of Object.entries(request.context))
    if (!changed.includes(entry[0].toLowerCase())) context.push(entry)
  for (const [key, value] of Object.entries(keys)) if (value !== null) context.push([key, value])
  return { principal: request.principal, action: request.action, context: Object.fromEntries(context) }
}

/** @param name in lower case */
export function carries({ context }: Request, name: string): boolean {
  return Object.keys(context).some((key) => key.toLowerCase() === name)
}

export function letsIn(policy: TrustPolicy, request: Request): boolean {
  return decide(policy, callOf(request)) === 'allow'
}

/** The keys of MFA: absent from calls with long-lived keys, `false` in sessions without it. */
const MFA = { 'aws:MultiFactorAuthPresent': null, 'aws:MultiFactorAuthAge': null }

export function needsMfa(policy: TrustPolicy, request: Request): boolean {
  return (
    !letsIn(policy, withKeys(request, MFA)) &&
    !letsIn(policy, withKeys(request, { ...MFA, 'aws:MultiFactorAuthPresent': 'false' }))
  )
}

export function withMfa(request: Request): Request {
  return withKeys(request, { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '60' })
}

export function withExternalId(request: Request, id: string | null): Request {
  return withKeys(request, { 'sts:ExternalId': id })
}

/** What the Allow statement and every Deny that speaks of the caller look at. */
export function conditionsMet(policy: TrustPolicy, request: Request, allow: number): readonly Condition[] {
  const caller = callerOf(request.principal)
  return policy.statements
    .filter((one) => one.index === allow || (one.effect === 'Deny' && principalMatches(one.principal, caller) !== 'no'))
    .flatMap(({ conditions }) => conditions)
}

/** The values a statement accepts under a key. */
export function valuesOf({ conditions }: Pick<Statement, 'conditions'>, name: string): readonly string[] {
  return conditions.filter((one) => one.name === name && one.operator.base?.negated === false).flatMap((c) => c.values)
}
