/** Would IAM let this caller in? Trust policy alone: the caller's own policies, boundaries and organisation policies are not known here. */

import { actionsOf } from './accompanying.ts'
import { canCall } from './action.ts'
import { type Judged, reasons } from './because.ts'
import { type Call, callOf, statementMatches } from './call.ts'
import { callerSide } from './caller-side.ts'
import type { RoleContext } from './context.ts'
import { ownAccount } from './exposure.ts'
import { withOwnOrganization, withOwnRole } from './own-role.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import { type Caller, callerOf } from './principal.ts'
import { readTrust } from './read.ts'
import type { Evaluation, Request } from './request.ts'
import { refusedLength } from './session-length.ts'
import type { Truth } from './truth.ts'

/**
 * May this caller assume the role? A call that passes session tags, a source identity or contexts needs those actions too.
 *
 * @param text the trust policy, JSON
 */
export function evaluateTrust(text: string, request: Request, about: RoleContext = {}): Evaluation {
  return evaluate(readTrust(text).policy, request, about)
}

export function evaluate(written: TrustPolicy, asked: Request, given: RoleContext = {}): Evaluation {
  const about = withOwnOrganization(given, [written])
  const policy = withOwnRole(written, about)
  const caller = callerOf(asked.principal)
  const request = withKnown(asked, caller, about)
  const calls = actionsOf(request).map((action) => callOf({ ...request, action }, caller))
  const judged = calls.map((call) => ({ call, decision: decide(policy, call) }))
  const refused = refusedLength(request, caller, about)
  const decision = refused === null ? worstOf(judged) : 'implicit-deny'
  const side = decision === 'allow' ? callerSide(policy, calls, about) : null
  const because = reasons({ policy, judged, decision, caller: side, refused })
  return { decision, caller: side, because }
}

/** What is known without the request's saying it. The organisation's accounts are: no account can leave it without its say. */
function withKnown(request: Request, { account }: Caller, about: RoleContext): Request {
  const { organization } = about
  const isMember = account !== null && organization?.accounts.includes(account) === true
  const known: readonly (readonly [key: string, value: string | null | undefined])[] = [
    ['aws:PrincipalOrgID', isMember ? organization?.id : null],
    ['aws:ResourceAccount', ownAccount(about)],
    ['aws:ResourceOrgID', organization?.id],
  ]
  const given = new Set(Object.keys(request.context).map((key) => key.toLowerCase()))
  const missing = known.flatMap(([key, value]) => (value == null || given.has(key.toLowerCase()) ? [] : [[key, value]]))
  return missing.length === 0
    ? request
    : { ...request, context: { ...request.context, ...Object.fromEntries(missing) } }
}

/** All actions that one call needs must be allowed. */
function worstOf(judged: readonly Judged[]): Evaluation['decision'] {
  const order: readonly Evaluation['decision'][] = ['explicit-deny', 'implicit-deny', 'undecided']
  return order.find((decision) => judged.some((one) => one.decision === decision)) ?? 'allow'
}

/** The decision on a single action, without the words. */
export function decide(policy: TrustPolicy, call: Call): Evaluation['decision'] {
  if (!policy.readable) return 'undecided'
  if (!canCall(call.caller.form, call.request.action)) return 'implicit-deny'
  const [allow, deny] = [effectOf(policy, call, 'Allow'), effectOf(policy, call, 'Deny')]
  if (deny === 'yes') return 'explicit-deny'
  const open = policy.notUnderstood.length > 0
  if (allow === 'no') return open ? 'undecided' : 'implicit-deny'
  return allow === 'yes' && deny === 'no' && !open ? 'allow' : 'undecided'
}

function effectOf(policy: TrustPolicy, call: Call, effect: Statement['effect']): Truth {
  let result: Truth = 'no'
  for (const statement of policy.statements) {
    if (statement.effect !== effect) continue
    const truth = statementMatches(statement, call)
    if (truth === 'yes') return 'yes'
    if (truth === 'undecided') result = 'undecided'
  }
  return result
}
