/**
 * What a condition key can be for a caller of a cell, in three situations: a stranger who knows and owns nothing of the role's owner,
 * one who can guess or hear what is no secret, and everybody. The first situation that gets in tells how exposed the role is.
 */

import { needsFor } from './accompanying.ts'
import { coversPublic, parseRange } from './address.ts'
import { arnFields } from './arn.ts'
import type { Cell } from './cell.ts'
import { matchesPattern } from './glob.ts'
import { CLOCK, from, SAMPLES, spelt, TYPED } from './key-values.ts'
import { type Presence, presence } from './keys.ts'
import type { Condition } from './policy.ts'
import { issuerBehind, serviceBehind } from './principal.ts'
import type { SharedProvider } from './provider-claims.ts'
import { anchorOf, reach, sharedProvider } from './providers.ts'
import { boundaries, fill } from './sample.ts'
import { sendsSource } from './service-keys.ts'
import type { Domain, Solution } from './solve-key.ts'
import { matching, namesUnder, type TextSet } from './text-set.ts'

export type Stage = 'stranger' | 'guesser' | 'anybody'

export const STAGES: readonly Stage[] = ['stranger', 'guesser', 'anybody']

export interface Situation {
  readonly cell: Cell
  readonly action: string
  readonly stage: Stage
  /** Every condition of both documents on the key. */
  readonly conditionsOn: (name: string) => readonly Condition[]
  /** Every key of both documents that begins so, variables too, in the first spelling of each. */
  readonly keysUnder: (begin: string) => readonly string[]
  /** Callers come from then on. Milliseconds since the epoch; null: at any time. */
  readonly now: number | null
  /** What was found of its keys already: they are asked for again and again. */
  readonly known: Map<string, Domain>
  /** And of what was demanded of them. */
  readonly solved: Map<string, Solution>
  /** And of keys that say something about each other. */
  readonly linked: Map<string, readonly Solution[] | null>
  /** Who passes tags, a source identity or contexts along needs those actions too. */
  readonly mayPass: (accompanying: string) => boolean
  /** What is known of the role that is called. */
  readonly role: Role
}

/** Null: not known. */
export interface Role {
  readonly account: string | null
  readonly organization: string | null
}

/** Keys every caller sets himself. */
const SUPPLIED =
  /^(?:sts:(?:rolesessionname|sourceidentity|transitivetagkeys|roleexternalid)|aws:(?:sourceidentity|useragent|referer|requestedregion|currenttime|epochtime|tokenissuetime|tagkeys|securetransport|viaawsservice|principalisawsservice|requesttag\/.*))$/
/** Keys the people of an account set for themselves: no obstacle when every account is trusted. */
const OWN = /^aws:(?:principalarn|principaltype|username|multifactorauth(?:present|age)|principaltag\/.*)$/
/** Keys whose values are no secret: places on the network. */
const PUBLIC = /^aws:(?:sourceip|vpcsourceip|sourcevpc|sourcevpce)$/

export function domainOf(name: string, at: Situation): Domain {
  // Of the same caller organizations tell apart no more than the keys that name them.
  if (at.cell.organization !== null && name.startsWith('aws:principalorg')) return domainIn(name, at)
  const known = at.known.get(name)
  if (known !== undefined) return known
  const domain = domainIn(name, at)
  at.known.set(name, domain)
  return domain
}

function domainIn(name: string, at: Situation): Domain {
  const { cell } = at
  if (presenceOf(name, at) === 'never') return only([], true)
  const needed = needsFor(name)
  if (needed !== null && !at.mayPass(needed)) return only([], true)
  const derived = cell.derived(name)
  const said = name.startsWith('aws:resource') ? ofRole(name, at.role) : null
  if (said !== null) return said
  if (name === 'aws:principalarn' && cell.open !== null) return openArn(cell, at)
  if (derived !== undefined) return only([derived], false)
  const shared = cell.form.kind === 'provider' ? sharedProvider(cell.form.issuer) : null
  const claim = shared === null ? null : claimOf(name, shared, cell)
  if (shared !== null && claim !== null) return claimDomain(claim, shared, at, name)
  if (cell.type === 'AWS') return callerDomain(name, at)
  if (name === 'aws:principalservicenameslist') return only([cell.id], false)
  const domain = at.stage === 'anybody' || SUPPLIED.test(name) ? free(name, at) : outsider(name, at)
  const usual = usuallySaid(name, cell)
  return usual === null ? domain : { ...domain, absent: false, samples: [usual, ...domain.samples] }
}

/** Tokens name their user and whom they are for (OpenID Connect Core, 2; SAML's Recipient), and some services their source. Null: not always said. */
function usuallySaid(name: string, { form }: Cell): string | null {
  if (form.kind === 'service') return sendsSource(form.name) ? (USUAL_SOURCES.get(name) ?? null) : null
  if (form.kind !== 'provider' || !/:(?:sub|aud)$/.test(name)) return null
  return name.endsWith(':sub') ? 'example-user' : usualAudience(name)
}

