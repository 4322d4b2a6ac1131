/** Who a principal value stands for, who a caller is, and whether the two are the same. Existence of the named is not known here. */

import { isAccountId, lastName, parseArn } from './arn.ts'
import type { PrincipalClause, PrincipalForm } from './policy.ts'
import type { Request } from './request.ts'
import { not, type Truth, truthOf } from './truth.ts'

/** A caller as IAM sees it. */
export interface Caller {
  readonly form: PrincipalForm
  /** The account of a signed caller. */
  readonly account: string | null
  /** The value of a condition key, in lower case, that follows from who is calling. */
  readonly derived: (name: string) => string | undefined
}

const UNIQUE_ID = /^A(?:RO|ID)A[A-Z0-9]{10,}$/

/** @param key as the policy or the request writes it: `AWS`, `Service`, `Federated`, `CanonicalUser`, `*` */
export function parsePrincipal(key: string, value: string): PrincipalForm {
  switch (key) {
    case '*':
      return { kind: 'everyone' }
    case 'AWS':
      return parseAws(value)
    case 'Service':
      if (/[*?]/.test(value)) return { kind: 'not-understood', why: 'a service is named in full' }
      return { kind: 'service', name: value }
    case 'Federated':
      return parseProvider(value)
    case 'CanonicalUser':
      return { kind: 'canonical-user', id: value }
    default:
      return { kind: 'not-understood', why: 'principals of that key do not exist' }
  }
}

function parseAws(value: string): PrincipalForm {
  const arn = parseArn(value)
  if (arn === null) return parseBare(value)
  const { account, partition, resource } = arn
  if (!isAccountId(account) || arn.region !== '' || !/^aws[\w-]*$/.test(partition))
    return { kind: 'not-understood', why: 'it names no account' }
  if (/[*?]/.test(resource)) return { kind: 'not-understood', why: 'a principal takes no wildcard inside' }
  return parseIdentity(arn.service, resource, { account, partition, arn: value })
}

function parseBare(value: string): PrincipalForm {
  if (value === '*') return { kind: 'everyone' }
  const bare = value.replaceAll('-', '')
  if (isAccountId(bare)) return { kind: 'account', account: bare, partition: 'aws' }
  if (UNIQUE_ID.test(value)) return { kind: 'unique-id', id: value }
  return { kind: 'not-understood', why: 'it is neither an account id nor an ARN' }
}

function parseIdentity(
  service: string,
  resource: string,
  of: { readonly account: string; readonly partition: string; readonly arn: string },
): PrincipalForm {
  const { account, partition, arn } = of
  if (service === 'iam' && resource === 'root') return { kind: 'account', account, partition }
  const [type = '', first = '', second = ''] = resource.split('/')
  const name = lastName(resource)
  if (service === 'iam' && type === 'role' && name !== '') return { kind: 'role', account, arn, name }
  if (service === 'iam' && type === 'user' && name !== '') return { kind: 'user', account, arn, name }
  if (service === 'sts' && type === 'assumed-role' && second !== '')
    return { kind: 'session', account, arn, role: first, session: second }
  if (service === 'sts' && type === 'federated-user' && first !== '')
    return { kind: 'federated-user', account, arn, name: first }
  return { kind: 'not-understood', why: 'it is no account, user, role or session' }
}

function parseProvider(value: string): PrincipalForm {
  const arn = parseArn(value)
  if (/[*?]/.test(value)) return { kind: 'not-understood', why: 'a provider is named in full' }
  if (arn === null) return { kind: 'provider', protocol: 'oidc', id: value, issuer: value.toLowerCase() }
  const slash = arn.resource.indexOf('/')
  const [type, name] = [arn.resource.slice(0, slash), arn.resource.slice(slash + 1)]
  if (type === 'saml-provider') return { kind: 'provider', protocol: 'saml', id: value, issuer: 'saml' }
  if (type === 'oidc-provider') return { kind: 'provider', protocol: 'oidc', id: value, issuer: name.toLowerCase() }
  return { kind: 'not-understood', why: 'it is neither a SAML nor an OpenID Connect provider' }
}

