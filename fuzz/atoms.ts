/** Every kind of caller that the conditions of two documents can tell apart, found by trying; shares nothing with what is tried. */

import { type Asked, applies, covers, list, type Told } from '../test/policy/slow-evaluator.ts'
import { dateOf } from '../test/policy/slow-values.ts'

export type Context = Asked['context']
/** One operator on one key. */
export interface Atom {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

/** Does it hold? */
function meets({ operator, key, values }: Atom, asked: Asked): boolean | null {
  return applies({ Effect: 'Allow', Principal: '*', Action: '*', Condition: { [operator]: { [key]: values } } }, asked)
}

type Value = string | readonly string[] | null

const ACCOUNTS = ['111122223333', '444455556666', '222233334444', '999988887777', '444400001111', '777700006666']

const DERIVED = /^aws:(?:principal(?:arn|account|type)|username|userid)$/

/** Of everybody named, and roles and users of accounts named and not: one of each kind that the documents tell apart. */
export function principalsOf(policies: readonly (readonly Told[])[]): readonly Asked['principal'][] {
  const clauses = policies.flat().map(({ Principal, NotPrincipal }) => Object.entries(Principal ?? NotPrincipal ?? {}))
  const atoms = [...atomsOf(policies).values()].flat().filter(({ key }) => DERIVED.test(key.toLowerCase()))
  const kinds = new Map<string, Asked['principal']>()
  for (const principal of everybody(clauses.flat())) {
    const asked: Asked = { principal, action: 'sts:AssumeRole', context: { 'aws:userid': userIdOf(principal) } }
    const covered = clauses.map((clause) =>
      clause.some(([type, ids]) => list(ids).some((id) => covers(type, id, principal) === true)),
    )
    const kind = `${principal.type} ${covered.join()} ${atoms.map((atom) => meets(atom, asked)).join()}`
    if (!kinds.has(kind)) kinds.set(kind, principal)
  }
  return [...kinds.values()]
}

function everybody(clauses: readonly (readonly [string, string | readonly string[]])[]): readonly Asked['principal'][] {
  const found: Asked['principal'][] = []
  for (const account of ACCOUNTS)
    for (const name of ['role/Other', 'role/Deploy', 'role/Dance', 'role/x/Deploy', 'user/ci', 'user/ana', 'user/bob'])
      found.push({ type: 'AWS', id: `arn:aws:iam::${account}:${name}` })
  for (const [type, ids] of clauses)
    for (const id of list(ids)) if (type !== 'AWS' || /:(?:role|user|assumed-role)\//.test(id)) found.push({ type, id })
  return found
}

/** By key in lower case. */
export function atomsOf(policies: readonly (readonly Told[])[]): ReadonlyMap<string, readonly Atom[]> {
  const atoms = new Map<string, Atom[]>()
  for (const { Condition } of policies.flat())
    for (const [operator, keys] of Object.entries(Condition ?? {}))
      for (const [key, values] of Object.entries(keys)) {
        const known = atoms.get(key.toLowerCase()) ?? []
        atoms.set(key.toLowerCase(), [...known, { operator, key, values: list(values) }])
      }
  return atoms
}

/** For one key, one value of each kind that its atoms tell apart; null is "not sent". */
export function kindsOf(atoms: readonly Atom[], asked: Asked): readonly Value[] {
  const [{ key = '' } = {}] = atoms
  if (DERIVED.test(key.toLowerCase())) return [null]
  const hasVariables = atoms.some(({ values }) => values.some((value) => value.includes('$')))
  const kinds = new Map<string, Value>()
  const note = (value: Value) => {
    const context = value === null ? {} : { [key]: value }
    const outcome = atoms.map((atom) => meets(atom, { ...asked, context })).join()
    const kind = hasVariables ? `${outcome} ${value}` : outcome
    if (!kinds.has(kind)) kinds.set(kind, value)
  }
  for (const value of NEVER_ABSENT.test(key) ? [] : [null]) note(value)
  for (const value of near(key, atoms)) note(value)
  if (!atoms.some(({ operator }) => operator.startsWith('For')) || !/tagkeys|list|affiliation/i.test(key))
    return [...kinds.values()]
  const single = [...kinds.values()].filter((value) => typeof value === 'string')
  for (const one of single) for (const other of single) if (one < other) note([one, other])
  return [...kinds.values()]
}

const NEVER_ABSENT = /^aws:(?:currenttime|epochtime|viaawsservice)$|(?<!^saml):(?:sub|aud)$/i

/** What a key can be at all, whoever asks; then what its atoms make worth trying. */
function near(key: string, atoms: readonly Atom[]): readonly string[] {
  if (/multifactorauthpresent|viaawsservice/i.test(key)) return ['true', 'false']
  if (/userid$/i.test(key)) return []
  const values = atoms.flatMap((atom) => atom.values)
  if (/sourceip$/i.test(key)) return ADDRESSES
  if (/epochtime$/i.test(key)) return MOMENTS.map((text) => String(Math.floor(Date.parse(text) / 1000)))
  if (/time$/i.test(key)) return MOMENTS
  if (/age$|number$/i.test(key)) return NUMBERS
  return [...new Set([...texts(values), 'other-value'])].filter((text) => isPossibleText(key, text))
}

const ADDRESSES = [
  '203.0.113.7',
  '203.0.113.8',
  '203.0.113.200',
  '9.9.9.9',
  '198.51.100.1',
  '2001:db8:1::5',
  '2001:db8:2::5',
  '2a00::1',
]
const NUMBERS = ['0', '59', '60', '61', '3599', '3599.5', '3599.7', '3600', '5000', '7200', '9000']
const MOMENTS = [
  '2026-11-20T00:00:00Z',
  '2026-11-21T00:00:00Z',
  '2026-11-21T00:00:00.500Z',
  '2026-11-21T00:00:01Z',
  '2026-12-01T00:00:00Z',
  '2027-01-01T00:00:00Z',
  '2028-01-01T00:00:00Z',
]

function isPossibleText(key: string, text: string): boolean {
  if (/orgpaths$/i.test(key)) return /^o-[a-z\d]+\/(?:[\w-]+\/)+$/.test(text)
  if (/orgid$/i.test(key)) return /^o-[a-z\d]+$/.test(text)
  if (/externalid$/i.test(key)) return text !== ''
  if (/sourcearn$/i.test(key)) return /^arn:aws:\w+:[\w-]*:(\d{12})?:[^:]+$/.test(text)
  if (/sourceaccount$/i.test(key)) return /^\d{12}$/.test(text)
  if (/rolesessionname$|sourceidentity$/i.test(key)) return /^[\w+=,.@-]+$/.test(text)
  return true
}

/** Patterns filled with nothing, with something, and with the pieces of the others. */
function texts(patterns: readonly string[]): readonly string[] {
  const pieces = patterns.flatMap((pattern) => pattern.split(/[*?$]+/)).filter((text) => text !== '')
  const fillers = [...new Set(['', 'zz', 'r-9/ou-9/', 'a', ...pieces])].slice(0, 12)
  const once = patterns.flatMap((pattern) => fillers.flatMap((filler) => fill(pattern, filler)))
  return [...new Set([...once, ...patterns.map((pattern) => pattern.toLowerCase())])].slice(0, 120)
}

function fill(pattern: string, filler: string): readonly string[] {
  const plain = pattern.replaceAll('?', filler.slice(0, 1) || 'q')
  const stars = plain.split('*')
  return [stars.join(filler), `${stars[0]}${filler}${stars.slice(1).join('')}`, stars.join('')]
}

const sentBy = ({ context }: Asked, name: string) =>
  Object.entries(context).find(([key]) => key.toLowerCase() === name)?.[1]

const LINKED = [
  ['aws:multifactorauthpresent', 'aws:multifactorauthage'],
  ['aws:principalorgid', 'aws:principalorgpaths'],
] as const

/** What the world does not hold: an age without MFA, a path outside its organization. What a caller does not say is no lie. */
export function isPossible(asked: Asked): boolean {
  const [mfa, age, organization, paths] = LINKED.flat().map((name) => sentBy(asked, name))
  if (age !== undefined && mfa !== undefined && mfa !== 'true') return false
  if (mfa === 'true' && isRole(asked)) return false
  if (!isPossiblePlace(asked)) return false
  if (!isPossibleTime(asked) || !isPossibleTags(asked)) return false
  if (asked.principal.type !== 'AWS' || organization === undefined || paths === undefined) return true
  return list(paths).every((path) => path.startsWith(`${organization}/`))
}

function isRole({ principal }: Asked): boolean {
  return /^arn:[^:]+:(?:iam::\d+:role|sts::\d+:assumed-role)\//.test(principal.id)
}

/** Through a VPC endpoint, or over the internet; a source is of its account. */
function isPossiblePlace(asked: Asked): boolean {
  const [ip, vpcIp, vpc, endpoint] = ['sourceip', 'vpcsourceip', 'sourcevpc', 'sourcevpce'].map((name) =>
    sentBy(asked, `aws:${name}`),
  )
  if (ip !== undefined && (vpcIp ?? vpc ?? endpoint) !== undefined) return false
  const [account, arn] = [sentBy(asked, 'aws:sourceaccount'), sentBy(asked, 'aws:sourcearn')]
  const within = String(arn ?? '').split(':')[4] ?? ''
  return account === undefined || within === '' || within === account
}

/** One clock has both keys, and credentials are older than the call. */
function isPossibleTime(asked: Asked): boolean {
  const [current, epoch, issued] = ['aws:currenttime', 'aws:epochtime', 'aws:tokenissuetime'].map((name) => {
    const text = sentBy(asked, name)
    return text === undefined ? null : dateOf(String(text))
  })
  // Whole seconds say nothing of their fraction.
  const now = current ?? (epoch == null ? null : epoch + 999)
  const agree = current == null || epoch == null || Math.floor(current / 1000) * 1000 === epoch
  const isFresh = issued != null && now !== null && issued <= now && (current ?? epoch ?? 0) - issued <= 36 * 3_600_000
  return agree && (issued == null || now === null || isFresh)
}

const TAG = 'aws:requesttag/'

function tagsOf({ context }: Asked): readonly string[] {
  const sent = Object.keys(context).map((key) => key.toLowerCase())
  return sent.filter((key) => key.startsWith(TAG)).map((key) => key.slice(TAG.length))
}

function among(keys: Value | undefined): readonly string[] {
  return keys == null ? [] : list(keys).map((key) => key.toLowerCase())
}

/** What is passed on is passed, and what is passed has a key. */
function isPossibleTags(asked: Asked): boolean {
  const keys = sentBy(asked, 'aws:tagkeys')
  if (keys === undefined) return true
  return [...tagsOf(asked), ...among(sentBy(asked, 'sts:transitivetagkeys'))].every((key) => among(keys).includes(key))
}

/** @param told the keys that the documents look at, in lower case: of others nothing need be said */
export function isComplete(asked: Asked, told: ReadonlySet<string>): boolean {
  const keys = among(sentBy(asked, 'aws:tagkeys'))
  const passedOn = among(sentBy(asked, 'sts:transitivetagkeys'))
  if (keys.some((key) => told.has(TAG + key) && !tagsOf(asked).includes(key))) return false
  if (passedOn.some((key) => told.has(TAG + key) && !tagsOf(asked).includes(key))) return false
  if (isRole(asked) && told.has('aws:tokenissuetime') && sentBy(asked, 'aws:tokenissuetime') === undefined) return false
  if (passedOn.length > 0 && told.has('aws:tagkeys') && keys.length === 0) return false
  return LINKED.every(([one, other]) => {
    if (!told.has(one) || !told.has(other)) return true
    const [first, second] = [sentBy(asked, one), sentBy(asked, other)]
    return (first === undefined || first === 'false') === (second === undefined)
  })
}

export function userIdOf({ id }: Asked['principal']): string {
  if (id.includes(':user/')) return 'AIDAEXAMPLEEXAMPLE123'
  return `AROAEXAMPLEEXAMPLE123:${/assumed-role\/[^/]+\/(.*)/.exec(id)?.[1] ?? 'two'}`
}
