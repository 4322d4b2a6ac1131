/** The kinds of callers that two documents can tell apart. Each stands for all that look alike to both. Admits nobody itself. */

import type { AccountClass } from './account-class.ts'
import type { RoleContext } from './context.ts'
import type { PrincipalForm, PrincipalValue, TrustPolicy } from './policy.ts'
import { callerAs, parsePrincipal } from './principal.ts'
import { BUILT_IN, sharedProvider } from './providers.ts'
import type { PrincipalType } from './request.ts'
import { ANY_SERVICE } from './services.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

export interface Cell {
  readonly type: PrincipalType
  /** A caller of the cell; in an open one, one of many. */
  readonly id: string
  readonly form: PrincipalForm
  readonly account: string | null
  /** Begins the ARN of every caller of an open cell; null: the caller is this one. */
  readonly open: string | null
  /** Users beside the roles of an open cell, and roles beside its users, where those are told apart; null: everybody else. */
  readonly sibling: Cell | null
  /** ARNs that are cells of their own. */
  readonly except: readonly string[]
  /** Anybody: of an account, or a shared provider, that neither document speaks of. */
  readonly fresh: boolean
  /** The patterns that the accounts of the cell match; empty for a single account. */
  readonly like: readonly string[]
  /** The organization of the caller; null: another one than those of `outside`, or none. */
  readonly organization: string | null
  readonly outside: readonly string[]
  /** The organization that the account of the caller is known to be in; null: that is not known. */
  readonly member: string | null
  /** The value of a condition key that follows from who is calling. */
  readonly derived: (name: string) => string | undefined
}

/** Callers of one account, service or provider: first anyone of it, then each whom a document names. */
export type Kin = readonly (readonly Cell[])[]

/** The words of two documents, and all that was made of them so far: statements share it. */
export interface Cells {
  readonly words: Vocabulary
  readonly made: Map<string, Cell>
  readonly kins: Map<string, Kin>
  /** Whom a star covers, once somebody asked. */
  everybody: readonly Kin[] | null
}

export function cellsFor(policies: readonly TrustPolicy[], about: RoleContext): Cells {
  return { words: vocabularyOf(policies, about), made: new Map(), kins: new Map(), everybody: null }
}

/** The cells a principal value covers, the most exposed first. */
export function kinsOf({ form }: PrincipalValue, cells: Cells): readonly Kin[] {
  switch (form.kind) {
    case 'everyone':
    case 'not-understood':
      cells.everybody ??= everybody(cells)
      return cells.everybody
    case 'account':
      return [kinOf(form.account, cells)]
    case 'role': {
      const sessions = cells.words.forms.filter((other) => isSessionOf(other, form))
      return [[form, ...sessions].map((one) => anyOrganization([named(one, cells)], cells))]
    }
    case 'unique-id':
      return []
    default:
      return [[anyOrganization([named(form, cells)], cells)]]
  }
}

function isSessionOf(form: PrincipalForm, role: PrincipalForm & { readonly kind: 'role' }): boolean {
  return form.kind === 'session' && form.account === role.account && form.role === role.name
}

/** Whom a NotPrincipal or a star may cover: a stranger first, then everybody either document names. */
function everybody(cells: Cells): readonly Kin[] {
  const { words } = cells
  const [first, ...others] = words.strangers.map((kind) => accountCells(kind, cells))
  const strangers = first === undefined ? [] : inOrganizations(first, words).map((kind) => [kind])
  return [
    ...strangers,
    ...others.map((kind) => [anyOrganization(kind, cells)]),
    ...words.accounts.map((account) => kinOf(account, cells)),
    ...words.forms.filter((form) => isConcrete(form) && !('account' in form)).map((form) => [[named(form, cells)]]),
    [[UNNAMED_SERVICE]],
    ...toldServices(words).map((form) => [[named(form, cells)]]),
    ...(words.admitsTokens ? unnamedProviders(words) : []).map((cell) => [[cell]]),
  ]
}

/** Those that only conditions name. */
function toldServices({ forms, services }: Vocabulary): readonly PrincipalForm[] {
  const known = new Set(forms.map((form) => (form.kind === 'service' ? form.name : '')))
  return services.flatMap((name): readonly PrincipalForm[] => (known.has(name) ? [] : [{ kind: 'service', name }]))
}

function kinOf(account: string, cells: Cells): Kin {
  const known = cells.kins.get(account)
  if (known !== undefined) return known
  const kin = [anyOrganization(accountCells({ account, like: [], wide: false }, cells), cells)]
  for (const form of cells.words.forms)
    if ('account' in form && form.account === account && isConcrete(form))
      kin.push(anyOrganization([named(form, cells)], cells))
  cells.kins.set(account, kin)
  return kin
}

function isConcrete(form: PrincipalForm): boolean {
  return (
    form.kind !== 'everyone' && form.kind !== 'account' && form.kind !== 'unique-id' && form.kind !== 'not-understood'
  )
}