const USUAL_SOURCES: ReadonlyMap<string, string> = new Map([
  ['aws:sourceaccount', '111122223333'],
  ['aws:sourcearn', 'arn:aws:sns:us-east-1:111122223333:example'],
])

/** What clients ask for where nobody says otherwise: it keeps out nobody. */
function usualAudience(name: string): string {
  return SAMPLES.get(name)?.[0] ?? 'sts.amazonaws.com'
}

/** What every call to the role says of it; null: not known. */
function ofRole(name: string, { account, organization }: Role): Domain | null {
  if (name === 'aws:resourceaccount' && account !== null) return only([account], false)
  if (organization === null) return null
  if (name === 'aws:resourceorgid') return only([organization], false)
  return name === 'aws:resourceorgpaths' ? pathsOf(organization) : null
}

function presenceOf(name: string, { cell, action }: Situation): Presence {
  const { type, form } = cell
  return presence(name, { type, action, issuer: issuerBehind(form), service: serviceBehind(form), kind: form.kind })
}

export function only(values: readonly string[], absent: boolean): Domain {
  return { absent, only: values, within: null, except: [], samples: [] }
}

function open(samples: readonly string[], absent: boolean, within: TextSet | null = null): Domain {
  return { absent, only: null, within, except: [], samples }
}

function openArn(cell: Cell, at: Situation): Domain {
  const prefix = cell.open ?? ''
  if (at.stage !== 'anybody' && !cell.fresh) return only([cell.id], false)
  const valuesOn = (key: string) => at.conditionsOn(key).flatMap(({ values }) => values)
  const further = () => [
    ...valuesOn('aws:principalarn').flatMap((value) => inside(value, prefix)),
    ...valuesOn('aws:username').flatMap((value) =>
      fill(value).flatMap((name) => [prefix + name, `${prefix}example/${name}`]),
    ),
  ]
  return { absent: false, only: null, within: namesUnder(prefix), except: cell.except, samples: [cell.id], further }
}

/** A pattern of ARNs as ARNs of this account and partition. */
function inside(value: string, prefix: string): readonly string[] {
  const resource = arnFields(value)?.[5]
  const begin = prefix.slice(0, prefix.lastIndexOf(':') + 1)
  return resource === undefined ? fill(value) : fill(resource).map((text) => begin + text)
}

function callerDomain(name: string, at: Situation): Domain {
  if (name === 'aws:userid') return userId(at)
  if (name === 'aws:principalorgid' || name === 'aws:principalorgpaths') return organizationDomain(name, at)
  // A role has no other credentials than temporary ones.
  if (name === 'aws:tokenissuetime' && isOfRole(at.cell)) return { ...free(name, at), absent: false }
  // There is an age only where MFA was used.
  if (name === 'aws:multifactorauthage' && at.stage !== 'anybody' && !at.cell.fresh) return only([], true)
  if (name === 'aws:multifactorauthpresent')
    return (at.stage === 'anybody' || at.cell.fresh) && !isOfRole(at.cell)
      ? only(['true', 'false'], true)
      : only(['false'], true)
  if (at.stage === 'anybody' || SUPPLIED.test(name) || (at.cell.fresh && OWN.test(name))) return free(name, at)
  if (at.stage === 'guesser' && isGuessable(name, at)) return free(name, at)
  if (name === 'sts:externalid' && at.stage === 'guesser') return only([...patternFillings(name, at), OUTSIDE], true)
  return outsider(name, at)
}

function organizationDomain(name: string, at: Situation): Domain {
  const { organization, outside, member } = at.cell
  const isPath = name === 'aws:principalorgpaths'
  if (member !== null) return isPath ? pathsOf(member) : only([member], false)
  if (at.stage !== 'anybody') return outsider(name, at)
  const path = (id: string) => (isPath ? pathIn(id) : id)
  if (organization === null) {
    const except = isPath ? outside.map((id) => `${id}/*`) : outside
    return { absent: true, only: null, within: null, except, samples: ['o-exampleorgid'].map(path) }
  }
  return isPath ? pathsOf(organization) : only([organization], false)
}

function pathIn(organization: string): string {
  return `${organization}/r-0000/ou-0000-00000000/`
}

/** They end in a slash (IAM User Guide, reference_policies_condition-keys, aws:PrincipalOrgPaths). */
export function pathsOf(organization: string): Domain {
  return {
    absent: false,
    only: null,
    within: matching(`${organization}/?*/`),
    except: [],
    samples: [pathIn(organization)],
  }
}

/** What a role's credentials never say: that there was MFA (IAM User Guide, id_credentials_mfa_configure-api-require). */
function isOfRole({ form }: Cell): boolean {
  return form.kind === 'role' || form.kind === 'session'
}

/** Without an account of his own in the policy, a stranger may hear an ExternalId; keys nobody knows may be anything. */
function isGuessable(name: string, at: Situation): boolean {
  if (PUBLIC.test(name)) return true
  return at.cell.fresh && (name === 'sts:externalid' || !/^(?:aws|sts):/.test(name))
}

