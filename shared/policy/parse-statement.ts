/** One statement: its effect, principals and actions. Conditions are read next door. */

import { spelt } from './canonical.ts'
import { type Element, find, itemsOf, type Member, membersOf, plain, step } from './document.ts'
import { at, duplicates, type Place, type Remarks, report, shown } from './fault.ts'
import { parseConditions } from './parse-condition.ts'
import { parsePrincipals } from './parse-principal.ts'
import { reportOpenProviders } from './parse-provider.ts'
import { type ActionClause, type Effect, type NotUnderstood, type Statement, TRUST_ACTIONS } from './policy.ts'

const ELEMENTS = new Set(['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Condition'])

/** Null when it has no usable Effect: then not even its sign is known. */
export function parseStatement(node: Element, place: Place): Statement | null {
  const { path, to, index } = place
  const members = membersOf(node)
  const notUnderstood: NotUnderstood[] = [...duplicates(members, path, to)]
  const remarks: Remarks = { index, path, variables: place.variables, to, notUnderstood }
  for (const member of members) if (!ELEMENTS.has(member.key)) notUnderstood.push(...reportForeign(member, place))
  const sid = parseSid(find(members, 'Sid'), place)
  const effect = parseEffect(node, find(members, 'Effect'), place)
  const principal = parsePrincipals(node, members, remarks)
  const action = parseActions(node, members, remarks)
  const conditions = parseConditions(find(members, 'Condition'), remarks)
  if (effect === null) return null
  if (effect === 'Allow') reportOpenProviders({ principal, action, conditions, path, offset: node.offset }, to)
  return spelt({ index, sid, effect, principal, action, conditions, notUnderstood, path })
}

/** Resource says nothing in a trust policy; a misspelt Condition might have said much. */
function reportForeign({ key, keyNode, value }: Member, { path, to }: Place): readonly NotUnderstood[] {
  const where = step(path, key)
  if (key === 'Resource' || key === 'NotResource') {
    report(to, 'prohibited-resource', at(keyNode, where))
    return []
  }
  report(to, 'unknown-element', at(keyNode, where, shown(key)))
  return [{ says: `there is no element ${shown(key)}`, path: where, canonical: `${key} ${plain(value)}` }]
}

function parseSid(member: Member | undefined, { path, to }: Place): string | null {
  if (member === undefined) return null
  const value: unknown = member.value.value
  if (typeof value === 'string' && /^[0-9A-Za-z]*$/.test(value)) return value
  report(to, 'invalid-sid', at(member.value, `${path}/Sid`))
  return typeof value === 'string' ? value : null
}

function parseEffect(node: Element, member: Member | undefined, { path, to }: Place): Effect | null {
  if (member === undefined) {
    report(to, 'missing-effect', at(node, path))
    return null
  }
  const value: unknown = member.value.value
  if (value === 'Allow' || value === 'Deny') return value
  report(to, 'invalid-effect', at(member.value, `${path}/Effect`, shown(value)))
  return null
}

function parseActions(node: Element, members: readonly Member[], place: Remarks): ActionClause {
  const { path, to } = place
  const [action, notAction] = [find(members, 'Action'), find(members, 'NotAction')]
  if (action !== undefined && notAction !== undefined) {
    report(to, 'action-and-not-action', at(notAction.keyNode, `${path}/NotAction`))
    const canonical = `NotAction ${plain(notAction.value)}`
    place.notUnderstood.push({ says: 'it has both Action and NotAction', path: `${path}/NotAction`, canonical })
  }
  const member = action ?? notAction
  if (member === undefined) {
    report(to, 'missing-action', at(node, path))
    return { kind: 'Action', patterns: [] }
  }
  const kind = action === undefined ? 'NotAction' : 'Action'
  return { kind, patterns: parsePatterns(member, kind, place) }
}

function parsePatterns(member: Member, kind: ActionClause['kind'], place: Remarks): readonly string[] {
  const path = step(place.path, kind)
  const patterns: string[] = []
  const items = itemsOf(member.value)
  if (items.length === 0) report(place.to, 'missing-action', at(member.value, path))
  items.forEach((item, i) => {
    const where = member.value.type === 'array' ? step(path, i) : path
    const value: unknown = item.value
    if (typeof value !== 'string') {
      report(place.to, 'invalid-action-element', at(item, where))
      place.notUnderstood.push({ says: 'an action is text', path: where, canonical: `action ${plain(item)}` })
      return
    }
    patterns.push(value)
    // Whether IAM takes NotAction here is not known; the list of actions is.
    if (!TRUST_ACTIONS.some((known) => known === value))
      report(place.to, 'unsupported-action', at(item, where, shown(value)))
  })
  return patterns
}
