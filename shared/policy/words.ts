/** What an entry says: who, with the conditions that still stand, and what used to stand in the way. Bounded in length; decides nothing. */

import { callOf, conditionHolds } from './call.ts'
import type { Cell } from './cell.ts'
import type { Admission } from './comparison.ts'
import { conditionWords, list, type Narrowed, principalWords, spell } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { labelOf, organizationOf, ownAccount } from './exposure.ts'
import type { Hit } from './hit.ts'
import type { Condition, PrincipalValue } from './policy.ts'
import { providerWords, subjectsWords } from './provider-words.ts'

export interface Entry {
  readonly hit: Hit
  readonly who: Admission['who']
  readonly value: PrincipalValue
  readonly tense: 'gained' | 'lost'
  readonly narrowed: readonly Narrowed[]
  /** Conditions of Denies that keep some of them out all the same. */
  readonly exceptions: readonly (readonly Condition[])[]
  readonly about: RoleContext
  /** He could assume the role all along. */
  readonly accompanying: boolean
}

const LONGEST = 600

export function saysWho(entry: Entry): string {
  const others = entry.hit.andOthers ? ', and others' : ''
  const text = [
    subject(entry),
    qualities(entry),
    exceptions(entry),
    others,
    passing(entry),
    contrast(entry),
    reservation(entry),
  ].join('')
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

function subject(entry: Entry): string {
  const { who, about } = entry
  const { cell, request } = entry.hit
  if (cell.form.kind === 'provider')
    return providerWords(cell.form.issuer, cell.form.id, { who, narrowed: entry.narrowed })
  const like = isAlike(entry) ? ` whose id is like ${list(cell.like.map(spell), 'and')}` : ''
  if (who.kind === 'anyone') return `anyone with an AWS account${like}`
  if (cell.fresh) return isOfSome(entry.hit, who) ? OF_SOME : organizationWords(organizationOf(request) ?? '', about)
  if (cell.account === null) return principalWords(cell.form, cell.id)
  if (cell.like.length > 0) return `any principal of the accounts${like}`
  const member = about.organization?.accounts.includes(cell.account) === true ? 'of your organization' : null
  const label = ownAccount(about) === cell.account ? 'the role’s own account' : (labelOf(cell.account, about) ?? member)
  const suffix = label === null || label === '' ? '' : ` (${spell(label)})`
  if (cell.open === null) return `${principalWords(cell.form, cell.id)}${suffix}`
  return `${members(entry)} of account ${cell.account}${suffix}`
}

/** Do the patterns of the caller's account stand for all accounts? Not where others do as well. */
function isAlike({ hit: { cell }, narrowed }: Entry): boolean {
  const asked = narrowed.filter(
    ({ condition: { name, operator } }) => name === 'aws:principalaccount' && operator.base?.negated === false,
  )
  return cell.like.length > 0 && asked.every(({ values }) => values.every((value) => cell.like.includes(value)))
}

/** Where the other document names some of the account, the rest is meant. */
function members({ hit }: Entry): string {
  const inside = hit.quest.other.policy.statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' && principal.values.some(({ form }) => 'arn' in form && form.account === hit.cell.account),
  )
  return inside ? 'any other principal' : 'any principal'
}

const OF_SOME = 'any principal of an organization that is not known to be yours'

/** Organizations that a pattern stands for: the caller's own is an example. */
function isOfSome({ cell }: Hit, who: Admission['who']): boolean {
  return cell.organization === null && who.kind === 'foreign-account'
}

function organizationWords(id: string, about: RoleContext): string {
  const own = about.organization?.id === id
  return `any principal of the organization ${spell(id)}${own ? '' : ' (not known to be yours)'}`
}

/** Conditions that the subject has said already. */
function isSaid({ condition, values }: Narrowed, { hit, who }: Entry): boolean {
  const { cell } = hit
  const { name, operator } = condition
  if (operator.base?.negated !== false) return false
  // The usual audience of a shared provider restrains nobody: anyone may ask for it.
  if (cell.form.kind === 'provider') return name.endsWith(':sub') || isUsualAudience(condition)
  if (name === 'aws:principalorgid') return cell.fresh && who.kind !== 'anyone' && !isOfSome(hit, who)
  if (name !== 'aws:principalaccount') return false
  return cell.like.length > 0 ? values.every((value) => cell.like.includes(value)) : !cell.fresh
}

