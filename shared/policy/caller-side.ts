/** What the caller's own side must still allow, once the trust policy does. Knows nothing of the caller's policies themselves. */

import { type Call, statementMatches } from './call.ts'
import type { RoleContext } from './context.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import { matchesForm } from './principal.ts'
import type { Evaluation } from './request.ts'

/**
 * Within the account, naming the caller is enough; trusting the account only hands the decision to it. From another account both sides
 * must allow (IAM User Guide, reference_policies_evaluation-logic and reference_policies_elements_principal).
 *
 * @param calls one for each action that the request needs
 */
export function callerSide(policy: TrustPolicy, calls: readonly Call[], about: RoleContext): Evaluation['caller'] {
  const [call] = calls
  if (call === undefined) return null
  const { account } = call.caller
  // Services and identity providers have no policies of their own.
  if (account === null) return 'nothing-more'
  if (account !== ownAccount(about)) return 'needs-identity-policy'
  const isNamed = calls.every((one) => policy.statements.some((statement) => names(statement, one)))
  return isNamed ? 'nothing-more' : 'needs-identity-policy'
}

function ownAccount({ account, roleArn }: RoleContext): string | undefined {
  return account ?? /^arn:[^:]*:iam::(\d{12}):/.exec(roleArn ?? '')?.[1]
}

/** Allows the call to the caller himself, or to everybody, not just to his account. */
function names(statement: Statement, call: Call): boolean {
  if (statement.effect !== 'Allow' || statementMatches(statement, call) !== 'yes') return false
  return statement.principal.values.some(
    ({ form }) => form.kind !== 'account' && matchesForm(form, call.caller) === 'yes',
  )
}
