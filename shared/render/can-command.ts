/** A witness as a command line that asks again whether he gets in. Text only; nothing is run. */

import { typeOf } from '../policy/principal-type.ts'
import type { Request } from '../policy/request.ts'
import { quoted } from '../shell-word.ts'

export interface Asking {
  /** The policy as a person names it: a file, `-`, the ARN of a role. */
  readonly policy: string
  /** The role's account, where it was given by hand. */
  readonly account: string | null
  /** The file of the configuration, where one was given. */
  readonly config: string | null
}

/** Null: what the caller sends cannot be written as `--context key=value`. */
export function canCommand(
  { principal, action, context }: Request,
  { policy, account, config }: Asking,
): string | null {
  const entries = Object.entries(context)
  if (entries.some(([key, value]) => !/^[^=]*:[^=]*$/.test(key) || (value.length === 0 && typeof value !== 'string')))
    return null
  const pairs = entries.flatMap(([key, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => `--context ${quoted(`${key}=${one}`)}`),
  )
  const words = [
    'trustdrift can',
    quoted(principal.id),
    quoted(policy),
    ...(typeOf(principal.id) === principal.type ? [] : [`--type ${principal.type}`]),
    `--action ${quoted(action)}`,
    ...pairs,
    ...(account === null ? [] : [`--account ${quoted(account)}`]),
    ...(config === null ? [] : [`--config ${quoted(config)}`]),
  ]
  return words.join(' ')
}