/** Who sends the request. */
export function callerOf(principal: Request['principal']): Caller {
  return callerAs(parsePrincipal(principal.type, principal.id))
}

/** Who vouches for the caller, as condition keys begin; null: no identity provider. */
export function issuerBehind(form: PrincipalForm): string | null {
  return form.kind === 'provider' ? form.issuer : null
}

/** The service that calls; null: none does. */
export function serviceBehind(form: PrincipalForm): string | null {
  return form.kind === 'service' ? form.name : null
}

/** A root ARN or an account id as caller is that account's root user. */
export function callerAs(form: PrincipalForm): Caller {
  switch (form.kind) {
    case 'account':
      return signed(form, `arn:${form.partition}:iam::${form.account}:root`, 'Account')
    case 'role':
      return signed(form, form.arn, 'AssumedRole')
    case 'user':
      return signed(form, form.arn, 'User')
    case 'session': {
      // The role's ARN, never the session's; a session does not show the role's path.
      const role = form.arn.replace(/:sts::(\d{12}):assumed-role\/.*$/s, `:iam::$1:role/${form.role}`)
      return signed(form, role, 'AssumedRole')
    }
    case 'federated-user':
      return signed(form, form.arn, 'FederatedUser')
    case 'service':
      return { form, account: null, derived: (name) => ofService(name, form.name) }
    default:
      return { form, account: null, derived: () => undefined }
  }
}

function ofService(name: string, service: string): string | undefined {
  if (name === 'aws:principalservicename') return service
  return name === 'aws:principalisawsservice' ? 'true' : undefined
}

type Signed = Extract<PrincipalForm, { readonly account: string }>

function signed(form: Signed, arn: string, type: string): Caller {
  const { account } = form
  const derived = (name: string) => {
    switch (name) {
      case 'aws:principalarn':
        return arn
      case 'aws:principalaccount':
        return account
      case 'aws:principaltype':
        return type
      case 'aws:principalisawsservice':
        return 'false'
      case 'aws:username':
        return form.kind === 'user' ? form.name : undefined
      case 'aws:userid':
        return form.kind === 'federated-user' ? `${account}:${form.name}` : undefined
      default:
        return undefined
    }
  }
  return { form, account, derived }
}

export function principalMatches(clause: PrincipalClause, caller: Caller): Truth {
  const matched = coveredBy(clause.values, caller)
  if (clause.kind === 'Principal') return matched
  // Old documents only; whether the account is looked at before the user is not certain.
  return not(matched) === 'no' ? 'no' : 'undecided'
}

/** A loop, not a closure: asked for every statement of every kind of caller. */
function coveredBy(values: PrincipalClause['values'], caller: Caller): Truth {
  let result: Truth = 'no'
  for (const { form } of values) {
    const truth = matchesForm(form, caller)
    if (truth === 'yes') return truth
    if (truth === 'undecided') result = truth
  }
  return result
}

/** Does a principal value of a policy cover this caller? */
export function matchesForm(form: PrincipalForm, caller: Caller): Truth {
  const who = caller.form
  switch (form.kind) {
    case 'everyone':
      // Access Analyzer's model lets the star cover services and federated principals too.
      return 'yes'
    case 'account':
      return truthOf(caller.account === form.account)
    case 'role':
      if (who.kind === 'session') return truthOf(who.account === form.account && who.role === form.name)
      return truthOf(who.kind === 'role' && who.arn === form.arn)
    case 'user':
    case 'federated-user':
      return truthOf(who.kind === form.kind && who.arn === form.arn)
    case 'session':
      return truthOf(who.kind === 'session' && who.arn === form.arn)
    case 'service':
      return truthOf(who.kind === 'service' && who.name === form.name)
    case 'provider':
      return truthOf(who.kind === 'provider' && who.id === form.id)
    case 'canonical-user':
      return truthOf(who.kind === 'canonical-user' && who.id === form.id)
    case 'unique-id':
      return 'no'
    case 'not-understood':
      return 'undecided'
    default:
      return form satisfies never
  }
}
