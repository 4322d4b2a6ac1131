/** What an entry says: who, with the conditions that still stand, and what used to stand in the way. Bounded in length; decides nothing. */

import { callOf, conditionHolds, statementMatches } from './call.ts'
import type { Cell } from './cell.ts'
import type { Admission } from './comparison.ts'
import { conditionWords, list, type Narrowed, principalWords, spell } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { organizationOf, ownAccount, trustOf } from './exposure.ts'
import type { PrincipalValue } from './policy.ts'
import { providerWords } from './provider-words.ts'
import type { Request } from './request.ts'
import type { Side } from './side.ts'

export interface Entry {
  readonly cell: Cell
  readonly who: Admission['who']
  readonly request: Request
  readonly value: PrincipalValue
  readonly tense: 'gained' | 'lost'
  readonly narrowed: readonly Narrowed[]
  /** The document that does not let this caller in. */
  readonly other: Side
  readonly about: RoleContext
}

const LONGEST = 600

export function saysWho(entry: Entry): string {
  const parts = [subject(entry), qualities(entry), service(entry), contrast(entry), reservation(entry)]
  const text = parts.join('')
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

function subject(entry: Entry): string {
  const { cell, who, about, request } = entry
  if (cell.form.kind === 'provider')
    return providerWords(cell.form.issuer, cell.form.id, { who, narrowed: entry.narrowed })
  if (who.kind === 'anyone') return 'anyone with an AWS account'
  if (cell.fresh) return organizationWords(organizationOf(request) ?? '', about)
  if (cell.account === null) return principalWords(cell.form, cell.id)
  const label = ownAccount(about) === cell.account ? 'the role’s own account' : trustOf(cell.account, about)
  const suffix = label === null || label === '' ? '' : ` (${spell(label)})`
  if (cell.open === null && cell.form.kind !== 'account') return `${principalWords(cell.form, cell.id)}${suffix}`
  return `${members(entry)} of account ${cell.account}${suffix}`
}

/** Where the other document names some of the account, the rest is meant. */
function members({ cell, other }: Entry): string {
  if (cell.form.kind === 'account') return 'the root user'
  const inside = other.policy.statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' && principal.values.some(({ form }) => 'arn' in form && form.account === cell.account),
  )
  return inside ? 'any other principal' : 'any principal'
}

function organizationWords(id: string, about: RoleContext): string {
  const own = about.organization?.id === id
  return `any principal of the organization ${spell(id)}${own ? '' : ' (not known to be yours)'}`
}

/** Conditions that the subject has said already. */
function isSaid({ condition }: Narrowed, { cell, who }: Entry): boolean {
  const { name, operator } = condition
  if (operator.base?.negated !== false) return false
  // The usual audience of a shared provider restrains nobody: anyone may ask for it.
  if (cell.form.kind === 'provider') return name.endsWith(':sub') || isUsualAudience(condition)
  if (name === 'aws:principalorgid') return cell.fresh && who.kind !== 'anyone'
  return name === 'aws:principalaccount' && !cell.fresh
}

function isUsualAudience({ name, values }: Narrowed['condition']): boolean {
  return name.endsWith(':aud') && values.every((value) => value === 'sts.amazonaws.com')
}

function qualities(entry: Entry): string {
  const words = entry.narrowed.filter((one) => !isSaid(one, entry)).map(quality)
  return words.length === 0 ? '' : ` ${list(words, 'and')}`
}

function quality({ condition, values }: Narrowed): string {
  const { base, qualifier, ifExists } = condition.operator
  const plain = base !== null && !base.negated && qualifier === null && !ifExists
  const or = list(values.map(spell), 'or')
  if (plain && condition.name === 'sts:externalid' && base.relation === 'equals') return `that sends ExternalId ${or}`
  if (plain && condition.name === 'aws:multifactorauthpresent' && values.every((v) => v.toLowerCase() === 'true'))
    return 'signed in with MFA'
  if (plain && condition.name === 'aws:sourceip') return `from ${or}`
  return `where ${conditionWords({ ...condition, values })}`
}

/** Actions that only accompany the assuming one. */
function service({ request }: Entry): string {
  switch (request.action) {
    case 'sts:TagSession':
      return ', passing session tags (sts:TagSession)'
    case 'sts:SetSourceIdentity':
      return ', setting a source identity (sts:SetSourceIdentity)'
    case 'sts:SetContext':
      return ', passing contexts (sts:SetContext)'
    default:
      return ''
  }
}

/** What stands in the way in the other document, where it trusts the same caller at all. */
function contrast({ other, request, tense }: Entry): string {
  if (other.allows.length === 0) return ''
  const call = callOf(request)
  const when = tense === 'gained' ? 'before' : 'now'
  const denying = other.denies.find(({ statement }) => statementMatches(statement, call) === 'yes')
  if (denying !== undefined && other.allows.some(({ statement }) => statementMatches(statement, call) === 'yes'))
    return ` (${when}: kept out by a Deny)`
  const [nearest] = other.allows
  const unmet = nearest?.conditions.filter((condition) => conditionHolds(condition, call) === 'no') ?? []
  if (unmet.length === 0) return ''
  return ` (${when}: only where ${list(unmet.map(conditionWords), 'and')})`
}

function reservation({ cell, about }: Entry): string {
  const unknown = cell.account !== null && !cell.fresh && ownAccount(about) === null
  return unknown ? ' (the role’s own account is unknown, so this one counts as foreign)' : ''
}
