/** Would IAM let this caller in? Trust policy alone: the caller's own policies, boundaries and organisation policies are not known here. */

import { canCall } from './action.ts'
import { obstacles } from './because.ts'
import { type Call, callOf, statementMatches } from './call.ts'
import type { RoleContext } from './context.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import { matchesForm } from './principal.ts'
import { readTrust } from './read.ts'
import type { Evaluation, Request } from './request.ts'
import type { Truth } from './truth.ts'

export function evaluateTrust(text: string, request: Request, about: RoleContext = {}): Evaluation {
  return evaluate(readTrust(text).policy, request, about)
}

export function evaluate(policy: TrustPolicy, request: Request, about: RoleContext = {}): Evaluation {
  const call = callOf(request)
  const decision = decide(policy, call)
  const because = obstacles(policy, call, decision)
  return { decision, caller: decision === 'allow' ? callerSide(policy, call, about) : null, because }
}

/** The decision without the words. */
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

/** Who must still allow: IAM User Guide, reference_policies_evaluation-logic and _elements_principal. */
function callerSide(policy: TrustPolicy, call: Call, about: RoleContext): Evaluation['caller'] {
  const { form, account } = call.caller
  if (account === null) return 'nothing-more'
  const own = about.account ?? /^arn:[^:]*:iam::(\d{12}):/.exec(about.roleArn ?? '')?.[1]
  if (account !== own) return 'needs-identity-policy'
  const named = policy.statements.some(
    (statement) =>
      statement.effect === 'Allow' &&
      statementMatches(statement, call) === 'yes' &&
      statement.principal.values.some(
        (value) => value.form.kind !== 'account' && matchesForm(value.form, call.caller) === 'yes',
      ),
  )
  return named || form.kind === 'account' ? 'nothing-more' : 'needs-identity-policy'
}
