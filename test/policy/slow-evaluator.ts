/**
 * A second opinion for the property tests: decides trust as the IAM User Guide tells it, straight from the JSON, slowly and without
 * looking at shared/policy. Knows the operators people use; everything it does not know it refuses to judge (null).
 */

export interface Asked {
  readonly principal: { readonly type: string; readonly id: string }
  readonly action: string
  readonly context: Readonly<Record<string, string | readonly string[]>>
}

export interface Told {
  readonly Effect: string
  readonly Principal?: Readonly<Record<string, string | readonly string[]>>
  readonly NotPrincipal?: Readonly<Record<string, string | readonly string[]>>
  readonly Action?: string | readonly string[]
  readonly NotAction?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** Allowed? Null: no opinion. */
export function slowlyAllows(statements: readonly Told[], asked: Asked): boolean | null {
  let allowed: boolean | null = false
  let denied: boolean | null = false
  for (const statement of statements) {
    const applies = slowlyApplies(statement, asked)
    if (statement.Effect === 'Allow') allowed = or(allowed, applies)
    else denied = or(denied, applies)
  }
  if (denied === true) return false
  return denied === null || allowed === null ? (allowed === false ? false : null) : allowed
}

function or(a: boolean | null, b: boolean | null): boolean | null {
  if (a === true || b === true) return true
  return a === null || b === null ? null : false
}

function and(parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false
  return parts.includes(null) ? null : true
}

/** Does the statement speak of this caller, this call and these conditions? */
export function slowlyApplies({ Condition, ...statement }: Told, asked: Asked): boolean | null {
  if (!slowlyActs(statement, asked) || !canSend(asked)) return false
  return and([
    slowlySpeaks(statement, asked),
    ...Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => slowlyMeets({ operator, key, values: list(values) }, asked)),
    ),
  ])
}

function slowlyActs({ Action, NotAction = [] }: Told, { action }: Asked): boolean {
  const named = list(Action ?? NotAction).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()))
  return named === (Action !== undefined)
}

/** Of callers whom a NotPrincipal does not name the User Guide is not sure: their account may be. */
function slowlySpeaks({ Principal, NotPrincipal }: Told, asked: Asked): boolean | null {
  const named = Object.entries(Principal ?? NotPrincipal ?? {}).some(([type, ids]) =>
    list(ids).some((id) => slowlyCovers(type, id, asked)),
  )
  if (NotPrincipal === undefined) return named
  return named ? false : null
}

/** Each kind of caller has its own way in. */
function canSend({ principal, action }: Asked): boolean {
  if (!/^sts:assumerole/i.test(action)) return true
  if (principal.type !== 'Federated') return action === 'sts:AssumeRole'
  return action === `sts:AssumeRoleWith${principal.id.includes(':saml-provider/') ? 'SAML' : 'WebIdentity'}`
}

export function slowlyCovers(type: string, id: string, { principal }: Asked): boolean {
  if (type === 'AWS' && id === '*') return true
  if (type !== principal.type) return false
  if (id === principal.id) return true
  if (type !== 'AWS') return false
  const account = /^\d{12}$/.exec(id)?.[0] ?? /^arn:aws[a-z-]*:iam::(\d{12}):root$/.exec(id)?.[1]
  if (account !== undefined) return accountOf(principal.id) === account
  const [, roleAccount, roleName] = /:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(id) ?? []
  const [, account2, role2] = /:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(principal.id) ?? []
  return roleAccount !== undefined && roleAccount === account2 && roleName === role2
}

function accountOf(arn: string): string | undefined {
  return arn.split(':')[4]
}

const ONLY_SIGNED = [
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
]

/** What the call carries under a key; null: nothing. */
function valuesOf(key: string, { principal, context, action }: Asked): readonly string[] | null {
  const name = key.toLowerCase()
  const [signed, arn] = [principal.type === 'AWS', principal.id]
  if (name === 'sts:durationseconds') return null
  if (name === 'sts:externalid' && (!signed || /With/.test(action))) return null
  if (!signed && ONLY_SIGNED.includes(name)) return null
  if (name.startsWith('saml:') && !arn.includes(':saml-provider/')) return null
  if (name.includes('.com') && name.includes(':') && !`${arn.toLowerCase()}:`.includes(`/${issuer(name)}:`)) return null
  if (name === 'aws:principalaccount') return signed ? [accountOf(arn) ?? ''] : null
  if (name === 'aws:principalarn')
    return signed ? [arn.replace(/:sts::(\d+):assumed-role\/([^/]+)\/.*/, ':iam::$1:role/$2')] : null
  // What services and unsigned callers carry here is not documented.
  if (name === 'aws:principaltype' && signed) return [isUser(arn) ? 'User' : 'AssumedRole']
  if (name === 'aws:username') return isUser(arn) ? [arn.slice(arn.lastIndexOf('/') + 1)] : null
  for (const one of Object.keys(context)) if (one === key || one.toLowerCase() === name) return list(context[one] ?? [])
  return null
}

