/** Users of an identity provider in words: which repository, project or user a subject stands for. Decides nothing. */

import type { Admission } from './comparison.ts'
import { list, type Narrowed, spell } from './condition-words.ts'
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
  if (shared !== null) return `${sharedWords(shared, of.who, subs)}${closedWords(shared, id)}${held}`
  const any = of.who.kind === 'provider-group' ? 'all users' : 'users'
  return `${any} of the identity provider ${spell(id)}${held}${subs === undefined ? '' : ` whose sub is ${values(subs)}`}`
}

/** Which organisation, where the issuer names it. */
function closedWords({ closed }: SharedProvider, id: string): string {
  return closed ? ` (${spell(id.slice(id.indexOf('/') + 1))})` : ''
}

function sharedWords(shared: SharedProvider, who: Admission['who'], subs: Narrowed | undefined): string {
  const named = `${shared.label} ${shared.subjects}`
  if (who.kind === 'stranger-through-provider') {
    const anyones = shared.owned === null ? `anybody's ${named}` : `${named} of anyone's ${shared.owned}`
    return `${anyones}${subs === undefined ? '' : ` (sub ${values(subs)})`}`
  }
  if (subs === undefined) return who.kind === 'provider-group' ? `all ${named}` : named
  const words = subs.values.map((value) => subjectWords(shared, value))
  const told = words.filter((text) => text !== null)
  return told.length === words.length ? `${named} of ${list(told, 'or')}` : `${named} whose sub is ${values(subs)}`
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
