/** Why a caller gets in or does not: first obstacle first, in words people use. Decides nothing. */

import { actionMatches, assumeActionOf, canCall } from './action.ts'
import { type Call, conditionHolds, statementMatches } from './call.ts'
import { conditionWords, list, principalWords, spell } from './condition-words.ts'
import type { Condition, Statement, TrustPolicy } from './policy.ts'
import { principalMatches } from './principal.ts'
import type { Evaluation } from './request.ts'

export function obstacles(policy: TrustPolicy, call: Call, decision: Evaluation['decision']): readonly string[] {
  if (!policy.readable) return ['the document could not be read, so nothing is known about who gets in']
  const { form } = call.caller
  if (!canCall(form, call.request.action)) return [wrongCall(call)]
  switch (decision) {
    case 'allow':
      return allowedBy(policy, call)
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

function wrongCall(call: Call): string {
  const { form } = call.caller
  if (form.kind === 'not-understood')
    return `${spell(call.request.principal.id)} is no principal: ${form.why}. Use an account id, an ARN, a service name or a provider`
  return `this kind of caller assumes a role with ${assumeActionOf(form)}; it cannot call ${spell(call.request.action)}`
}

function allowedBy(policy: TrustPolicy, call: Call): readonly string[] {
  return policy.statements
    .filter((statement) => statement.effect === 'Allow' && statementMatches(statement, call) === 'yes')
    .map((statement) => `${nameOf(statement)} allows it`)
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
  if (trusting.length === 0) return [`no statement trusts ${callerWords(call)}`]
  const acting = trusting.filter((statement) => actionMatches(statement.action, call.request.action))
  if (acting.length === 0) return [`${callerWords(call)} is trusted, but not for ${spell(call.request.action)}`]
  return acting.flatMap((statement) =>
    statement.conditions
      .filter((condition) => conditionHolds(condition, call) === 'no')
      .map((condition) => `${callerWords(call)} is trusted by ${nameOf(statement)}, but ${unmet(condition, call)}`),
  )
}

function unmet(condition: Condition, call: Call): string {
  if (condition.name === 'sts:durationseconds')
    return 'sts:DurationSeconds never exists on calls that assume a role, so the statement can never match'
  return `it needs: ${conditionWords(condition)}; ${sent(condition, call)}`
}

function sent(condition: Condition, call: Call): string {
  const values = call.values(condition.name)
  if (values === null) return 'the request has none'
  return `the request has ${values.length === 0 ? 'an empty list' : list(values.map(spell), 'and')}`
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
  const found = [...statement.notUnderstood, ...conditions]
  if (found.length > 0) return found
  return [{ says: 'whom its principal covers', path: statement.path }]
}

function undecidedWords(condition: Condition, call: Call): string {
  if (call.isOpen(condition.name)) return `the request does not say ${spell(condition.key)}`
  return `what ${spell(condition.operator.name)} does with ${spell(condition.key)}`
}

function callerWords(call: Call): string {
  return principalWords(call.caller.form, call.request.principal.id)
}

function nameOf(statement: Statement): string {
  return statement.sid === null || statement.sid === ''
    ? `statement ${statement.index + 1}`
    : `statement ${statement.index + 1} (${spell(statement.sid)})`
}
