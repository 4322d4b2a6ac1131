/** What a person types for a call (a principal, an action, `key=value`) → a Request. Knows no policy. */

import { InputError } from '../../shared/local/input-error.ts'
import { assumeActionOf } from '../../shared/policy/action.ts'
import { type PrincipalForm, TRUST_ACTIONS } from '../../shared/policy/policy.ts'
import { parsePrincipal } from '../../shared/policy/principal.ts'
import { typeOf } from '../../shared/policy/principal-type.ts'
import type { PrincipalType, Request } from '../../shared/policy/request.ts'

const FORMS = `A principal is one of:
  111122223333                                             an account
  arn:aws:iam::111122223333:user/ann                       a user
  arn:aws:iam::111122223333:role/Deploy                    a role
  arn:aws:sts::111122223333:assumed-role/Deploy/session    a session of a role
  lambda.amazonaws.com                                     a service
  arn:aws:iam::111122223333:oidc-provider/…                whom an identity provider vouches for (saml-provider/… too)
  accounts.google.com, idp.example.com                     a provider named without an ARN
  79a59df900b949e55d96…                                    a canonical user, by its 64 digits
Where a name does not show which it is, --type says it: AWS, Service, Federated or CanonicalUser`

export const TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const satisfies readonly PrincipalType[]

export interface Caller {
  readonly principal: Request['principal']
  readonly form: PrincipalForm
}

/** @param given null: what the name looks like @throws InputError for what is no principal, with what one looks like */
export function callerFrom(text: string, given: PrincipalType | null): Caller {
  const type = given ?? typeOf(text)
  const form = parsePrincipal(type, text)
  if (form.kind === 'everyone')
    throw new InputError(
      `* is everybody, not a caller. Who can get in at all, this tells: trustdrift diff /dev/null <policy>\n${FORMS}`,
    )
  if (form.kind === 'unique-id')
    throw new InputError(`${text} is what IAM leaves of a deleted role or user: nobody calls with it.\n${FORMS}`)
  if (form.kind === 'not-understood') throw new InputError(`${text || '""'} is no principal: ${form.why}.\n${FORMS}`)
  return { principal: { type, id: text }, form }
}

/** @param given null: the call by which such a caller assumes a role @throws InputError for an action that assumes no role */
export function actionFrom(given: string | null, form: PrincipalForm): string {
  if (given === null) return assumeActionOf(form)
  const wanted = given.toLowerCase().replace(/^sts:/, '')
  const action = TRUST_ACTIONS.find((known) => known.toLowerCase() === `sts:${wanted}`)
  if (action === undefined)
    throw new InputError(`${given} assumes no role. An action is one of ${TRUST_ACTIONS.join(', ')}`)
  return action
}

/** A key given twice has two values. @throws InputError for what is no `key=value` */
export function contextFrom(pairs: readonly string[]): Request['context'] {
  const context = new Map<string, { readonly key: string; readonly values: readonly string[] }>()
  for (const pair of pairs) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? []
    if (!key.includes(':'))
      throw new InputError(
        `--context ${pair} is no key=value. A key has a prefix, as in --context sts:ExternalId=example`,
      )
    const known = context.get(key.toLowerCase())
    context.set(key.toLowerCase(), { key: known?.key ?? key, values: [...(known?.values ?? []), value] })
  }
  return Object.fromEntries(
    [...context.values()].map(({ key, values }) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  )
}
