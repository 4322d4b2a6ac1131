/** Why a caller gets in or does not: first obstacle first, in words people use. Decides nothing. */

import { whatNeeds } from './accompanying.ts'
import { actionMatches, assumeActionOf, canCall } from './action.ts'
import { type Call, conditionHolds, statementMatches } from './call.ts'
import { conditionWords, list, principalWords, spell } from './condition-words.ts'
import { undecidedWords, unmetWords } from './obstacle-words.ts'
import type { Statement, TrustPolicy } from './policy.ts'
import { principalMatches } from './principal.ts'
import type { Evaluation } from './request.ts'
import { noTrustWords } from './trusted-words.ts'

/** One of the actions that the call needs, and what the policy says of it. */
export interface Judged {
  readonly call: Call
  readonly decision: Evaluation['decision']
}

export interface Verdict {
  readonly policy: TrustPolicy
  readonly judged: readonly Judged[]
  readonly decision: Evaluation['decision']
  readonly caller: Evaluation['caller']
  /** Why STS refuses it before any policy is asked. */
  readonly refused: string | null
}

export function reasons({ policy, judged, decision, caller, refused }: Verdict): readonly string[] {
  if (refused !== null) return [refused]
  if (!policy.readable) return ['the document could not be read, so nothing is known about who gets in']
  if (decision === 'allow') return allowed(policy, judged, caller)
  // What settles it comes first, then whatever else is in the way.
  const [settling, others] = [
    judged.filter((one) => one.decision === decision),
    judged.filter((one) => one.decision !== decision && one.decision !== 'allow'),
  ]
  return [...settling, ...others].flatMap((one) => obstacles(policy, one))
}

function allowed(policy: TrustPolicy, judged: readonly Judged[], caller: Evaluation['caller']): readonly string[] {
  const through = judged.flatMap(({ call }) =>
    policy.statements
      .filter((statement) => statement.effect === 'Allow' && statementMatches(statement, call) === 'yes')
      .map(
        (statement) =>
          `${nameOf(statement)} allows ${whatNeeds(call.request.action) === null ? 'it' : spell(call.request.action)}`,
      ),
  )
  const [first] = judged
  return first === undefined || caller !== 'needs-identity-policy'
    ? through
    : [
        ...through,
        ownSideWords(
          first.call,
          judged.map(({ call }) => call.request.action),
        ),
      ]
}

function ownSideWords({ caller, request }: Call, actions: readonly string[]): string {
  const what = list(actions.map(spell), 'and')
  if (caller.form.kind === 'account')
    return `the root user itself cannot assume roles: a user or role of account ${caller.form.account} must call, with a policy of its own that allows ${what} on this role`
  const who = principalWords(caller.form, request.principal.id)
  return `the trust policy alone does not let ${who} in: a policy of its own must allow ${what} on this role too`
}

function obstacles(policy: TrustPolicy, { call, decision }: Judged): readonly string[] {
  const needed = whatNeeds(call.request.action)
  const prefix = needed === null ? '' : `the call passes ${needed}, so ${call.request.action} must be allowed too: `
  return found(policy, call, decision).map((words) => prefix + words)
}

function found(policy: TrustPolicy, call: Call, decision: Evaluation['decision']): readonly string[] {
  if (!canCall(call.caller.form, call.request.action)) return [wrongCall(call)]
  switch (decision) {
    case 'allow':
      return []
    case 'explicit-deny':
      return policy.statements.filter((s) => s.effect === 'Deny' && statementMatches(s, call) === 'yes').map(denies)
    case 'implicit-deny':
      return missing(policy, call)
    case 'undecided':
      return open(policy, call)
    default:
      return decision satisfies never
  }
}

const FORMS = 'Use an account id, the ARN of a user, role or session, a service name or an identity provider'

function wrongCall({ caller: { form }, request: { principal, action } }: Call): string {
  const id = spell(principal.id)
  if (form.kind === 'not-understood') return `${id} is no principal: ${form.why}. ${FORMS}`
  if (form.kind === 'everyone') return `the caller is everybody: name one. ${FORMS}`
  if (form.kind === 'unique-id')
    return `${id} is what IAM leaves of a deleted ${form.id.startsWith('AROA') ? 'role' : 'user'}: nobody calls with it. ${FORMS}`
  return `this kind of caller assumes a role with ${assumeActionOf(form)}; it cannot call ${spell(action)}`
}

function denies(statement: Statement): string {
  const when = statement.conditions.map(conditionWords)
  return `${nameOf(statement)} denies it${when.length > 0 ? ` because ${list(when, 'and')}` : ''}`
}

/** The statement that comes nearest speaks first: one that trusts the caller before one that does not. */
function missing(policy: TrustPolicy, call: Call): readonly string[] {
  const allows = policy.statements.filter((statement) => statement.effect === 'Allow')
  if (allows.length === 0) return ['no statement allows anything']
  const trusting = allows.filter((statement) => principalMatches(statement.principal, call.caller) !== 'no')
  if (trusting.length === 0) return noTrustWords(allows, call)
  const acting = trusting.filter((statement) => actionMatches(statement.action, call.request.action))
  if (acting.length === 0) return [`${callerWords(call)} is trusted, but not for ${spell(call.request.action)}`]
  return acting
    .map((statement) => ({
      statement,
      unmet: statement.conditions.filter((one) => conditionHolds(one, call) === 'no'),
    }))
    .sort((a, b) => a.unmet.length - b.unmet.length)
    .flatMap(({ statement, unmet }) =>
      unmet.map((one) => `${callerWords(call)} is trusted by ${nameOf(statement)}, but ${unmetWords(one, call)}`),
    )
}

function open(policy: TrustPolicy, call: Call): readonly string[] {
  const faults = [...policy.notUnderstood, ...policy.statements.flatMap((statement) => openFaults(statement, call))]
  return faults.map((fault) => `cannot be decided: ${fault.says} (${fault.path})`)
}

function openFaults(statement: Statement, call: Call): readonly { readonly says: string; readonly path: string }[] {
  if (statementMatches(statement, call) !== 'undecided') return []
  const conditions = statement.conditions
    .filter((condition) => conditionHolds(condition, call) === 'undecided')
    .map((condition) => ({ says: undecidedWords(condition, call), path: condition.path }))
  const faults = [...statement.notUnderstood, ...conditions]
  if (faults.length > 0) return faults
  return [{ says: 'whom its principal covers', path: statement.path }]
}

function callerWords(call: Call): string {
  return principalWords(call.caller.form, call.request.principal.id)
}

function nameOf({ sid, index }: Statement): string {
  return sid === null || sid === '' ? `statement ${index + 1}` : `statement ${index + 1} (${spell(sid)})`
}
