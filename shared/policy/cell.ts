/** The kinds of callers that two documents can tell apart. Each stands for all that look alike to both. Admits nobody itself. */

import type { RoleContext } from './context.ts'
import type { PrincipalForm, PrincipalValue, TrustPolicy } from './policy.ts'
import { callerAs, parsePrincipal } from './principal.ts'
import type { PrincipalType } from './request.ts'

export interface Cell {
  readonly type: PrincipalType
  /** A caller of the cell; in an open one, one of many. */
  readonly id: string
  readonly form: PrincipalForm
  readonly account: string | null
  /** Begins the ARN of every caller of an open cell; null: the caller is this one. */
  readonly open: string | null
  /** ARNs that are cells of their own. */
  readonly except: readonly string[]
  /** An account that neither document speaks of. */
  readonly fresh: boolean
  /** The value of a condition key that follows from who is calling. */
  readonly derived: (name: string) => string | undefined
}

/** All that both documents name. */
export interface Vocabulary {
  readonly forms: readonly PrincipalForm[]
  readonly accounts: readonly string[]
  readonly freshAccount: string
  /** Does any condition look at the kind or name of the caller, so that users, roles and root differ? */
  readonly tellsIdentities: boolean
  /** Every cell made so far, by its name: statements share them. */
  readonly made: Map<string, Cell>
}

const IDENTITY_KEYS = new Set([
  'aws:principaltype',
  'aws:username',
  'aws:userid',
  'aws:principalarn',
  'aws:tokenissuetime',
])
const FRESH = ['999988887777', '888877776666', '777766665555', '666655554444', '555544443333', '444433332222']

export function vocabularyOf(policies: readonly TrustPolicy[], about: RoleContext): Vocabulary {
  const forms = new Map<string, PrincipalForm>()
  const accounts = new Set<string>()
  let tellsIdentities = false
  for (const { statements } of policies)
    for (const { principal, conditions } of statements) {
      for (const { key, value, form } of principal.values) {
        forms.set(`${key} ${value}`, form)
        if ('account' in form) accounts.add(form.account)
      }
      for (const { name, values } of conditions) {
        tellsIdentities ||= IDENTITY_KEYS.has(name)
        if (name === 'aws:principalaccount' || name === 'aws:principalarn')
          for (const value of values) for (const id of value.match(/(?<!\d)\d{12}(?!\d)/g) ?? []) accounts.add(id)
      }
    }
  // Sorted: which document came first must not show in the result.
  return {
    forms: [...forms.keys()].sort().flatMap((name) => forms.get(name) ?? []),
    accounts: [...accounts].sort(),
    freshAccount: freshAccount(accounts, about),
    tellsIdentities,
    made: new Map(),
  }
}

function freshAccount(named: ReadonlySet<string>, about: RoleContext): string {
  const { account, organization, trustedAccounts } = about
  const isFree = (id: string) =>
    !named.has(id) &&
    id !== account &&
    organization?.accounts.includes(id) !== true &&
    trustedAccounts?.some((trusted) => trusted.id === id) !== true
  const free = FRESH.find(isFree)
  if (free !== undefined) return free
  for (let n = 100_000_000_001; ; n += 7) if (isFree(String(n))) return String(n)
}

/** The cells a principal value covers, the most exposed first. */
export function cellsOf(value: PrincipalValue, words: Vocabulary): readonly Cell[] {
  const { form } = value
  switch (form.kind) {
    case 'everyone':
    case 'not-understood':
      return everybody(words)
    case 'account':
      return [...accountCells(form.account, words, form.partition), ...namedCells(words, form.account)]
    case 'role':
      return [named(form, words), ...words.forms.filter((f) => isSessionOf(f, form)).map((f) => named(f, words))]
    case 'unique-id':
      return []
    default:
      return [named(form, words)]
  }
}

function isSessionOf(form: PrincipalForm, role: PrincipalForm & { readonly kind: 'role' }): boolean {
  return form.kind === 'session' && form.account === role.account && form.role === role.name
}