function isUser(arn: string): boolean {
  return /^arn:[^:]*:iam::\d*:user\//.test(arn)
}

function issuer(name: string): string {
  return name.slice(0, name.lastIndexOf(':'))
}

export interface Atom {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

/** Does one condition hold? */
export function slowlyMeets({ operator, key, values: wanted }: Atom, asked: Asked): boolean | null {
  const given = valuesOf(key, asked)
  const { qualifier, base, ifExists } = partsOf(operator)
  if (base === 'Null') return qualifier === '' ? wanted.some((want) => (want === 'true') === (given === null)) : null
  const test = TESTS.get(base.replace('Not', ''))
  if (test === undefined || (qualifier === '' && /(tagkeys|orgpaths)$/i.test(key))) return null
  const negated = base.includes('Not')
  if (given === null || given.length === 0) {
    if (ifExists !== '') return true
    if (qualifier !== '') return qualifier === 'ForAllValues'
    return negated
  }
  const values = wanted.map((want) => substituted(want, base, asked))
  if (negated && values.includes(null)) return null
  const one = (value: string) => values.some((want) => want !== null && test(want, value)) !== negated
  if (qualifier === 'ForAllValues') return given.every(one)
  if (qualifier === 'ForAnyValue') return given.some(one)
  return given.length > 1 ? null : one(given[0] ?? '')
}

const PARTS = new Map<string, { readonly qualifier: string; readonly base: string; readonly ifExists: string }>()

function partsOf(operator: string) {
  const known = PARTS.get(operator)
  if (known !== undefined) return known
  const [, qualifier = '', base = '', ifExists = ''] = /^(?:(For\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  const parts = { qualifier, base, ifExists }
  PARTS.set(operator, parts)
  return parts
}

/** Stands for one character of a variable's value, so that a star in it is no wildcard. Null: the call does not say. */
function substituted(want: string, base: string, asked: Asked): string | null {
  if (!want.includes('$') || !/^(String|Arn)/.test(base)) return want
  let known = true
  const text = want.replaceAll(/\$\{([^{}]*)\}/g, (_, key: string) => {
    const [value, ...more] = valuesOf(key, asked) ?? []
    known &&= value !== undefined && more.length === 0
    return value ?? ''
  })
  return known ? text : null
}

type Test = (wanted: string, value: string) => boolean

const order = (read: (text: string) => number, holds: (a: number, b: number) => boolean): Test => {
  return (wanted, value) => holds(read(value), read(wanted))
}
const ORDERS: readonly (readonly [string, (a: number, b: number) => boolean])[] = [
  ['Equals', (a, b) => a === b],
  ['LessThan', (a, b) => a < b],
  ['LessThanEquals', (a, b) => a <= b],
  ['GreaterThan', (a, b) => a > b],
  ['GreaterThanEquals', (a, b) => a >= b],
]

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['StringEquals', (wanted, value) => wanted === value],
  ['StringEqualsIgnoreCase', (wanted, value) => wanted.toLowerCase() === value.toLowerCase()],
  ['StringLike', like],
  ['ArnLike', arnLike],
  ['ArnEquals', arnLike],
  ['Bool', (wanted, value) => wanted.toLowerCase() === value.toLowerCase()],
  ['BinaryEquals', (wanted, value) => wanted === value],
  ...ORDERS.map(([name, holds]) => [`Numeric${name}`, order(Number, holds)] as const),
  ...ORDERS.map(([name, holds]) => [`Date${name}`, order(Date.parse, holds)] as const),
  ['IpAddress', inRange],
])

/** By trying every length for every star. */
function like(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern.startsWith('*')) {
    for (let i = 0; i <= text.length; i++) if (like(pattern.slice(1), text.slice(i))) return true
    return false
  }
  return text !== '' && (pattern.startsWith('?') || pattern[0] === text[0]) && like(pattern.slice(1), text.slice(1))
}

function arnLike(pattern: string, arn: string): boolean {
  const [wanted, given] = [sixFields(pattern), sixFields(arn)]
  return pattern === '*' || (given.length === 6 && wanted.every((field, i) => like(field, given[i] ?? '')))
}

function sixFields(arn: string): readonly string[] {
  const fields = arn.split(':')
  return fields.length < 6 ? fields : [...fields.slice(0, 5), fields.slice(5).join(':')]
}

function inRange(range: string, address: string): boolean {
  const [base = '', bits = ''] = range.split('/')
  const [wanted, given] = [bitsOf(base), bitsOf(address)]
  const length = bits === '' ? wanted.length : Number(bits)
  return wanted.length === given.length && wanted.slice(0, length) === given.slice(0, length)
}

function bitsOf(address: string): string {
  const binary = (text: string, radix: number, width: number) =>
    Number.parseInt(text, radix).toString(2).padStart(width, '0')
  if (!address.includes(':'))
    return address
      .split('.')
      .map((part) => binary(part, 10, 8))
      .join('')
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter((part) => part !== ''))
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...middle, ...right].map((part) => binary(part, 16, 16)).join('')
}

export function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
