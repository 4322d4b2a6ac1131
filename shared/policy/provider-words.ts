/** Users of an identity provider in words: which repository, project or user a subject stands for. Decides nothing. */

import type { Admission } from './comparison.ts'
import { list, type Narrowed, spell } from './condition-words.ts'
import type { Condition } from './policy.ts'
import { type SharedProvider, sharedProvider } from './providers.ts'

export function providerWords(
  issuer: string,
  id: string,
  of: { readonly who: Admission['who']; readonly narrowed: readonly Narrowed[] },
): string {
  const shared = sharedProvider(issuer)
  const subs = of.narrowed.find(
    ({ condition }) => condition.name.endsWith(':sub') && condition.operator.base?.negated === false,
  )
  if (shared === null) return ownWords(issuer, id, subs)
  const named = `${shared.label} ${shared.subjects}`
  if (of.who.kind === 'stranger-through-provider') {
    const anyones = shared.owned === null ? `anybody's ${named}` : `${named} of anyone's ${shared.owned}`
    return `${anyones}${subs === undefined ? '' : ` (sub ${values(subs)})`}`
  }
  if (subs === undefined) return named
  const told = subjectsWords(issuer, subs.condition, subs.values)
  return told !== null ? `${named} of ${told}` : `${named} whose sub is ${values(subs)}`
}

/** A provider of one's own. */
function ownWords(issuer: string, id: string, subs: Narrowed | undefined): string {
  if (subs === undefined) return `users of the identity provider ${spell(id)}`
  const cluster = /^oidc\.eks\.[^/]+\/id\/(.+)$/.exec(issuer)?.[1]
  const accounts = subs.values.map((value) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(value))
  if (cluster === undefined || !accounts.every((parts) => parts !== null))
    return `users of the identity provider ${spell(id)} whose sub is ${values(subs)}`
  const told = accounts.map(([, namespace = '', name = '']) => `${spell(namespace)}/${spell(name)}`)
  return `pods of the service account ${list(told, 'or')} (${spell(id)})`
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