function isUsualAudience({ name, values }: Narrowed['condition']): boolean {
  return name.endsWith(':aud') && values.every((value) => value === 'sts.amazonaws.com')
}

function qualities(entry: Entry): string {
  const { form } = entry.hit.cell
  const issuer = form.kind === 'provider' ? form.issuer : null
  const words = entry.narrowed.filter((one) => !isSaid(one, entry)).map((one) => quality(one, issuer))
  return words.length === 0 ? '' : ` ${list([...new Set(words)], 'and')}`
}

function quality({ condition, values }: Narrowed, issuer: string | null): string {
  const { base, qualifier, ifExists } = condition.operator
  const isAsked = base !== null && base.family !== 'null' && !base.negated
  const plain = isAsked && qualifier === null && !ifExists
  const or = list(values.map(spell), 'or')
  if (plain && condition.name === 'sts:externalid' && base.relation === 'equals') return `that sends ExternalId ${or}`
  if (plain && condition.name === 'aws:multifactorauthpresent' && values.every((v) => v.toLowerCase() === 'true'))
    return 'signed in with MFA'
  if (plain && condition.name === 'aws:sourceip') return `from ${or}`
  return `where ${claimWords({ ...condition, values }, issuer)}`
}

function exceptions({ exceptions, hit }: Entry): string {
  const { form } = hit.cell
  const issuer = form.kind === 'provider' ? form.issuer : null
  const words = exceptions.map(
    (conditions) =>
      `where ${list(
        conditions.map((one) => claimWords(one, issuer)),
        'and',
      )}`,
  )
  return words.length === 0 ? '' : `, except ${list(words, 'or')}`
}

/** He could assume the role all along; what goes with it is new, or gone. */
function passing({ hit, tense, accompanying }: Entry): string {
  if (!accompanying) return ''
  const may = tense === 'gained' ? 'may now also' : 'may no longer'
  switch (hit.request.action) {
    case 'sts:TagSession':
      return ` ${may} pass session tags (sts:TagSession)`
    case 'sts:SetSourceIdentity':
      return ` ${may} set a source identity (sts:SetSourceIdentity)`
    case 'sts:SetContext':
      return ` ${may} pass contexts (sts:SetContext)`
    default:
      return ''
  }
}

/** What stands in the way in the other document, where it trusts the same caller at all. */
function contrast({ hit, tense }: Entry): string {
  const when = tense === 'gained' ? 'before' : 'now'
  if (hit.denial !== null) return ` (${when}: kept out by a Deny)`
  const [nearest] = hit.quest.other.allows
  if (nearest === undefined) return ''
  const call = callOf(hit.request)
  const unmet = nearest.statement.conditions.filter((condition) => conditionHolds(condition, call) === 'no')
  if (unmet.length === 0) return ''
  return ` (${when}: only ${contrastWords(unmet, hit.cell)})`
}

/** Whoever reads of runs of a repository knows what the subject of its token is. */
function contrastWords(unmet: readonly Condition[], { form }: Cell): string {
  const issuer = form.kind === 'provider' ? form.issuer : null
  const [only] = unmet
  const subject = issuer === null || unmet.length > 1 || only === undefined ? null : subjectsWords(issuer, only)
  if (subject !== null) return subject
  return `where ${list(
    unmet.map((condition) => claimWords(condition, issuer)),
    'and',
  )}`
}

/** The issuer stands in front of every claim, and has been told. */
function claimWords(condition: Condition, issuer: string | null): string {
  const own = issuer !== null && condition.name.startsWith(`${issuer}:`)
  return conditionWords(own ? { ...condition, key: condition.key.slice(issuer.length + 1) } : condition)
}

function reservation({ hit, about }: Entry): string {
  const { cell } = hit
  const unknown = cell.account !== null && !cell.fresh && cell.like.length === 0 && ownAccount(about) === null
  return unknown ? ' (the role’s own account is unknown, so this one counts as foreign)' : ''
}
