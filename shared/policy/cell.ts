/** The kinds of callers that two documents can tell apart. Each stands for all that look alike to both. Admits nobody itself. */

import type { RoleContext } from './context.ts'
import type { PrincipalForm, PrincipalValue, TrustPolicy } from './policy.ts'
import { callerAs, parsePrincipal } from './principal.ts'
import { BUILT_IN, sharedProvider } from './providers.ts'
import type { PrincipalType } from './request.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

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
  /** Anybody: of an account, or a shared provider, that neither document speaks of. */
  readonly fresh: boolean
  /** The patterns that the accounts of the cell match; empty for a single account. */
  readonly like: readonly string[]
  /** The organization of the caller; null: another one than those of `outside`, or none. */
  readonly organization: string | null
  readonly outside: readonly string[]
  /** The value of a condition key that follows from who is calling. */
  readonly derived: (name: string) => string | undefined
}

/** Callers of one account, service or provider: first anyone of it, then each whom a document names. */
export type Kin = readonly (readonly Cell[])[]

/** The words of two documents, and every cell made of them so far: statements share them. */
export interface Cells {
  readonly words: Vocabulary
  readonly made: Map<string, Cell>
  /** Whom a star covers, once somebody asked. */
  everybody: readonly Kin[] | null
}

export function cellsFor(policies: readonly TrustPolicy[], about: RoleContext): Cells {
  return { words: vocabularyOf(policies, about), made: new Map(), everybody: null }
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
  const [first, ...others] = words.strangers.map(({ account, like, wide }) =>
    accountCells(account, cells).map((cell): Cell => ({ ...cell, like, fresh: wide })),
  )
  const strangers = first === undefined ? [] : inOrganizations(first, words).map((kind) => [kind])
  return [
    ...strangers,
    ...others.map((kind) => [anyOrganization(kind, cells)]),
    ...words.accounts.map((account) => kinOf(account, cells)),
    ...words.forms.filter((form) => isConcrete(form) && !('account' in form)).map((form) => [[named(form, cells)]]),
    ...[...unnamedProviders(words), ...unnamedOthers(words)].map((cell) => [[cell]]),
  ]
}

function kinOf(account: string, cells: Cells): Kin {
  const names = cells.words.forms.filter((form) => isConcrete(form) && 'account' in form && form.account === account)
  const kinds = [accountCells(account, cells), ...names.map((form) => [named(form, cells)])]
  return kinds.map((kind) => anyOrganization(kind, cells))
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
  if (words.organizations.length === 0 || kind.every(({ account }) => account === null)) return kind
  return inOrganizations(kind, words).flat()
}

/** Roles and users. The root user is none of them: STS refuses to let it assume a role (IAM User Guide, id_root-user). */
function accountCells(account: string, cells: Cells): readonly Cell[] {
  const kinds = cells.words.tellsIdentities ? (['role', 'user'] as const) : (['role'] as const)
  return cells.words.partitions.flatMap((partition) =>
    kinds.map((kind) => openCell(kind, { account, partition }, cells)),
  )
}

function cellNamed(name: string, { made }: Cells, make: () => Cell): Cell {
  const known = made.get(name)
  if (known !== undefined) return known
  const cell = make()
  made.set(name, cell)
  return cell
}

function openCell(
  kind: 'role' | 'user',
  of: { readonly account: string; readonly partition: string },
  cells: Cells,
): Cell {
  const open = `arn:${of.partition}:iam::${of.account}:${kind}/`
  return cellNamed(open, cells, () => makeOpen(kind, { open, account: of.account }, cells.words))
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
  return { ...concrete('AWS', id, form), open, except }
}

function named(form: PrincipalForm, cells: Cells): Cell {
  return cellNamed(nameOf(form), cells, () => makeNamed(form))
}

function nameOf(form: PrincipalForm): string {
  if ('arn' in form) return form.arn
  if ('id' in form) return `${form.kind} ${form.id}`
  return form.kind === 'service' ? `service ${form.name}` : form.kind
}

function makeNamed(form: PrincipalForm): Cell {
  switch (form.kind) {
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
  const alone = { open: null, except: [], fresh: false, like: [], organization: null, outside: [] }
  return { ...alone, type, id, form, account, derived }
}

/** Identity providers that every account has, and those whose claims a condition looks at. */
function unnamedProviders({ forms, issuers, partitions, home }: Vocabulary): readonly Cell[] {
  const known = new Set(forms.map((form) => (form.kind === 'provider' ? form.issuer : '')))
  const asked = issuers.filter((issuer) => !BUILT_IN.has(issuer.toLowerCase()))
  const ids = [...BUILT_IN, ...asked].filter((issuer) => !known.has(issuer.toLowerCase()))
  return ids.map((issuer) => {
    const arn = `arn:${partitions[0] ?? 'aws'}:iam::${home}:oidc-provider/${issuer}`
    const cell = concrete('Federated', BUILT_IN.has(issuer) ? issuer : arn)
    return { ...cell, fresh: sharedProvider(issuer.toLowerCase()) !== null }
  })
}

function unnamedOthers({ partitions, home }: Vocabulary): readonly Cell[] {
  const prefix = `arn:${partitions[0] ?? 'aws'}:iam::${home}`
  return [
    concrete('Service', 'example.amazonaws.com'),
    concrete('Federated', `${prefix}:oidc-provider/idp.example.com`),
    concrete('Federated', `${prefix}:saml-provider/example`),
  ]
}
