/** The condition operators of IAM by name. Says what an operator is, not what it does to a value. */

import type { Family, Operator, Relation } from './policy.ts'

type Base = { readonly family: Family; readonly relation: Relation; readonly negated: boolean }

const base = (family: Family, relation: Relation, negated = false): Base => ({ family, relation, negated })

const BASES: ReadonlyMap<string, Base> = new Map([
  ['stringequals', base('string', 'equals')],
  ['stringnotequals', base('string', 'equals', true)],
  ['stringequalsignorecase', base('string', 'equals-ignore-case')],
  ['stringnotequalsignorecase', base('string', 'equals-ignore-case', true)],
  ['stringlike', base('string', 'like')],
  ['stringnotlike', base('string', 'like', true)],
  // ArnEquals and ArnLike behave identically (IAM User Guide, reference_policies_elements_condition_operators).
  ['arnequals', base('arn', 'like')],
  ['arnlike', base('arn', 'like')],
  ['arnnotequals', base('arn', 'like', true)],
  ['arnnotlike', base('arn', 'like', true)],
  ['numericequals', base('numeric', 'equals')],
  ['numericnotequals', base('numeric', 'equals', true)],
  ['numericlessthan', base('numeric', 'less')],
  ['numericlessthanequals', base('numeric', 'less-or-equal')],
  ['numericgreaterthan', base('numeric', 'greater')],
  ['numericgreaterthanequals', base('numeric', 'greater-or-equal')],
  ['dateequals', base('date', 'equals')],
  ['datenotequals', base('date', 'equals', true)],
  ['datelessthan', base('date', 'less')],
  ['datelessthanequals', base('date', 'less-or-equal')],
  ['dategreaterthan', base('date', 'greater')],
  ['dategreaterthanequals', base('date', 'greater-or-equal')],
  ['bool', base('bool', 'equals')],
  ['binaryequals', base('binary', 'equals')],
  ['ipaddress', base('ip', 'within')],
  ['notipaddress', base('ip', 'within', true)],
  ['null', base('null', 'null')],
])

const QUALIFIERS: ReadonlyMap<string, Operator['qualifier']> = new Map([
  ['forallvalues', 'ForAllValues'],
  ['foranyvalue', 'ForAnyValue'],
])

const known = new Map<string, Operator>()

/** `base` is null for what IAM does not know. Case is ignored: what IAM stores in another case cannot mean anything else. */
export function parseOperator(name: string): Operator {
  const seen = known.get(name)
  if (seen !== undefined) return seen
  const operator = readOperator(name)
  if (operator.base !== null) known.set(name, operator)
  return operator
}

function readOperator(name: string): Operator {
  const colon = name.indexOf(':')
  const qualifier = colon < 0 ? null : QUALIFIERS.get(name.slice(0, colon).toLowerCase())
  if (qualifier === undefined) return { name, base: null, ifExists: false, qualifier: null }
  const rest = name.slice(colon + 1).toLowerCase()
  const ifExists = rest.endsWith('ifexists')
  const found = BASES.get(ifExists ? rest.slice(0, -'ifexists'.length) : rest) ?? null
  // Null…IfExists is refused by IAM and has no meaning.
  const impossible = found?.family === 'null' && ifExists
  return { name, base: impossible ? null : found, ifExists, qualifier }
}
