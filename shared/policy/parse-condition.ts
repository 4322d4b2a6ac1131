/** The Condition element: operators, keys and values, and which of them IAM would refuse. */

import { type Element, itemsOf, type Member, membersOf, plain, step } from './document.ts'
import { at, duplicates, type Remarks, report, shown, under } from './fault.ts'
import { parseOperator } from './operator.ts'
import type { Condition, Operator } from './policy.ts'
import { isReadable } from './value.ts'

export function parseConditions(member: Member | undefined, place: Remarks): readonly Condition[] {
  if (member === undefined) return []
  const path = step(place.path, 'Condition')
  if (member.value.type !== 'object') {
    refuse(member.value, under(place, path))
    return []
  }
  const operators = membersOf(member.value)
  place.notUnderstood.push(...duplicates(operators, path, place.to))
  return operators.flatMap((operator) => parseKeys(operator, under(place, step(path, operator.key))))
}

function refuse(node: Element, place: Remarks): void {
  report(place.to, 'invalid-condition', at(node, place.path))
  place.notUnderstood.push({
    says: 'the condition has another shape',
    path: place.path,
    canonical: `condition ${plain(node)}`,
  })
}

function parseKeys({ key: name, keyNode, value }: Member, place: Remarks): readonly Condition[] {
  const operator = parseOperator(name)
  if (operator.base === null) report(place.to, 'unknown-operator', at(keyNode, place.path, name.slice(0, 120)))
  if (value.type !== 'object') {
    refuse(value, place)
    return []
  }
  const members = membersOf(value)
  const conditions = members.map((member) =>
    parseCondition(operator, member, under(place, step(place.path, member.key))),
  )
  place.notUnderstood.push(...duplicates(members, place.path, place.to))
  const twins = caseTwins(operator, members, place)
  return twins.size === 0 ? conditions : conditions.filter(({ name }) => !twins.has(name))
}

/** Key names are case-insensitive: the same key in two spellings is a duplicate too. Which of them would count, nobody knows. */
function caseTwins(operator: Operator, members: readonly Member[], place: Remarks): ReadonlySet<string> {
  const twins = new Set<string>()
  if (members.length < 2) return twins
  const seen = new Map<string, string>()
  for (const { key, keyNode } of members) {
    const name = key.toLowerCase()
    const first = seen.get(name)
    seen.set(name, key)
    if (first === undefined || first === key) continue
    twins.add(name)
    const path = step(place.path, key)
    report(place.to, 'duplicate-key', at(keyNode, path, shown(key)))
    const all = members.filter((one) => one.key.toLowerCase() === name).map(({ value }) => plain(value))
    const canonical = `twice ${operator.name} ${JSON.stringify(name)} ${all.join()}`
    place.notUnderstood.push({ says: `${shown(key)} stands here twice`, path, canonical })
  }
  return twins
}

function parseCondition(operator: Operator, { key, keyNode, value }: Member, place: Remarks): Condition {
  // A provider's key begins with its issuer, which may hold slashes and dots, but never lacks the colon.
  if (!/^[^:]+:./s.test(key)) report(place.to, 'invalid-condition-key', at(keyNode, place.path, shown(key)))
  const values: string[] = []
  itemsOf(value).forEach((item, i) => {
    const text = textOf(item)
    const path = () => (value.type === 'array' ? step(place.path, i) : place.path)
    if (text === null) {
      refuse(item, under(place, path()))
      return
    }
    if (!fits(operator, text)) report(place.to, 'invalid-condition-value', at(item, path(), shown(text)))
    values.push(text)
  })
  const family = operator.base?.family
  const variables = place.variables && (family === 'string' || family === 'arn' || family === 'bool')
  const name = key.toLowerCase()
  const canonical = canonicalOf(operator, name, variables ? values.map(withVariablesLowered) : values)
  // Whether variables count makes a difference only where there are some.
  const literal = !variables && canonical.includes('${')
  return { operator, key, name, values, variables, path: place.path, canonical: literal ? `-${canonical}` : canonical }
}

/** Numbers and booleans count as their text. */
function textOf(node: Element): string | null {
  const value: unknown = node.value
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null
}

function canonicalOf(operator: Operator, name: string, values: readonly string[]): string {
  const { base, ifExists, qualifier } = operator
  const kind = base === null ? operator.name : `${base.family} ${base.relation} ${base.negated}`
  const few = values.length > 1 ? [...new Set(values)].sort() : values
  return `${quoted(name)} ${kind} ${ifExists} ${qualifier} [${few.map(quoted).join()}]`
}

/** As JSON does, which takes its time. */
function quoted(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** `${AWS:UserName}` is `${aws:username}`: keys have no case. */
function withVariablesLowered(value: string): string {
  if (!value.includes('${')) return value
  return value.replaceAll(
    /\$\{\s*([^{},\s]+)\s*(,[^{}]*)?\}/g,
    (_, key: string, rest = '') => `\${${key.toLowerCase()}${rest}}`,
  )
}

function fits({ base }: Operator, text: string): boolean {
  if (base === null || base.family === 'string') return true
  // What IAM makes of a policy variable where it replaces none is not known: refused is only what was seen refused.
  return isReadable(base.family, text) || (base.family !== 'arn' && text.includes('${'))
}
