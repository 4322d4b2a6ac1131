/** What an entry says: who, with the conditions that still stand, and what used to stand in the way. Bounded in length; decides nothing. */

import type { Admission } from './comparison.ts'
import { claimWords, list, type Narrowed, nameWords, principalWords, spell, whereWords } from './condition-words.ts'
import type { RoleContext } from './context.ts'
import { contrast } from './contrast.ts'
import type { Exceptions } from './exceptions.ts'
import { labelOf, organizationOf, ownAccount } from './exposure.ts'
import type { Hit } from './hit.ts'
import { OWN_UNNAMED } from './own-role.ts'
import type { PrincipalValue } from './policy.ts'
import { issuerBehind } from './principal.ts'
import { providerWords, subjectsAmong } from './provider-words.ts'
import { sharedProvider } from './providers.ts'
import { ANY_SERVICE } from './services.ts'
import { isUsualAudience } from './usual-audience.ts'

export interface Entry {
  readonly hit: Hit
  readonly who: Admission['who']
  readonly value: PrincipalValue
  readonly tense: 'gained' | 'lost'
  readonly narrowed: readonly Narrowed[]
  readonly exceptions: Exceptions
  readonly about: RoleContext
  /** He could assume the role all along. */
  readonly accompanying: boolean
}

const LONGEST = 600

export function saysWho(entry: Entry): string {
  const others = entry.hit.andOthers ? ', and others' : ''
  const text = [
    subject(entry),
    anyway(entry),
    qualities(entry),
    exceptions(entry),
    others,
    passing(entry),
    contrast(entry.hit, { tense: entry.tense, narrowed: entry.narrowed }),
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
  if (cell.id === ANY_SERVICE) return 'any AWS service'
  if (cell.account === null) return principalWords(cell.form, cell.id)
  if (cell.like.length > 0) return `any principal of the accounts${like}`
  const member = about.organization?.accounts.includes(cell.account) === true ? 'of your organization' : null
  const label = ownAccount(about) === cell.account ? 'the role’s own account' : (labelOf(cell.account, about) ?? member)
  const suffix = label === null || label === '' ? '' : ` (${spell(label)})`
  if (cell.open === null) return `${principalWords(cell.form, cell.id)}${suffix}`
  return `${entry.exceptions.othersOnly ? 'any other principal' : 'any principal'} of account ${cell.account}${suffix}`
}

/** Do the patterns of the caller's account stand for all accounts? Not where others do as well. */
function isAlike({ hit: { cell }, narrowed }: Entry): boolean {
  if (cell.like.length === 0) return false
  return narrowed.every(
    ({ condition: { name, operator }, values }) =>
      name !== 'aws:principalaccount' ||
      operator.base?.negated !== false ||
      values.every((value) => cell.like.includes(value)),
  )
}

const OF_SOME = 'any principal of an organization that is not known to be yours'

/** Organizations that a pattern stands for: the caller's own is an example. */
function isOfSome({ cell }: Hit, who: Admission['who']): boolean {
  return cell.organization === null && who.kind === 'foreign-account'
}

function organizationWords(id: string, about: RoleContext): string {
  const own = about.organization?.id === id
  if (id === OWN_UNNAMED) return 'any principal of the role’s own organization'
  return `any principal of the organization ${spell(id)}${own ? '' : ' (not known to be yours)'}`
}

/** Conditions that the subject has said already. */
function isSaid(one: Narrowed, { hit, who, narrowed }: Entry): boolean {
  const { cell } = hit
  const { condition, values } = one
  const { name, operator } = condition
  if (operator.base?.negated !== false) return false
  // The usual audience of a shared provider restrains nobody: anyone may ask for it.
  if (cell.form.kind === 'provider')
    return (
      one === subjectsAmong(narrowed, cell.form.issuer) ||
      (isUsualAudience(condition) && sharedProvider(cell.form.issuer) !== null)
    )
  if (name === 'aws:principalorgid') return cell.fresh && who.kind !== 'anyone' && !isOfSome(hit, who)
  if (name !== 'aws:principalaccount') return false
  return cell.like.length > 0 ? values.every((value) => cell.like.includes(value)) : !cell.fresh
}

function qualities(entry: Entry): string {
  const issuer = issuerBehind(entry.hit.cell.form)
  const words = entry.narrowed.filter((one) => !isSaid(one, entry)).map((one) => quality(one, issuer))
  return words.length === 0 ? '' : ` ${list([...new Set(words)], 'and')}`
}

function quality(narrowed: Narrowed, issuer: string | null): string {
  const { condition, values } = narrowed
  const { base, qualifier, ifExists } = condition.operator
  const isAsked = base !== null && base.family !== 'null' && !base.negated
  const plain = isAsked && qualifier === null && !ifExists
  const or = list(values.map(spell), 'or')
  if (plain && condition.name === 'sts:externalid' && base.relation === 'equals') return `that sends ExternalId ${or}`
  if (base?.family === 'null' && condition.name === 'sts:externalid' && isTrue(values))
    return 'that sends no ExternalId'
  if (plain && condition.name === 'aws:multifactorauthpresent' && isTrue(values)) return 'signed in with MFA'
  if (plain && condition.name === 'aws:sourceip') return `from ${or}`
  return `where ${claimWords(narrowed, issuer)}`
}

function isTrue(values: readonly string[]): boolean {
  return values.every((value) => value.toLowerCase() === 'true')
}

/** Those whom the other document lets in as well. */
function anyway({ exceptions, hit: { cell }, about, who, tense }: Entry): string {
  if (exceptions.anyway.length === 0) return ''
  const own = ownAccount(about)
  const ownWords = who.kind === 'anyone' ? 'the role’s own' : 'the role’s own account'
  const words = exceptions.anyway.map((form) =>
    form.kind === 'account' && form.account === own ? ownWords : nameWords(form, cell.account),
  )
  const named = list([...new Set(words)], 'and')
  return tense === 'gained' ? `, not only ${named}` : ` but ${named}`
}

function exceptions({ exceptions, hit: { cell } }: Entry): string {
  if (exceptions.those.length === 0) return ''
  const words = exceptions.those.map(({ who, conditions }) => {
    const name = who === null ? '' : nameWords(who, cell.account)
    return [name, conditions.length === 0 ? '' : whereWords(conditions, issuerBehind(cell.form))]
      .filter((text) => text !== '')
      .join(' ')
  })
  return `, except ${list([...new Set(words)], 'or')}`
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

function reservation({ hit, about }: Entry): string {
  const { cell } = hit
  const unknown = cell.account !== null && !cell.fresh && cell.like.length === 0 && ownAccount(about) === null
  return unknown ? ' (the role’s own account is unknown, so this one counts as foreign)' : ''
}