/** Whom a NotPrincipal or a star may cover: a stranger first, then everybody either document names. */
export function everybody(words: Vocabulary): readonly Cell[] {
  const strangers = accountCells(words.freshAccount, words, 'aws')
  const accounts = words.accounts.flatMap((account) => accountCells(account, words, 'aws'))
  return [...strangers, ...accounts, ...namedCells(words, null), ...FRESH_OTHERS]
}

function namedCells(words: Vocabulary, account: string | null): readonly Cell[] {
  return words.forms
    .filter((form) => isConcrete(form) && (account === null || ('account' in form && form.account === account)))
    .map((form) => named(form, words))
}

function isConcrete(form: PrincipalForm): boolean {
  return (
    form.kind !== 'everyone' && form.kind !== 'account' && form.kind !== 'unique-id' && form.kind !== 'not-understood'
  )
}

function accountCells(account: string, words: Vocabulary, partition: string): readonly Cell[] {
  const role = openCell('role', { account, partition }, words)
  if (!words.tellsIdentities) return [role]
  const root = { ...named({ kind: 'account', account, partition }, words), fresh: role.fresh }
  return [role, openCell('user', { account, partition }, words), root]
}

function kept(name: string, cell: Cell, { made }: Vocabulary): Cell {
  made.set(name, cell)
  return cell
}

function openCell(
  kind: 'role' | 'user',
  of: { readonly account: string; readonly partition: string },
  words: Vocabulary,
): Cell {
  const open = `arn:${of.partition}:iam::${of.account}:${kind}/`
  return words.made.get(open) ?? kept(open, makeOpen(kind, { open, account: of.account }, words), words)
}

function makeOpen(
  kind: 'role' | 'user',
  { open, account }: { readonly open: string; readonly account: string },
  words: Vocabulary,
): Cell {
  const except = words.forms.flatMap((form) => (form.kind === kind && form.account === account ? [form.arn] : []))
  const base = `${open}${kind === 'role' ? 'ExampleRole' : 'example-user'}`
  let id = base
  for (let n = 2; except.includes(id); n++) id = `${base}${n}`
  const form: PrincipalForm = { kind, account, arn: id, name: id.slice(open.length) }
  return { ...concrete('AWS', id, form), open, except, fresh: account === words.freshAccount }
}

function named(form: PrincipalForm, words: Vocabulary): Cell {
  const name = nameOf(form)
  return words.made.get(name) ?? kept(name, makeNamed(form), words)
}

function nameOf(form: PrincipalForm): string {
  if ('arn' in form) return form.arn
  if ('id' in form) return `${form.kind} ${form.id}`
  if (form.kind === 'account') return `${form.partition} ${form.account}`
  return form.kind === 'service' ? `service ${form.name}` : form.kind
}

function makeNamed(form: PrincipalForm): Cell {
  switch (form.kind) {
    case 'account':
      return concrete('AWS', `arn:${form.partition}:iam::${form.account}:root`, form)
    case 'role':
    case 'user':
    case 'session':
    case 'federated-user':
      return concrete('AWS', form.arn, form)
    case 'service':
      return concrete('Service', form.name, form)
    case 'provider':
      return concrete('Federated', form.id, form)
    case 'canonical-user':
      return concrete('CanonicalUser', form.id, form)
    default:
      return concrete('AWS', form.kind)
  }
}

function concrete(type: PrincipalType, id: string, form = parsePrincipal(type, id)): Cell {
  const { account, derived } = callerAs(form)
  return { type, id, form, account, open: null, except: [], fresh: false, derived }
}

const FRESH_OTHERS: readonly Cell[] = [
  concrete('Service', 'example.amazonaws.com'),
  concrete('Federated', 'arn:aws:iam::111122223333:oidc-provider/idp.example.com'),
  concrete('Federated', 'arn:aws:iam::111122223333:saml-provider/example'),
]
