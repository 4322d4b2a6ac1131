/** Who it is that a found caller stands for, as the severity table divides the world. */

import { lastName, parseArn } from './arn.ts'
import type { Cell } from './cell.ts'
import type { Admission } from './comparison.ts'
import type { RoleContext } from './context.ts'
import { glob, matches } from './glob.ts'
import type { PrincipalForm } from './policy.ts'
import { sharedProvider } from './providers.ts'
import type { Request } from './request.ts'
import { isComputeService } from './services.ts'
import type { Stage } from './stage.ts'

type Who = Admission['who']

const RESTRAINTS = { stranger: 'none', guesser: 'weak', anybody: 'effective' } as const satisfies Record<
  Stage,
  Who['restraint']
>

/** @param stage the first situation in which the caller got in */
export function whoIs(
  cell: Cell,
  found: { readonly stage: Stage; readonly request: Request },
  about: RoleContext,
): Who {
  const restraint = RESTRAINTS[found.stage]
  switch (cell.form.kind) {
    case 'service':
      return { kind: isComputeService(cell.form.name) ? 'compute-service' : 'service', account: null, restraint }
    case 'provider':
      return throughProvider(cell.form, found.stage, about)
    default:
      return cell.fresh ? anyone(found, about) : accountHolder(cell, found, about)
  }
}

/** Whoever holds the account a provider is in can replace it by one that vouches for anybody. */
function throughProvider(form: PrincipalForm & { readonly kind: 'provider' }, stage: Stage, about: RoleContext): Who {
  const restraint = RESTRAINTS[stage]
  const shared = sharedProvider(form.issuer)
  if (shared?.closed === false && stage === 'stranger')
    return { kind: 'stranger-through-provider', account: null, restraint }
  const [account, own] = [parseArn(form.id)?.account ?? null, ownAccount(about)]
  if (account !== null && own !== null && account !== own)
    return { kind: holderOf(account, about), account, restraint: 'none' }
  return { kind: stage === 'anybody' ? 'provider-subject' : 'provider-group', account: null, restraint }
}

function holderOf(account: string, about: RoleContext): Who['kind'] {
  if (about.organization?.accounts.includes(account) === true) return 'organization'
  return trustOf(account, about) === null ? 'foreign-account' : 'trusted-account'
}

/** A fence around an organisation admits that organisation; without one, the world. */
function anyone(found: { readonly stage: Stage; readonly request: Request }, about: RoleContext): Who {
  const restraint = RESTRAINTS[found.stage]
  const fence = found.stage === 'anybody' ? organizationOf(found.request) : null
  if (fence === null) return { kind: 'anyone', account: null, restraint }
  if (fence === about.organization?.id) return { kind: 'organization', account: null, restraint }
  // Somebody else's organisation, or one nobody has told us is the owner's: its accounts are foreign, and nothing stops them.
  return { kind: 'foreign-account', account: null, restraint: 'none' }
}

/** The organisation a caller belongs to, where his being let in depends on it. */
export function organizationOf(request: Request): string | null {
  for (const [key, value] of Object.entries(request.context)) {
    const name = key.toLowerCase()
    const [first = ''] = typeof value === 'string' ? [value] : value
    if (name === 'aws:principalorgid') return first
    if (name === 'aws:principalorgpaths') return first.split('/')[0] ?? first
  }
  return null
}

function accountHolder(
  cell: Cell,
  found: { readonly stage: Stage; readonly request: Request },
  about: RoleContext,
): Who {
  const account = cell.like.length === 0 ? cell.account : null
  // A named role, user or session is itself what a stranger of that account is not.
  const restraint = cell.open === null && cell.form.kind !== 'account' ? 'effective' : RESTRAINTS[found.stage]
  if (account !== null && account === ownAccount(about)) return { kind: 'own-account', account, restraint }
  const fence = found.stage === 'anybody' ? organizationOf(found.request) : null
  const proven = fence !== null && fence === about.organization?.id
  const listed = account !== null && about.organization?.accounts.includes(account) === true
  if (proven || listed) return { kind: 'organization', account, restraint }
  if (account !== null && trustOf(account, about) !== null) return { kind: 'trusted-account', account, restraint }
  return { kind: 'foreign-account', account, restraint }
}

export function ownAccount(about: RoleContext): string | null {
  return about.account ?? parseArn(about.roleArn ?? '')?.account ?? null
}

/** The label of a trusted account, as far as the trust reaches this role. */
export function trustOf(account: string, about: RoleContext): string | null {
  const name = about.roleArn === undefined ? null : lastName(about.roleArn)
  const found = about.trustedAccounts?.find(
    ({ id, roles }) =>
      id === account &&
      (roles === undefined || (name !== null && roles.some((pattern) => matches(glob(pattern), name)))),
  )
  return found?.label ?? null
}

/** What the user calls an account: why it is trusted, else the name given to it. */
export function labelOf(account: string, about: RoleContext): string | null {
  return trustOf(account, about) ?? about.vendors?.find(({ id }) => id === account)?.label ?? null
}
