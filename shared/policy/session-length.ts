/** How long a session may be: bounds that STS holds whatever the trust policy says. Source: AWS STS API reference, AssumeRole. */

import type { RoleContext } from './context.ts'
import type { Caller } from './principal.ts'
import type { Request } from './request.ts'

const SHORTEST = 900
const LONGEST = 43_200
/** When a role's session assumes another role. */
const LONGEST_CHAINED = 3_600

/** Why STS refuses a session of the length that the request asks for; null: it does not, or nothing is asked for. */
export function refusedLength(request: Request, caller: Caller, about: RoleContext): string | null {
  const seconds = secondsOf(request)
  if (seconds === null) return null
  const most = Math.min(about.maxSessionSeconds ?? LONGEST, isChained(caller) ? LONGEST_CHAINED : LONGEST)
  const asks = `the request asks for a session of ${seconds} seconds, and STS refuses`
  if (seconds < SHORTEST) return `${asks} less than ${SHORTEST}`
  if (seconds <= most) return null
  if (isChained(caller) && most === LONGEST_CHAINED)
    return `${asks} more than ${most} when one role assumes another, whatever the role's maximum`
  const whose = about.maxSessionSeconds === undefined ? 'of any role' : "the role's maximum session duration"
  return `${asks} more than ${most}, ${whose}`
}

function isChained({ form }: Caller): boolean {
  return form.kind === 'session' || form.kind === 'role'
}

function secondsOf({ context }: Request): number | null {
  for (const [key, value] of Object.entries(context))
    if (key.toLowerCase() === 'sts:durationseconds') return /^\d{1,9}$/.test(String(value)) ? Number(value) : null
  return null
}
