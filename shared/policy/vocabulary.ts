/** What two documents name: principals, accounts and kinds of accounts, organizations, issuers, partitions. Makes no callers of them. */

import { needsFor } from './accompanying.ts'
import { type AccountClass, accountClasses } from './account-class.ts'
import { actionMatches } from './action.ts'
import { arnFields, parseArn } from './arn.ts'
import type { Undecided } from './comparison.ts'
import type { RoleContext } from './context.ts'
import { keysOf } from './glob.ts'
import { EXTERNAL_ID_SENDERS, issuerOf } from './keys.ts'
import { ASSUME_ACTIONS, type Condition, type PrincipalClause, type PrincipalForm, type TrustPolicy } from './policy.ts'
import { servicesLike } from './services.ts'

export interface Vocabulary {
  readonly forms: readonly PrincipalForm[]
  readonly accounts: readonly string[]
  /** Accounts that neither document names, by the patterns they match; those that match none first. */
  readonly strangers: readonly AccountClass[]
  /** Whose identity providers a star may cover. */
  readonly home: string
  /** Those the role may be in: one, unless nobody says which. */
  readonly partitions: readonly string[]
  /** Named by conditions, where several are to be told apart; the role's own last. */
  readonly organizations: readonly string[]
  /** The role's own, with the accounts known to be in it; null: not known. */
  readonly own: NonNullable<RoleContext['organization']> | null
  /** Services that conditions name or tell apart. */
  readonly services: readonly string[]
  /** Actions that a call needs beside its own for what some condition looks at. */
  readonly passable: readonly string[]
  /** Of the claims that conditions look at, as the documents write them. */
  readonly issuers: readonly string[]
  /** Can a star let in users of identity providers that nobody names? */
  readonly admitsTokens: boolean
  /** Does any condition look at the kind or name of the caller, so that users and roles differ? */
  readonly tellsIdentities: boolean
  /** Does any look at what only users have, so that they stand for everybody? */
  readonly tellsUsers: boolean
  /** What could not be told apart. */
  readonly open: readonly Undecided[]
}

const IDENTITY_KEYS = new Set([
  'aws:principaltype',
  'aws:username',
  'aws:userid',
  'aws:principalarn',
  'aws:tokenissuetime',
])
/** Only users show that there was MFA; in all else a user can be what a role is. */
const USER_KEYS = new Set(['aws:multifactorauthpresent', 'aws:multifactorauthage'])

/** More would make every account so many cells; beyond these, organizations are not told apart. */
const MOST_ORGANIZATIONS = 8

/** While reading. */
interface Words {
  readonly forms: Map<string, PrincipalForm>
  readonly accounts: Set<string>
  readonly patterns: Set<string>
  readonly partitions: Set<string>
  readonly organizations: Set<string>
  readonly issuers: Map<string, string>
  readonly services: Set<string>
  readonly passable: Set<string>
  readonly open: Undecided[]
  tellsIdentities: boolean
  tellsUsers: boolean
  admitsTokens: boolean
}

const TOKEN_ACTIONS = ASSUME_ACTIONS.filter((action) => action !== 'sts:AssumeRole')

function isWide({ kind, values }: PrincipalClause): boolean {
  return (
    kind === 'NotPrincipal' || values.some(({ form }) => form.kind === 'everyone' || form.kind === 'not-understood')
  )
}

export function vocabularyOf(policies: readonly TrustPolicy[], about: RoleContext): Vocabulary {
  const words: Words = {
    forms: new Map(),
    accounts: new Set(),
    patterns: new Set(),
    partitions: new Set(),
    organizations: new Set(),
    issuers: new Map(),
    services: new Set(),
    passable: new Set(),
    open: [],
    tellsIdentities: false,
    tellsUsers: false,
    admitsTokens: false,
  }
  for (const { statements } of policies)
    for (const { principal, action, conditions } of statements) {
      words.admitsTokens ||= isWide(principal) && TOKEN_ACTIONS.some((one) => actionMatches(action, one))
      for (const { key, value, form } of principal.values) {
        words.forms.set(`${key} ${value}`, form)
        if ('account' in form) words.accounts.add(form.account)
        notePartition(value, words)
      }
      for (const condition of conditions) readCondition(condition, words)
      // Who is named needs no condition to be told apart.
      if (isWide(principal)) for (const condition of conditions) noteServices(condition, words)
    }
  return settled(words, about)
}

/** Sorted: which document came first must not show in the result. */
function settled(words: Words, about: RoleContext): Vocabulary {
  const own = parseArn(about.roleArn ?? '')
  const isFree = freedom(words.accounts, about)
  const classes = accountClasses([...words.patterns], isFree)
  const [path = ''] = words.open.map((one) => one.path)
  const tooMany = { says: 'which accounts the patterns cover is too involved to tell', path }
  return {
    forms: [...words.forms.keys()].sort().flatMap((name) => words.forms.get(name) ?? []),
    accounts: [...words.accounts].sort(),
    strangers: classes ?? accountClasses([], isFree) ?? [],
    home: about.account ?? own?.account ?? '111122223333',
    partitions: partitionsOf(own?.partition, words),
    organizations: organizationsOf(words, about),
    own: about.organization ?? null,
    issuers: [...words.issuers.values()].sort(),
    services: [...words.services].sort(),
    passable: [...words.passable].sort(),
    tellsIdentities: words.tellsIdentities,
    tellsUsers: words.tellsUsers,
    admitsTokens: words.admitsTokens,
    open: classes === null ? [...words.open, tooMany] : words.open,
  }
}

