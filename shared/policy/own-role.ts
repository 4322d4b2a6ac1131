/**
 * Policy variables that speak of the role itself: its account and its organisation are the same in every call, so where they are
 * known they are no riddle. Source: IAM User Guide, reference_policies_condition-keys (aws:ResourceAccount, aws:ResourceOrgID).
 */

import type { RoleContext } from './context.ts'
import { ownAccount } from './exposure.ts'
import type { Condition, Statement, TrustPolicy } from './policy.ts'

const OF_ROLE = /\$\{\s*aws:resource(account|orgid)\s*\}/gi

/** The document with what is known of the role in the place of its variables. It stays one and the same document: spellings are kept. */
export function withOwnRole(policy: TrustPolicy, about: RoleContext): TrustPolicy {
  if (!policy.statements.some(({ conditions }) => conditions.some(speaksOfRole))) return policy
  return { ...policy, statements: policy.statements.map((statement) => known(statement, about)) }
}

/** An organisation that the document calls the role's own is no stranger's, whatever its id. */
export function withOwnOrganization(about: RoleContext, policies: readonly (TrustPolicy | null)[]): RoleContext {
  if (about.organization !== undefined) return about
  const isNamed = policies.some((policy) => policy?.statements.some(({ conditions }) => conditions.some(speaksOfRole)))
  return isNamed ? { ...about, organization: { id: 'o-ofthisrole', accounts: [] } } : about
}

function speaksOfRole({ variables, values }: Condition): boolean {
  return variables && values.some((value) => value.includes('${') && value.search(OF_ROLE) >= 0)
}

function known(statement: Statement, about: RoleContext): Statement {
  if (!statement.conditions.some(speaksOfRole)) return statement
  const values = { account: ownAccount(about), orgid: about.organization?.id ?? null }
  const put = (value: string) =>
    value.replaceAll(OF_ROLE, (written, what: string) => values[isAccount(what) ? 'account' : 'orgid'] ?? written)
  const conditions = statement.conditions.map((one) =>
    speaksOfRole(one) ? { ...one, values: one.values.map(put) } : one,
  )
  return { ...statement, conditions }
}

function isAccount(what: string): boolean {
  return what.toLowerCase() === 'account'
}
