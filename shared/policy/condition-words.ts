/** Conditions and principals in words, bounded in length. Quoted texts are the document's own: escaping them is the sink's part. */

import type { Condition, PrincipalForm } from './policy.ts'

/** A condition with those of its values that count. */
export interface Narrowed {
  readonly condition: Condition
  readonly values: readonly string[]
  /** Whoever does not send it is not meant, though the condition lets him in. */
  readonly sent?: true
}

const LONGEST = 120
const MOST = 5

/** Cut to a length a person reads; nothing at all is shown as such. */
export function spell(text: string): string {
  if (text === '') return '""'
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`
}

/** "a, b or c"; a long list is cut, with the count. */
export function list(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length > MOST) return `${items.slice(0, MOST).join(', ')} ${word} ${items.length - MOST} more`
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

const RELATIONS = {
  equals: 'is',
  'equals-ignore-case': 'is, in any case,',
  like: 'is like',
  less: 'is less than',
  'less-or-equal': 'is at most',
  greater: 'is greater than',
  'greater-or-equal': 'is at least',
  within: 'is within',
  null: '',
} as const

const DATES = {
  ...RELATIONS,
  less: 'is before',
  'less-or-equal': 'is not after',
  greater: 'is after',
  'greater-or-equal': 'is not before',
} as const

interface Verbs {
  readonly is: string
  readonly isNot: string
  /** Is it said that the key may be missing, where it may? */
  readonly missing: boolean
}

const STATES: Verbs = { is: 'is', isNot: 'is not', missing: true }
const SENT: Verbs = { ...STATES, missing: false }
const DEMANDS: Verbs = { is: 'must be', isNot: 'must not be', missing: true }

/** With all its values. */
export function entirely(condition: Condition): Narrowed {
  return { condition, values: condition.values }
}

/** "sts:ExternalId is x or y". */
export function conditionWords(condition: Condition): string {
  return wordsOf(condition, STATES)
}

/** Of those values that count. */
function narrowedWords({ condition, values, sent }: Narrowed): string {
  return wordsOf({ ...condition, values }, sent === true ? SENT : STATES)
}

/** The issuer stands in front of every claim, and has been told. */
export function claimWords(narrowed: Narrowed, issuer: string | null): string {
  const { condition } = narrowed
  const own = issuer !== null && condition.name.startsWith(`${issuer}:`)
  return narrowedWords(
    own ? { ...narrowed, condition: { ...condition, key: condition.key.slice(issuer.length + 1) } } : narrowed,
  )
}

/** "where sts:ExternalId is x and my:key is y". */
export function whereWords(conditions: readonly Condition[], issuer: string | null): string {
  return `where ${list(
    conditions.map((one) => claimWords(entirely(one), issuer)),
    'and',
  )}`
}

/** "sts:ExternalId must be x or y". */
export function demandWords(condition: Condition): string {
  return wordsOf(condition, DEMANDS)
}

function wordsOf(condition: Condition, verbs: Verbs): string {
  const { base, qualifier, ifExists, name } = condition.operator
  const values = valueWords(condition)
  const key = spell(condition.key)
  if (base === null) return `${spell(name)} on ${key}: ${values}`
  if (base.family === 'null') return nullWords(condition, `${key} ${verbs.is}`)
  const words = (base.family === 'date' ? DATES : RELATIONS)[base.relation]
  const relation = words.replace('is', base.negated ? verbs.isNot : verbs.is)
  const many = qualifier === 'ForAllValues' ? 'every ' : qualifier === 'ForAnyValue' ? 'some ' : ''
  // What a caller sends himself he can leave out; the rest AWS says of him, or does not.
  const missing = /^sts:|^aws:(?:requesttag\/|tagkeys)/.test(condition.name) ? 'not sent' : 'absent'
  const orAbsent = verbs.missing && (ifExists || qualifier === 'ForAllValues') ? `, or is ${missing}` : ''
  return `${many}${key} ${relation} ${values}${orAbsent}`
}

/** A list of nothing, and texts in which others would see a wildcard or a variable, are said to be what they are. */
export function valueWords({ values, variables, operator: { base } }: Condition): string {
  if (values.length === 0) return 'one of an empty list'
  const starred = base?.family === 'string' && base.relation !== 'like' && values.some((value) => /[*?]/.test(value))
  const unread = base?.family === 'string' && !variables && values.some((value) => value.includes('${'))
  const literal = unread || (starred && !values.some((value) => value.includes('${')))
  return `${list(values.map(spell), 'or')}${literal ? ', literally' : ''}`
}

function nullWords(condition: Condition, keyIs: string): string {
  const values = condition.values.map((value) => value.toLowerCase())
  if (values.length === 1 && values[0] === 'true') return `${keyIs} absent`
  if (values.length === 1 && values[0] === 'false') return `${keyIs} present`
  return `${keyIs} absent or present`
}

/** Who a principal value stands for. */
export function principalWords(form: PrincipalForm, written: string): string {
  switch (form.kind) {
    case 'everyone':
      return 'anyone with an AWS account'
    case 'account':
      return `account ${form.account}`
    case 'role':
    case 'user':
    case 'session':
    case 'federated-user':
      return `${nameOf(form)} of account ${form.account}`
    case 'unique-id':
      return `a deleted ${form.id.startsWith('AROA') ? 'role' : 'user'} (${spell(form.id)})`
    case 'service':
      return `the service ${spell(form.name)}`
    case 'provider':
      return `a user of the identity provider ${spell(form.id)}`
    case 'canonical-user':
      return `the canonical user ${spell(form.id)}`
    case 'not-understood':
      return spell(written)
    default:
      return form satisfies never
  }
}

/** @param account whose it is goes without saying */
export function nameWords(form: PrincipalForm, account: string | null): string {
  return 'arn' in form && form.account === account ? nameOf(form) : principalWords(form, form.kind)
}

function nameOf(form: Extract<PrincipalForm, { readonly arn: string }>): string {
  switch (form.kind) {
    case 'role':
    case 'user':
      return `${form.kind} ${spell(pathAndName(form.arn))}`
    case 'session':
      return `session ${spell(form.session)} of role ${spell(form.role)}`
    case 'federated-user':
      return `federated user ${spell(form.name)}`
    default:
      return form satisfies never
  }
}

/** What stands behind `role/` or `user/`: two of one name may have different paths. */
function pathAndName(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1)
}
