/** The Principal element: which principals a statement names, and which of them IAM would refuse. */

import { type Element, find, itemsOf, type Member, membersOf, plain, step } from './document.ts'
import { at, duplicates, type FaultCode, type Remarks, report, shown, under } from './fault.ts'
import type { PrincipalClause, PrincipalForm, PrincipalValue } from './policy.ts'
import { parsePrincipal } from './principal.ts'

export function parsePrincipals(node: Element, members: readonly Member[], place: Remarks): PrincipalClause {
  const [principal, notPrincipal] = [find(members, 'Principal'), find(members, 'NotPrincipal')]
  if (notPrincipal !== undefined) {
    report(place.to, 'not-principal', at(notPrincipal.keyNode, step(place.path, 'NotPrincipal')))
    if (principal !== undefined) remark(place, 'it has both Principal and NotPrincipal', notPrincipal.value)
  }
  const member = principal ?? notPrincipal
  if (member === undefined) {
    report(place.to, 'missing-principal', at(node, place.path))
    return { kind: 'Principal', values: [] }
  }
  const kind = principal === undefined ? 'NotPrincipal' : 'Principal'
  return { kind, values: parseValues(member.value, under(place, step(place.path, kind))) }
}

function remark(place: Remarks, says: string, node: Element): void {
  place.notUnderstood.push({ says, path: place.path, canonical: `${says} ${plain(node)}` })
}

function parseValues(node: Element, place: Remarks): readonly PrincipalValue[] {
  if (node.value === '*') {
    report(place.to, 'star-principal', at(node, place.path))
    return [{ key: '*', value: '*', form: { kind: 'everyone' }, path: place.path }]
  }
  if (node.type !== 'object') {
    report(place.to, 'invalid-principal-element', at(node, place.path))
    remark(place, 'its principal is no object', node)
    return []
  }
  const members = membersOf(node)
  place.notUnderstood.push(...duplicates(members, place.path, place.to))
  const values = members.flatMap((member) => parseKey(member, under(place, step(place.path, member.key))))
  if (values.length === 0) report(place.to, 'missing-principal', at(node, place.path))
  return values
}

function parseKey({ key, keyNode, value }: Member, place: Remarks): readonly PrincipalValue[] {
  const known = ['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(key)
  if (!known) report(place.to, 'unknown-principal-key', at(keyNode, place.path, shown(key)))
  const values: PrincipalValue[] = []
  itemsOf(value).forEach((item, i) => {
    const path = value.type === 'array' ? step(place.path, i) : place.path
    const text: unknown = item.value
    if (typeof text !== 'string') {
      report(place.to, 'invalid-principal-element', at(item, path))
      remark(under(place, path), 'a principal is text', item)
      return
    }
    const form = parsePrincipal(key, text)
    const code = known ? faultOf(key, text, form) : null
    if (code !== null) report(place.to, code, at(item, path, shown(text)))
    values.push({ key, value: text, form, path })
  })
  return values
}

function faultOf(key: string, text: string, form: PrincipalForm): FaultCode | null {
  if (form.kind === 'unique-id') return 'deleted-principal'
  if (key === 'AWS') return isIdentity(text, form) ? null : 'invalid-aws-principal'
  if (key === 'Service') return SERVICE.test(text) ? null : 'invalid-service-principal'
  if (key === 'CanonicalUser') return 'canonical-user'
  return form.kind === 'provider' && isProvider(text) ? null : 'invalid-federated-principal'
}

/** Whether the named exist, IAM checks and nobody else can; what no name of IAM looks like, does not. */
function isIdentity(text: string, form: PrincipalForm): boolean {
  if (form.kind === 'not-understood') return false
  // Names, and paths of printable ASCII before them (IAM API reference, CreateRole and CreateUser).
  return form.kind === 'everyone' || form.kind === 'account' || /^[!-~]*[/][\w+=,.@-]{1,64}$/.test(text)
}

/** Which of the well-shaped services exist depends on account and region: not checked. Each partition has its own suffix. */
const SERVICE =
  /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.(com(\.cn)?|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w./-]*)?$/i
const PROVIDER_ARN = /^arn:aws[\w-]*:iam::\d{12}:(saml-provider\/[\w.-]+|oidc-provider\/[!-~]+)$/

function isProvider(text: string): boolean {
  return text.startsWith('arn:') ? PROVIDER_ARN.test(text) : DOMAIN.test(text)
}
