/** The opposite of a condition, where a single condition says it: what a Deny leaves. Decides nothing. */

import type { Condition } from './policy.ts'

/** Null: it takes more than one condition to say. */
export function complement(condition: Condition): Condition | null {
  const { operator, values } = condition
  const { base, qualifier, ifExists } = operator
  if (base === null || qualifier !== null || base.family === 'null') return null
  // A negated operator holds without the key, with IfExists or not.
  if (base.negated)
    return { ...condition, operator: { ...operator, base: { ...base, negated: false }, ifExists: false } }
  if (base.family === 'bool') {
    const opposite = OPPOSITES.get(values.join().toLowerCase())
    return opposite === undefined
      ? null
      : { ...condition, operator: { ...operator, ifExists: !ifExists }, values: [opposite] }
  }
  if (ifExists || !WITH_OPPOSITE.has(base.family)) return null
  return { ...condition, operator: { ...operator, base: { ...base, negated: true } } }
}

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['true', 'false'],
  ['false', 'true'],
])

/** Families whose operators have a negated twin. */
const WITH_OPPOSITE: ReadonlySet<string> = new Set(['string', 'arn', 'ip'])
