/** Users of an identity provider in words: which repository, project or user a subject stands for. Decides nothing. */

import type { Admission } from './comparison.ts'
import { list, type Narrowed, spell } from './condition-words.ts'
import type { Condition } from './policy.ts'
import type { SharedProvider } from './provider-claims.ts'
import { sharedProvider } from './providers.ts'

export function providerWords(
  issuer: string,
  id: string,
  of: { readonly who: Admission['who']; readonly narrowed: readonly Narrowed[] },
): string {
  const held = of.who.account === null ? '' : ` (held by account ${of.who.account})`
  const subs = of.narrowed.find(
    ({ condition }) => condition.name.endsWith(':sub') && condition.operator.base?.negated === false,
  )
  const shared = sharedProvider(issuer)
  if (shared !== null) return `${sharedWords(shared, { who: of.who, issuer, subs })}${closedWords(shared, id)}${held}`
  return ownWords(id, { ...of, subs, held })
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
  const pods = podWords(shared, subs.values)
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
function podWords({ subjects: kind }: SharedProvider, subjects: readonly string[]): string | null {
  const accounts = subjects.map((value) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(value))
  if (kind !== 'service accounts' || !accounts.every((parts) => parts !== null)) return null
  return list(
    accounts.map(([, namespace = '', name = '']) =>
      name === '*'
        ? `any service account of ${spell(namespace)}`
        : `the service account ${spell(namespace)}/${spell(name)}`,
    ),
    'or',
  )
}

/** "branch main of acme/deploy or branch main of acme/infra"; null: there are no words for them. */
export function subjectsWords(issuer: string, condition: Condition, of = condition.values): string | null {
  const shared = sharedProvider(issuer)
  const { base, qualifier, ifExists } = condition.operator
  if (shared === null || !condition.name.endsWith(':sub') || base?.negated !== false || qualifier !== null || ifExists)
    return null
  const words = of.map((value) => subjectWords(shared, value))
  const told = words.filter((text) => text !== null)
  return told.length === words.length ? list(told, 'or') : null
}

function values(narrowed: Narrowed): string {
  return list(narrowed.values.map(spell), 'or')
}

/** "branch main of acme/deploy"; null: there are no words for it. */
function subjectWords(provider: SharedProvider, value: string): string | null {
  const parts = /^repo:([^/]+)\/([^:]+?)(?::(.*))?$/s.exec(value)
  if (provider.label !== 'GitHub Actions' || parts === null) return null
  const [, owner = '', name = '', rest = ''] = parts
  if (name === '*' || name.includes('*'))
    return `any repository of ${spell(owner)}${name === '*' ? '' : ` like ${spell(name)}`}`
  return `${refWords(rest)} of ${spell(`${owner}/${name}`)}`
}

function refWords(rest: string): string {
  if (rest === '' || rest === '*') return 'any branch'
  const ref = /^ref:refs\/(heads|tags)\/(.+)$/s.exec(rest)
  if (ref !== null) return `${ref[1] === 'tags' ? 'tag' : 'branch'} ${spell(ref[2] ?? '')}`
  if (rest === 'pull_request') return 'pull requests'
  const environment = /^environment:(.+)$/s.exec(rest)
  return environment === null ? spell(rest) : `environment ${spell(environment[1] ?? '')}`
}