function freedom(named: ReadonlySet<string>, about: RoleContext): (account: string) => boolean {
  const { account, organization, trustedAccounts } = about
  return (id) =>
    !named.has(id) &&
    id !== account &&
    organization?.accounts.includes(id) !== true &&
    trustedAccounts?.some((trusted) => trusted.id === id) !== true
}

function partitionsOf(own: string | undefined, { partitions }: Words): readonly string[] {
  if (own !== undefined && /^aws[a-z-]*$/.test(own)) return [own]
  return partitions.size === 0 ? ['aws'] : [...partitions].sort()
}

function organizationsOf({ organizations }: Words, about: RoleContext): readonly string[] {
  const own = about.organization?.id ?? ''
  // One alone is found without a kind of caller of its own.
  if (organizations.size < 2) return []
  const others = [...organizations].filter((id) => id !== own && !/[*?$]/.test(id)).sort()
  return [...others.slice(0, MOST_ORGANIZATIONS), ...(organizations.has(own) ? [own] : [])]
}

function readCondition(condition: Condition, words: Words): void {
  const { name, key, values } = condition
  words.tellsIdentities ||= IDENTITY_KEYS.has(name) || values.some((value) => value.includes('${aws:user'))
  words.tellsUsers ||= USER_KEYS.has(name) || values.some((value) => value.includes('${aws:Multi'))
  const issuer = issuerOf(name)
  if (issuer !== null) words.issuers.set(issuer, withHost(key.slice(0, issuer.length)))
  if (name === 'aws:principalorgid' || name === 'aws:principalorgpaths')
    for (const value of values) noteOrganization(value, words)
  for (const value of values) notePartition(value, words)
  notePassable(condition, words)
  if (name !== 'aws:principalaccount' && name !== 'aws:principalarn') return
  for (const value of values) for (const id of value.match(/(?<!\d)\d{12}(?!\d)/g) ?? []) words.accounts.add(id)
  notePatterns(condition, words)
}

/** Hosts are in lower case, whatever a key says; what stands behind keeps its case. */
function withHost(issuer: string): string {
  return issuer.replace(/^[^/]*/, (host) => host.toLowerCase())
}

function notePartition(value: string, { partitions }: Words): void {
  if (!value.startsWith('arn:aws')) return
  const partition = value.startsWith('arn:aws:') ? 'aws' : /^arn:(aws[a-z-]*):/.exec(value)?.[1]
  if (partition !== undefined) partitions.add(partition)
}

function noteOrganization(value: string, { organizations }: Words): void {
  const [id = ''] = value.split('/')
  // "false" of a Null is none.
  if (id.startsWith('o-')) organizations.add(id)
}

function notePassable({ name, values, variables }: Condition, { passable }: Words): void {
  const note = (key: string) => {
    const needed = needsFor(key)
    if (needed !== null) passable.add(needed)
  }
  note(name)
  if (variables) for (const key of keysOf(values)) note(key.toLowerCase())
}

/** Those named; of a pattern some; and the few that send an ExternalId. */
function noteServices({ name, values }: Condition, { services }: Words): void {
  if (name === 'sts:externalid') for (const one of EXTERNAL_ID_SENDERS) services.add(one)
  if (!name.startsWith('aws:principalservicename')) return
  for (const value of values) for (const one of servicesLike(value)) services.add(one)
}

function notePatterns(condition: Condition, { patterns, open }: Words): void {
  const { base } = condition.operator
  const unclear = { says: `which accounts ${condition.key} covers here cannot be told`, path: condition.path }
  // As a number an account id has an order, which no pattern shows.
  if (base?.family === 'numeric' || base?.family === 'date') open.push(unclear)
  if (base?.relation !== 'like') return
  for (const value of condition.values) {
    if (!/[*?]/.test(value) || (condition.variables && value.includes('${'))) continue
    const pattern = condition.name === 'aws:principalaccount' ? value : accountField(value, base.family)
    if (pattern === undefined) open.push(unclear)
    else patterns.add(pattern)
  }
}

/** Where a pattern of ARNs says the account. Undefined: somewhere. */
function accountField(value: string, family: string): string | undefined {
  const fields = arnFields(value)
  if (fields !== null) return fields[4]
  if (family === 'arn') return ''
  // In a text a star runs over colons.
  const field = /^arn:[^:*?]*:iam::([\d?]*\*)/.exec(value) ?? /::([\d*?]+)(?::|$)/.exec(value)
  if (field !== null) return field[1]
  return /[\d?]/.test(value.replace(/(?:role|user)\/.*$/s, '')) ? undefined : ''
}