/** Can a key be something else for who can guess than for a stranger? */
export function mayBeGuessed(name: string, { type, form, fresh }: Cell): boolean {
  if (form.kind === 'provider') return sharedProvider(form.issuer) !== null
  if (type !== 'AWS') return false
  return PUBLIC.test(name) || name === 'sts:externalid' || (fresh && !/^(?:aws|sts):/.test(name))
}

/** An ExternalId given as a pattern is no secret. */
function patternFillings(name: string, at: Situation): readonly string[] {
  return at
    .conditionsOn(name)
    .filter(({ operator }) => operator.base?.relation === 'like')
    .flatMap(({ values }) => values.filter((value) => /[*?]/.test(value)).flatMap(fill))
    .filter((value) => TYPED.get(name)?.has(value) !== false)
}

function userId(at: Situation): Domain {
  const { form } = at.cell
  const own =
    form.kind === 'user'
      ? 'AIDAEXAMPLEEXAMPLE123'
      : `AROAEXAMPLEEXAMPLE123:${form.kind === 'session' ? form.session : 'example-session'}`
  if (at.stage !== 'anybody') return only([own], false)
  const within = form.kind === 'user' ? 'AIDA*' : form.kind === 'session' ? `AROA*:${form.session}` : 'AROA*:*'
  return { absent: false, only: null, within: matching(within), except: [], samples: [own] }
}

function free(name: string, at: Situation): Domain {
  if (name === 'aws:securetransport') return only(['true'], false)
  if (at.now !== null && CLOCK.has(name)) return open(spelt(at.now, name), false, from(at.now, name))
  return open(SAMPLES.get(name) ?? [], presenceOf(name, at) !== 'always', TYPED.get(name))
}

/** What nobody's secret, account or organisation is. */
const OUTSIDE = 'example-stranger'
const OUTSIDE_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:principalorgid', ['o-example0stranger']],
  ['aws:principalorgpaths', ['o-example0stranger/r-0000/ou-0000-00000000/']],
  ['aws:sourceaccount', ['999988887777']],
  ['aws:sourcearn', ['arn:aws:s3:::example-stranger']],
])

function outsider(name: string, at: Situation): Domain {
  if (PUBLIC.test(name) && name.endsWith('ip')) return only(farAddresses(name, at), true)
  const isArn = at.conditionsOn(name).some(({ operator }) => operator.base?.family === 'arn')
  // Of SAML it is the sign-in of AWS, and what AWS's own console writes.
  if (name.endsWith(':aud') && name !== 'saml:aud') return only([usualAudience(name), OUTSIDE], true)
  return only(OUTSIDE_VALUES.get(name) ?? [OUTSIDE, ...(isArn ? ['arn:aws:s3:::example-stranger'] : [])], true)
}

/** Where no range is named. */
const USUAL_ADDRESS = '203.0.113.10'

/** Addresses a stranger has: outside all ranges named, but for those that leave nothing outside. */
function farAddresses(name: string, at: Situation): readonly string[] {
  const conditions = at.conditionsOn(name)
  const near = conditions.flatMap(({ values }) => {
    const ranges = values.map(parseRange).filter((range) => range !== null)
    return ranges.filter(({ version }) => !coversPublic(version, ranges))
  })
  return [...boundaries(conditions), USUAL_ADDRESS].filter((text) => {
    const address = parseRange(text)
    return (
      address !== null &&
      !near.some((r) => r.version === address.version && address.first >= r.first && address.last <= r.last)
    )
  })
}

/** The claim a key asks for; null: the key is not of this provider. */
function claimOf(name: string, shared: SharedProvider, cell: Cell): string | null {
  // Of one provider the session's name tells whose it is.
  if (anchorOf(shared, name) !== undefined) return name
  const issuer = cell.form.kind === 'provider' ? cell.form.issuer : shared.issuer
  for (const prefix of [`${issuer}:`, `${shared.issuer}:`])
    if (name.startsWith(prefix)) return name.slice(prefix.length)
  return null
}

function claimDomain(claim: string, shared: SharedProvider, at: Situation, name: string): Domain {
  const absent = claim !== 'sub' && claim !== 'aud'
  const usual =
    claim === 'sub' ? [shared.stranger] : claim === 'aud' ? ['sts.amazonaws.com'] : (SAMPLES.get(name) ?? [])
  const anchor = anchorOf(shared, claim)
  const isHis = anchor === undefined || (anchor.within === true && at.stage === 'stranger')
  if (at.stage === 'anybody' || isHis) return open(usual, absent)
  const near = at.stage === 'guesser' ? ['stranger', 'group'] : ['stranger']
  const within = at
    .conditionsOn(name)
    .flatMap(({ values, operator }) => (operator.base?.negated === true ? [] : values))
    .filter((value) => near.includes(reach(shared, claim, value)))
    .flatMap((value) => [...usual.filter((one) => matchesPattern(value, one)), ...fill(value)])
    // No token has a star in it, whatever an operator that takes one literally asks for.
    .filter((value) => !/[*?]/.test(value))
  return only([...(claim === 'sub' ? [shared.stranger] : [OUTSIDE]), ...within], absent)
}
