/**
 * A second opinion: decides trust as the IAM User Guide tells it, straight from the JSON, slowly and without looking at shared/policy.
 * Where the Guide is silent or others contradict it, the answer is null, and `undecided` for the whole.
 */

import { type Asking, like, type Maybe, slowlyMeets } from './slow-condition.ts'
import { dateOf } from './slow-values.ts'

export interface Asked {
  readonly principal: { readonly type: string; readonly id: string }
  readonly action: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

type Texts = string | readonly string[]

export interface Told {
  readonly Effect: string
  readonly Principal?: string | Readonly<Record<string, Texts>>
  readonly NotPrincipal?: Readonly<Record<string, Texts>>
  readonly Action?: Texts
  readonly NotAction?: Texts
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Texts | boolean | number>>>>
}

export type Decided = 'allow' | 'explicit-deny' | 'implicit-deny' | 'undecided'

/** The whole call: STS asks for every action that it needs. */
export function slowlyDecides(statements: readonly Told[], asked: Asked, version = '2012-10-17'): Decided {
  if (isLengthRefused(asked)) return 'implicit-deny'
  const all = needed(asked).map((action) => slowlyDecidesOne(statements, { ...asked, action }, version))
  for (const worst of ['explicit-deny', 'implicit-deny', 'undecided'] as const) if (all.includes(worst)) return worst
  return 'allow'
}

/** One action. "An explicit deny in any policy overrides any allows" (reference_policies_evaluation-logic). */
export function slowlyDecidesOne(statements: readonly Told[], asked: Asked, version = '2012-10-17'): Decided {
  if (!canSend(asked)) return 'implicit-deny'
  const applying = (effect: string) =>
    some(statements.filter(({ Effect }) => Effect === effect).map((one) => applies(one, asked, version)))
  const [allowed, denied] = [applying('Allow'), applying('Deny')]
  if (denied === true) return 'explicit-deny'
  if (allowed === false) return 'implicit-deny'
  return allowed === null || denied === null ? 'undecided' : 'allow'
}

function some(parts: readonly Maybe[]): Maybe {
  if (parts.includes(true)) return true
  return parts.includes(null) ? null : false
}

function every(parts: readonly Maybe[]): Maybe {
  if (parts.includes(false)) return false
  return parts.includes(null) ? null : true
}

export function list(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** One statement, of one action. */
export function applies(told: Told, asked: Asked, version = '2012-10-17'): Maybe {
  const asking: Asking = {
    asked,
    valuesOf: (key) => valuesOf(key, asked),
    isUnsaid: (key) => isUnsaid(key, asked),
    version,
  }
  const spoken = acts(told, asked) ? speaks(told, asked) : false
  let meets: Maybe = spoken
  for (const [operator, keys] of Object.entries(told.Condition ?? {})) {
    // IAM refuses the same key in two spellings: which of them would count, nobody knows.
    const twins = hasTwins(Object.keys(keys))
    for (const [key, values] of Object.entries(keys)) {
      if (meets === false) return false
      meets = every([meets, twins ? null : slowlyMeets(operator, key, list(values), asking)])
    }
  }
  return meets
}

function hasTwins(keys: readonly string[]): boolean {
  return new Set(keys.map((key) => key.toLowerCase())).size < keys.length
}

function acts({ Action, NotAction }: Told, { action }: Asked): boolean {
  const pattern = list(Action ?? NotAction)
  const [called, patterns] = [action.toLowerCase(), pattern.map((one) => one.toLowerCase())]
  const named = patterns.includes(called) || patterns.some((one) => /[*?]/.test(one) && like(one, called))
  return Action === undefined ? !named : named
}

function speaks({ Principal, NotPrincipal }: Told, asked: Asked): Maybe {
  const clause = Principal ?? NotPrincipal ?? {}
  if (clause === '*') return true
  const covered = some(
    Object.entries(clause).flatMap(([type, ids]) => list(ids).map((id) => covers(type, id, asked.principal))),
  )
  if (Principal !== undefined) return covered
  // Whether an account or its user is looked at first is not certain.
  return covered === true ? false : null
}

/** reference_policies_elements_principal, one form after the other. */
export function covers(type: string, id: string, caller: Asked['principal']): Maybe {
  if (!['AWS', 'Service', 'Federated'].includes(type)) return null
  if (type === 'AWS' && id === '*') return true
  if (/[*?]/.test(id)) return null
  if (type !== caller.type)
    return type === 'AWS' && accountNamed(id) === null && !isIdentity(id) ? unknownId(id) : false
  if (type !== 'AWS') return id === caller.id
  const account = accountNamed(id)
  if (account !== null) return accountOf(caller.id) === account
  if (!isIdentity(id)) return unknownId(id)
  return id === caller.id || isSessionOf(caller.id, id)
}

function accountNamed(id: string): string | null {
  if (/^[\d-]+$/.test(id)) {
    const digits = id.split('-').join('')
    return digits.length === 12 ? digits : null
  }
  return /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(id)?.[1] ?? null
}

function isIdentity(id: string): boolean {
  return /^arn:aws[a-z-]*:(iam::\d{12}:(user|role)|sts::\d{12}:(assumed-role|federated-user))\/./.test(id)
}

/** "IAM transforms the ARN to the unique id" when the entity is deleted: it matches nobody. Other texts are no principals. */
function unknownId(id: string): Maybe {
  return /^A(RO|ID)A/.test(id) ? false : null
}

function isSessionOf(session: string, role: string): boolean {
  const [kind, name] = session.split('/')
  const account = accountOf(session)
  if (!kind?.endsWith(`:sts::${account}:assumed-role`)) return false
  return role.includes(`:iam::${account}:role/`) && role.split('/').at(-1) === name
}

function accountOf(id: string): string | null {
  return accountNamed(id) ?? id.split(':')[4] ?? null
}

/** Each kind of caller has its own way in. */
function canSend({ principal, action }: Asked): boolean {
  const saml = principal.id.includes(':saml-provider/')
  const own = principal.type !== 'Federated' ? 'assumerole' : saml ? 'assumerolewithsaml' : 'assumerolewithwebidentity'
  return [own, 'tagsession', 'setsourceidentity', 'setcontext'].includes(action.toLowerCase().replace('sts:', ''))
}

/** id_session-tags and id_credentials_temp_control-access_monitor: "In addition to the action that matches the API operation". */
function needed({ principal, action, context }: Asked): readonly string[] {
  if (!action.toLowerCase().startsWith('sts:assumerole')) return [action]
  const sent = Object.keys(context).filter((key) => context[key]?.length !== 0)
  const passes = (pattern: RegExp) => sent.some((key) => pattern.test(key))
  const anywhere = principal.type === 'Service' && principal.id.startsWith('rolesanywhere.')
  const all = [action]
  if (anywhere || passes(/^(aws:RequestTag\/|aws:TagKeys$|sts:TransitiveTagKeys$)/i)) all.push('sts:TagSession')
  if (anywhere || passes(/^(aws|sts):SourceIdentity$/i)) all.push('sts:SetSourceIdentity')
  if (passes(/^sts:RequestContext/i)) all.push('sts:SetContext')
  return all
}

/** The STS API reference, AssumeRole: 900 seconds to 12 hours, one hour when roles are chained. */
function isLengthRefused({ principal, context }: Asked): boolean {
  const key = Object.keys(context).find((one) => /^sts:DurationSeconds$/i.test(one))
  const seconds = Number(/^\d+$/.exec(String(context[key ?? ''] ?? ''))?.[0] ?? Number.NaN)
  return seconds < 900 || seconds > (/:(role|assumed-role)\//.test(principal.id) ? 3600 : 43_200)
}

/** What the call carries under a key; null: nothing. reference_policies_condition-keys, key by key. */
function valuesOf(key: string, { principal, context, action }: Asked): readonly string[] | null {
  const name = key.toLowerCase()
  if (isNever(name, principal, action)) return null
  const found = Object.entries(context).find(([one]) => one.toLowerCase() === name)?.[1]
  const given = found === undefined ? null : list(found)
  const certain = certainOf(name, principal)
  if (certain !== null) return name === 'aws:principalarn' && isRoleOf(given, principal.id) ? given : [certain]
  if (given === null && name === 'aws:securetransport') return ['true']
  if (given === null && name === 'aws:viaawsservice') return ['false']
  return given ?? following(name, context)
}

const OTHER_CLOCK = new Map([
  ['aws:epochtime', 'aws:currenttime'],
  ['aws:currenttime', 'aws:epochtime'],
])

/** "The date and time in epoch … of the request" and "… of the request": one is the other. And whoever passes a tag, passes its key. */
function following(name: string, context: Asked['context']): readonly string[] | null {
  const sent = Object.entries(context).map(([key, values]) => [key.toLowerCase(), list(values)] as const)
  const seconds = Math.floor(dateOf(sent.find(([key]) => key === OTHER_CLOCK.get(name))?.[1][0] ?? '') / 1000)
  if (OTHER_CLOCK.has(name)) {
    if (Number.isNaN(seconds)) return null
    return [name === 'aws:epochtime' ? `${seconds}` : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')]
  }
  if (name !== 'aws:tagkeys') return null
  const tags = Object.keys(context).filter((key) => /^aws:requesttag\//i.test(key) && list(context[key]).length > 0)
  return tags.length === 0 ? null : tags.map((key) => key.split('/').slice(1).join('/'))
}

/** An ARN with the path that the session does not show. */
function isRoleOf(given: readonly string[] | null, session: string): boolean {
  return given?.length === 1 && /^arn:aws[a-z-]*:iam::/.test(given[0] ?? '') && isSessionOf(session, given[0] ?? '')
}

/** The table of principal key values in reference_policies_variables. */
function certainOf(name: string, { type, id }: Asked['principal']): string | null {
  if (type === 'Service')
    return name === 'aws:principalservicename' ? id : name === 'aws:principalisawsservice' ? 'true' : null
  if (type !== 'AWS' || !name.startsWith('aws:')) return null
  const account = accountOf(id) ?? ''
  const kind = id.includes('/') ? (id.split('/')[0] ?? '').split(':').at(-1) : 'root'
  const [, first = ''] = id.split('/')
  const partition = id.startsWith('arn:') ? id.split(':')[1] : 'aws'
  switch (name) {
    case 'aws:principalaccount':
      return account
    case 'aws:principaltype':
      return TYPES.find(([one]) => one === kind)?.[1] ?? null
    case 'aws:principalisawsservice':
      return 'false'
    case 'aws:username':
      return kind === 'user' ? (id.split('/').at(-1) ?? null) : null
    case 'aws:userid':
      return kind === 'federated-user' ? `${account}:${first}` : null
    case 'aws:principalarn':
      if (kind === 'assumed-role') return `arn:${partition}:iam::${account}:role/${first}`
      return kind === 'root' ? `arn:${partition}:iam::${account}:root` : id
    default:
      return null
  }
}

const TYPES = [
  ['root', 'Account'],
  ['user', 'User'],
  ['role', 'AssumedRole'],
  ['assumed-role', 'AssumedRole'],
  ['federated-user', 'FederatedUser'],
] as const

const SIGNED = /^aws:(principal(arn|account|orgid|orgpaths)|multifactorauth(present|age)|username)$/

function isNever(name: string, { type, id }: Asked['principal'], action: string): boolean {
  if (name === 'sts:durationseconds') return true
  if (name === 'sts:externalid') {
    // Their own guides ask for one.
    const sends = type === 'Service' && /^(firehose|cognito-idp|pinpoint)\.amazonaws\.com$/.test(id)
    return (type !== 'AWS' && !sends) || /assumerolewith/i.test(action)
  }
  if (SIGNED.test(name) && type !== 'AWS') return true
  if (name.startsWith('aws:principalservicename')) return type !== 'Service'
  // "Made directly by an AWS service principal", and not by those of which it is known that they do not say.
  if (/^aws:source(arn|account|orgid|orgpaths)$/.test(name))
    return type !== 'Service' || /^(ec2|lambda)\.amazonaws\.com/.test(id)
  if (name === 'aws:username') return !id.includes(':user/')
  // "The temporary credentials returned by AssumeRole do not include MFA information in the context".
  if (name === 'aws:multifactorauthage') return /^arn:[^:]+:(iam::\d+:role|sts::\d+:assumed-role)\//.test(id)
  if (name.startsWith('saml:'))
    return !id.includes(':saml-provider/') && !(type === 'AWS' && /^saml:(namequalifier|sub|sub_type)$/.test(name))
  const issuer = name.slice(0, name.lastIndexOf(':'))
  if (name.startsWith('aws:') || name.startsWith('sts:') || !issuer.includes('.')) return false
  return type !== 'Federated' || !(id.toLowerCase() === issuer || id.toLowerCase().endsWith(`:oidc-provider/${issuer}`))
}

/** "Always included in the request context": not saying it leaves it open. */
function isUnsaid(key: string, asked: Asked): boolean {
  const always = /^(aws:(currenttime|epochtime|requestedregion|useragent)|sts:rolesessionname)$/i.test(key)
  const signed = /^aws:userid$/i.test(key) && asked.principal.type === 'AWS'
  return (always || signed) && valuesOf(key, asked) === null
}
