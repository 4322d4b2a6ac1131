/**
 * What a condition key holds, and whether an operator can compare it. Keys without a documented type are not judged.
 * Source: IAM User Guide, reference_policies_condition-keys (each key's data type).
 */

import type { Condition } from './policy.ts'

const KEY_TYPES = ['arn', 'bool', 'date', 'ip', 'numeric', 'text'] as const
type KeyType = (typeof KEY_TYPES)[number]

const TYPES = {
  arn: ['aws:principalarn', 'aws:sourcearn'],
  bool: ['aws:multifactorauthpresent', 'aws:principalisawsservice', 'aws:securetransport', 'aws:viaawsservice'],
  date: ['aws:currenttime', 'aws:tokenissuetime'],
  ip: ['aws:sourceip', 'aws:vpcsourceip'],
  numeric: ['aws:multifactorauthage'],
  text: [
    'aws:principalaccount',
    'aws:principalorgid',
    'aws:principaltype',
    'aws:sourceaccount',
    'aws:sourceorgid',
    'aws:sourcevpc',
    'aws:sourcevpce',
    'aws:userid',
    'aws:username',
    'sts:externalid',
    'sts:rolesessionname',
    'sts:sourceidentity',
  ],
} as const satisfies Record<KeyType, readonly string[]>

const TYPE_OF: ReadonlyMap<string, KeyType> = new Map(
  KEY_TYPES.flatMap((type) => TYPES[type].map((name) => [name, type] as const)),
)

const WORDS = {
  arn: 'the key is an ARN',
  bool: 'the key is true or false',
  date: 'the key is a date',
  ip: 'the key is an address',
  numeric: 'the key is a number',
  text: 'the key is plain text',
} as const satisfies Record<KeyType, string>

/** Why the operator never finds the key to fit; null: it can, or nobody knows. */
export function mismatch({ name, operator: { base }, values }: Condition): string | null {
  const type = TYPE_OF.get(name)
  if (type === undefined || base === null || base.family === 'null') return null
  if (base.family === 'string') return misreadText(type, { isLike: base.relation === 'like', values })
  return base.family === type || (base.family === 'numeric' && type === 'date') ? null : WORDS[type]
}

/** Keys are text on the way; as text they compare, but for what only their own operator can read. */
function misreadText(
  type: KeyType,
  { isLike, values }: { readonly isLike: boolean; readonly values: readonly string[] },
): string | null {
  if (type === 'ip' && values.some((value) => value.includes('/'))) return 'a range is no address'
  if (type === 'date' || type === 'numeric') return WORDS[type]
  const isPattern = values.some((value) => /[*?]/.test(value.replaceAll(/\$\{[*?$]\}/g, '')))
  return type === 'arn' && !isLike && isPattern ? 'it takes * and ? for plain characters' : null
}
