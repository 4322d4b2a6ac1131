/** A policy document without certain principals. Only takes away; whether what is left is any good is proven in check.ts. */

import type { Unspelt } from './policy/canonical.ts'
import type { Condition, PrincipalValue, Statement, TrustPolicy } from './policy/policy.ts'
import type { Draft, Repair } from './rules/rule.ts'

/** Every principal the drafts name, out of the statement they name. Null where nothing would be left, or what is left was not understood. */
export function removePrincipals(policy: TrustPolicy, drafts: readonly Draft[], summary: string): Repair | null {
  const left = policy.statements.flatMap((statement) => without(statement, drafts) ?? [])
  const names = [...new Set(drafts.map(({ principal }) => principal))].join(', ')
  return repairOf(policy, left, `${summary}: ${names}`)
}

/** The policy as written, with other parts. Null where it was not all understood. */
export function rewritten(
  policy: TrustPolicy,
  { version = policy.version, statements = policy.statements }: Partial<Pick<TrustPolicy, 'version' | 'statements'>>,
): string | null {
  if (statements.length === 0 || !isUnderstood(policy, statements)) return null
  return JSON.stringify(documentOf({ version }, statements), null, 2)
}

/** Characters of the policy without white space; 0 where it was not all understood. */
export function sizeWritten(policy: TrustPolicy): number {
  return isUnderstood(policy, policy.statements) ? JSON.stringify(documentOf(policy, policy.statements)).length : 0
}

/** Values out of the conditions of the statements the drafts name. Null where a condition would be left without any. */
export function removeValues(
  policy: TrustPolicy,
  drafts: readonly Draft[],
  { isUnwanted, summary }: { isUnwanted(condition: Condition, value: string): boolean; readonly summary: string },
): Repair | null {
  const named = new Set(drafts.map(({ statement }) => statement))
  const gone = new Set<string>()
  const left = policy.statements.map((statement) => {
    if (!named.has(statement.index)) return statement
    const conditions = statement.conditions.map((condition) => {
      const unwanted = condition.values.filter((value) => isUnwanted(condition, value))
      for (const value of unwanted) gone.add(value)
      return { ...condition, values: condition.values.filter((value) => !unwanted.includes(value)) }
    })
    return { ...statement, conditions }
  })
  const isEmptied = left.some(({ conditions }) => conditions.some(({ values }) => values.length === 0))
  return gone.size === 0 || isEmptied ? null : repairOf(policy, left, `${summary}: ${[...gone].join(', ')}`)
}

function repairOf(policy: TrustPolicy, left: readonly Part[], summary: string): Repair | null {
  if (left.length === 0 || !isUnderstood(policy, left)) return null
  return { summary, policy: JSON.stringify(documentOf(policy, left), null, 2) }
}

function documentOf({ version }: Pick<TrustPolicy, 'version'>, statements: readonly Part[]) {
  return { ...(version === null ? {} : { Version: version }), Statement: statements.map(written) }
}

/** A document is written anew from what was understood of it, so what was not must not be lost on the way. */
function isUnderstood(policy: TrustPolicy, statements: readonly Part[]): boolean {
  return policy.readable && [policy, ...statements].every(({ notUnderstood }) => notUnderstood.length === 0)
}

/** Of a statement what can be written: it is not compared. */
type Part = Unspelt

/** Null where no principal is left: IAM refuses a statement with none. */
function without(statement: Statement, drafts: readonly Draft[]): Part | null {
  const here = drafts.filter((draft) => draft.statement === statement.index)
  const unwanted = new Set(here.map(({ principal }) => principal))
  if (unwanted.size === 0 || statement.principal.kind !== 'Principal') return statement
  const values = statement.principal.values.filter(({ value }) => !unwanted.has(value))
  return values.length === 0 ? null : { ...statement, principal: { kind: 'Principal', values } }
}

function written({ sid, effect, principal, action, conditions }: Part) {
  return {
    ...(sid === null ? {} : { Sid: sid }),
    Effect: effect,
    [principal.kind]: writtenPrincipal(principal.values),
    [action.kind]: oneOrList(action.patterns),
    ...(conditions.length === 0 ? {} : { Condition: writtenConditions(conditions) }),
  }
}

function writtenPrincipal(values: readonly PrincipalValue[]) {
  if (values.some(({ key }) => key === '*')) return '*'
  const keys = [...new Set(values.map(({ key }) => key))]
  const idsOf = (key: string) => values.filter((value) => value.key === key).map(({ value }) => value)
  return Object.fromEntries(keys.map((key) => [key, oneOrList(idsOf(key))]))
}

function writtenConditions(conditions: readonly Condition[]) {
  const operators = [...new Set(conditions.map(({ operator }) => operator.name))]
  const keysOf = (name: string) =>
    conditions.filter(({ operator }) => operator.name === name).map(({ key, values }) => [key, oneOrList(values)])
  return Object.fromEntries(operators.map((name) => [name, Object.fromEntries(keysOf(name))]))
}

function oneOrList(values: readonly string[]): string | readonly string[] {
  const [only] = values
  return values.length === 1 && only !== undefined ? only : values
}
