/**
 * Policy variables that speak of the role itself: its account and its organisation are the same in every call, so where they are
 * known they are no riddle. Source: IAM User Guide, reference_policies_condition-keys (aws:ResourceAccount, aws:ResourceOrgID).
 */

import type { RoleContext } from './context.ts'
import { ownAccount } from './exposure.ts'
import type { Condition, Statement, TrustPolicy } from './policy.ts'
import { fill } from './sample.ts'

/** Where nobody says which organization the role is in. */
export const OWN_UNNAMED = 'o-ofthisrole'

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
  return isNamed ? { ...about, organization: { id: OWN_UNNAMED, accounts: [] } } : about
}

/** More would take too long to compare with each. */
const MOST_PERHAPS = 8

/**
 * Organizations that documents name, or have a pattern for, beside what they call the role's own, where nobody says which that is: it may
 * be any of them. Null: too many.
 */
export function perhapsOwn(
  { organization }: RoleContext,
  policies: readonly (TrustPolicy | null)[],
): readonly string[] | null {
  if (organization !== undefined) return []
  const conditions = policies.flatMap((policy) => policy?.statements.flatMap((one) => one.conditions) ?? [])
  if (!conditions.some(({ variables, values }) => variables && values.some((value) => OF_ORGANIZATION.test(value))))
    return []
  const named = conditions.filter(({ name }) => ORGANIZATIONS.test(name)).flatMap(({ values }) => values)
  const ids = named.flatMap((value) => fill(value.split('/')[0] ?? '')).map((id) => id.toLowerCase())
  const told = [...new Set(ids)].filter((id) => /^o-[a-z\d]+$/.test(id))
  return told.length > MOST_PERHAPS ? null : told
}

const ORGANIZATIONS = /^aws:(?:principal|source|resource)org(?:id|paths)$/
const OF_ORGANIZATION = /\$\{\s*aws:resourceorgid\s*\}/i

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
