/** What a condition asks for and what the request has, with what to do about it. Quoted texts are the document's: escaping them is the sink's part. */

import type { Call } from './call.ts'
import { demandWords, list, spell } from './condition-words.ts'
import { variablesIn } from './glob.ts'
import { presence } from './keys.ts'
import type { Condition } from './policy.ts'
import { issuerBehind } from './principal.ts'

/** "sts:ExternalId must be a or b; the request has none". */
export function unmetWords(condition: Condition, call: Call): string {
  const never = neverWords(condition, call)
  if (never !== null) return never
  const values = call.values(condition.name)
  const has = values === null ? 'none' : values.length === 0 ? 'an empty list' : list(values.map(spell), 'and')
  const hint = HINTS.get(condition.name)
  const advice = hint === undefined ? '' : `. ${values === null ? hint.absent : hint.other}`
  return `${demandWords(condition)}; the request has ${has}${advice.replace(/\. $/, '')}`
}

/** What no call of this kind ever carries: no request can help, the policy must change. */
function neverWords({ key, name }: Condition, call: Call): string | null {
  const { form } = call.caller
  const { principal, action } = call.request
  const at = { type: principal.type, action, issuer: issuerBehind(form), kind: form.kind }
  if (presence(name, at) !== 'never') return null
  if (name === 'sts:durationseconds')
    return `it asks for ${spell(key)}, which never exists on calls that assume a role, so the statement can never match. The role's maximum session duration limits sessions`
  return `it asks for ${spell(key)}, which a call like this never carries, so the statement can never match it`
}

interface Hint {
  readonly absent: string
  readonly other: string
}

const MFA_HINT =
  'Long-term keys never carry it: get a session with an MFA code first (aws sts get-session-token --serial-number … --token-code …)'

const HINTS: ReadonlyMap<string, Hint> = new Map([
  [
    'sts:externalid',
    { absent: 'Pass the one agreed on (--external-id)', other: 'It must be the one agreed on, in the same case' },
  ],
  ['aws:multifactorauthpresent', { absent: MFA_HINT, other: 'Sign in again with an MFA code' }],
  [
    'aws:multifactorauthage',
    { absent: MFA_HINT, other: 'Sign in again with an MFA code: the last one is too long ago' },
  ],
  [
    'sts:rolesessionname',
    { absent: 'Pass a session name (--role-session-name)', other: 'Choose another session name' },
  ],
  [
    'sts:sourceidentity',
    { absent: 'Pass a source identity (--source-identity)', other: 'Pass another source identity' },
  ],
  ['aws:principalorgid', { absent: "It is there when the caller's account is in an organisation", other: '' }],
])

/** Why a condition cannot be decided, naming the key. */
export function undecidedWords(condition: Condition, call: Call): string {
  const { key, operator, values, variables, name } = condition
  if (call.isOpen(name)) return `the request does not say ${spell(key)}`
  const unsaid = variables
    ? values.flatMap(variablesIn).find((one) => one !== null && call.isOpen(one.key.toLowerCase()))
    : undefined
  if (unsaid) return `the request does not say ${spell(unsaid.key)}, which ${spell(key)} is compared with`
  if (name === 'aws:principalarn' && call.caller.form.kind === 'session')
    return `a session does not show its role's path, and ${spell(key)} is compared with one: say ${spell(key)}, the role's ARN`
  return `what ${spell(operator.name)} does with ${spell(key)}`
}
