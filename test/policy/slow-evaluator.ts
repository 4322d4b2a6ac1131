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
  readonly Principal: Readonly<Record<string, string | readonly string[]>>
  readonly Action: string | readonly string[]
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

function slowlyApplies({ Principal, Action, Condition }: Told, asked: Asked): boolean | null {
  const acts = list(Action).some((pattern) => like(pattern.toLowerCase(), asked.action.toLowerCase()))
  const speaks = Object.entries(Principal).some(([type, ids]) => list(ids).some((id) => covers(type, id, asked)))
  if (!acts || !speaks || !canSend(asked)) return false
  return and(
    Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => meets(operator, list(values), valuesOf(key, asked), key)),
    ),
  )
}

/** Each kind of caller has its own way in. */
function canSend({ principal, action }: Asked): boolean {
  if (!/^sts:assumerole/i.test(action)) return true
  const web = principal.type === 'Federated'
  return action === (web ? 'sts:AssumeRoleWithWebIdentity' : 'sts:AssumeRole')
}

function covers(type: string, id: string, { principal }: Asked): boolean {
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

const NEVER_SIGNED = ['aws:principalorgid', 'aws:multifactorauthpresent', 'aws:multifactorauthage']

/** What the call carries under a key; null: nothing. */
function valuesOf(key: string, { principal, context, action }: Asked): readonly string[] | null {
  const name = key.toLowerCase()
  const [signed, arn] = [principal.type === 'AWS', principal.id]
  if (name === 'sts:durationseconds') return null
  if (name === 'sts:externalid' && (!signed || /With/.test(action))) return null
  if (!signed && NEVER_SIGNED.includes(name)) return null
  if (name.includes('.com:') && !`${arn.toLowerCase()}:`.includes(`/${name.slice(0, name.indexOf(':') + 1)}`))
    return null
  if (name === 'aws:principalaccount') return signed ? [accountOf(arn) ?? ''] : null
  if (name === 'aws:principalarn')
    return signed ? [arn.replace(/:sts::(\d+):assumed-role\/([^/]+)\/.*/, ':iam::$1:role/$2')] : null
  if (name === 'aws:principaltype') return signed ? [arn.includes(':user/') ? 'User' : 'AssumedRole'] : null
  if (name === 'aws:username') return arn.includes(':user/') ? [arn.slice(arn.lastIndexOf('/') + 1)] : null
  const found = Object.entries(context).find(([one]) => one.toLowerCase() === name)
  return found === undefined ? null : list(found[1])
}

function meets(
  operator: string,
  wanted: readonly string[],
  given: readonly string[] | null,
  key: string,
): boolean | null {
  const [, qualifier = '', base = '', ifExists = ''] = /^(?:(For\w+):)?(\w+?)(IfExists)?$/.exec(operator) ?? []
  if (base === 'Null') return qualifier === '' ? wanted.some((want) => (want === 'true') === (given === null)) : null
  const test = TESTS.get(base.replace('Not', ''))
  if (test === undefined || (qualifier === '' && /tagkeys$/i.test(key))) return null
  const negated = base.includes('Not')
  const one = (value: string) => wanted.some((want) => test(want, value)) !== negated
  if (given === null || given.length === 0) {
    if (qualifier === 'ForAnyValue') return ifExists !== ''
    return ifExists !== '' || qualifier === 'ForAllValues' || negated
  }
  if (qualifier === 'ForAllValues') return given.every(one)
  if (qualifier === 'ForAnyValue') return given.some(one)
  return given.length > 1 ? null : one(given[0] ?? '')
}

type Test = (wanted: string, value: string) => boolean

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['StringEquals', (wanted, value) => wanted === value],
  ['StringEqualsIgnoreCase', (wanted, value) => wanted.toLowerCase() === value.toLowerCase()],
  ['StringLike', like],
  ['ArnLike', arnLike],
  ['ArnEquals', arnLike],
  ['Bool', (wanted, value) => wanted.toLowerCase() === value.toLowerCase()],
  ['NumericLessThan', (wanted, value) => Number(value) < Number(wanted)],
  ['NumericGreaterThan', (wanted, value) => Number(value) > Number(wanted)],
  ['DateLessThan', (wanted, value) => Date.parse(value) < Date.parse(wanted)],
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
  return pattern === '*' || wanted.every((field, i) => like(field, given[i] ?? ''))
}

function sixFields(arn: string): readonly string[] {
  const fields = arn.split(':')
  return [...fields.slice(0, 5), fields.slice(5).join(':')]
}

function inRange(range: string, address: string): boolean {
  const [base = '', bits = '32'] = range.split('/')
  const binary = (text: string) =>
    text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('')
  return binary(base).slice(0, Number(bits)) === binary(address).slice(0, Number(bits))
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
