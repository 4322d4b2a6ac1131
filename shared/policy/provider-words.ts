/** Users of an identity provider in words: which repository, project or user a subject stands for. Decides nothing. */

import type { Admission } from './comparison.ts'
import { list, type Narrowed, spell, valueWords } from './condition-words.ts'
import type { Condition } from './policy.ts'
import type { SharedProvider } from './provider-claims.ts'
import { sharedProvider } from './providers.ts'

export function providerWords(
  issuer: string,
  id: string,
  of: { readonly who: Admission['who']; readonly narrowed: readonly Narrowed[] },
): string {
  const held = of.who.account === null ? '' : ` (held by account ${of.who.account})`
  const subs = subjectsAmong(of.narrowed, issuer)
  const shared = sharedProvider(issuer)
  if (shared !== null) return `${sharedWords(shared, { who: of.who, issuer, subs })}${closedWords(shared, id)}${held}`
  return ownWords(id, { ...of, subs, held })
}

/** The condition that says whose tokens they are. A token of a shared provider has one subject; of another one it may have none. */
export function subjectsAmong(narrowed: readonly Narrowed[], issuer: string): Narrowed | undefined {
  const isShared = sharedProvider(issuer) !== null
  return narrowed.find(({ condition: { name, operator } }) => {
    const { base, qualifier, ifExists } = operator
    const isAsked = base?.family === 'string' && !base.negated && base.relation !== 'equals-ignore-case'
    return name.endsWith(':sub') && isAsked && (isShared || (qualifier === null && !ifExists))
  })
}

/** Which organisation, where the issuer names it. */
function closedWords({ closed }: SharedProvider, id: string): string {
  return closed ? ` (${spell(id.slice(id.indexOf('/') + 1))})` : ''
}

interface Told {
  readonly who: Admission['who']
  readonly subs: Narrowed | undefined
}

function sharedWords(shared: SharedProvider, { who, subs, issuer }: Told & { readonly issuer: string }): string {
  const named = `${shared.label} ${shared.subjects}`
  if (who.kind === 'stranger-through-provider') {
    const anyones = shared.owned === null ? `anybody's ${named}` : `${named} of anyone's ${shared.owned}`
    return `${anyones}${subs === undefined ? '' : ` (sub ${values(subs)})`}`
  }
  if (subs === undefined) return who.kind === 'provider-group' ? `all ${named}` : named
  const pods = podWords(shared, subs)
  if (pods !== null) return `pods of ${pods}`
  const told = subjectsWords(issuer, subs.condition, subs.values)
  return told !== null ? `${named} of ${told}` : `${named} whose sub is ${values(subs)}`
}

/** A provider of one's own, or one that nobody knows. */
function ownWords(id: string, { who, subs, held }: Told & { readonly held: string }): string {
  const any = who.kind === 'provider-group' ? 'all users' : 'users'
  if (subs === undefined) return `${any} of the identity provider ${spell(id)}${held}`
  return `${any} of the identity provider ${spell(id)}${held} whose sub is ${values(subs)}`
}

/** "the service account shop/web or any service account of shop"; null: not all of them are service accounts of a cluster. */
function podWords({ subjects: kind }: SharedProvider, { condition, values }: Narrowed): string | null {
  const accounts = values.map((value) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(value))
  if (kind !== 'service accounts' || !accounts.every((parts) => parts !== null)) return null
  if (condition.operator.base?.relation !== 'like' && values.some(isPattern)) return null
  return list(
    accounts.map(([, namespace = '', name = '']) => podOf(namespace, name)),
    'or',
  )
}

function podOf(namespace: string, name: string): string {
  if (name === '*' && !isPattern(namespace)) return `any service account of ${spell(namespace)}`
  const isLike = isPattern(namespace) || isPattern(name)
  return `${isLike ? 'any service account like' : 'the service account'} ${spell(namespace)}/${spell(name)}`
}

/** "branch main of acme/deploy or branch main of acme/infra"; null: there are no words for them. */
function subjectsWords(issuer: string, condition: Condition, of = condition.values): string | null {
  const shared = sharedProvider(issuer)
  const { base, qualifier, ifExists } = condition.operator
  if (shared === null || !condition.name.endsWith(':sub') || base?.negated !== false || qualifier !== null || ifExists)
    return null
  // Elsewhere a star is a star, and no token has one.
  if (base.relation !== 'like' && of.some(isPattern)) return null
  const words = of.map((value) => subjectWords(shared, value))
  const told = words.filter((text) => text !== null)
  return told.length === words.length ? list(told, 'or') : null
}

/** Beside what is new: "acme/deploy", "branch main of acme/deploy". */
export function formerWords(issuer: string, condition: Condition): string | null {
  return subjectsWords(issuer, condition)?.replaceAll(`${ANY_RUN} of `, '') ?? null
}

function values({ condition, values }: Narrowed): string {
  return valueWords({ ...condition, values })
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text)
}

/** "branch main of acme/deploy"; null: there are no words for it. */
function subjectWords(provider: SharedProvider, value: string): string | null {
  const parts = /^repo:([^/*?]+)\/([^:]+?)(?::(.*))?$/s.exec(value)
  if (provider.label !== 'GitHub Actions' || parts === null) return null
  const [, owner = '', name = '', rest] = parts
  // A star at the end runs over the colon.
  if (rest === undefined && !/^[^*?]*\*$/.test(name)) return null
  const which = runWords(rest ?? '*')
  if (which === null) return null
  if (!isPattern(name)) return `${which} of ${spell(`${owner}/${name}`)}`
  const repositories = `any repository of ${spell(owner)}${name === '*' ? '' : ` like ${spell(name)}`}`
  return which === ANY_RUN ? repositories : `${which} of ${repositories}`
}

const ANY_RUN = 'any ref, pull request or environment'
const ANY: ReadonlyMap<string, string> = new Map([
  ['*', ANY_RUN],
  ['ref:*', 'any ref'],
  ['ref:refs/*', 'any ref'],
  ['ref:refs/heads/*', 'any branch'],
  ['ref:refs/tags/*', 'any tag'],
  ['environment:*', 'any environment'],
  ['pull_request', 'pull requests'],
])

const NAMED: readonly (readonly [RegExp, one: string, several: string])[] = [
  [/^ref:refs\/heads\/([^:]+)$/, 'branch', 'branches'],
  [/^ref:refs\/tags\/([^:]+)$/, 'tag', 'tags'],
  [/^environment:([^:]+)$/, 'environment', 'environments'],
]

/** What set the run off: what stands behind the repository. */
function runWords(rest: string): string | null {
  const any = ANY.get(rest)
  if (any !== undefined) return any
  for (const [named, one, several] of NAMED) {
    const name = named.exec(rest)?.[1]
    if (name !== undefined) return isPattern(name) ? `${several} like ${spell(name)}` : `${one} ${spell(name)}`
  }
  return isPattern(rest) || rest === '' ? null : spell(rest)
}