/** Of none of the organizations named, then of each. */
function inOrganizations(kind: readonly Cell[], { organizations }: Vocabulary): readonly (readonly Cell[])[] {
  if (organizations.length === 0) return [kind]
  return [
    kind.map((cell) => ({ ...cell, outside: organizations })),
    ...organizations.map((organization) => kind.map((cell) => ({ ...cell, organization }))),
  ]
}

function anyOrganization(kind: readonly Cell[], { words }: Cells): readonly Cell[] {
  if (words.organizations.length === 0) return kind
  if (kind.every(({ account, member }) => account === null || member !== null)) return kind
  return inOrganizations(kind, words).flat()
}

/** Roles and users. STS refuses the root user: "Roles may not be assumed by root accounts" is its AccessDenied. */
function accountCells(of: AccountClass, { words }: Cells): readonly Cell[] {
  const cells: Cell[] = []
  for (const partition of words.partitions) {
    const within = { account: of.account, like: of.like, wide: of.wide, partition }
    if (words.tellsIdentities) cells.push(...siblings(openCell('role', within, words), openCell('user', within, words)))
    else cells.push(openCell(words.tellsUsers ? 'user' : 'role', within, words))
  }
  return cells
}

function siblings(one: Cell, other: Cell): readonly Cell[] {
  return [
    { ...one, sibling: other },
    { ...other, sibling: one },
  ]
}

function openCell(
  kind: 'role' | 'user',
  of: AccountClass & { readonly partition: string },
  { forms, own }: Vocabulary,
): Cell {
  const { account, like, wide } = of
  const open = `arn:${of.partition}:iam::${account}:${kind}/`
  const except: string[] = []
  for (const form of forms) if (form.kind === kind && form.account === account) except.push(form.arn)
  const base = `${open}${kind === 'role' ? 'ExampleRole' : 'example-user'}`
  let id = base
  for (let n = 2; except.includes(id); n++) id = `${base}${n}`
  const form: PrincipalForm = { kind, account, arn: id, name: id.slice(open.length) }
  return concrete('AWS', id, { form, open, except, like, fresh: wide, member: memberOf(account, own) })
}

/** The organization's accounts are known: no account can leave it without its say. */
function memberOf(account: string, own: Vocabulary['own']): string | null {
  return own?.accounts.includes(account) === true ? own.id : null
}

function named(form: PrincipalForm, { made, words }: Cells): Cell {
  const name = nameOf(form)
  const known = made.get(name)
  if (known !== undefined) return known
  const cell = makeNamed(form, 'account' in form ? memberOf(form.account, words.own) : null)
  made.set(name, cell)
  return cell
}

function nameOf(form: PrincipalForm): string {
  if ('arn' in form) return form.arn
  if ('id' in form) return `${form.kind} ${form.id}`
  return form.kind === 'service' ? `service ${form.name}` : form.kind
}

function makeNamed(form: PrincipalForm, member: string | null): Cell {
  switch (form.kind) {
    case 'role':
    case 'user':
    case 'session':
    case 'federated-user':
      return concrete('AWS', form.arn, { form, member })
    case 'service':
      return concrete('Service', form.name, { form })
    case 'provider':
      return concrete('Federated', form.id, { form })
    case 'canonical-user':
      return concrete('CanonicalUser', form.id, { form })
    default:
      return concrete('AWS', form.kind)
  }
}

/** Written out: cells are made by the dozen for every comparison. */
function concrete(type: PrincipalType, id: string, of: Partial<Cell> = {}): Cell {
  const form = of.form ?? parsePrincipal(type, id)
  const { account, derived } = callerAs(form)
  return {
    type,
    id,
    form,
    account,
    open: of.open ?? null,
    sibling: null,
    except: of.except ?? NONE,
    fresh: of.fresh ?? false,
    like: of.like ?? NONE,
    organization: null,
    outside: NONE,
    member: of.member ?? null,
    derived,
  }
}

const NONE: readonly string[] = []

/** Identity providers that every account has, and those whose claims a condition looks at. */
function unnamedProviders({ forms, issuers, partitions, home }: Vocabulary): readonly Cell[] {
  // By id: one of another account is another provider, whoever issues its tokens.
  const known = new Set(forms.map((form) => (form.kind === 'provider' ? form.id.toLowerCase() : '')))
  const asked = issuers.filter((issuer) => !BUILT_IN.has(issuer.toLowerCase()))
  const prefix = `arn:${partitions[0] ?? 'aws'}:iam::${home}`
  const shared = [...BUILT_IN, ...asked].flatMap((issuer) => {
    const id = BUILT_IN.has(issuer) ? issuer : `${prefix}:oidc-provider/${issuer}`
    // Keys may spell it in another case.
    if (known.has(id.toLowerCase())) return []
    return [concrete('Federated', id, { fresh: sharedProvider(issuer.toLowerCase())?.closed === false })]
  })
  const others = ['oidc-provider/idp.example.com', 'saml-provider/example']
  return [...shared, ...others.map((resource) => concrete('Federated', `${prefix}:${resource}`))]
}

const UNNAMED_SERVICE = concrete('Service', ANY_SERVICE)
